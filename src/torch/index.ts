// The public entry `inheritune/torch`: libtorch's tensors in TypeScript.

export { autocast, backward, noGrad, withGrad } from './autograd.ts';
export {
  engineInfo,
  fromTypedArray,
  manualSeed,
  newGenerator,
  operatorSchemas,
  parallelThreads,
  resolveDevice,
  setThreads,
} from './engine.ts';
export type { EngineInfo } from './native.ts';
export { op, ops } from './ops.ts';
export type { OpFunctions, TensorMethods } from './ops.generated.ts';
export { openSafetensors, streamSafetensors, writeSafetensors } from './safetensors.ts';
export type { SafetensorsFile, WrittenTensor } from './safetensors.ts';
export { byteLengthOf } from './safetensors-header.ts';
export type { TensorEntry, TensorKind } from './safetensors-header.ts';
export { entryOf, openTorchFile, stateDictOf } from './torch-file.ts';
export type { TorchFile } from './torch-file.ts';
export type { Pickled, PickledTensor } from './pickle.ts';
export { collectedTensors, keep, liveTensors, scope } from './scope.ts';
export { Tensor } from './tensor.ts';
export type { Dtype, Generator, Int, Scalar, TensorData } from './types.ts';
