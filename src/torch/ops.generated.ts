// Generated from native_functions.yaml of libtorch 2.13 by tools/generate-ops.ts; do not edit.
// Types of every ATen operator that JavaScript reaches by base name; no code. Above each, the schema of its first overload.

import type { Tensor } from './tensor.ts';
import type { Dtype, Generator, Int, Scalar } from './types.ts';

/** How to make a new tensor. */
export type TensorOptions = { dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null };

/** Members of `ops`. */
export interface OpFunctions {
  /** _cast_Byte(Tensor self, bool non_blocking=False) -> Tensor */
  _castByte: (self: Tensor, nonBlocking?: boolean) => Tensor;
  /** _cast_Char(Tensor self, bool non_blocking=False) -> Tensor */
  _castChar: (self: Tensor, nonBlocking?: boolean) => Tensor;
  /** _cast_Double(Tensor self, bool non_blocking=False) -> Tensor */
  _castDouble: (self: Tensor, nonBlocking?: boolean) => Tensor;
  /** _cast_Float(Tensor self, bool non_blocking=False) -> Tensor */
  _castFloat: (self: Tensor, nonBlocking?: boolean) => Tensor;
  /** _cast_Int(Tensor self, bool non_blocking=False) -> Tensor */
  _castInt: (self: Tensor, nonBlocking?: boolean) => Tensor;
  /** _cast_Long(Tensor self, bool non_blocking=False) -> Tensor */
  _castLong: (self: Tensor, nonBlocking?: boolean) => Tensor;
  /** _cast_Short(Tensor self, bool non_blocking=False) -> Tensor */
  _castShort: (self: Tensor, nonBlocking?: boolean) => Tensor;
  /** _cast_Half(Tensor self, bool non_blocking=False) -> Tensor */
  _castHalf: (self: Tensor, nonBlocking?: boolean) => Tensor;
  /** _make_dual(Tensor(a) primal, Tensor tangent, int level) -> Tensor(a) */
  _makeDual: (primal: Tensor, tangent: Tensor, level: Int) => Tensor;
  /** _unpack_dual(Tensor(a) dual, int level) -> (Tensor(a) primal, Tensor tangent) */
  _unpackDual: (dual: Tensor, level: Int) => readonly [primal: Tensor, tangent: Tensor];
  /** _new_zeros_with_same_feature_meta(Tensor self, Tensor other, *, int self_num_batch_dims=0) -> Tensor */
  _newZerosWithSameFeatureMeta: (self: Tensor, other: Tensor, options?: { selfNumBatchDims?: Int }) => Tensor;
  /** _has_same_storage_numel(Tensor self, Tensor other) -> bool */
  _hasSameStorageNumel: (self: Tensor, other: Tensor) => boolean;
  /** _assert_async(Tensor self) -> () */
  _assertAsync: {
    (self: Tensor): void;
    (self: Tensor, assertMsg: string): void;
  };
  /** _assert_scalar(Scalar self, str assert_msg) -> () */
  _assertScalar: (self: Scalar, assertMsg: string) => void;
  /** _functional_assert_scalar(Scalar self, str assert_msg, Tensor dep_token) -> Tensor */
  _functionalAssertScalar: (self: Scalar, assertMsg: string, depToken: Tensor) => Tensor;
  /** _functional_assert_async.msg(Tensor self, str assert_msg, Tensor dep_token) -> Tensor */
  _functionalAssertAsync: (self: Tensor, assertMsg: string, depToken: Tensor) => Tensor;
  /** _assert_tensor_metadata(Tensor a, SymInt[]? size=None, SymInt[]? stride=None, ScalarType? dtype=None, *, Device? device=None, Layout? layout=None) -> () */
  _assertTensorMetadata: {
    (a: Tensor, options: { device?: string | null; layout?: string | null }): void;
    (a: Tensor, size: readonly number[] | null | undefined, options: { device?: string | null; layout?: string | null }): void;
    (a: Tensor, size: readonly number[] | null | undefined, stride: readonly number[] | null | undefined, options: { device?: string | null; layout?: string | null }): void;
    (a: Tensor, size?: readonly number[] | null, stride?: readonly number[] | null, dtype?: Dtype | null, options?: { device?: string | null; layout?: string | null }): void;
  };
  /** _print(str s) -> () */
  _print: (s: string) => void;
  /** _functional_sym_constrain_range(Scalar size, int? min, int? max, Tensor dep_token) -> Tensor */
  _functionalSymConstrainRange: (size: Scalar, min: Int | null, max: Int | null, depToken: Tensor) => Tensor;
  /** _functional_sym_constrain_range_for_size(Scalar size, int? min, int? max, Tensor dep_token) -> Tensor */
  _functionalSymConstrainRangeForSize: (size: Scalar, min: Int | null, max: Int | null, depToken: Tensor) => Tensor;
  /** _make_dep_token(*, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor */
  _makeDepToken: (options?: { dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: string | null }) => Tensor;
  /** _use_cudnn_ctc_loss(Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, int blank) -> bool */
  _useCudnnCtcLoss: {
    (logProbs: Tensor, targets: Tensor, inputLengths: readonly number[], targetLengths: readonly number[], blank: Int): boolean;
    (logProbs: Tensor, targets: Tensor, inputLengths: Tensor, targetLengths: Tensor, blank: Int): boolean;
  };
  /** _cudnn_ctc_loss(Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, int blank, bool deterministic, bool zero_infinity) -> (Tensor, Tensor) */
  _cudnnCtcLoss: {
    (logProbs: Tensor, targets: Tensor, inputLengths: readonly number[], targetLengths: readonly number[], blank: Int, deterministic: boolean, zeroInfinity: boolean): readonly [Tensor, Tensor];
    (logProbs: Tensor, targets: Tensor, inputLengths: Tensor, targetLengths: Tensor, blank: Int, deterministic: boolean, zeroInfinity: boolean): readonly [Tensor, Tensor];
  };
  /** _use_cudnn_rnn_flatten_weight() -> bool */
  _useCudnnRnnFlattenWeight: () => boolean;
  /** _cudnn_rnn_flatten_weight(Tensor[] weight_arr, int weight_stride0, SymInt input_size, int mode, SymInt hidden_size, SymInt proj_size, int num_layers, bool batch_first, bool bidirectional) -> Tensor */
  _cudnnRnnFlattenWeight: (weightArr: readonly Tensor[], weightStride0: Int, inputSize: Int, mode: Int, hiddenSize: Int, projSize: Int, numLayers: Int, batchFirst: boolean, bidirectional: boolean) => Tensor;
  /** _cudnn_rnn(Tensor input, Tensor[] weight, int weight_stride0, Tensor? weight_buf, Tensor hx, Tensor? cx, int mode, SymInt hidden_size, SymInt proj_size, int num_layers, bool batch_first, float dropout, bool train, bool bidirectional, SymInt[] batch_sizes, Tensor? dropout_state) -> (Tensor, Tensor, Tensor, Tensor, Tensor) */
  _cudnnRnn: (input: Tensor, weight: readonly Tensor[], weightStride0: Int, weightBuf: Tensor | null, hx: Tensor, cx: Tensor | null, mode: Int, hiddenSize: Int, projSize: Int, numLayers: Int, batchFirst: boolean, dropout: number, train: boolean, bidirectional: boolean, batchSizes: readonly number[], dropoutState: Tensor | null) => readonly [Tensor, Tensor, Tensor, Tensor, Tensor];
  /** _cudnn_rnn_backward(Tensor input, Tensor[] weight, int weight_stride0, Tensor weight_buf, Tensor hx, Tensor? cx, Tensor output, Tensor? grad_output, Tensor? grad_hy, Tensor? grad_cy, int mode, SymInt hidden_size, SymInt proj_size, int num_layers, bool batch_first, float dropout, bool train, bool bidirectional, SymInt[] batch_sizes, Tensor? dropout_state, Tensor reserve, bool[4] output_mask) -> (Tensor, Tensor, Tensor, Tensor[]) */
  _cudnnRnnBackward: (input: Tensor, weight: readonly Tensor[], weightStride0: Int, weightBuf: Tensor, hx: Tensor, cx: Tensor | null, output: Tensor, gradOutput: Tensor | null, gradHy: Tensor | null, gradCy: Tensor | null, mode: Int, hiddenSize: Int, projSize: Int, numLayers: Int, batchFirst: boolean, dropout: number, train: boolean, bidirectional: boolean, batchSizes: readonly number[], dropoutState: Tensor | null, reserve: Tensor, outputMask: readonly boolean[]) => readonly [Tensor, Tensor, Tensor, Tensor[]];
  /** _cudnn_init_dropout_state(float dropout, bool train, int dropout_seed, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor */
  _cudnnInitDropoutState: (dropout: number, train: boolean, dropoutSeed: Int, options?: TensorOptions) => Tensor;
  /** _debug_has_internal_overlap(Tensor self) -> int */
  _debugHasInternalOverlap: (self: Tensor) => number;
  /** _fused_dropout(Tensor self, float p, Generator? generator=None) -> (Tensor, Tensor) */
  _fusedDropout: (self: Tensor, p: number, generator?: Generator | null) => readonly [Tensor, Tensor];
  /** _masked_scale(Tensor self, Tensor mask, float scale) -> Tensor */
  _maskedScale: (self: Tensor, mask: Tensor, scale: number) => Tensor;
  /** native_dropout(Tensor input, float p, bool? train) -> (Tensor, Tensor) */
  nativeDropout: (input: Tensor, p: number, train: boolean | null) => readonly [Tensor, Tensor];
  /** native_dropout_backward(Tensor grad_output, Tensor mask, float scale) -> Tensor */
  nativeDropoutBackward: (gradOutput: Tensor, mask: Tensor, scale: number) => Tensor;
  /** _sobol_engine_draw(Tensor quasi, int n, Tensor sobolstate, int dimension, int num_generated, ScalarType? dtype) -> (Tensor, Tensor) */
  _sobolEngineDraw: (quasi: Tensor, n: Int, sobolstate: Tensor, dimension: Int, numGenerated: Int, dtype: Dtype | null) => readonly [Tensor, Tensor];
  /** _sobol_engine_ff_(Tensor(a!) self, int n, Tensor sobolstate, int dimension, int num_generated) -> Tensor(a!) */
  _sobolEngineFf_: (self: Tensor, n: Int, sobolstate: Tensor, dimension: Int, numGenerated: Int) => Tensor;
  /** _sobol_engine_scramble_(Tensor(a!) self, Tensor ltm, int dimension) -> Tensor(a!) */
  _sobolEngineScramble_: (self: Tensor, ltm: Tensor, dimension: Int) => Tensor;
  /** _sobol_engine_initialize_state_(Tensor(a!) self, int dimension) -> Tensor(a!) */
  _sobolEngineInitializeState_: (self: Tensor, dimension: Int) => Tensor;
  /** _reshape_from_tensor(Tensor self, Tensor shape) -> Tensor */
  _reshapeFromTensor: (self: Tensor, shape: Tensor) => Tensor;
  /** _shape_as_tensor(Tensor self) -> Tensor */
  _shapeAsTensor: (self: Tensor) => Tensor;
  /** dropout(Tensor input, float p, bool train) -> Tensor */
  dropout: (input: Tensor, p: number, train: boolean) => Tensor;
  /** dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!) */
  dropout_: (self: Tensor, p: number, train: boolean) => Tensor;
  /** feature_dropout(Tensor input, float p, bool train) -> Tensor */
  featureDropout: (input: Tensor, p: number, train: boolean) => Tensor;
  /** feature_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!) */
  featureDropout_: (self: Tensor, p: number, train: boolean) => Tensor;
  /** alpha_dropout(Tensor input, float p, bool train) -> Tensor */
  alphaDropout: (input: Tensor, p: number, train: boolean) => Tensor;
  /** alpha_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!) */
  alphaDropout_: (self: Tensor, p: number, train: boolean) => Tensor;
  /** feature_alpha_dropout(Tensor input, float p, bool train) -> Tensor */
  featureAlphaDropout: (input: Tensor, p: number, train: boolean) => Tensor;
  /** feature_alpha_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!) */
  featureAlphaDropout_: (self: Tensor, p: number, train: boolean) => Tensor;
  /** abs(Tensor self) -> Tensor */
  abs: (self: Tensor) => Tensor;
  /** abs_(Tensor(a!) self) -> Tensor(a!) */
  abs_: (self: Tensor) => Tensor;
  /** absolute(Tensor self) -> Tensor */
  absolute: (self: Tensor) => Tensor;
  /** angle(Tensor self) -> Tensor */
  angle: (self: Tensor) => Tensor;
  /** view_as_real(Tensor(a) self) -> Tensor(a) */
  viewAsReal: (self: Tensor) => Tensor;
  /** view_as_complex(Tensor(a) self) -> Tensor(a) */
  viewAsComplex: (self: Tensor) => Tensor;
  /** sgn(Tensor self) -> Tensor */
  sgn: (self: Tensor) => Tensor;
  /** real(Tensor(a) self) -> Tensor(a) */
  real: (self: Tensor) => Tensor;
  /** imag(Tensor(a) self) -> Tensor(a) */
  imag: (self: Tensor) => Tensor;
  /** _conj(Tensor(a) self) -> Tensor(a) */
  _conj: (self: Tensor) => Tensor;
  /** conj(Tensor(a) self) -> Tensor(a) */
  conj: (self: Tensor) => Tensor;
  /** _conj_physical(Tensor self) -> Tensor */
  _conjPhysical: (self: Tensor) => Tensor;
  /** conj_physical(Tensor self) -> Tensor */
  conjPhysical: (self: Tensor) => Tensor;
  /** conj_physical_(Tensor(a!) self) -> Tensor(a!) */
  conjPhysical_: (self: Tensor) => Tensor;
  /** resolve_conj(Tensor(a) self) -> Tensor(a) */
  resolveConj: (self: Tensor) => Tensor;
  /** resolve_neg(Tensor(a) self) -> Tensor(a) */
  resolveNeg: (self: Tensor) => Tensor;
  /** _neg_view(Tensor(a) self) -> Tensor(a) */
  _negView: (self: Tensor) => Tensor;
  /** acos(Tensor self) -> Tensor */
  acos: (self: Tensor) => Tensor;
  /** acos_(Tensor(a!) self) -> Tensor(a!) */
  acos_: (self: Tensor) => Tensor;
  /** arccos(Tensor self) -> Tensor */
  arccos: (self: Tensor) => Tensor;
  /** arccos_(Tensor(a!) self) -> Tensor(a!) */
  arccos_: (self: Tensor) => Tensor;
  /** avg_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, bool ceil_mode=False, bool count_include_pad=True) -> Tensor */
  avgPool1d: (self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], ceilMode?: boolean, countIncludePad?: boolean) => Tensor;
  /** adaptive_avg_pool1d(Tensor self, int[1] output_size) -> Tensor */
  adaptiveAvgPool1d: (self: Tensor, outputSize: number | readonly number[]) => Tensor;
  /** adaptive_max_pool1d(Tensor self, int[1] output_size) -> (Tensor, Tensor) */
  adaptiveMaxPool1d: (self: Tensor, outputSize: number | readonly number[]) => readonly [Tensor, Tensor];
  /** add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor */
  add: {
    (self: Tensor, other: Tensor, options?: { alpha?: Scalar }): Tensor;
    (self: Tensor, other: Scalar, alpha?: Scalar): Tensor;
  };
  /** _add_relu.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor */
  _addRelu: {
    (self: Tensor, other: Tensor, options?: { alpha?: Scalar }): Tensor;
    (self: Tensor, other: Scalar, alpha?: Scalar): Tensor;
  };
  /** _add_relu_.Tensor(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!) */
  _addRelu_: {
    (self: Tensor, other: Tensor, options?: { alpha?: Scalar }): Tensor;
    (self: Tensor, other: Scalar, alpha?: Scalar): Tensor;
  };
  /** addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor */
  addmv: (self: Tensor, mat: Tensor, vec: Tensor, options?: { beta?: Scalar; alpha?: Scalar }) => Tensor;
  /** addmv_(Tensor(a!) self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!) */
  addmv_: (self: Tensor, mat: Tensor, vec: Tensor, options?: { beta?: Scalar; alpha?: Scalar }) => Tensor;
  /** addr(Tensor self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor */
  addr: (self: Tensor, vec1: Tensor, vec2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }) => Tensor;
  /** affine_grid_generator(Tensor theta, SymInt[] size, bool align_corners) -> Tensor */
  affineGridGenerator: (theta: Tensor, size: readonly number[], alignCorners: boolean) => Tensor;
  /** affine_grid_generator_backward(Tensor grad, SymInt[] size, bool align_corners) -> Tensor */
  affineGridGeneratorBackward: (grad: Tensor, size: readonly number[], alignCorners: boolean) => Tensor;
  /** _is_all_true(Tensor self) -> Tensor */
  _isAllTrue: (self: Tensor) => Tensor;
  /** _is_any_true(Tensor self) -> Tensor */
  _isAnyTrue: (self: Tensor) => Tensor;
  /** _test_check_tensor(Tensor self) -> Tensor */
  _testCheckTensor: (self: Tensor) => Tensor;
  /** _test_functorch_fallback(Tensor self, Tensor other) -> Tensor */
  _testFunctorchFallback: (self: Tensor, other: Tensor) => Tensor;
  /** all.dim(Tensor self, int dim, bool keepdim=False) -> Tensor */
  all: {
    (self: Tensor, dim: Int, keepdim?: boolean): Tensor;
    (self: Tensor): Tensor;
    (self: Tensor, dim?: readonly number[] | null, keepdim?: boolean): Tensor;
  };
  /** allclose(Tensor self, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False) -> bool */
  allclose: (self: Tensor, other: Tensor, rtol?: number, atol?: number, equalNan?: boolean) => boolean;
  /** any.dim(Tensor self, int dim, bool keepdim=False) -> Tensor */
  any: {
    (self: Tensor, dim: Int, keepdim?: boolean): Tensor;
    (self: Tensor): Tensor;
    (self: Tensor, dim?: readonly number[] | null, keepdim?: boolean): Tensor;
  };
  /** arange(Scalar end, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  arange: {
    (end: Scalar, options?: TensorOptions): Tensor;
    (start: Scalar, end: Scalar, options?: TensorOptions): Tensor;
    (start: Scalar, end: Scalar, options: TensorOptions): Tensor;
    (start: Scalar, end: Scalar, step?: Scalar, options?: TensorOptions): Tensor;
  };
  /** _dim_arange(Tensor like, int dim) -> Tensor */
  _dimArange: (like: Tensor, dim: Int) => Tensor;
  /** argmax(Tensor self, int? dim=None, bool keepdim=False) -> Tensor */
  argmax: (self: Tensor, dim?: Int | null, keepdim?: boolean) => Tensor;
  /** argmin(Tensor self, int? dim=None, bool keepdim=False) -> Tensor */
  argmin: (self: Tensor, dim?: Int | null, keepdim?: boolean) => Tensor;
  /** acosh(Tensor self) -> Tensor */
  acosh: (self: Tensor) => Tensor;
  /** acosh_(Tensor(a!) self) -> Tensor(a!) */
  acosh_: (self: Tensor) => Tensor;
  /** arccosh(Tensor self) -> Tensor */
  arccosh: (self: Tensor) => Tensor;
  /** arccosh_(Tensor(a!) self) -> Tensor(a!) */
  arccosh_: (self: Tensor) => Tensor;
  /** asinh(Tensor self) -> Tensor */
  asinh: (self: Tensor) => Tensor;
  /** asinh_(Tensor(a!) self) -> Tensor(a!) */
  asinh_: (self: Tensor) => Tensor;
  /** arcsinh(Tensor self) -> Tensor */
  arcsinh: (self: Tensor) => Tensor;
  /** arcsinh_(Tensor(a!) self) -> Tensor(a!) */
  arcsinh_: (self: Tensor) => Tensor;
  /** atanh(Tensor self) -> Tensor */
  atanh: (self: Tensor) => Tensor;
  /** atanh_(Tensor(a!) self) -> Tensor(a!) */
  atanh_: (self: Tensor) => Tensor;
  /** arctanh(Tensor self) -> Tensor */
  arctanh: (self: Tensor) => Tensor;
  /** arctanh_(Tensor(a!) self) -> Tensor(a!) */
  arctanh_: (self: Tensor) => Tensor;
  /** as_strided(Tensor(a) self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor(a) */
  asStrided: (self: Tensor, size: readonly number[], stride: readonly number[], storageOffset?: Int | null) => Tensor;
  /** as_strided_(Tensor(a!) self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor(a!) */
  asStrided_: (self: Tensor, size: readonly number[], stride: readonly number[], storageOffset?: Int | null) => Tensor;
  /** asin(Tensor self) -> Tensor */
  asin: (self: Tensor) => Tensor;
  /** asin_(Tensor(a!) self) -> Tensor(a!) */
  asin_: (self: Tensor) => Tensor;
  /** arcsin(Tensor self) -> Tensor */
  arcsin: (self: Tensor) => Tensor;
  /** arcsin_(Tensor(a!) self) -> Tensor(a!) */
  arcsin_: (self: Tensor) => Tensor;
  /** atan(Tensor self) -> Tensor */
  atan: (self: Tensor) => Tensor;
  /** atan_(Tensor(a!) self) -> Tensor(a!) */
  atan_: (self: Tensor) => Tensor;
  /** arctan(Tensor self) -> Tensor */
  arctan: (self: Tensor) => Tensor;
  /** arctan_(Tensor(a!) self) -> Tensor(a!) */
  arctan_: (self: Tensor) => Tensor;
  /** atleast_1d(Tensor self) -> Tensor */
  atleast1d: {
    (self: Tensor): Tensor;
    (tensors: readonly Tensor[]): Tensor[];
  };
  /** atleast_2d(Tensor self) -> Tensor */
  atleast2d: {
    (self: Tensor): Tensor;
    (tensors: readonly Tensor[]): Tensor[];
  };
  /** atleast_3d(Tensor self) -> Tensor */
  atleast3d: {
    (self: Tensor): Tensor;
    (tensors: readonly Tensor[]): Tensor[];
  };
  /** baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor */
  baddbmm: {
    (self: Tensor, batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
    (self: Tensor, batch1: Tensor, batch2: Tensor, outDtype: Dtype, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  };
  /** bartlett_window(int window_length, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  bartlettWindow: {
    (windowLength: Int, options?: TensorOptions): Tensor;
    (windowLength: Int, periodic: boolean, options?: TensorOptions): Tensor;
  };
  /** batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps, bool cudnn_enabled) -> Tensor */
  batchNorm: (input: Tensor, weight: Tensor | null, bias: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, training: boolean, momentum: number, eps: number, cudnnEnabled: boolean) => Tensor;
  /** quantized_batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor mean, Tensor var, float eps, float output_scale, int output_zero_point) -> Tensor */
  quantizedBatchNorm: (input: Tensor, weight: Tensor | null, bias: Tensor | null, mean: Tensor, var_: Tensor, eps: number, outputScale: number, outputZeroPoint: Int) => Tensor;
  /** _batch_norm_impl_index(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps, bool cudnn_enabled) -> (Tensor, Tensor, Tensor, Tensor, int) */
  _batchNormImplIndex: (input: Tensor, weight: Tensor | null, bias: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, training: boolean, momentum: number, eps: number, cudnnEnabled: boolean) => readonly [Tensor, Tensor, Tensor, Tensor, number];
  /** _batch_norm_impl_index_backward(int impl_index, Tensor input, Tensor grad_output, Tensor? weight, Tensor? running_mean, Tensor? running_var, Tensor? save_mean, Tensor? save_var_transform, bool train, float eps, bool[3] output_mask, Tensor reservedSpace) -> (Tensor, Tensor, Tensor) */
  _batchNormImplIndexBackward: (implIndex: Int, input: Tensor, gradOutput: Tensor, weight: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, saveMean: Tensor | null, saveVarTransform: Tensor | null, train: boolean, eps: number, outputMask: readonly boolean[], reservedSpace: Tensor) => readonly [Tensor, Tensor, Tensor];
  /** bernoulli(Tensor self, *, Generator? generator=None) -> Tensor */
  bernoulli: {
    (self: Tensor, options?: { generator?: Generator | null }): Tensor;
    (self: Tensor, p: number, options?: { generator?: Generator | null }): Tensor;
  };
  /** bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None) -> Tensor */
  bilinear: (input1: Tensor, input2: Tensor, weight: Tensor, bias?: Tensor | null) => Tensor;
  /** binary_cross_entropy(Tensor self, Tensor target, Tensor? weight=None, int reduction=Mean) -> Tensor */
  binaryCrossEntropy: (self: Tensor, target: Tensor, weight?: Tensor | null, reduction?: Int) => Tensor;
  /** binary_cross_entropy_backward(Tensor grad_output, Tensor self, Tensor target, Tensor? weight=None, int reduction=Mean) -> Tensor */
  binaryCrossEntropyBackward: (gradOutput: Tensor, self: Tensor, target: Tensor, weight?: Tensor | null, reduction?: Int) => Tensor;
  /** binary_cross_entropy_with_logits(Tensor self, Tensor target, Tensor? weight=None, Tensor? pos_weight=None, int reduction=Mean) -> Tensor */
  binaryCrossEntropyWithLogits: (self: Tensor, target: Tensor, weight?: Tensor | null, posWeight?: Tensor | null, reduction?: Int) => Tensor;
  /** bincount(Tensor self, Tensor? weights=None, SymInt minlength=0) -> Tensor */
  bincount: (self: Tensor, weights?: Tensor | null, minlength?: Int) => Tensor;
  /** bitwise_not(Tensor self) -> Tensor */
  bitwiseNot: (self: Tensor) => Tensor;
  /** copysign.Tensor(Tensor self, Tensor other) -> Tensor */
  copysign: {
    (self: Tensor, other: Tensor): Tensor;
    (self: Tensor, other: Scalar): Tensor;
  };
  /** _lazy_clone(Tensor self) -> Tensor */
  _lazyClone: (self: Tensor) => Tensor;
  /** logical_not(Tensor self) -> Tensor */
  logicalNot: (self: Tensor) => Tensor;
  /** logical_xor(Tensor self, Tensor other) -> Tensor */
  logicalXor: (self: Tensor, other: Tensor) => Tensor;
  /** logical_and(Tensor self, Tensor other) -> Tensor */
  logicalAnd: (self: Tensor, other: Tensor) => Tensor;
  /** logical_or(Tensor self, Tensor other) -> Tensor */
  logicalOr: (self: Tensor, other: Tensor) => Tensor;
  /** blackman_window(int window_length, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  blackmanWindow: {
    (windowLength: Int, options?: TensorOptions): Tensor;
    (windowLength: Int, periodic: boolean, options?: TensorOptions): Tensor;
  };
  /** bmm(Tensor self, Tensor mat2) -> Tensor */
  bmm: {
    (self: Tensor, mat2: Tensor): Tensor;
    (self: Tensor, mat2: Tensor, outDtype: Dtype): Tensor;
  };
  /** broadcast_tensors(Tensor[] tensors) -> Tensor[] */
  broadcastTensors: (tensors: readonly Tensor[]) => Tensor[];
  /** broadcast_to(Tensor(a) self, SymInt[] size) -> Tensor(a) */
  broadcastTo: (self: Tensor, size: readonly number[]) => Tensor;
  /** _sparse_broadcast_to(Tensor(a) self, int[] size) -> Tensor(a) */
  _sparseBroadcastTo: (self: Tensor, size: readonly number[]) => Tensor;
  /** cat(Tensor[] tensors, int dim=0) -> Tensor */
  cat: (tensors: readonly Tensor[], dim?: Int) => Tensor;
  /** concat(Tensor[] tensors, int dim=0) -> Tensor */
  concat: (tensors: readonly Tensor[], dim?: Int) => Tensor;
  /** concatenate(Tensor[] tensors, int dim=0) -> Tensor */
  concatenate: (tensors: readonly Tensor[], dim?: Int) => Tensor;
  /** block_diag(Tensor[] tensors) -> Tensor */
  blockDiag: (tensors: readonly Tensor[]) => Tensor;
  /** ceil(Tensor self) -> Tensor */
  ceil: (self: Tensor) => Tensor;
  /** ceil_(Tensor(a!) self) -> Tensor(a!) */
  ceil_: (self: Tensor) => Tensor;
  /** chain_matmul(Tensor[] matrices) -> Tensor */
  chainMatmul: (matrices: readonly Tensor[]) => Tensor;
  /** unsafe_chunk(Tensor self, int chunks, int dim=0) -> Tensor[] */
  unsafeChunk: (self: Tensor, chunks: Int, dim?: Int) => Tensor[];
  /** chunk(Tensor(a -> *) self, int chunks, int dim=0) -> Tensor(a)[] */
  chunk: (self: Tensor, chunks: Int, dim?: Int) => Tensor[];
  /** tensor_split.sections(Tensor(a -> *) self, SymInt sections, int dim=0) -> Tensor(a)[] */
  tensorSplit: {
    (self: Tensor, sections: Int, dim?: Int): Tensor[];
    (self: Tensor, indices: readonly number[], dim?: Int): Tensor[];
    (self: Tensor, tensorIndicesOrSections: Tensor, dim?: Int): Tensor[];
  };
  /** clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor */
  clamp: {
    (self: Tensor, min?: Scalar | null, max?: Scalar | null): Tensor;
    (self: Tensor, min?: Tensor | null, max?: Tensor | null): Tensor;
  };
  /** clamp_(Tensor(a!) self, Scalar? min=None, Scalar? max=None) -> Tensor(a!) */
  clamp_: {
    (self: Tensor, min?: Scalar | null, max?: Scalar | null): Tensor;
    (self: Tensor, min?: Tensor | null, max?: Tensor | null): Tensor;
  };
  /** clamp_max(Tensor self, Scalar max) -> Tensor */
  clampMax: {
    (self: Tensor, max: Scalar): Tensor;
    (self: Tensor, max: Tensor): Tensor;
  };
  /** clamp_max_(Tensor(a!) self, Scalar max) -> Tensor(a!) */
  clampMax_: {
    (self: Tensor, max: Scalar): Tensor;
    (self: Tensor, max: Tensor): Tensor;
  };
  /** clamp_min(Tensor self, Scalar min) -> Tensor */
  clampMin: {
    (self: Tensor, min: Scalar): Tensor;
    (self: Tensor, min: Tensor): Tensor;
  };
  /** clamp_min_(Tensor(a!) self, Scalar min) -> Tensor(a!) */
  clampMin_: {
    (self: Tensor, min: Scalar): Tensor;
    (self: Tensor, min: Tensor): Tensor;
  };
  /** clip(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor */
  clip: {
    (self: Tensor, min?: Scalar | null, max?: Scalar | null): Tensor;
    (self: Tensor, min?: Tensor | null, max?: Tensor | null): Tensor;
  };
  /** clip_(Tensor(a!) self, Scalar? min=None, Scalar? max=None) -> Tensor(a!) */
  clip_: {
    (self: Tensor, min?: Scalar | null, max?: Scalar | null): Tensor;
    (self: Tensor, min?: Tensor | null, max?: Tensor | null): Tensor;
  };
  /** cudnn_is_acceptable(Tensor self) -> bool */
  cudnnIsAcceptable: (self: Tensor) => boolean;
  /** complex(Tensor real, Tensor imag) -> Tensor */
  complex: (real: Tensor, imag: Tensor) => Tensor;
  /** polar(Tensor abs, Tensor angle) -> Tensor */
  polar: (abs: Tensor, angle: Tensor) => Tensor;
  /** constant_pad_nd(Tensor self, SymInt[] pad, Scalar value=0) -> Tensor */
  constantPadNd: (self: Tensor, pad: readonly number[], value?: Scalar) => Tensor;
  /** convolution(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups) -> Tensor */
  convolution: (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[], padding: readonly number[], dilation: readonly number[], transposed: boolean, outputPadding: readonly number[], groups: Int) => Tensor;
  /** convolution_backward(Tensor grad_output, Tensor input, Tensor weight, SymInt[]? bias_sizes, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups, bool[3] output_mask) -> (Tensor, Tensor, Tensor) */
  convolutionBackward: (gradOutput: Tensor, input: Tensor, weight: Tensor, biasSizes: readonly number[] | null, stride: readonly number[], padding: readonly number[], dilation: readonly number[], transposed: boolean, outputPadding: readonly number[], groups: Int, outputMask: readonly boolean[]) => readonly [Tensor, Tensor, Tensor];
  /** convolution_overrideable(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups) -> Tensor */
  convolutionOverrideable: (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[], padding: readonly number[], dilation: readonly number[], transposed: boolean, outputPadding: readonly number[], groups: Int) => Tensor;
  /** convolution_backward_overrideable(Tensor grad_output, Tensor input, Tensor weight, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups, bool[3] output_mask) -> (Tensor grad_input, Tensor grad_weight, Tensor grad_bias) */
  convolutionBackwardOverrideable: (gradOutput: Tensor, input: Tensor, weight: Tensor, stride: readonly number[], padding: readonly number[], dilation: readonly number[], transposed: boolean, outputPadding: readonly number[], groups: Int, outputMask: readonly boolean[]) => readonly [gradInput: Tensor, gradWeight: Tensor, gradBias: Tensor];
  /** _convolution(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups, bool benchmark, bool deterministic, bool cudnn_enabled, bool allow_tf32) -> Tensor */
  _convolution: {
    (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[], padding: readonly number[], dilation: readonly number[], transposed: boolean, outputPadding: readonly number[], groups: Int, benchmark: boolean, deterministic: boolean, cudnnEnabled: boolean, allowTf32: boolean): Tensor;
    (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[], padding: readonly number[], dilation: readonly number[], transposed: boolean, outputPadding: readonly number[], groups: Int, benchmark: boolean, deterministic: boolean, cudnnEnabled: boolean): Tensor;
  };
  /** _convolution_mode(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, str padding, SymInt[] dilation, SymInt groups) -> Tensor */
  _convolutionMode: (input: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[], padding: string, dilation: readonly number[], groups: Int) => Tensor;
  /** _convolution_double_backward(Tensor? ggI, Tensor? ggW, Tensor? ggb, Tensor gO, Tensor weight, Tensor self, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups, bool[3] output_mask) -> (Tensor, Tensor, Tensor) */
  _convolutionDoubleBackward: (ggI: Tensor | null, ggW: Tensor | null, ggb: Tensor | null, gO: Tensor, weight: Tensor, self: Tensor, stride: readonly number[], padding: readonly number[], dilation: readonly number[], transposed: boolean, outputPadding: readonly number[], groups: Int, outputMask: readonly boolean[]) => readonly [Tensor, Tensor, Tensor];
  /** conv1d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=1, SymInt[1] padding=0, SymInt[1] dilation=1, SymInt groups=1) -> Tensor */
  conv1d: {
    (input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], groups?: Int): Tensor;
    (input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: number | readonly number[], padding?: string, dilation?: number | readonly number[], groups?: Int): Tensor;
  };
  /** conv2d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=1, SymInt[2] padding=0, SymInt[2] dilation=1, SymInt groups=1) -> Tensor */
  conv2d: {
    (input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], groups?: Int): Tensor;
    (input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: number | readonly number[], padding?: string, dilation?: number | readonly number[], groups?: Int): Tensor;
  };
  /** conv3d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=1, SymInt[3] padding=0, SymInt[3] dilation=1, SymInt groups=1) -> Tensor */
  conv3d: {
    (input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], groups?: Int): Tensor;
    (input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: number | readonly number[], padding?: string, dilation?: number | readonly number[], groups?: Int): Tensor;
  };
  /** conv_tbc(Tensor self, Tensor weight, Tensor bias, int pad=0) -> Tensor */
  convTbc: (self: Tensor, weight: Tensor, bias: Tensor, pad?: Int) => Tensor;
  /** conv_tbc_backward(Tensor self, Tensor input, Tensor weight, Tensor bias, int pad) -> (Tensor, Tensor, Tensor) */
  convTbcBackward: (self: Tensor, input: Tensor, weight: Tensor, bias: Tensor, pad: Int) => readonly [Tensor, Tensor, Tensor];
  /** conv_transpose1d(Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=1, SymInt[1] padding=0, SymInt[1] output_padding=0, SymInt groups=1, SymInt[1] dilation=1) -> Tensor */
  convTranspose1d: (input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], outputPadding?: number | readonly number[], groups?: Int, dilation?: number | readonly number[]) => Tensor;
  /** conv_transpose2d.input(Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=1, SymInt[2] padding=0, SymInt[2] output_padding=0, SymInt groups=1, SymInt[2] dilation=1) -> Tensor */
  convTranspose2d: (input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], outputPadding?: number | readonly number[], groups?: Int, dilation?: number | readonly number[]) => Tensor;
  /** conv_transpose3d.input(Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=1, SymInt[3] padding=0, SymInt[3] output_padding=0, SymInt groups=1, SymInt[3] dilation=1) -> Tensor */
  convTranspose3d: (input: Tensor, weight: Tensor, bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], outputPadding?: number | readonly number[], groups?: Int, dilation?: number | readonly number[]) => Tensor;
  /** copy(Tensor self, Tensor src, bool non_blocking=False) -> Tensor */
  copy: (self: Tensor, src: Tensor, nonBlocking?: boolean) => Tensor;
  /** _copy_from(Tensor self, Tensor dst, bool non_blocking=False) -> Tensor */
  _copyFrom: (self: Tensor, dst: Tensor, nonBlocking?: boolean) => Tensor;
  /** _copy_from_and_resize(Tensor self, Tensor dst) -> Tensor */
  _copyFromAndResize: (self: Tensor, dst: Tensor) => Tensor;
  /** cos(Tensor self) -> Tensor */
  cos: (self: Tensor) => Tensor;
  /** cos_(Tensor(a!) self) -> Tensor(a!) */
  cos_: (self: Tensor) => Tensor;
  /** cosh(Tensor self) -> Tensor */
  cosh: (self: Tensor) => Tensor;
  /** cosh_(Tensor(a!) self) -> Tensor(a!) */
  cosh_: (self: Tensor) => Tensor;
  /** cosine_embedding_loss(Tensor input1, Tensor input2, Tensor target, float margin=0.0, int reduction=Mean) -> Tensor */
  cosineEmbeddingLoss: (input1: Tensor, input2: Tensor, target: Tensor, margin?: number, reduction?: Int) => Tensor;
  /** count_nonzero.dim_IntList(Tensor self, int[] dim) -> Tensor */
  countNonzero: {
    (self: Tensor, dim: readonly number[]): Tensor;
    (self: Tensor, dim?: Int | null): Tensor;
  };
  /** cov(Tensor self, *, int correction=1, Tensor? fweights=None, Tensor? aweights=None) -> Tensor */
  cov: (self: Tensor, options?: { correction?: Int; fweights?: Tensor | null; aweights?: Tensor | null }) => Tensor;
  /** corrcoef(Tensor self) -> Tensor */
  corrcoef: (self: Tensor) => Tensor;
  /** cudnn_affine_grid_generator(Tensor theta, int N, int C, int H, int W) -> Tensor grid */
  cudnnAffineGridGenerator: (theta: Tensor, N: Int, C: Int, H: Int, W: Int) => Tensor;
  /** cudnn_affine_grid_generator_backward(Tensor grad, int N, int C, int H, int W) -> Tensor grad_theta */
  cudnnAffineGridGeneratorBackward: (grad: Tensor, N: Int, C: Int, H: Int, W: Int) => Tensor;
  /** cudnn_batch_norm(Tensor input, Tensor weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float exponential_average_factor, float epsilon) -> (Tensor, Tensor, Tensor, Tensor) */
  cudnnBatchNorm: (input: Tensor, weight: Tensor, bias: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, training: boolean, exponentialAverageFactor: number, epsilon: number) => readonly [Tensor, Tensor, Tensor, Tensor];
  /** cudnn_batch_norm_backward(Tensor input, Tensor grad_output, Tensor weight, Tensor? running_mean, Tensor? running_var, Tensor? save_mean, Tensor? save_var, float epsilon, Tensor reserveSpace) -> (Tensor, Tensor, Tensor) */
  cudnnBatchNormBackward: (input: Tensor, gradOutput: Tensor, weight: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, saveMean: Tensor | null, saveVar: Tensor | null, epsilon: number, reserveSpace: Tensor) => readonly [Tensor, Tensor, Tensor];
  /** cudnn_convolution(Tensor self, Tensor weight, SymInt[] padding, SymInt[] stride, SymInt[] dilation, SymInt groups, bool benchmark, bool deterministic, bool allow_tf32) -> Tensor */
  cudnnConvolution: (self: Tensor, weight: Tensor, padding: readonly number[], stride: readonly number[], dilation: readonly number[], groups: Int, benchmark: boolean, deterministic: boolean, allowTf32: boolean) => Tensor;
  /** cudnn_convolution_transpose(Tensor self, Tensor weight, SymInt[] padding, SymInt[] output_padding, SymInt[] stride, SymInt[] dilation, SymInt groups, bool benchmark, bool deterministic, bool allow_tf32) -> Tensor */
  cudnnConvolutionTranspose: (self: Tensor, weight: Tensor, padding: readonly number[], outputPadding: readonly number[], stride: readonly number[], dilation: readonly number[], groups: Int, benchmark: boolean, deterministic: boolean, allowTf32: boolean) => Tensor;
  /** _mps_convolution_transpose(Tensor self, Tensor weight, SymInt[] padding, SymInt[] output_padding, SymInt[] stride, SymInt[] dilation, SymInt groups) -> Tensor */
  _mpsConvolutionTranspose: (self: Tensor, weight: Tensor, padding: readonly number[], outputPadding: readonly number[], stride: readonly number[], dilation: readonly number[], groups: Int) => Tensor;
  /** mps_convolution_transpose_backward(Tensor self, Tensor grad_output, Tensor weight, SymInt[] padding, SymInt[] output_padding, SymInt[] stride, SymInt[] dilation, SymInt groups, bool[2] output_mask) -> (Tensor, Tensor) */
  mpsConvolutionTransposeBackward: (self: Tensor, gradOutput: Tensor, weight: Tensor, padding: readonly number[], outputPadding: readonly number[], stride: readonly number[], dilation: readonly number[], groups: Int, outputMask: readonly boolean[]) => readonly [Tensor, Tensor];
  /** cudnn_convolution_relu(Tensor self, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, SymInt groups) -> Tensor */
  cudnnConvolutionRelu: (self: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[], padding: readonly number[], dilation: readonly number[], groups: Int) => Tensor;
  /** cudnn_convolution_add_relu(Tensor self, Tensor weight, Tensor z, Scalar? alpha, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, SymInt groups) -> Tensor */
  cudnnConvolutionAddRelu: (self: Tensor, weight: Tensor, z: Tensor, alpha: Scalar | null, bias: Tensor | null, stride: readonly number[], padding: readonly number[], dilation: readonly number[], groups: Int) => Tensor;
  /** cudnn_grid_sampler(Tensor self, Tensor grid) -> Tensor output */
  cudnnGridSampler: (self: Tensor, grid: Tensor) => Tensor;
  /** cudnn_grid_sampler_backward(Tensor self, Tensor grid, Tensor grad_output) -> (Tensor grad_self, Tensor grad_grid) */
  cudnnGridSamplerBackward: (self: Tensor, grid: Tensor, gradOutput: Tensor) => readonly [gradSelf: Tensor, gradGrid: Tensor];
  /** cummax(Tensor self, int dim) -> (Tensor values, Tensor indices) */
  cummax: (self: Tensor, dim: Int) => readonly [values: Tensor, indices: Tensor];
  /** _cummax_helper(Tensor self, Tensor(a!) values, Tensor(b!) indices, int dim) -> () */
  _cummaxHelper: (self: Tensor, values: Tensor, indices: Tensor, dim: Int) => void;
  /** cummin(Tensor self, int dim) -> (Tensor values, Tensor indices) */
  cummin: (self: Tensor, dim: Int) => readonly [values: Tensor, indices: Tensor];
  /** _cummin_helper(Tensor self, Tensor(a!) values, Tensor(b!) indices, int dim) -> () */
  _cumminHelper: (self: Tensor, values: Tensor, indices: Tensor, dim: Int) => void;
  /** cummaxmin_backward(Tensor grad, Tensor input, Tensor indices, int dim) -> Tensor */
  cummaxminBackward: (grad: Tensor, input: Tensor, indices: Tensor, dim: Int) => Tensor;
  /** cumprod(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor */
  cumprod: (self: Tensor, dim: Int, options?: { dtype?: Dtype | null }) => Tensor;
  /** cumprod_backward(Tensor grad, Tensor input, int dim, Tensor output) -> Tensor */
  cumprodBackward: (grad: Tensor, input: Tensor, dim: Int, output: Tensor) => Tensor;
  /** cumsum(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor */
  cumsum: (self: Tensor, dim: Int, options?: { dtype?: Dtype | null }) => Tensor;
  /** cumulative_trapezoid.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor */
  cumulativeTrapezoid: {
    (y: Tensor, x: Tensor, options?: { dim?: Int }): Tensor;
    (y: Tensor, options?: { dx?: Scalar; dim?: Int }): Tensor;
  };
  /** ctc_loss.IntList(Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, int blank=0, int reduction=Mean, bool zero_infinity=False) -> Tensor */
  ctcLoss: {
    (logProbs: Tensor, targets: Tensor, inputLengths: readonly number[], targetLengths: readonly number[], blank?: Int, reduction?: Int, zeroInfinity?: boolean): Tensor;
    (logProbs: Tensor, targets: Tensor, inputLengths: Tensor, targetLengths: Tensor, blank?: Int, reduction?: Int, zeroInfinity?: boolean): Tensor;
  };
  /** _ctc_loss(Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, int blank=0, bool zero_infinity=False) -> (Tensor, Tensor) */
  _ctcLoss: {
    (logProbs: Tensor, targets: Tensor, inputLengths: readonly number[], targetLengths: readonly number[], blank?: Int, zeroInfinity?: boolean): readonly [Tensor, Tensor];
    (logProbs: Tensor, targets: Tensor, inputLengths: Tensor, targetLengths: Tensor, blank?: Int, zeroInfinity?: boolean): readonly [Tensor, Tensor];
  };
  /** _ctc_loss_backward(Tensor grad, Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, Tensor neg_log_likelihood, Tensor log_alpha, int blank, bool zero_infinity=False) -> Tensor */
  _ctcLossBackward: {
    (grad: Tensor, logProbs: Tensor, targets: Tensor, inputLengths: readonly number[], targetLengths: readonly number[], negLogLikelihood: Tensor, logAlpha: Tensor, blank: Int, zeroInfinity?: boolean): Tensor;
    (grad: Tensor, logProbs: Tensor, targets: Tensor, inputLengths: Tensor, targetLengths: Tensor, negLogLikelihood: Tensor, logAlpha: Tensor, blank: Int, zeroInfinity?: boolean): Tensor;
  };
  /** diag_embed(Tensor self, int offset=0, int dim1=-2, int dim2=-1) -> Tensor */
  diagEmbed: (self: Tensor, offset?: Int, dim1?: Int, dim2?: Int) => Tensor;
  /** diagflat(Tensor self, int offset=0) -> Tensor */
  diagflat: (self: Tensor, offset?: Int) => Tensor;
  /** diagonal(Tensor(a) self, int offset=0, int dim1=0, int dim2=1) -> Tensor(a) */
  diagonal: (self: Tensor, offset?: Int, dim1?: Int, dim2?: Int) => Tensor;
  /** linalg_diagonal(Tensor(a) A, *, int offset=0, int dim1=-2, int dim2=-1) -> Tensor(a) */
  linalgDiagonal: (A: Tensor, options?: { offset?: Int; dim1?: Int; dim2?: Int }) => Tensor;
  /** diagonal_backward(Tensor grad_output, SymInt[] input_sizes, int offset, int dim1, int dim2) -> Tensor */
  diagonalBackward: (gradOutput: Tensor, inputSizes: readonly number[], offset: Int, dim1: Int, dim2: Int) => Tensor;
  /** diff(Tensor self, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None) -> Tensor */
  diff: (self: Tensor, n?: Int, dim?: Int, prepend?: Tensor | null, append?: Tensor | null) => Tensor;
  /** gradient.scalarint(Tensor self, *, Scalar? spacing=None, int? dim=None, int edge_order=1) -> Tensor[] */
  gradient: {
    (self: Tensor, options?: { spacing?: Scalar | null; dim?: Int | null; edgeOrder?: Int }): Tensor[];
    (self: Tensor, options: { spacing: Scalar; dim: readonly number[]; edgeOrder?: Int }): Tensor[];
    (self: Tensor, options: { dim: readonly number[]; edgeOrder?: Int }): Tensor[];
    (self: Tensor, options: { spacing: readonly Scalar[]; dim?: Int | null; edgeOrder?: Int }): Tensor[];
    (self: Tensor, options: { spacing: readonly Scalar[]; dim: readonly number[]; edgeOrder?: Int }): Tensor[];
    (self: Tensor, options: { spacing: readonly Tensor[]; dim?: Int | null; edgeOrder?: Int }): Tensor[];
    (self: Tensor, options: { spacing: readonly Tensor[]; dim: readonly number[]; edgeOrder?: Int }): Tensor[];
  };
  /** div.Tensor(Tensor self, Tensor other) -> Tensor */
  div: {
    (self: Tensor, other: Tensor): Tensor;
    (self: Tensor, other: Tensor, options: { roundingMode: string | null }): Tensor;
    (self: Tensor, other: Scalar): Tensor;
    (self: Tensor, other: Scalar, options: { roundingMode: string | null }): Tensor;
  };
  /** divide.Tensor(Tensor self, Tensor other) -> Tensor */
  divide: {
    (self: Tensor, other: Tensor): Tensor;
    (self: Tensor, other: Scalar): Tensor;
    (self: Tensor, other: Tensor, options: { roundingMode: string | null }): Tensor;
    (self: Tensor, other: Scalar, options: { roundingMode: string | null }): Tensor;
  };
  /** true_divide.Tensor(Tensor self, Tensor other) -> Tensor */
  trueDivide: {
    (self: Tensor, other: Tensor): Tensor;
    (self: Tensor, other: Scalar): Tensor;
  };
  /** dot(Tensor self, Tensor tensor) -> Tensor */
  dot: (self: Tensor, tensor: Tensor) => Tensor;
  /** vdot(Tensor self, Tensor other) -> Tensor */
  vdot: (self: Tensor, other: Tensor) => Tensor;
  /** einsum(str equation, Tensor[] tensors, *, int[]? path=None) -> Tensor */
  einsum: (equation: string, tensors: readonly Tensor[], options?: { path?: readonly number[] | null }) => Tensor;
  /** embedding(Tensor weight, Tensor indices, SymInt padding_idx=-1, bool scale_grad_by_freq=False, bool sparse=False) -> Tensor */
  embedding: (weight: Tensor, indices: Tensor, paddingIdx?: Int, scaleGradByFreq?: boolean, sparse?: boolean) => Tensor;
  /** embedding_backward(Tensor grad, Tensor indices, SymInt num_weights, SymInt padding_idx, bool scale_grad_by_freq, bool sparse) -> Tensor */
  embeddingBackward: (grad: Tensor, indices: Tensor, numWeights: Int, paddingIdx: Int, scaleGradByFreq: boolean, sparse: boolean) => Tensor;
  /** embedding_dense_backward(Tensor grad_output, Tensor indices, SymInt num_weights, SymInt padding_idx, bool scale_grad_by_freq) -> Tensor */
  embeddingDenseBackward: (gradOutput: Tensor, indices: Tensor, numWeights: Int, paddingIdx: Int, scaleGradByFreq: boolean) => Tensor;
  /** embedding_renorm_(Tensor(a!) self, Tensor indices, float max_norm, float norm_type) -> Tensor(a!) */
  embeddingRenorm_: (self: Tensor, indices: Tensor, maxNorm: number, normType: number) => Tensor;
  /** embedding_sparse_backward(Tensor grad, Tensor indices, int num_weights, int padding_idx, bool scale_grad_by_freq) -> Tensor */
  embeddingSparseBackward: (grad: Tensor, indices: Tensor, numWeights: Int, paddingIdx: Int, scaleGradByFreq: boolean) => Tensor;
  /** _embedding_bag_forward_only(Tensor weight, Tensor indices, Tensor offsets, bool scale_grad_by_freq=False, int mode=0, bool sparse=False, Tensor? per_sample_weights=None, bool include_last_offset=False, int padding_idx=-1) -> (Tensor, Tensor, Tensor, Tensor) */
  _embeddingBagForwardOnly: (weight: Tensor, indices: Tensor, offsets: Tensor, scaleGradByFreq?: boolean, mode?: Int, sparse?: boolean, perSampleWeights?: Tensor | null, includeLastOffset?: boolean, paddingIdx?: Int) => readonly [Tensor, Tensor, Tensor, Tensor];
  /** _rowwise_prune(Tensor weight, Tensor mask, ScalarType compressed_indices_dtype) -> (Tensor, Tensor) */
  _rowwisePrune: (weight: Tensor, mask: Tensor, compressedIndicesDtype: Dtype) => readonly [Tensor, Tensor];
  /** row_stack(Tensor[] tensors) -> Tensor */
  rowStack: (tensors: readonly Tensor[]) => Tensor;
  /** embedding_bag(Tensor weight, Tensor indices, Tensor offsets, bool scale_grad_by_freq=False, int mode=0, bool sparse=False, Tensor? per_sample_weights=None, bool include_last_offset=False) -> (Tensor, Tensor, Tensor, Tensor) */
  embeddingBag: {
    (weight: Tensor, indices: Tensor, offsets: Tensor, scaleGradByFreq?: boolean, mode?: Int, sparse?: boolean, perSampleWeights?: Tensor | null, includeLastOffset?: boolean): readonly [Tensor, Tensor, Tensor, Tensor];
    (weight: Tensor, indices: Tensor, offsets: Tensor, scaleGradByFreq: boolean, mode: Int, sparse: boolean, perSampleWeights: Tensor | null, includeLastOffset: boolean, paddingIdx: Int | null): readonly [Tensor, Tensor, Tensor, Tensor];
  };
  /** _embedding_bag(Tensor weight, Tensor indices, Tensor offsets, bool scale_grad_by_freq=False, int mode=0, bool sparse=False, Tensor? per_sample_weights=None, bool include_last_offset=False, int padding_idx=-1) -> (Tensor, Tensor, Tensor, Tensor) */
  _embeddingBag: (weight: Tensor, indices: Tensor, offsets: Tensor, scaleGradByFreq?: boolean, mode?: Int, sparse?: boolean, perSampleWeights?: Tensor | null, includeLastOffset?: boolean, paddingIdx?: Int) => readonly [Tensor, Tensor, Tensor, Tensor];
  /** _embedding_bag_backward(Tensor grad, Tensor indices, Tensor offsets, Tensor offset2bag, Tensor bag_size, Tensor maximum_indices, SymInt num_weights, bool scale_grad_by_freq, int mode, bool sparse, Tensor? per_sample_weights, int padding_idx=-1) -> Tensor */
  _embeddingBagBackward: (grad: Tensor, indices: Tensor, offsets: Tensor, offset2bag: Tensor, bagSize: Tensor, maximumIndices: Tensor, numWeights: Int, scaleGradByFreq: boolean, mode: Int, sparse: boolean, perSampleWeights: Tensor | null, paddingIdx?: Int) => Tensor;
  /** _embedding_bag_sparse_backward(Tensor grad, Tensor indices, Tensor offsets, Tensor offset2bag, Tensor bag_size, SymInt num_weights, bool scale_grad_by_freq, int mode, Tensor? per_sample_weights, int padding_idx=-1) -> Tensor */
  _embeddingBagSparseBackward: (grad: Tensor, indices: Tensor, offsets: Tensor, offset2bag: Tensor, bagSize: Tensor, numWeights: Int, scaleGradByFreq: boolean, mode: Int, perSampleWeights: Tensor | null, paddingIdx?: Int) => Tensor;
  /** _embedding_bag_dense_backward(Tensor grad, Tensor indices, Tensor offset2bag, Tensor bag_size, Tensor maximum_indices, SymInt num_weights, bool scale_grad_by_freq, int mode, Tensor? per_sample_weights, int padding_idx=-1) -> Tensor */
  _embeddingBagDenseBackward: (grad: Tensor, indices: Tensor, offset2bag: Tensor, bagSize: Tensor, maximumIndices: Tensor, numWeights: Int, scaleGradByFreq: boolean, mode: Int, perSampleWeights: Tensor | null, paddingIdx?: Int) => Tensor;
  /** _embedding_bag_per_sample_weights_backward(Tensor grad, Tensor weight, Tensor indices, Tensor offsets, Tensor offset2bag, int mode, int padding_idx=-1) -> Tensor */
  _embeddingBagPerSampleWeightsBackward: (grad: Tensor, weight: Tensor, indices: Tensor, offsets: Tensor, offset2bag: Tensor, mode: Int, paddingIdx?: Int) => Tensor;
  /** empty.memory_format(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor */
  empty: (size: readonly number[], options?: { dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: string | null }) => Tensor;
  /** empty_permuted(SymInt[] size, int[] physical_layout, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  emptyPermuted: (size: readonly number[], physicalLayout: readonly number[], options?: TensorOptions) => Tensor;
  /** _empty_affine_quantized(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, float scale=1, int zero_point=0, MemoryFormat? memory_format=contiguous_format) -> Tensor */
  _emptyAffineQuantized: (size: readonly number[], options?: { dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; scale?: number; zeroPoint?: Int; memoryFormat?: string | null }) => Tensor;
  /** _empty_per_channel_affine_quantized(SymInt[] size, *, Tensor scales, Tensor zero_points, int axis, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=contiguous_format) -> Tensor */
  _emptyPerChannelAffineQuantized: (size: readonly number[], options: { scales: Tensor; zeroPoints: Tensor; axis: Int; dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: string | null }) => Tensor;
  /** _resize_output_(Tensor(a!) self, SymInt[] size, Device device) -> Tensor(a!) */
  _resizeOutput_: (self: Tensor, size: readonly number[], device: string) => Tensor;
  /** empty_quantized(int[] size, Tensor qtensor, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor */
  emptyQuantized: (size: readonly number[], qtensor: Tensor, options?: { dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: string | null }) => Tensor;
  /** empty_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor */
  emptyLike: (self: Tensor, options?: { dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: string | null }) => Tensor;
  /** empty_strided(SymInt[] size, SymInt[] stride, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  emptyStrided: (size: readonly number[], stride: readonly number[], options?: TensorOptions) => Tensor;
  /** erf(Tensor self) -> Tensor */
  erf: (self: Tensor) => Tensor;
  /** erf_(Tensor(a!) self) -> Tensor(a!) */
  erf_: (self: Tensor) => Tensor;
  /** erfc(Tensor self) -> Tensor */
  erfc: (self: Tensor) => Tensor;
  /** erfc_(Tensor(a!) self) -> Tensor(a!) */
  erfc_: (self: Tensor) => Tensor;
  /** exp(Tensor self) -> Tensor */
  exp: (self: Tensor) => Tensor;
  /** exp_(Tensor(a!) self) -> Tensor(a!) */
  exp_: (self: Tensor) => Tensor;
  /** exp2(Tensor self) -> Tensor */
  exp2: (self: Tensor) => Tensor;
  /** exp2_(Tensor(a!) self) -> Tensor(a!) */
  exp2_: (self: Tensor) => Tensor;
  /** expm1(Tensor self) -> Tensor */
  expm1: (self: Tensor) => Tensor;
  /** expm1_(Tensor(a!) self) -> Tensor(a!) */
  expm1_: (self: Tensor) => Tensor;
  /** eye(SymInt n, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  eye: {
    (n: Int, options?: TensorOptions): Tensor;
    (n: Int, m: Int, options?: TensorOptions): Tensor;
  };
  /** flatten.using_ints(Tensor(a) self, int start_dim=0, int end_dim=-1) -> Tensor(a) */
  flatten: (self: Tensor, startDim?: Int, endDim?: Int) => Tensor;
  /** unflatten.int(Tensor(a) self, int dim, SymInt[] sizes) -> Tensor(a) */
  unflatten: (self: Tensor, dim: Int, sizes: readonly number[]) => Tensor;
  /** fill.Scalar(Tensor self, Scalar value) -> Tensor */
  fill: {
    (self: Tensor, value: Scalar): Tensor;
    (self: Tensor, value: Tensor): Tensor;
  };
  /** fill_.Scalar(Tensor(a!) self, Scalar value) -> Tensor(a!) */
  fill_: {
    (self: Tensor, value: Scalar): Tensor;
    (self: Tensor, value: Tensor): Tensor;
  };
  /** floor(Tensor self) -> Tensor */
  floor: (self: Tensor) => Tensor;
  /** floor_(Tensor(a!) self) -> Tensor(a!) */
  floor_: (self: Tensor) => Tensor;
  /** floor_divide(Tensor self, Tensor other) -> Tensor */
  floorDivide: {
    (self: Tensor, other: Tensor): Tensor;
    (self: Tensor, other: Scalar): Tensor;
  };
  /** frac(Tensor self) -> Tensor */
  frac: (self: Tensor) => Tensor;
  /** frac_(Tensor(a!) self) -> Tensor(a!) */
  frac_: (self: Tensor) => Tensor;
  /** full(SymInt[] size, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  full: (size: readonly number[], fillValue: Scalar, options?: TensorOptions) => Tensor;
  /** full_like(Tensor self, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor */
  fullLike: (self: Tensor, fillValue: Scalar, options?: { dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: string | null }) => Tensor;
  /** from_file(str filename, bool? shared=None, int? size=0, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  fromFile: {
    (filename: string, options: TensorOptions): Tensor;
    (filename: string, shared: boolean | null | undefined, options: TensorOptions): Tensor;
    (filename: string, shared?: boolean | null, size?: Int | null, options?: TensorOptions): Tensor;
  };
  /** gcd(Tensor self, Tensor other) -> Tensor */
  gcd: (self: Tensor, other: Tensor) => Tensor;
  /** gcd_(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  gcd_: (self: Tensor, other: Tensor) => Tensor;
  /** lcm(Tensor self, Tensor other) -> Tensor */
  lcm: (self: Tensor, other: Tensor) => Tensor;
  /** lcm_(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  lcm_: (self: Tensor, other: Tensor) => Tensor;
  /** grid_sampler(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor */
  gridSampler: (input: Tensor, grid: Tensor, interpolationMode: Int, paddingMode: Int, alignCorners: boolean) => Tensor;
  /** grid_sampler_2d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor */
  gridSampler2d: (input: Tensor, grid: Tensor, interpolationMode: Int, paddingMode: Int, alignCorners: boolean) => Tensor;
  /** grid_sampler_2d_backward(Tensor grad_output, Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners, bool[2] output_mask) -> (Tensor, Tensor) */
  gridSampler2dBackward: (gradOutput: Tensor, input: Tensor, grid: Tensor, interpolationMode: Int, paddingMode: Int, alignCorners: boolean, outputMask: readonly boolean[]) => readonly [Tensor, Tensor];
  /** _grid_sampler_2d_cpu_fallback(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor */
  _gridSampler2dCpuFallback: (input: Tensor, grid: Tensor, interpolationMode: Int, paddingMode: Int, alignCorners: boolean) => Tensor;
  /** _grid_sampler_2d_cpu_fallback_backward(Tensor grad_output, Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> (Tensor, Tensor) */
  _gridSampler2dCpuFallbackBackward: (gradOutput: Tensor, input: Tensor, grid: Tensor, interpolationMode: Int, paddingMode: Int, alignCorners: boolean) => readonly [Tensor, Tensor];
  /** grid_sampler_3d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor */
  gridSampler3d: (input: Tensor, grid: Tensor, interpolationMode: Int, paddingMode: Int, alignCorners: boolean) => Tensor;
  /** grid_sampler_3d_backward(Tensor grad_output, Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners, bool[2] output_mask) -> (Tensor, Tensor) */
  gridSampler3dBackward: (gradOutput: Tensor, input: Tensor, grid: Tensor, interpolationMode: Int, paddingMode: Int, alignCorners: boolean, outputMask: readonly boolean[]) => readonly [Tensor, Tensor];
  /** hann_window(int window_length, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  hannWindow: {
    (windowLength: Int, options?: TensorOptions): Tensor;
    (windowLength: Int, periodic: boolean, options?: TensorOptions): Tensor;
  };
  /** hamming_window(int window_length, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  hammingWindow: {
    (windowLength: Int, options?: TensorOptions): Tensor;
    (windowLength: Int, periodic: boolean, options?: TensorOptions): Tensor;
    (windowLength: Int, periodic: boolean, alpha: number, options?: TensorOptions): Tensor;
    (windowLength: Int, periodic: boolean, alpha: number, beta: number, options?: TensorOptions): Tensor;
  };
  /** kaiser_window(int window_length, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  kaiserWindow: {
    (windowLength: Int, options?: TensorOptions): Tensor;
    (windowLength: Int, periodic: boolean, options?: TensorOptions): Tensor;
    (windowLength: Int, periodic: boolean, beta: number, options?: TensorOptions): Tensor;
  };
  /** hinge_embedding_loss(Tensor self, Tensor target, float margin=1.0, int reduction=Mean) -> Tensor */
  hingeEmbeddingLoss: (self: Tensor, target: Tensor, margin?: number, reduction?: Int) => Tensor;
  /** group_norm(Tensor input, int num_groups, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, bool cudnn_enabled=True) -> Tensor */
  groupNorm: (input: Tensor, numGroups: Int, weight?: Tensor | null, bias?: Tensor | null, eps?: number, cudnnEnabled?: boolean) => Tensor;
  /** native_group_norm(Tensor input, Tensor? weight, Tensor? bias, SymInt N, SymInt C, SymInt HxW, int group, float eps) -> (Tensor, Tensor, Tensor) */
  nativeGroupNorm: (input: Tensor, weight: Tensor | null, bias: Tensor | null, N: Int, C: Int, HxW: Int, group: Int, eps: number) => readonly [Tensor, Tensor, Tensor];
  /** native_group_norm_backward(Tensor grad_out, Tensor input, Tensor mean, Tensor rstd, Tensor? weight, SymInt N, SymInt C, SymInt HxW, int group, bool[3] output_mask) -> (Tensor, Tensor, Tensor) */
  nativeGroupNormBackward: (gradOut: Tensor, input: Tensor, mean: Tensor, rstd: Tensor, weight: Tensor | null, N: Int, C: Int, HxW: Int, group: Int, outputMask: readonly boolean[]) => readonly [Tensor, Tensor, Tensor];
  /** _fft_r2c(Tensor self, int[] dim, int normalization, bool onesided) -> Tensor */
  _fftR2c: (self: Tensor, dim: readonly number[], normalization: Int, onesided: boolean) => Tensor;
  /** _fft_c2r(Tensor self, int[] dim, int normalization, SymInt last_dim_size) -> Tensor */
  _fftC2r: (self: Tensor, dim: readonly number[], normalization: Int, lastDimSize: Int) => Tensor;
  /** _fft_c2c(Tensor self, SymInt[] dim, int normalization, bool forward) -> Tensor */
  _fftC2c: (self: Tensor, dim: readonly number[], normalization: Int, forward: boolean) => Tensor;
  /** _validate_compressed_sparse_indices(bool is_crow, Tensor compressed_idx, Tensor plain_idx, int cdim, int dim, int nnz) -> () */
  _validateCompressedSparseIndices: (isCrow: boolean, compressedIdx: Tensor, plainIdx: Tensor, cdim: Int, dim: Int, nnz: Int) => void;
  /** index.Tensor(Tensor self, Tensor?[] indices) -> Tensor */
  index: (self: Tensor, indices: readonly (Tensor | null)[]) => Tensor;
  /** _unsafe_index.Tensor(Tensor self, Tensor?[] indices) -> Tensor */
  _unsafeIndex: (self: Tensor, indices: readonly (Tensor | null)[]) => Tensor;
  /** _unsafe_masked_index(Tensor self, Tensor mask, Tensor?[] indices, Scalar fill) -> Tensor */
  _unsafeMaskedIndex: (self: Tensor, mask: Tensor, indices: readonly (Tensor | null)[], fill: Scalar) => Tensor;
  /** _unsafe_masked_index_put_accumulate(Tensor self, Tensor mask, Tensor?[] indices, Tensor values) -> Tensor */
  _unsafeMaskedIndexPutAccumulate: (self: Tensor, mask: Tensor, indices: readonly (Tensor | null)[], values: Tensor) => Tensor;
  /** index_copy(Tensor self, int dim, Tensor index, Tensor source) -> Tensor */
  indexCopy: (self: Tensor, dim: Int, index: Tensor, source: Tensor) => Tensor;
  /** index_put_(Tensor(a!) self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor(a!) */
  indexPut_: (self: Tensor, indices: readonly (Tensor | null)[], values: Tensor, accumulate?: boolean) => Tensor;
  /** index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor */
  indexPut: (self: Tensor, indices: readonly (Tensor | null)[], values: Tensor, accumulate?: boolean) => Tensor;
  /** _unsafe_index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor */
  _unsafeIndexPut: (self: Tensor, indices: readonly (Tensor | null)[], values: Tensor, accumulate?: boolean) => Tensor;
  /** _index_put_impl_(Tensor(a!) self, Tensor?[] indices, Tensor values, bool accumulate=False, bool unsafe=False) -> Tensor(a!) */
  _indexPutImpl_: (self: Tensor, indices: readonly (Tensor | null)[], values: Tensor, accumulate?: boolean, unsafe?: boolean) => Tensor;
  /** instance_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool use_input_stats, float momentum, float eps, bool cudnn_enabled) -> Tensor */
  instanceNorm: (input: Tensor, weight: Tensor | null, bias: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, useInputStats: boolean, momentum: number, eps: number, cudnnEnabled: boolean) => Tensor;
  /** isclose(Tensor self, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False) -> Tensor */
  isclose: (self: Tensor, other: Tensor, rtol?: number, atol?: number, equalNan?: boolean) => Tensor;
  /** isin.Tensor_Tensor(Tensor elements, Tensor test_elements, *, bool assume_unique=False, bool invert=False) -> Tensor */
  isin: {
    (elements: Tensor, testElements: Tensor, options?: { assumeUnique?: boolean; invert?: boolean }): Tensor;
    (elements: Tensor, testElement: Scalar, options?: { assumeUnique?: boolean; invert?: boolean }): Tensor;
    (element: Scalar, testElements: Tensor, options?: { assumeUnique?: boolean; invert?: boolean }): Tensor;
  };
  /** isnan(Tensor self) -> Tensor */
  isnan: (self: Tensor) => Tensor;
  /** is_distributed(Tensor self) -> bool */
  isDistributed: (self: Tensor) => boolean;
  /** is_floating_point(Tensor self) -> bool */
  isFloatingPoint: (self: Tensor) => boolean;
  /** is_complex(Tensor self) -> bool */
  isComplex: (self: Tensor) => boolean;
  /** is_conj(Tensor self) -> bool */
  isConj: (self: Tensor) => boolean;
  /** _is_zerotensor(Tensor self) -> bool */
  _isZerotensor: (self: Tensor) => boolean;
  /** is_neg(Tensor self) -> bool */
  isNeg: (self: Tensor) => boolean;
  /** isreal(Tensor self) -> Tensor */
  isreal: (self: Tensor) => Tensor;
  /** is_nonzero(Tensor self) -> bool */
  isNonzero: (self: Tensor) => boolean;
  /** is_same_size(Tensor self, Tensor other) -> bool */
  isSameSize: (self: Tensor, other: Tensor) => boolean;
  /** is_signed(Tensor self) -> bool */
  isSigned: (self: Tensor) => boolean;
  /** is_inference(Tensor self) -> bool */
  isInference: (self: Tensor) => boolean;
  /** kl_div(Tensor self, Tensor target, int reduction=Mean, *, bool log_target=False) -> Tensor */
  klDiv: {
    (self: Tensor, target: Tensor, options: { logTarget?: boolean }): Tensor;
    (self: Tensor, target: Tensor, reduction?: Int, options?: { logTarget?: boolean }): Tensor;
  };
  /** kron(Tensor self, Tensor other) -> Tensor */
  kron: (self: Tensor, other: Tensor) => Tensor;
  /** kthvalue(Tensor self, SymInt k, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices) */
  kthvalue: (self: Tensor, k: Int, dim?: Int, keepdim?: boolean) => readonly [values: Tensor, indices: Tensor];
  /** layer_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, Tensor? bias=None, float eps=1e-05, bool cudnn_enable=True) -> Tensor */
  layerNorm: (input: Tensor, normalizedShape: readonly number[], weight?: Tensor | null, bias?: Tensor | null, eps?: number, cudnnEnable?: boolean) => Tensor;
  /** native_layer_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight, Tensor? bias, float eps) -> (Tensor, Tensor, Tensor) */
  nativeLayerNorm: (input: Tensor, normalizedShape: readonly number[], weight: Tensor | null, bias: Tensor | null, eps: number) => readonly [Tensor, Tensor, Tensor];
  /** native_layer_norm_backward(Tensor grad_out, Tensor input, SymInt[] normalized_shape, Tensor mean, Tensor rstd, Tensor? weight, Tensor? bias, bool[3] output_mask) -> (Tensor, Tensor, Tensor) */
  nativeLayerNormBackward: (gradOut: Tensor, input: Tensor, normalizedShape: readonly number[], mean: Tensor, rstd: Tensor, weight: Tensor | null, bias: Tensor | null, outputMask: readonly boolean[]) => readonly [Tensor, Tensor, Tensor];
  /** rms_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, float? eps=None) -> Tensor */
  rmsNorm: (input: Tensor, normalizedShape: readonly number[], weight?: Tensor | null, eps?: number | null) => Tensor;
  /** _fused_rms_norm(Tensor input, int[] normalized_shape, Tensor? weight, float? eps) -> (Tensor, Tensor) */
  _fusedRmsNorm: (input: Tensor, normalizedShape: readonly number[], weight: Tensor | null, eps: number | null) => readonly [Tensor, Tensor];
  /** _fused_rms_norm_backward(Tensor grad_out, Tensor input, int[] normalized_shape, Tensor rstd, Tensor? weight, bool[2] output_mask) -> (Tensor, Tensor) */
  _fusedRmsNormBackward: (gradOut: Tensor, input: Tensor, normalizedShape: readonly number[], rstd: Tensor, weight: Tensor | null, outputMask: readonly boolean[]) => readonly [Tensor, Tensor];
  /** nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor */
  nanToNum: (self: Tensor, nan?: number | null, posinf?: number | null, neginf?: number | null) => Tensor;
  /** nan_to_num_(Tensor(a!) self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor(a!) */
  nanToNum_: (self: Tensor, nan?: number | null, posinf?: number | null, neginf?: number | null) => Tensor;
  /** linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor */
  linear: (input: Tensor, weight: Tensor, bias?: Tensor | null) => Tensor;
  /** linear_backward(Tensor self, Tensor grad_output, Tensor weight, bool[3] output_mask) -> (Tensor, Tensor, Tensor) */
  linearBackward: (self: Tensor, gradOutput: Tensor, weight: Tensor, outputMask: readonly boolean[]) => readonly [Tensor, Tensor, Tensor];
  /** mkldnn_linear(Tensor self, Tensor weight, Tensor? bias=None) -> Tensor */
  mkldnnLinear: (self: Tensor, weight: Tensor, bias?: Tensor | null) => Tensor;
  /** mkldnn_linear_backward_input(int[] input_size, Tensor grad_output, Tensor weight) -> Tensor */
  mkldnnLinearBackwardInput: (inputSize: readonly number[], gradOutput: Tensor, weight: Tensor) => Tensor;
  /** mkldnn_linear_backward_weights(Tensor grad_output, Tensor input, Tensor weight, bool bias_defined) -> (Tensor, Tensor) */
  mkldnnLinearBackwardWeights: (gradOutput: Tensor, input: Tensor, weight: Tensor, biasDefined: boolean) => readonly [Tensor, Tensor];
  /** mkldnn_linear_backward(Tensor self, Tensor grad_output, Tensor weight, bool[3] output_mask) -> (Tensor, Tensor, Tensor) */
  mkldnnLinearBackward: (self: Tensor, gradOutput: Tensor, weight: Tensor, outputMask: readonly boolean[]) => readonly [Tensor, Tensor, Tensor];
  /** _cslt_compress(Tensor input) -> Tensor */
  _csltCompress: (input: Tensor) => Tensor;
  /** _cslt_sparse_mm(Tensor compressed_A, Tensor dense_B, Tensor? bias=None, Tensor? alpha=None, ScalarType? out_dtype=None, bool transpose_result=False, int alg_id=0, int split_k=1, int split_k_mode=-1) -> Tensor */
  _csltSparseMm: (compressedA: Tensor, denseB: Tensor, bias?: Tensor | null, alpha?: Tensor | null, outDtype?: Dtype | null, transposeResult?: boolean, algId?: Int, splitK?: Int, splitKMode?: Int) => Tensor;
  /** _cslt_sparse_mm_search(Tensor compressed_A, Tensor dense_B, Tensor? bias=None, Tensor? alpha=None, ScalarType? out_dtype=None, bool transpose_result=False) -> int */
  _csltSparseMmSearch: (compressedA: Tensor, denseB: Tensor, bias?: Tensor | null, alpha?: Tensor | null, outDtype?: Dtype | null, transposeResult?: boolean) => number;
  /** _sparse_semi_structured_tile(Tensor input, str algorithm="", bool use_cutlass=True) -> (Tensor, Tensor, Tensor, Tensor, Tensor) */
  _sparseSemiStructuredTile: (input: Tensor, algorithm?: string, useCutlass?: boolean) => readonly [Tensor, Tensor, Tensor, Tensor, Tensor];
  /** _sparse_semi_structured_apply(Tensor input, Tensor thread_masks) -> (Tensor, Tensor) */
  _sparseSemiStructuredApply: (input: Tensor, threadMasks: Tensor) => readonly [Tensor, Tensor];
  /** _sparse_semi_structured_apply_dense(Tensor input, Tensor thread_masks) -> Tensor */
  _sparseSemiStructuredApplyDense: (input: Tensor, threadMasks: Tensor) => Tensor;
  /** _sparse_semi_structured_linear(Tensor input, Tensor weight, Tensor meta, *, Tensor? bias=None, str? activation=None, ScalarType? out_dtype=None) -> Tensor */
  _sparseSemiStructuredLinear: (input: Tensor, weight: Tensor, meta: Tensor, options?: { bias?: Tensor | null; activation?: string | null; outDtype?: Dtype | null }) => Tensor;
  /** _sparse_semi_structured_mm(Tensor mat1, Tensor mat1_meta, Tensor mat2, *, ScalarType? out_dtype=None) -> Tensor */
  _sparseSemiStructuredMm: (mat1: Tensor, mat1Meta: Tensor, mat2: Tensor, options?: { outDtype?: Dtype | null }) => Tensor;
  /** _sparse_semi_structured_addmm(Tensor input, Tensor mat1, Tensor mat1_meta, Tensor mat2, *, Scalar alpha=1, Scalar beta=1, ScalarType? out_dtype=None) -> Tensor */
  _sparseSemiStructuredAddmm: (input: Tensor, mat1: Tensor, mat1Meta: Tensor, mat2: Tensor, options?: { alpha?: Scalar; beta?: Scalar; outDtype?: Dtype | null }) => Tensor;
  /** _mixed_dtypes_linear(Tensor input, Tensor weight, Tensor scale, *, Tensor? bias=None, str? activation=None) -> Tensor */
  _mixedDtypesLinear: (input: Tensor, weight: Tensor, scale: Tensor, options?: { bias?: Tensor | null; activation?: string | null }) => Tensor;
  /** fbgemm_linear_int8_weight_fp32_activation(Tensor input, Tensor weight, Tensor packed, Tensor col_offsets, Scalar weight_scale, Scalar weight_zero_point, Tensor bias) -> Tensor */
  fbgemmLinearInt8WeightFp32Activation: (input: Tensor, weight: Tensor, packed: Tensor, colOffsets: Tensor, weightScale: Scalar, weightZeroPoint: Scalar, bias: Tensor) => Tensor;
  /** fbgemm_linear_int8_weight(Tensor input, Tensor weight, Tensor packed, Tensor col_offsets, Scalar weight_scale, Scalar weight_zero_point, Tensor bias) -> Tensor */
  fbgemmLinearInt8Weight: (input: Tensor, weight: Tensor, packed: Tensor, colOffsets: Tensor, weightScale: Scalar, weightZeroPoint: Scalar, bias: Tensor) => Tensor;
  /** fbgemm_linear_quantize_weight(Tensor input) -> (Tensor, Tensor, float, int) */
  fbgemmLinearQuantizeWeight: (input: Tensor) => readonly [Tensor, Tensor, number, number];
  /** fbgemm_pack_gemm_matrix_fp16(Tensor input) -> Tensor */
  fbgemmPackGemmMatrixFp16: (input: Tensor) => Tensor;
  /** _wrapped_linear_prepack(Tensor weight, Tensor weight_scale, Tensor weight_zero_point, Tensor bias) -> Tensor */
  _wrappedLinearPrepack: (weight: Tensor, weightScale: Tensor, weightZeroPoint: Tensor, bias: Tensor) => Tensor;
  /** _wrapped_quantized_linear_prepacked(Tensor input, Tensor input_scale, Tensor input_zero_point, Tensor packed_weight, Tensor output_scale, Tensor output_zero_point, int out_channel) -> Tensor */
  _wrappedQuantizedLinearPrepacked: (input: Tensor, inputScale: Tensor, inputZeroPoint: Tensor, packedWeight: Tensor, outputScale: Tensor, outputZeroPoint: Tensor, outChannel: Int) => Tensor;
  /** fbgemm_linear_fp16_weight_fp32_activation(Tensor input, Tensor packed_weight, Tensor? bias) -> Tensor */
  fbgemmLinearFp16WeightFp32Activation: (input: Tensor, packedWeight: Tensor, bias: Tensor | null) => Tensor;
  /** fbgemm_linear_fp16_weight(Tensor input, Tensor packed_weight, Tensor bias) -> Tensor */
  fbgemmLinearFp16Weight: (input: Tensor, packedWeight: Tensor, bias: Tensor) => Tensor;
  /** fbgemm_pack_quantized_matrix(Tensor input) -> Tensor */
  fbgemmPackQuantizedMatrix: {
    (input: Tensor): Tensor;
    (input: Tensor, K: Int, N: Int): Tensor;
  };
  /** ldexp.Tensor(Tensor self, Tensor other) -> Tensor */
  ldexp: (self: Tensor, other: Tensor) => Tensor;
  /** ldexp_(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  ldexp_: (self: Tensor, other: Tensor) => Tensor;
  /** linspace(Scalar start, Scalar end, int steps, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  linspace: {
    (start: Scalar, end: Scalar, steps: Int, options?: TensorOptions): Tensor;
    (start: Tensor, end: Tensor, steps: Int, options?: TensorOptions): Tensor;
    (start: Tensor, end: Scalar, steps: Int, options?: TensorOptions): Tensor;
    (start: Scalar, end: Tensor, steps: Int, options?: TensorOptions): Tensor;
  };
  /** log(Tensor self) -> Tensor */
  log: (self: Tensor) => Tensor;
  /** log_(Tensor(a!) self) -> Tensor(a!) */
  log_: (self: Tensor) => Tensor;
  /** log10(Tensor self) -> Tensor */
  log10: (self: Tensor) => Tensor;
  /** log10_(Tensor(a!) self) -> Tensor(a!) */
  log10_: (self: Tensor) => Tensor;
  /** log1p(Tensor self) -> Tensor */
  log1p: (self: Tensor) => Tensor;
  /** log1p_(Tensor(a!) self) -> Tensor(a!) */
  log1p_: (self: Tensor) => Tensor;
  /** log2(Tensor self) -> Tensor */
  log2: (self: Tensor) => Tensor;
  /** log2_(Tensor(a!) self) -> Tensor(a!) */
  log2_: (self: Tensor) => Tensor;
  /** logaddexp(Tensor self, Tensor other) -> Tensor */
  logaddexp: (self: Tensor, other: Tensor) => Tensor;
  /** logaddexp2(Tensor self, Tensor other) -> Tensor */
  logaddexp2: (self: Tensor, other: Tensor) => Tensor;
  /** xlogy.Tensor(Tensor self, Tensor other) -> Tensor */
  xlogy: {
    (self: Tensor, other: Tensor): Tensor;
    (self: Scalar, other: Tensor): Tensor;
    (self: Tensor, other: Scalar): Tensor;
  };
  /** xlogy_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  xlogy_: {
    (self: Tensor, other: Tensor): Tensor;
    (self: Tensor, other: Scalar): Tensor;
  };
  /** logspace(Scalar start, Scalar end, int steps, float base=10.0, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  logspace: {
    (start: Scalar, end: Scalar, steps: Int, options: TensorOptions): Tensor;
    (start: Scalar, end: Scalar, steps: Int, base?: number, options?: TensorOptions): Tensor;
    (start: Tensor, end: Tensor, steps: Int, options: TensorOptions): Tensor;
    (start: Tensor, end: Tensor, steps: Int, base?: number, options?: TensorOptions): Tensor;
    (start: Tensor, end: Scalar, steps: Int, options: TensorOptions): Tensor;
    (start: Tensor, end: Scalar, steps: Int, base?: number, options?: TensorOptions): Tensor;
    (start: Scalar, end: Tensor, steps: Int, options: TensorOptions): Tensor;
    (start: Scalar, end: Tensor, steps: Int, base?: number, options?: TensorOptions): Tensor;
  };
  /** log_softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor */
  logSoftmax: (self: Tensor, dim: Int, dtype?: Dtype | null) => Tensor;
  /** _log_softmax(Tensor self, int dim, bool half_to_float) -> Tensor */
  _logSoftmax: (self: Tensor, dim: Int, halfToFloat: boolean) => Tensor;
  /** _log_softmax_backward_data(Tensor grad_output, Tensor output, int dim, ScalarType input_dtype) -> Tensor */
  _logSoftmaxBackwardData: (gradOutput: Tensor, output: Tensor, dim: Int, inputDtype: Dtype) => Tensor;
  /** _logcumsumexp(Tensor self, int dim) -> Tensor */
  _logcumsumexp: (self: Tensor, dim: Int) => Tensor;
  /** logcumsumexp(Tensor self, int dim) -> Tensor */
  logcumsumexp: (self: Tensor, dim: Int) => Tensor;
  /** logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor */
  logsumexp: (self: Tensor, dim: number | readonly number[], keepdim?: boolean) => Tensor;
  /** margin_ranking_loss(Tensor input1, Tensor input2, Tensor target, float margin=0.0, int reduction=Mean) -> Tensor */
  marginRankingLoss: (input1: Tensor, input2: Tensor, target: Tensor, margin?: number, reduction?: Int) => Tensor;
  /** matmul(Tensor self, Tensor other) -> Tensor */
  matmul: (self: Tensor, other: Tensor) => Tensor;
  /** matmul_backward(Tensor grad, Tensor self, Tensor other, bool[2] mask) -> (Tensor, Tensor) */
  matmulBackward: (grad: Tensor, self: Tensor, other: Tensor, mask: readonly boolean[]) => readonly [Tensor, Tensor];
  /** matrix_power(Tensor self, int n) -> Tensor */
  matrixPower: (self: Tensor, n: Int) => Tensor;
  /** matrix_exp(Tensor self) -> Tensor */
  matrixExp: (self: Tensor) => Tensor;
  /** matrix_exp_backward(Tensor self, Tensor grad) -> Tensor */
  matrixExpBackward: (self: Tensor, grad: Tensor) => Tensor;
  /** _aminmax(Tensor self) -> (Tensor, Tensor) */
  _aminmax: {
    (self: Tensor): readonly [Tensor, Tensor];
    (self: Tensor, dim: Int, keepdim?: boolean): readonly [Tensor, Tensor];
  };
  /** aminmax(Tensor self, *, int? dim=None, bool keepdim=False) -> (Tensor min, Tensor max) */
  aminmax: (self: Tensor, options?: { dim?: Int | null; keepdim?: boolean }) => readonly [min: Tensor, max: Tensor];
  /** _compute_linear_combination(Tensor input, Tensor coefficients) -> Tensor */
  _computeLinearCombination: (input: Tensor, coefficients: Tensor) => Tensor;
  /** max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices) */
  max: {
    (self: Tensor, dim: Int, keepdim?: boolean): readonly [values: Tensor, indices: Tensor];
    (self: Tensor): Tensor;
    (self: Tensor, other: Tensor): Tensor;
  };
  /** value_selecting_reduction_backward(Tensor grad, int dim, Tensor indices, SymInt[] sizes, bool keepdim) -> Tensor */
  valueSelectingReductionBackward: (grad: Tensor, dim: Int, indices: Tensor, sizes: readonly number[], keepdim: boolean) => Tensor;
  /** amax(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor */
  amax: (self: Tensor, dim?: number | readonly number[], keepdim?: boolean) => Tensor;
  /** max_pool1d_with_indices(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, int[1] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor) */
  maxPool1dWithIndices: (self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean) => readonly [Tensor, Tensor];
  /** max_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, int[1] dilation=1, bool ceil_mode=False) -> Tensor */
  maxPool1d: (self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean) => Tensor;
  /** max_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> Tensor */
  maxPool2d: (self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean) => Tensor;
  /** max_pool2d_backward(Tensor grad_output, Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> Tensor */
  maxPool2dBackward: (gradOutput: Tensor, self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean) => Tensor;
  /** mkldnn_max_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> Tensor */
  mkldnnMaxPool2d: (self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean) => Tensor;
  /** mkldnn_max_pool2d_backward(Tensor grad_output, Tensor output, Tensor input, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> Tensor */
  mkldnnMaxPool2dBackward: (gradOutput: Tensor, output: Tensor, input: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean) => Tensor;
  /** mkldnn_max_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> Tensor */
  mkldnnMaxPool3d: (self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean) => Tensor;
  /** mkldnn_max_pool3d_backward(Tensor grad_output, Tensor output, Tensor input, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> Tensor */
  mkldnnMaxPool3dBackward: (gradOutput: Tensor, output: Tensor, input: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean) => Tensor;
  /** quantized_max_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, int[1] dilation=1, bool ceil_mode=False) -> Tensor */
  quantizedMaxPool1d: (self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean) => Tensor;
  /** quantized_max_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> Tensor */
  quantizedMaxPool2d: (self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean) => Tensor;
  /** quantized_max_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> Tensor */
  quantizedMaxPool3d: (self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean) => Tensor;
  /** max_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> Tensor */
  maxPool3d: (self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean) => Tensor;
  /** mean(Tensor self, *, ScalarType? dtype=None) -> Tensor */
  mean: {
    (self: Tensor, options?: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, dim: number | readonly number[] | null, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, dim: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: Dtype | null }): Tensor;
  };
  /** nanmean(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor */
  nanmean: {
    (self: Tensor, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, dim: number | readonly number[] | null | undefined, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, dim?: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: Dtype | null }): Tensor;
  };
  /** median(Tensor self) -> Tensor */
  median: {
    (self: Tensor): Tensor;
    (self: Tensor, dim: Int, keepdim?: boolean): readonly [values: Tensor, indices: Tensor];
  };
  /** nanmedian(Tensor self) -> Tensor */
  nanmedian: {
    (self: Tensor): Tensor;
    (self: Tensor, dim: Int, keepdim?: boolean): readonly [values: Tensor, indices: Tensor];
  };
  /** min.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices) */
  min: {
    (self: Tensor, dim: Int, keepdim?: boolean): readonly [values: Tensor, indices: Tensor];
    (self: Tensor): Tensor;
    (self: Tensor, other: Tensor): Tensor;
  };
  /** amin(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor */
  amin: (self: Tensor, dim?: number | readonly number[], keepdim?: boolean) => Tensor;
  /** _mps_convolution(Tensor self, Tensor weight, Tensor? bias, SymInt[] padding, SymInt[] stride, SymInt[] dilation, SymInt groups) -> Tensor */
  _mpsConvolution: (self: Tensor, weight: Tensor, bias: Tensor | null, padding: readonly number[], stride: readonly number[], dilation: readonly number[], groups: Int) => Tensor;
  /** mps_convolution_backward(Tensor self, Tensor grad_output, Tensor weight, SymInt[] padding, SymInt[] stride, SymInt[] dilation, SymInt groups, bool[3] output_mask) -> (Tensor, Tensor, Tensor) */
  mpsConvolutionBackward: (self: Tensor, gradOutput: Tensor, weight: Tensor, padding: readonly number[], stride: readonly number[], dilation: readonly number[], groups: Int, outputMask: readonly boolean[]) => readonly [Tensor, Tensor, Tensor];
  /** mkldnn_convolution(Tensor self, Tensor weight, Tensor? bias, SymInt[] padding, SymInt[] stride, SymInt[] dilation, SymInt groups) -> Tensor */
  mkldnnConvolution: (self: Tensor, weight: Tensor, bias: Tensor | null, padding: readonly number[], stride: readonly number[], dilation: readonly number[], groups: Int) => Tensor;
  /** mkldnn_rnn_layer(Tensor input, Tensor weight0, Tensor weight1, Tensor weight2, Tensor weight3, Tensor hx_, Tensor cx_, bool reverse, int[] batch_sizes, int mode, int hidden_size, int num_layers, bool has_biases, bool bidirectional, bool batch_first, bool train) -> (Tensor, Tensor, Tensor, Tensor) */
  mkldnnRnnLayer: (input: Tensor, weight0: Tensor, weight1: Tensor, weight2: Tensor, weight3: Tensor, hx_: Tensor, cx_: Tensor, reverse: boolean, batchSizes: readonly number[], mode: Int, hiddenSize: Int, numLayers: Int, hasBiases: boolean, bidirectional: boolean, batchFirst: boolean, train: boolean) => readonly [Tensor, Tensor, Tensor, Tensor];
  /** mkldnn_rnn_layer_backward(Tensor input, Tensor weight1, Tensor weight2, Tensor weight3, Tensor weight4, Tensor hx_, Tensor cx_tmp, Tensor output, Tensor hy_, Tensor cy_, Tensor? grad_output, Tensor? grad_hy, Tensor? grad_cy, bool reverse, int mode, int hidden_size, int num_layers, bool has_biases, bool train, bool bidirectional, int[] batch_sizes, bool batch_first, Tensor workspace) -> (Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor) */
  mkldnnRnnLayerBackward: (input: Tensor, weight1: Tensor, weight2: Tensor, weight3: Tensor, weight4: Tensor, hx_: Tensor, cxTmp: Tensor, output: Tensor, hy_: Tensor, cy_: Tensor, gradOutput: Tensor | null, gradHy: Tensor | null, gradCy: Tensor | null, reverse: boolean, mode: Int, hiddenSize: Int, numLayers: Int, hasBiases: boolean, train: boolean, bidirectional: boolean, batchSizes: readonly number[], batchFirst: boolean, workspace: Tensor) => readonly [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
  /** miopen_batch_norm(Tensor input, Tensor weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float exponential_average_factor, float epsilon) -> (Tensor, Tensor, Tensor) */
  miopenBatchNorm: (input: Tensor, weight: Tensor, bias: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, training: boolean, exponentialAverageFactor: number, epsilon: number) => readonly [Tensor, Tensor, Tensor];
  /** miopen_batch_norm_backward(Tensor input, Tensor grad_output, Tensor weight, Tensor? running_mean, Tensor? running_var, Tensor? save_mean, Tensor? save_var, float epsilon) -> (Tensor, Tensor, Tensor) */
  miopenBatchNormBackward: (input: Tensor, gradOutput: Tensor, weight: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, saveMean: Tensor | null, saveVar: Tensor | null, epsilon: number) => readonly [Tensor, Tensor, Tensor];
  /** miopen_convolution(Tensor self, Tensor weight, Tensor? bias, SymInt[] padding, SymInt[] stride, SymInt[] dilation, SymInt groups, bool benchmark, bool deterministic) -> Tensor */
  miopenConvolution: (self: Tensor, weight: Tensor, bias: Tensor | null, padding: readonly number[], stride: readonly number[], dilation: readonly number[], groups: Int, benchmark: boolean, deterministic: boolean) => Tensor;
  /** miopen_convolution_transpose(Tensor self, Tensor weight, Tensor? bias, SymInt[] padding, SymInt[] output_padding, SymInt[] stride, SymInt[] dilation, SymInt groups, bool benchmark, bool deterministic) -> Tensor */
  miopenConvolutionTranspose: (self: Tensor, weight: Tensor, bias: Tensor | null, padding: readonly number[], outputPadding: readonly number[], stride: readonly number[], dilation: readonly number[], groups: Int, benchmark: boolean, deterministic: boolean) => Tensor;
  /** miopen_depthwise_convolution(Tensor self, Tensor weight, Tensor? bias, SymInt[] padding, SymInt[] stride, SymInt[] dilation, SymInt groups, bool benchmark, bool deterministic) -> Tensor */
  miopenDepthwiseConvolution: (self: Tensor, weight: Tensor, bias: Tensor | null, padding: readonly number[], stride: readonly number[], dilation: readonly number[], groups: Int, benchmark: boolean, deterministic: boolean) => Tensor;
  /** miopen_convolution_relu(Tensor self, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, SymInt groups) -> Tensor */
  miopenConvolutionRelu: (self: Tensor, weight: Tensor, bias: Tensor | null, stride: readonly number[], padding: readonly number[], dilation: readonly number[], groups: Int) => Tensor;
  /** miopen_convolution_add_relu(Tensor self, Tensor weight, Tensor z, Scalar? alpha, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, SymInt groups) -> Tensor */
  miopenConvolutionAddRelu: (self: Tensor, weight: Tensor, z: Tensor, alpha: Scalar | null, bias: Tensor | null, stride: readonly number[], padding: readonly number[], dilation: readonly number[], groups: Int) => Tensor;
  /** miopen_rnn(Tensor input, Tensor[] weight, int weight_stride0, Tensor hx, Tensor? cx, int mode, int hidden_size, int num_layers, bool batch_first, float dropout, bool train, bool bidirectional, int[] batch_sizes, Tensor? dropout_state) -> (Tensor, Tensor, Tensor, Tensor, Tensor) */
  miopenRnn: (input: Tensor, weight: readonly Tensor[], weightStride0: Int, hx: Tensor, cx: Tensor | null, mode: Int, hiddenSize: Int, numLayers: Int, batchFirst: boolean, dropout: number, train: boolean, bidirectional: boolean, batchSizes: readonly number[], dropoutState: Tensor | null) => readonly [Tensor, Tensor, Tensor, Tensor, Tensor];
  /** miopen_rnn_backward(Tensor input, Tensor[] weight, int weight_stride0, Tensor weight_buf, Tensor hx, Tensor? cx, Tensor output, Tensor? grad_output, Tensor? grad_hy, Tensor? grad_cy, int mode, int hidden_size, int num_layers, bool batch_first, float dropout, bool train, bool bidirectional, int[] batch_sizes, Tensor? dropout_state, Tensor reserve, bool[4] output_mask) -> (Tensor, Tensor, Tensor, Tensor[]) */
  miopenRnnBackward: (input: Tensor, weight: readonly Tensor[], weightStride0: Int, weightBuf: Tensor, hx: Tensor, cx: Tensor | null, output: Tensor, gradOutput: Tensor | null, gradHy: Tensor | null, gradCy: Tensor | null, mode: Int, hiddenSize: Int, numLayers: Int, batchFirst: boolean, dropout: number, train: boolean, bidirectional: boolean, batchSizes: readonly number[], dropoutState: Tensor | null, reserve: Tensor, outputMask: readonly boolean[]) => readonly [Tensor, Tensor, Tensor, Tensor[]];
  /** _use_miopen_ctc_loss(Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, int blank) -> bool */
  _useMiopenCtcLoss: {
    (logProbs: Tensor, targets: Tensor, inputLengths: readonly number[], targetLengths: readonly number[], blank: Int): boolean;
    (logProbs: Tensor, targets: Tensor, inputLengths: Tensor, targetLengths: Tensor, blank: Int): boolean;
  };
  /** miopen_ctc_loss(Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, int blank, bool deterministic, bool zero_infinity) -> (Tensor, Tensor) */
  miopenCtcLoss: {
    (logProbs: Tensor, targets: Tensor, inputLengths: readonly number[], targetLengths: readonly number[], blank: Int, deterministic: boolean, zeroInfinity: boolean): readonly [Tensor, Tensor];
    (logProbs: Tensor, targets: Tensor, inputLengths: Tensor, targetLengths: Tensor, blank: Int, deterministic: boolean, zeroInfinity: boolean): readonly [Tensor, Tensor];
  };
  /** mm(Tensor self, Tensor mat2) -> Tensor */
  mm: {
    (self: Tensor, mat2: Tensor): Tensor;
    (self: Tensor, mat2: Tensor, outDtype: Dtype): Tensor;
  };
  /** _int_mm(Tensor self, Tensor mat2) -> Tensor */
  _intMm: (self: Tensor, mat2: Tensor) => Tensor;
  /** _convert_weight_to_int4pack(Tensor self, int innerKTiles) -> Tensor */
  _convertWeightToInt4pack: (self: Tensor, innerKTiles: Int) => Tensor;
  /** _weight_int4pack_mm(Tensor self, Tensor mat2, int qGroupSize, Tensor qScaleAndZeros) -> Tensor */
  _weightInt4packMm: (self: Tensor, mat2: Tensor, qGroupSize: Int, qScaleAndZeros: Tensor) => Tensor;
  /** _weight_int4pack_mm_with_scales_and_zeros(Tensor self, Tensor mat2, int qGroupSize, Tensor qScale, Tensor qZeros) -> Tensor */
  _weightInt4packMmWithScalesAndZeros: (self: Tensor, mat2: Tensor, qGroupSize: Int, qScale: Tensor, qZeros: Tensor) => Tensor;
  /** _convert_weight_to_int4pack_for_cpu(Tensor self, int innerKTiles) -> Tensor */
  _convertWeightToInt4packForCpu: (self: Tensor, innerKTiles: Int) => Tensor;
  /** _weight_int4pack_mm_for_cpu(Tensor self, Tensor mat2, int qGroupSize, Tensor qScaleAndZeros) -> Tensor */
  _weightInt4packMmForCpu: (self: Tensor, mat2: Tensor, qGroupSize: Int, qScaleAndZeros: Tensor) => Tensor;
  /** _dyn_quant_pack_4bit_weight(Tensor weights, Tensor scales_zeros, Tensor? bias, int block_size, int in_features, int out_features) -> Tensor */
  _dynQuantPack4bitWeight: (weights: Tensor, scalesZeros: Tensor, bias: Tensor | null, blockSize: Int, inFeatures: Int, outFeatures: Int) => Tensor;
  /** _dyn_quant_matmul_4bit(Tensor inp, Tensor packed_weights, int block_size, int in_features, int out_features) -> Tensor */
  _dynQuantMatmul4bit: (inp: Tensor, packedWeights: Tensor, blockSize: Int, inFeatures: Int, outFeatures: Int) => Tensor;
  /** _weight_int8pack_mm(Tensor self, Tensor mat2, Tensor scales) -> Tensor */
  _weightInt8packMm: (self: Tensor, mat2: Tensor, scales: Tensor) => Tensor;
  /** _sparse_mm(Tensor sparse, Tensor dense) -> Tensor */
  _sparseMm: {
    (sparse: Tensor, dense: Tensor): Tensor;
    (sparse: Tensor, dense: Tensor, reduce: string): Tensor;
  };
  /** _sparse_sparse_matmul(Tensor self, Tensor other) -> Tensor */
  _sparseSparseMatmul: (self: Tensor, other: Tensor) => Tensor;
  /** mode(Tensor self, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices) */
  mode: (self: Tensor, dim?: Int, keepdim?: boolean) => readonly [values: Tensor, indices: Tensor];
  /** mul.Tensor(Tensor self, Tensor other) -> Tensor */
  mul: {
    (self: Tensor, other: Tensor): Tensor;
    (self: Tensor, other: Scalar): Tensor;
  };
  /** multiply.Tensor(Tensor self, Tensor other) -> Tensor */
  multiply: {
    (self: Tensor, other: Tensor): Tensor;
    (self: Tensor, other: Scalar): Tensor;
  };
  /** mv(Tensor self, Tensor vec) -> Tensor */
  mv: (self: Tensor, vec: Tensor) => Tensor;
  /** mvlgamma(Tensor self, int p) -> Tensor */
  mvlgamma: (self: Tensor, p: Int) => Tensor;
  /** narrow_copy(Tensor self, int dim, SymInt start, SymInt length) -> Tensor */
  narrowCopy: (self: Tensor, dim: Int, start: Int, length: Int) => Tensor;
  /** narrow(Tensor(a) self, int dim, SymInt start, SymInt length) -> Tensor(a) */
  narrow: {
    (self: Tensor, dim: Int, start: Int, length: Int): Tensor;
    (self: Tensor, dim: Int, start: Tensor, length: Int): Tensor;
  };
  /** native_batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor) */
  nativeBatchNorm: (input: Tensor, weight: Tensor | null, bias: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, training: boolean, momentum: number, eps: number) => readonly [Tensor, Tensor, Tensor];
  /** _native_batch_norm_legit(Tensor input, Tensor? weight, Tensor? bias, Tensor(a!) running_mean, Tensor(b!) running_var, bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor) */
  _nativeBatchNormLegit: {
    (input: Tensor, weight: Tensor | null, bias: Tensor | null, runningMean: Tensor, runningVar: Tensor, training: boolean, momentum: number, eps: number): readonly [Tensor, Tensor, Tensor];
    (input: Tensor, weight: Tensor | null, bias: Tensor | null, training: boolean, momentum: number, eps: number): readonly [Tensor, Tensor, Tensor];
  };
  /** _native_batch_norm_legit_no_training(Tensor input, Tensor? weight, Tensor? bias, Tensor running_mean, Tensor running_var, float momentum, float eps) -> (Tensor, Tensor, Tensor) */
  _nativeBatchNormLegitNoTraining: (input: Tensor, weight: Tensor | null, bias: Tensor | null, runningMean: Tensor, runningVar: Tensor, momentum: number, eps: number) => readonly [Tensor, Tensor, Tensor];
  /** batch_norm_stats(Tensor input, float eps) -> (Tensor, Tensor) */
  batchNormStats: (input: Tensor, eps: number) => readonly [Tensor, Tensor];
  /** batch_norm_elemt(Tensor input, Tensor? weight, Tensor? bias, Tensor mean, Tensor invstd, float eps) -> Tensor */
  batchNormElemt: (input: Tensor, weight: Tensor | null, bias: Tensor | null, mean: Tensor, invstd: Tensor, eps: number) => Tensor;
  /** batch_norm_gather_stats(Tensor input, Tensor mean, Tensor invstd, Tensor? running_mean, Tensor? running_var, float momentum, float eps, int count) -> (Tensor, Tensor) */
  batchNormGatherStats: (input: Tensor, mean: Tensor, invstd: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, momentum: number, eps: number, count: Int) => readonly [Tensor, Tensor];
  /** batch_norm_gather_stats_with_counts(Tensor input, Tensor mean, Tensor invstd, Tensor? running_mean, Tensor? running_var, float momentum, float eps, Tensor counts) -> (Tensor, Tensor) */
  batchNormGatherStatsWithCounts: (input: Tensor, mean: Tensor, invstd: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, momentum: number, eps: number, counts: Tensor) => readonly [Tensor, Tensor];
  /** native_batch_norm_backward(Tensor grad_out, Tensor input, Tensor? weight, Tensor? running_mean, Tensor? running_var, Tensor? save_mean, Tensor? save_invstd, bool train, float eps, bool[3] output_mask) -> (Tensor, Tensor, Tensor) */
  nativeBatchNormBackward: (gradOut: Tensor, input: Tensor, weight: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, saveMean: Tensor | null, saveInvstd: Tensor | null, train: boolean, eps: number, outputMask: readonly boolean[]) => readonly [Tensor, Tensor, Tensor];
  /** batch_norm_backward_reduce(Tensor grad_out, Tensor input, Tensor mean, Tensor invstd, Tensor? weight, bool input_g, bool weight_g, bool bias_g) -> (Tensor, Tensor, Tensor, Tensor) */
  batchNormBackwardReduce: (gradOut: Tensor, input: Tensor, mean: Tensor, invstd: Tensor, weight: Tensor | null, inputG: boolean, weightG: boolean, biasG: boolean) => readonly [Tensor, Tensor, Tensor, Tensor];
  /** batch_norm_backward_elemt(Tensor grad_out, Tensor input, Tensor mean, Tensor invstd, Tensor? weight, Tensor sum_dy, Tensor sum_dy_xmu, Tensor count) -> Tensor */
  batchNormBackwardElemt: (gradOut: Tensor, input: Tensor, mean: Tensor, invstd: Tensor, weight: Tensor | null, sumDy: Tensor, sumDyXmu: Tensor, count: Tensor) => Tensor;
  /** batch_norm_update_stats(Tensor input, Tensor? running_mean, Tensor? running_var, float momentum) -> (Tensor, Tensor) */
  batchNormUpdateStats: (input: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, momentum: number) => readonly [Tensor, Tensor];
  /** is_vulkan_available() -> bool */
  isVulkanAvailable: () => boolean;
  /** _nnpack_available() -> bool */
  _nnpackAvailable: () => boolean;
  /** _nnpack_spatial_convolution(Tensor input, Tensor weight, Tensor? bias, SymInt[2] padding, SymInt[2] stride=1) -> Tensor */
  _nnpackSpatialConvolution: (input: Tensor, weight: Tensor, bias: Tensor | null, padding: number | readonly number[], stride?: number | readonly number[]) => Tensor;
  /** ones(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  ones: (size: readonly number[], options?: TensorOptions) => Tensor;
  /** ones_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor */
  onesLike: (self: Tensor, options?: { dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: string | null }) => Tensor;
  /** pairwise_distance(Tensor x1, Tensor x2, float p=2, float eps=1e-06, bool keepdim=False) -> Tensor */
  pairwiseDistance: (x1: Tensor, x2: Tensor, p?: number, eps?: number, keepdim?: boolean) => Tensor;
  /** cdist(Tensor x1, Tensor x2, float p=2, int? compute_mode=None) -> Tensor */
  cdist: (x1: Tensor, x2: Tensor, p?: number, computeMode?: Int | null) => Tensor;
  /** _euclidean_dist(Tensor x1, Tensor x2) -> Tensor */
  _euclideanDist: (x1: Tensor, x2: Tensor) => Tensor;
  /** _cdist_forward(Tensor x1, Tensor x2, float p, int? compute_mode) -> Tensor */
  _cdistForward: (x1: Tensor, x2: Tensor, p: number, computeMode: Int | null) => Tensor;
  /** _cdist_backward(Tensor grad, Tensor x1, Tensor x2, float p, Tensor cdist) -> Tensor */
  _cdistBackward: (grad: Tensor, x1: Tensor, x2: Tensor, p: number, cdist: Tensor) => Tensor;
  /** pdist(Tensor self, float p=2) -> Tensor */
  pdist: (self: Tensor, p?: number) => Tensor;
  /** _pdist_forward(Tensor self, float p=2) -> Tensor */
  _pdistForward: (self: Tensor, p?: number) => Tensor;
  /** _pdist_backward(Tensor grad, Tensor self, float p, Tensor pdist) -> Tensor */
  _pdistBackward: (grad: Tensor, self: Tensor, p: number, pdist: Tensor) => Tensor;
  /** cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-08) -> Tensor */
  cosineSimilarity: (x1: Tensor, x2: Tensor, dim?: Int, eps?: number) => Tensor;
  /** permute(Tensor(a) self, int[] dims) -> Tensor(a) */
  permute: (self: Tensor, dims: readonly number[]) => Tensor;
  /** movedim.intlist(Tensor(a) self, int[] source, int[] destination) -> Tensor(a) */
  movedim: {
    (self: Tensor, source: readonly number[], destination: readonly number[]): Tensor;
    (self: Tensor, source: Int, destination: Int): Tensor;
  };
  /** moveaxis.intlist(Tensor(a) self, int[] source, int[] destination) -> Tensor(a) */
  moveaxis: {
    (self: Tensor, source: readonly number[], destination: readonly number[]): Tensor;
    (self: Tensor, source: Int, destination: Int): Tensor;
  };
  /** adjoint(Tensor(a) self) -> Tensor(a) */
  adjoint: (self: Tensor) => Tensor;
  /** pixel_shuffle(Tensor self, int upscale_factor) -> Tensor */
  pixelShuffle: (self: Tensor, upscaleFactor: Int) => Tensor;
  /** pixel_unshuffle(Tensor self, int downscale_factor) -> Tensor */
  pixelUnshuffle: (self: Tensor, downscaleFactor: Int) => Tensor;
  /** channel_shuffle(Tensor self, SymInt groups) -> Tensor */
  channelShuffle: (self: Tensor, groups: Int) => Tensor;
  /** native_channel_shuffle(Tensor self, SymInt groups) -> Tensor */
  nativeChannelShuffle: (self: Tensor, groups: Int) => Tensor;
  /** _pin_memory(Tensor self, Device? device=None) -> Tensor */
  _pinMemory: (self: Tensor, device?: string | null) => Tensor;
  /** pinverse(Tensor self, float rcond=1e-15) -> Tensor */
  pinverse: (self: Tensor, rcond?: number) => Tensor;
  /** poisson_nll_loss(Tensor input, Tensor target, bool log_input, bool full, float eps, int reduction) -> Tensor */
  poissonNllLoss: (input: Tensor, target: Tensor, logInput: boolean, full: boolean, eps: number, reduction: Int) => Tensor;
  /** rad2deg(Tensor self) -> Tensor */
  rad2deg: (self: Tensor) => Tensor;
  /** rad2deg_(Tensor(a!) self) -> Tensor(a!) */
  rad2deg_: (self: Tensor) => Tensor;
  /** deg2rad(Tensor self) -> Tensor */
  deg2rad: (self: Tensor) => Tensor;
  /** deg2rad_(Tensor(a!) self) -> Tensor(a!) */
  deg2rad_: (self: Tensor) => Tensor;
  /** scalar_tensor(Scalar s, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  scalarTensor: (s: Scalar, options?: TensorOptions) => Tensor;
  /** rand(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  rand: {
    (size: readonly number[], options?: TensorOptions): Tensor;
    (size: readonly number[], options: { generator: Generator | null; dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null }): Tensor;
  };
  /** rand_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor */
  randLike: {
    (self: Tensor, options?: { dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: string | null }): Tensor;
    (self: Tensor, options: { generator: Generator | null; dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: string | null }): Tensor;
  };
  /** randint(SymInt high, SymInt[] size, *, ScalarType? dtype=long, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  randint: {
    (high: Int, size: readonly number[], options?: TensorOptions): Tensor;
    (high: Int, size: readonly number[], options: { generator: Generator | null; dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null }): Tensor;
    (low: Int, high: Int, size: readonly number[], options?: TensorOptions): Tensor;
    (low: Int, high: Int, size: readonly number[], options: { generator: Generator | null; dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null }): Tensor;
  };
  /** randint_like(Tensor self, SymInt high, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor */
  randintLike: {
    (self: Tensor, high: Int, options?: { dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: string | null }): Tensor;
    (self: Tensor, high: Int, options: { generator: Generator | null; dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: string | null }): Tensor;
    (self: Tensor, high: Tensor, options?: { dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: string | null }): Tensor;
    (self: Tensor, high: Tensor, options: { generator: Generator | null; dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: string | null }): Tensor;
    (self: Tensor, low: Int, high: Int, options?: { dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: string | null }): Tensor;
    (self: Tensor, low: Int, high: Int, options: { generator: Generator | null; dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: string | null }): Tensor;
  };
  /** randn(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  randn: {
    (size: readonly number[], options?: TensorOptions): Tensor;
    (size: readonly number[], options: { generator: Generator | null; dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null }): Tensor;
  };
  /** randn_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor */
  randnLike: {
    (self: Tensor, options?: { dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: string | null }): Tensor;
    (self: Tensor, options: { generator: Generator | null; dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: string | null }): Tensor;
  };
  /** randperm(SymInt n, *, ScalarType? dtype=long, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  randperm: {
    (n: Int, options?: TensorOptions): Tensor;
    (n: Int, options: { generator: Generator | null; dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null }): Tensor;
  };
  /** range(Scalar start, Scalar end, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  range: {
    (start: Scalar, end: Scalar, options?: TensorOptions): Tensor;
    (start: Scalar, end: Scalar, options: TensorOptions): Tensor;
    (start: Scalar, end: Scalar, step?: Scalar, options?: TensorOptions): Tensor;
  };
  /** ravel(Tensor(a) self) -> Tensor(a) */
  ravel: (self: Tensor) => Tensor;
  /** reciprocal(Tensor self) -> Tensor */
  reciprocal: (self: Tensor) => Tensor;
  /** reciprocal_(Tensor(a!) self) -> Tensor(a!) */
  reciprocal_: (self: Tensor) => Tensor;
  /** neg(Tensor self) -> Tensor */
  neg: (self: Tensor) => Tensor;
  /** neg_(Tensor(a!) self) -> Tensor(a!) */
  neg_: (self: Tensor) => Tensor;
  /** negative(Tensor self) -> Tensor */
  negative: (self: Tensor) => Tensor;
  /** negative_(Tensor(a!) self) -> Tensor(a!) */
  negative_: (self: Tensor) => Tensor;
  /** repeat_interleave.Tensor(Tensor repeats, *, SymInt? output_size=None) -> Tensor */
  repeatInterleave: {
    (repeats: Tensor, options?: { outputSize?: Int | null }): Tensor;
    (self: Tensor, repeats: Tensor, options: { outputSize?: Int | null }): Tensor;
    (self: Tensor, repeats: Tensor, dim?: Int | null, options?: { outputSize?: Int | null }): Tensor;
    (self: Tensor, repeats: Int, options: { outputSize?: Int | null }): Tensor;
    (self: Tensor, repeats: Int, dim?: Int | null, options?: { outputSize?: Int | null }): Tensor;
  };
  /** reshape(Tensor(a) self, SymInt[] shape) -> Tensor(a) */
  reshape: (self: Tensor, shape: readonly number[]) => Tensor;
  /** _reshape_copy(Tensor self, SymInt[] size) -> Tensor */
  _reshapeCopy: (self: Tensor, size: readonly number[]) => Tensor;
  /** _reshape_alias(Tensor(a) self, SymInt[] size, SymInt[] stride) -> Tensor(a) */
  _reshapeAlias: (self: Tensor, size: readonly number[], stride: readonly number[]) => Tensor;
  /** _mkldnn_reshape(Tensor self, int[] shape) -> Tensor */
  _mkldnnReshape: (self: Tensor, shape: readonly number[]) => Tensor;
  /** round(Tensor self) -> Tensor */
  round: {
    (self: Tensor): Tensor;
    (self: Tensor, options: { decimals: Int }): Tensor;
  };
  /** round_(Tensor(a!) self) -> Tensor(a!) */
  round_: {
    (self: Tensor): Tensor;
    (self: Tensor, options: { decimals: Int }): Tensor;
  };
  /** rrelu(Tensor self, Scalar lower=0.125, Scalar upper=0.3333333333333333, bool training=False, Generator? generator=None) -> Tensor */
  rrelu: (self: Tensor, lower?: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null) => Tensor;
  /** rrelu_(Tensor(a!) self, Scalar lower=0.125, Scalar upper=0.3333333333333333, bool training=False, Generator? generator=None) -> Tensor(a!) */
  rrelu_: (self: Tensor, lower?: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null) => Tensor;
  /** relu(Tensor self) -> Tensor */
  relu: (self: Tensor) => Tensor;
  /** relu_(Tensor(a!) self) -> Tensor(a!) */
  relu_: (self: Tensor) => Tensor;
  /** relu6(Tensor self) -> Tensor */
  relu6: (self: Tensor) => Tensor;
  /** relu6_(Tensor(a!) self) -> Tensor(a!) */
  relu6_: (self: Tensor) => Tensor;
  /** prelu(Tensor self, Tensor weight) -> Tensor */
  prelu: (self: Tensor, weight: Tensor) => Tensor;
  /** _prelu_kernel(Tensor self, Tensor weight) -> Tensor */
  _preluKernel: (self: Tensor, weight: Tensor) => Tensor;
  /** _prelu_kernel_backward(Tensor grad_output, Tensor self, Tensor weight) -> (Tensor, Tensor) */
  _preluKernelBackward: (gradOutput: Tensor, self: Tensor, weight: Tensor) => readonly [Tensor, Tensor];
  /** gelu_(Tensor(a!) self, *, str approximate='none') -> Tensor(a!) */
  gelu_: (self: Tensor, options?: { approximate?: string }) => Tensor;
  /** gelu(Tensor self, *, str approximate='none') -> Tensor */
  gelu: (self: Tensor, options?: { approximate?: string }) => Tensor;
  /** gelu_backward(Tensor grad_output, Tensor self, *, str approximate='none') -> Tensor */
  geluBackward: (gradOutput: Tensor, self: Tensor, options?: { approximate?: string }) => Tensor;
  /** infinitely_differentiable_gelu_backward(Tensor grad, Tensor self) -> Tensor */
  infinitelyDifferentiableGeluBackward: (grad: Tensor, self: Tensor) => Tensor;
  /** hardshrink(Tensor self, Scalar lambd=0.5) -> Tensor */
  hardshrink: (self: Tensor, lambd?: Scalar) => Tensor;
  /** hardshrink_backward(Tensor grad_out, Tensor self, Scalar lambd) -> Tensor */
  hardshrinkBackward: (gradOut: Tensor, self: Tensor, lambd: Scalar) => Tensor;
  /** rsqrt(Tensor self) -> Tensor */
  rsqrt: (self: Tensor) => Tensor;
  /** rsqrt_(Tensor(a!) self) -> Tensor(a!) */
  rsqrt_: (self: Tensor) => Tensor;
  /** select.int(Tensor(a) self, int dim, SymInt index) -> Tensor(a) */
  select: (self: Tensor, dim: Int, index: Int) => Tensor;
  /** select_backward(Tensor grad_output, SymInt[] input_sizes, int dim, SymInt index) -> Tensor */
  selectBackward: (gradOutput: Tensor, inputSizes: readonly number[], dim: Int, index: Int) => Tensor;
  /** _nested_select_backward(Tensor grad_output, Tensor self, int dim, SymInt index) -> Tensor */
  _nestedSelectBackward: (gradOutput: Tensor, self: Tensor, dim: Int, index: Int) => Tensor;
  /** selu(Tensor self) -> Tensor */
  selu: (self: Tensor) => Tensor;
  /** selu_(Tensor(a!) self) -> Tensor(a!) */
  selu_: (self: Tensor) => Tensor;
  /** celu(Tensor self, Scalar alpha=1.0) -> Tensor */
  celu: (self: Tensor, alpha?: Scalar) => Tensor;
  /** celu_(Tensor(a!) self, Scalar alpha=1.0) -> Tensor(a!) */
  celu_: (self: Tensor, alpha?: Scalar) => Tensor;
  /** silu(Tensor self) -> Tensor */
  silu: (self: Tensor) => Tensor;
  /** silu_(Tensor(a!) self) -> Tensor(a!) */
  silu_: (self: Tensor) => Tensor;
  /** silu_backward(Tensor grad_output, Tensor self) -> Tensor */
  siluBackward: (gradOutput: Tensor, self: Tensor) => Tensor;
  /** mish(Tensor self) -> Tensor */
  mish: (self: Tensor) => Tensor;
  /** mish_(Tensor(a!) self) -> Tensor(a!) */
  mish_: (self: Tensor) => Tensor;
  /** mish_backward(Tensor grad_output, Tensor self) -> Tensor */
  mishBackward: (gradOutput: Tensor, self: Tensor) => Tensor;
  /** sigmoid(Tensor self) -> Tensor */
  sigmoid: (self: Tensor) => Tensor;
  /** sigmoid_(Tensor(a!) self) -> Tensor(a!) */
  sigmoid_: (self: Tensor) => Tensor;
  /** logit(Tensor self, float? eps=None) -> Tensor */
  logit: (self: Tensor, eps?: number | null) => Tensor;
  /** logit_(Tensor(a!) self, float? eps=None) -> Tensor(a!) */
  logit_: (self: Tensor, eps?: number | null) => Tensor;
  /** sin(Tensor self) -> Tensor */
  sin: (self: Tensor) => Tensor;
  /** sin_(Tensor(a!) self) -> Tensor(a!) */
  sin_: (self: Tensor) => Tensor;
  /** sinc(Tensor self) -> Tensor */
  sinc: (self: Tensor) => Tensor;
  /** sinc_(Tensor(a!) self) -> Tensor(a!) */
  sinc_: (self: Tensor) => Tensor;
  /** sinh(Tensor self) -> Tensor */
  sinh: (self: Tensor) => Tensor;
  /** sinh_(Tensor(a!) self) -> Tensor(a!) */
  sinh_: (self: Tensor) => Tensor;
  /** detach(Tensor(a) self) -> Tensor(a) */
  detach: (self: Tensor) => Tensor;
  /** detach_(Tensor(a!) self) -> Tensor(a!) */
  detach_: (self: Tensor) => Tensor;
  /** size.int(Tensor self, int dim) -> int */
  size: (self: Tensor, dim: Int) => number;
  /** slice.Tensor(Tensor(a) self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor(a) */
  slice: (self: Tensor, dim?: Int, start?: Int | null, end?: Int | null, step?: Int) => Tensor;
  /** slice_backward(Tensor grad_output, SymInt[] input_sizes, int dim, SymInt start, SymInt end, SymInt step) -> Tensor */
  sliceBackward: (gradOutput: Tensor, inputSizes: readonly number[], dim: Int, start: Int, end: Int, step: Int) => Tensor;
  /** slice_inverse(Tensor(a) self, Tensor src, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor(a) */
  sliceInverse: (self: Tensor, src: Tensor, dim?: Int, start?: Int | null, end?: Int | null, step?: Int) => Tensor;
  /** slice_scatter(Tensor self, Tensor src, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor */
  sliceScatter: (self: Tensor, src: Tensor, dim?: Int, start?: Int | null, end?: Int | null, step?: Int) => Tensor;
  /** select_scatter(Tensor self, Tensor src, int dim, SymInt index) -> Tensor */
  selectScatter: (self: Tensor, src: Tensor, dim: Int, index: Int) => Tensor;
  /** diagonal_scatter(Tensor self, Tensor src, int offset=0, int dim1=0, int dim2=1) -> Tensor */
  diagonalScatter: (self: Tensor, src: Tensor, offset?: Int, dim1?: Int, dim2?: Int) => Tensor;
  /** as_strided_scatter(Tensor self, Tensor src, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor */
  asStridedScatter: (self: Tensor, src: Tensor, size: readonly number[], stride: readonly number[], storageOffset?: Int | null) => Tensor;
  /** smm(Tensor self, Tensor mat2) -> Tensor */
  smm: (self: Tensor, mat2: Tensor) => Tensor;
  /** softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor */
  softmax: (self: Tensor, dim: Int, dtype?: Dtype | null) => Tensor;
  /** _softmax(Tensor self, int dim, bool half_to_float) -> Tensor */
  _softmax: (self: Tensor, dim: Int, halfToFloat: boolean) => Tensor;
  /** _softmax_backward_data(Tensor grad_output, Tensor output, int dim, ScalarType input_dtype) -> Tensor */
  _softmaxBackwardData: (gradOutput: Tensor, output: Tensor, dim: Int, inputDtype: Dtype) => Tensor;
  /** unsafe_split.Tensor(Tensor self, SymInt split_size, int dim=0) -> Tensor[] */
  unsafeSplit: (self: Tensor, splitSize: Int, dim?: Int) => Tensor[];
  /** split.Tensor(Tensor(a -> *) self, SymInt split_size, int dim=0) -> Tensor(a)[] */
  split: {
    (self: Tensor, splitSize: Int, dim?: Int): Tensor[];
    (self: Tensor, splitSize: readonly number[], dim?: Int): Tensor[];
  };
  /** unsafe_split_with_sizes(Tensor self, SymInt[] split_sizes, int dim=0) -> Tensor[] */
  unsafeSplitWithSizes: (self: Tensor, splitSizes: readonly number[], dim?: Int) => Tensor[];
  /** split_with_sizes(Tensor(a -> *) self, SymInt[] split_sizes, int dim=0) -> Tensor(a)[] */
  splitWithSizes: (self: Tensor, splitSizes: readonly number[], dim?: Int) => Tensor[];
  /** hsplit.int(Tensor(a -> *) self, int sections) -> Tensor(a)[] */
  hsplit: {
    (self: Tensor, sections: Int): Tensor[];
    (self: Tensor, indices: readonly number[]): Tensor[];
  };
  /** vsplit.int(Tensor(a -> *) self, int sections) -> Tensor(a)[] */
  vsplit: {
    (self: Tensor, sections: Int): Tensor[];
    (self: Tensor, indices: readonly number[]): Tensor[];
  };
  /** dsplit.int(Tensor(a -> *) self, int sections) -> Tensor(a)[] */
  dsplit: {
    (self: Tensor, sections: Int): Tensor[];
    (self: Tensor, indices: readonly number[]): Tensor[];
  };
  /** squeeze(Tensor(a) self) -> Tensor(a) */
  squeeze: {
    (self: Tensor): Tensor;
    (self: Tensor, dim: Int): Tensor;
    (self: Tensor, dim: readonly number[]): Tensor;
  };
  /** sspaddmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor */
  sspaddmm: (self: Tensor, mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }) => Tensor;
  /** _chunk_cat(Tensor[] tensors, int dim, int num_chunks) -> Tensor */
  _chunkCat: (tensors: readonly Tensor[], dim: Int, numChunks: Int) => Tensor;
  /** stack(Tensor[] tensors, int dim=0) -> Tensor */
  stack: (tensors: readonly Tensor[], dim?: Int) => Tensor;
  /** _stack(Tensor[] tensors, int dim=0) -> Tensor */
  _stack: (tensors: readonly Tensor[], dim?: Int) => Tensor;
  /** hstack(Tensor[] tensors) -> Tensor */
  hstack: (tensors: readonly Tensor[]) => Tensor;
  /** vstack(Tensor[] tensors) -> Tensor */
  vstack: (tensors: readonly Tensor[]) => Tensor;
  /** dstack(Tensor[] tensors) -> Tensor */
  dstack: (tensors: readonly Tensor[]) => Tensor;
  /** stft(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool normalized=False, bool? onesided=None, bool? return_complex=None, bool? align_to_window=None) -> Tensor */
  stft: {
    (self: Tensor, nFft: Int, hopLength?: Int | null, winLength?: Int | null, window?: Tensor | null, normalized?: boolean, onesided?: boolean | null, returnComplex?: boolean | null, alignToWindow?: boolean | null): Tensor;
    (self: Tensor, nFft: Int, hopLength?: Int | null, winLength?: Int | null, window?: Tensor | null, center?: boolean, padMode?: string, normalized?: boolean, onesided?: boolean | null, returnComplex?: boolean | null, alignToWindow?: boolean | null): Tensor;
  };
  /** istft(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool center=True, bool normalized=False, bool? onesided=None, int? length=None, bool return_complex=False) -> Tensor */
  istft: (self: Tensor, nFft: Int, hopLength?: Int | null, winLength?: Int | null, window?: Tensor | null, center?: boolean, normalized?: boolean, onesided?: boolean | null, length?: Int | null, returnComplex?: boolean) => Tensor;
  /** stride.int(Tensor self, int dim) -> int */
  stride: (self: Tensor, dim: Int) => number;
  /** sum(Tensor self, *, ScalarType? dtype=None) -> Tensor */
  sum: {
    (self: Tensor, options?: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, dim: number | readonly number[] | null, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, dim: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: Dtype | null }): Tensor;
  };
  /** _nested_sum_backward(Tensor grad, Tensor self, int[1]? dim, bool keepdim=False) -> Tensor */
  _nestedSumBackward: (grad: Tensor, self: Tensor, dim: number | readonly number[] | null, keepdim?: boolean) => Tensor;
  /** nansum(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor */
  nansum: {
    (self: Tensor, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, dim: number | readonly number[] | null | undefined, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, dim?: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: Dtype | null }): Tensor;
  };
  /** hash_tensor(Tensor self, int[1] dim=[], *, bool keepdim=False, int mode=0) -> Tensor */
  hashTensor: {
    (self: Tensor, options: { keepdim?: boolean; mode?: Int }): Tensor;
    (self: Tensor, dim?: number | readonly number[], options?: { keepdim?: boolean; mode?: Int }): Tensor;
  };
  /** sqrt(Tensor self) -> Tensor */
  sqrt: (self: Tensor) => Tensor;
  /** sqrt_(Tensor(a!) self) -> Tensor(a!) */
  sqrt_: (self: Tensor) => Tensor;
  /** square(Tensor self) -> Tensor */
  square: (self: Tensor) => Tensor;
  /** square_(Tensor(a!) self) -> Tensor(a!) */
  square_: (self: Tensor) => Tensor;
  /** std(Tensor self, bool unbiased=True) -> Tensor */
  std: {
    (self: Tensor, unbiased?: boolean): Tensor;
    (self: Tensor, dim: number | readonly number[] | null, unbiased?: boolean, keepdim?: boolean): Tensor;
    (self: Tensor, options: { correction?: Scalar | null; keepdim?: boolean }): Tensor;
    (self: Tensor, dim?: number | readonly number[] | null, options?: { correction?: Scalar | null; keepdim?: boolean }): Tensor;
  };
  /** std_mean(Tensor self, bool unbiased=True) -> (Tensor, Tensor) */
  stdMean: {
    (self: Tensor, unbiased?: boolean): readonly [Tensor, Tensor];
    (self: Tensor, dim: number | readonly number[] | null, unbiased?: boolean, keepdim?: boolean): readonly [Tensor, Tensor];
    (self: Tensor, options: { correction?: Scalar | null; keepdim?: boolean }): readonly [Tensor, Tensor];
    (self: Tensor, dim?: number | readonly number[] | null, options?: { correction?: Scalar | null; keepdim?: boolean }): readonly [Tensor, Tensor];
  };
  /** prod(Tensor self, *, ScalarType? dtype=None) -> Tensor */
  prod: {
    (self: Tensor, options?: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, dim: Int, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, dim: Int, keepdim?: boolean, options?: { dtype?: Dtype | null }): Tensor;
  };
  /** t(Tensor(a) self) -> Tensor(a) */
  t: (self: Tensor) => Tensor;
  /** tan(Tensor self) -> Tensor */
  tan: (self: Tensor) => Tensor;
  /** tan_(Tensor(a!) self) -> Tensor(a!) */
  tan_: (self: Tensor) => Tensor;
  /** tanh(Tensor self) -> Tensor */
  tanh: (self: Tensor) => Tensor;
  /** tanh_(Tensor(a!) self) -> Tensor(a!) */
  tanh_: (self: Tensor) => Tensor;
  /** tensordot(Tensor self, Tensor other, int[] dims_self, int[] dims_other) -> Tensor */
  tensordot: (self: Tensor, other: Tensor, dimsSelf: readonly number[], dimsOther: readonly number[]) => Tensor;
  /** threshold(Tensor self, Scalar threshold, Scalar value) -> Tensor */
  threshold: (self: Tensor, threshold: Scalar, value: Scalar) => Tensor;
  /** threshold_(Tensor(a!) self, Scalar threshold, Scalar value) -> Tensor(a!) */
  threshold_: (self: Tensor, threshold: Scalar, value: Scalar) => Tensor;
  /** threshold_backward(Tensor grad_output, Tensor self, Scalar threshold) -> Tensor */
  thresholdBackward: (gradOutput: Tensor, self: Tensor, threshold: Scalar) => Tensor;
  /** tile(Tensor self, SymInt[] dims) -> Tensor */
  tile: (self: Tensor, dims: readonly number[]) => Tensor;
  /** transpose.int(Tensor(a) self, int dim0, int dim1) -> Tensor(a) */
  transpose: (self: Tensor, dim0: Int, dim1: Int) => Tensor;
  /** _mkldnn_transpose(Tensor self, int dim0, int dim1) -> Tensor */
  _mkldnnTranspose: (self: Tensor, dim0: Int, dim1: Int) => Tensor;
  /** _mkldnn_transpose_(Tensor(a!) self, int dim0, int dim1) -> Tensor(a!) */
  _mkldnnTranspose_: (self: Tensor, dim0: Int, dim1: Int) => Tensor;
  /** one_hot(Tensor self, int num_classes=-1) -> Tensor */
  oneHot: (self: Tensor, numClasses?: Int) => Tensor;
  /** flip(Tensor self, int[] dims) -> Tensor */
  flip: (self: Tensor, dims: readonly number[]) => Tensor;
  /** fliplr(Tensor self) -> Tensor */
  fliplr: (self: Tensor) => Tensor;
  /** flipud(Tensor self) -> Tensor */
  flipud: (self: Tensor) => Tensor;
  /** roll(Tensor self, SymInt[1] shifts, int[1] dims=[]) -> Tensor */
  roll: (self: Tensor, shifts: number | readonly number[], dims?: number | readonly number[]) => Tensor;
  /** rot90(Tensor self, int k=1, int[] dims=[0,1]) -> Tensor */
  rot90: (self: Tensor, k?: Int, dims?: readonly number[]) => Tensor;
  /** trapezoid.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor */
  trapezoid: {
    (y: Tensor, x: Tensor, options?: { dim?: Int }): Tensor;
    (y: Tensor, options?: { dx?: Scalar; dim?: Int }): Tensor;
  };
  /** trapz.x(Tensor y, Tensor x, *, int dim=-1) -> Tensor */
  trapz: {
    (y: Tensor, x: Tensor, options?: { dim?: Int }): Tensor;
    (y: Tensor, options?: { dx?: number; dim?: Int }): Tensor;
  };
  /** _transform_bias_rescale_qkv(Tensor qkv, Tensor qkv_bias, int num_heads) -> (Tensor, Tensor, Tensor) */
  _transformBiasRescaleQkv: (qkv: Tensor, qkvBias: Tensor, numHeads: Int) => readonly [Tensor, Tensor, Tensor];
  /** _nested_tensor_from_mask(Tensor t, Tensor mask, bool mask_check=True) -> Tensor */
  _nestedTensorFromMask: (t: Tensor, mask: Tensor, maskCheck?: boolean) => Tensor;
  /** _nested_tensor_from_mask_left_aligned(Tensor t, Tensor mask) -> bool */
  _nestedTensorFromMaskLeftAligned: (t: Tensor, mask: Tensor) => boolean;
  /** _nested_from_padded(Tensor padded, Tensor cpu_nested_shape_example, bool fuse_transform_0213=False) -> Tensor */
  _nestedFromPadded: (padded: Tensor, cpuNestedShapeExample: Tensor, fuseTransform0213?: boolean) => Tensor;
  /** _nested_from_padded_and_nested_example(Tensor padded, Tensor nt_example) -> Tensor */
  _nestedFromPaddedAndNestedExample: (padded: Tensor, ntExample: Tensor) => Tensor;
  /** _nested_view_from_buffer(Tensor(a) self, Tensor nested_size, Tensor nested_strides, Tensor offsets) -> Tensor(a) */
  _nestedViewFromBuffer: (self: Tensor, nestedSize: Tensor, nestedStrides: Tensor, offsets: Tensor) => Tensor;
  /** _nested_view_from_buffer_copy(Tensor self, Tensor nested_size, Tensor nested_strides, Tensor offsets) -> Tensor */
  _nestedViewFromBufferCopy: (self: Tensor, nestedSize: Tensor, nestedStrides: Tensor, offsets: Tensor) => Tensor;
  /** _nested_view_from_jagged(Tensor(a) self, Tensor offsets, Tensor dummy, Tensor? lengths=None, int ragged_idx=1, Tensor? min_seqlen=None, Tensor? max_seqlen=None) -> Tensor(a) */
  _nestedViewFromJagged: (self: Tensor, offsets: Tensor, dummy: Tensor, lengths?: Tensor | null, raggedIdx?: Int, minSeqlen?: Tensor | null, maxSeqlen?: Tensor | null) => Tensor;
  /** _nested_view_from_jagged_copy(Tensor self, Tensor offsets, Tensor dummy, Tensor? lengths=None, int ragged_idx=1, Tensor? min_seqlen=None, Tensor? max_seqlen=None) -> Tensor */
  _nestedViewFromJaggedCopy: (self: Tensor, offsets: Tensor, dummy: Tensor, lengths?: Tensor | null, raggedIdx?: Int, minSeqlen?: Tensor | null, maxSeqlen?: Tensor | null) => Tensor;
  /** _nested_get_values(Tensor(a) self) -> Tensor(a) */
  _nestedGetValues: (self: Tensor) => Tensor;
  /** _nested_get_values_copy(Tensor self) -> Tensor */
  _nestedGetValuesCopy: (self: Tensor) => Tensor;
  /** _nested_get_offsets(Tensor self) -> Tensor */
  _nestedGetOffsets: (self: Tensor) => Tensor;
  /** _nested_get_lengths(Tensor self) -> Tensor */
  _nestedGetLengths: (self: Tensor) => Tensor;
  /** _nested_get_ragged_idx(Tensor self) -> int */
  _nestedGetRaggedIdx: (self: Tensor) => number;
  /** _nested_get_min_seqlen(Tensor self) -> Tensor */
  _nestedGetMinSeqlen: (self: Tensor) => Tensor;
  /** _nested_get_max_seqlen(Tensor self) -> Tensor */
  _nestedGetMaxSeqlen: (self: Tensor) => Tensor;
  /** _nested_get_jagged_dummy(Tensor any) -> Tensor */
  _nestedGetJaggedDummy: (any: Tensor) => Tensor;
  /** _nested_compute_contiguous_strides_offsets(Tensor nested_size) -> (Tensor, Tensor) */
  _nestedComputeContiguousStridesOffsets: (nestedSize: Tensor) => readonly [Tensor, Tensor];
  /** _trilinear(Tensor i1, Tensor i2, Tensor i3, int[] expand1, int[] expand2, int[] expand3, int[] sumdim, int unroll_dim=1) -> Tensor */
  _trilinear: (i1: Tensor, i2: Tensor, i3: Tensor, expand1: readonly number[], expand2: readonly number[], expand3: readonly number[], sumdim: readonly number[], unrollDim?: Int) => Tensor;
  /** triplet_margin_loss(Tensor anchor, Tensor positive, Tensor negative, float margin=1.0, float p=2, float eps=1e-06, bool swap=False, int reduction=Mean) -> Tensor */
  tripletMarginLoss: (anchor: Tensor, positive: Tensor, negative: Tensor, margin?: number, p?: number, eps?: number, swap?: boolean, reduction?: Int) => Tensor;
  /** trunc(Tensor self) -> Tensor */
  trunc: (self: Tensor) => Tensor;
  /** trunc_(Tensor(a!) self) -> Tensor(a!) */
  trunc_: (self: Tensor) => Tensor;
  /** fix(Tensor self) -> Tensor */
  fix: (self: Tensor) => Tensor;
  /** fix_(Tensor(a!) self) -> Tensor(a!) */
  fix_: (self: Tensor) => Tensor;
  /** _has_compatible_shallow_copy_type(Tensor self, Tensor from) -> bool */
  _hasCompatibleShallowCopyType: (self: Tensor, from: Tensor) => boolean;
  /** _unique(Tensor self, bool sorted=True, bool return_inverse=False) -> (Tensor, Tensor) */
  _unique: (self: Tensor, sorted?: boolean, returnInverse?: boolean) => readonly [Tensor, Tensor];
  /** unique_dim(Tensor self, int dim, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor) */
  uniqueDim: (self: Tensor, dim: Int, sorted?: boolean, returnInverse?: boolean, returnCounts?: boolean) => readonly [Tensor, Tensor, Tensor];
  /** unique_consecutive(Tensor self, bool return_inverse=False, bool return_counts=False, int? dim=None) -> (Tensor, Tensor, Tensor) */
  uniqueConsecutive: (self: Tensor, returnInverse?: boolean, returnCounts?: boolean, dim?: Int | null) => readonly [Tensor, Tensor, Tensor];
  /** unique_dim_consecutive(Tensor self, int dim, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor) */
  uniqueDimConsecutive: (self: Tensor, dim: Int, returnInverse?: boolean, returnCounts?: boolean) => readonly [Tensor, Tensor, Tensor];
  /** _unique2(Tensor self, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor) */
  _unique2: (self: Tensor, sorted?: boolean, returnInverse?: boolean, returnCounts?: boolean) => readonly [Tensor, Tensor, Tensor];
  /** _unsafe_view(Tensor self, SymInt[] size) -> Tensor */
  _unsafeView: (self: Tensor, size: readonly number[]) => Tensor;
  /** unsqueeze(Tensor(a) self, int dim) -> Tensor(a) */
  unsqueeze: (self: Tensor, dim: Int) => Tensor;
  /** vander(Tensor x, int? N=None, bool increasing=False) -> Tensor */
  vander: (x: Tensor, N?: Int | null, increasing?: boolean) => Tensor;
  /** var(Tensor self, bool unbiased=True) -> Tensor */
  var: {
    (self: Tensor, unbiased?: boolean): Tensor;
    (self: Tensor, dim: number | readonly number[] | null, unbiased?: boolean, keepdim?: boolean): Tensor;
    (self: Tensor, options: { correction?: Scalar | null; keepdim?: boolean }): Tensor;
    (self: Tensor, dim?: number | readonly number[] | null, options?: { correction?: Scalar | null; keepdim?: boolean }): Tensor;
  };
  /** var_mean(Tensor self, bool unbiased=True) -> (Tensor, Tensor) */
  varMean: {
    (self: Tensor, unbiased?: boolean): readonly [Tensor, Tensor];
    (self: Tensor, dim: number | readonly number[] | null, unbiased?: boolean, keepdim?: boolean): readonly [Tensor, Tensor];
    (self: Tensor, options: { correction?: Scalar | null; keepdim?: boolean }): readonly [Tensor, Tensor];
    (self: Tensor, dim?: number | readonly number[] | null, options?: { correction?: Scalar | null; keepdim?: boolean }): readonly [Tensor, Tensor];
  };
  /** where.self(Tensor condition, Tensor self, Tensor other) -> Tensor */
  where: {
    (condition: Tensor, self: Tensor, other: Tensor): Tensor;
    (condition: Tensor, self: Scalar, other: Tensor): Tensor;
    (condition: Tensor, self: Tensor, other: Scalar): Tensor;
    (condition: Tensor, self: Scalar, other: Scalar): Tensor;
    (condition: Tensor): Tensor[];
  };
  /** norm_except_dim(Tensor v, int pow=2, int dim=0) -> Tensor */
  normExceptDim: (v: Tensor, pow?: Int, dim?: Int) => Tensor;
  /** _weight_norm(Tensor v, Tensor g, int dim=0) -> Tensor */
  _weightNorm: (v: Tensor, g: Tensor, dim?: Int) => Tensor;
  /** _weight_norm_interface(Tensor v, Tensor g, int dim=0) -> (Tensor, Tensor) */
  _weightNormInterface: (v: Tensor, g: Tensor, dim?: Int) => readonly [Tensor, Tensor];
  /** _weight_norm_interface_backward(Tensor grad_w, Tensor saved_v, Tensor saved_g, Tensor saved_norms, int dim) -> (Tensor, Tensor) */
  _weightNormInterfaceBackward: (gradW: Tensor, savedV: Tensor, savedG: Tensor, savedNorms: Tensor, dim: Int) => readonly [Tensor, Tensor];
  /** _weight_norm_differentiable_backward(Tensor grad_w, Tensor saved_v, Tensor saved_g, Tensor saved_norms, int dim) -> (Tensor, Tensor) */
  _weightNormDifferentiableBackward: (gradW: Tensor, savedV: Tensor, savedG: Tensor, savedNorms: Tensor, dim: Int) => readonly [Tensor, Tensor];
  /** _efficientzerotensor(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  _efficientzerotensor: (size: readonly number[], options?: TensorOptions) => Tensor;
  /** zeros(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  zeros: (size: readonly number[], options?: TensorOptions) => Tensor;
  /** zeros_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor */
  zerosLike: (self: Tensor, options?: { dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; memoryFormat?: string | null }) => Tensor;
  /** _standard_gamma_grad(Tensor self, Tensor output) -> Tensor */
  _standardGammaGrad: (self: Tensor, output: Tensor) => Tensor;
  /** _standard_gamma(Tensor self, Generator? generator=None) -> Tensor */
  _standardGamma: (self: Tensor, generator?: Generator | null) => Tensor;
  /** _philox_key_split(Tensor key, int num_splits) -> Tensor */
  _philoxKeySplit: (key: Tensor, numSplits: Int) => Tensor;
  /** _philox_key_fold_in(Tensor key, int data) -> Tensor */
  _philoxKeyFoldIn: (key: Tensor, data: Int) => Tensor;
  /** _philox_normal_(Tensor(a!) self, Tensor key, float mean=0, float std=1) -> Tensor(a!) */
  _philoxNormal_: (self: Tensor, key: Tensor, mean?: number, std?: number) => Tensor;
  /** _philox_uniform_(Tensor(a!) self, Tensor key, float low=0, float high=1) -> Tensor(a!) */
  _philoxUniform_: (self: Tensor, key: Tensor, low?: number, high?: number) => Tensor;
  /** _dirichlet_grad(Tensor x, Tensor alpha, Tensor total) -> Tensor */
  _dirichletGrad: (x: Tensor, alpha: Tensor, total: Tensor) => Tensor;
  /** _sample_dirichlet(Tensor self, Generator? generator=None) -> Tensor */
  _sampleDirichlet: (self: Tensor, generator?: Generator | null) => Tensor;
  /** poisson(Tensor self, Generator? generator=None) -> Tensor */
  poisson: (self: Tensor, generator?: Generator | null) => Tensor;
  /** binomial(Tensor count, Tensor prob, Generator? generator=None) -> Tensor */
  binomial: (count: Tensor, prob: Tensor, generator?: Generator | null) => Tensor;
  /** native_norm(Tensor self, Scalar p=2) -> Tensor */
  nativeNorm: {
    (self: Tensor, p?: Scalar): Tensor;
    (self: Tensor, p: Scalar | null, dim: number | readonly number[], keepdim: boolean, dtype: Dtype | null): Tensor;
  };
  /** _batch_norm_with_update(Tensor input, Tensor? weight, Tensor? bias, Tensor(a!) running_mean, Tensor(b!) running_var, float momentum, float eps) -> (Tensor, Tensor, Tensor, Tensor) */
  _batchNormWithUpdate: (input: Tensor, weight: Tensor | null, bias: Tensor | null, runningMean: Tensor, runningVar: Tensor, momentum: number, eps: number) => readonly [Tensor, Tensor, Tensor, Tensor];
  /** _batch_norm_no_update(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, float momentum, float eps) -> (Tensor, Tensor, Tensor, Tensor) */
  _batchNormNoUpdate: (input: Tensor, weight: Tensor | null, bias: Tensor | null, runningMean: Tensor | null, runningVar: Tensor | null, momentum: number, eps: number) => readonly [Tensor, Tensor, Tensor, Tensor];
  /** batch_norm_backward(Tensor grad_out, Tensor input, Tensor weight, Tensor? running_mean, Tensor? running_var, Tensor? save_mean, Tensor? save_var, bool update, float eps, bool[3] output_mask, Tensor reserve) -> (Tensor, Tensor, Tensor) */
  batchNormBackward: (gradOut: Tensor, input: Tensor, weight: Tensor, runningMean: Tensor | null, runningVar: Tensor | null, saveMean: Tensor | null, saveVar: Tensor | null, update: boolean, eps: number, outputMask: readonly boolean[], reserve: Tensor) => readonly [Tensor, Tensor, Tensor];
  /** _sparse_sum(Tensor self) -> Tensor */
  _sparseSum: {
    (self: Tensor): Tensor;
    (self: Tensor, options: { dtype: Dtype }): Tensor;
    (self: Tensor, dim: number | readonly number[]): Tensor;
    (self: Tensor, dim: number | readonly number[], options: { dtype: Dtype }): Tensor;
  };
  /** _sparse_sum_backward(Tensor grad, Tensor self, int[] dim) -> Tensor */
  _sparseSumBackward: (grad: Tensor, self: Tensor, dim: readonly number[]) => Tensor;
  /** _sparse_csr_sum.dim_dtype(Tensor self, int[1] dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor */
  _sparseCsrSum: {
    (self: Tensor, dim: number | readonly number[], options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, dim: number | readonly number[], keepdim?: boolean, options?: { dtype?: Dtype | null }): Tensor;
  };
  /** _sparse_csr_prod.dim_dtype(Tensor self, int[1] dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor */
  _sparseCsrProd: {
    (self: Tensor, dim: number | readonly number[], options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, dim: number | readonly number[], keepdim?: boolean, options?: { dtype?: Dtype | null }): Tensor;
  };
  /** _sparse_softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor */
  _sparseSoftmax: {
    (self: Tensor, dim: Int, dtype?: Dtype | null): Tensor;
    (self: Tensor, dim: Int, halfToFloat: boolean): Tensor;
  };
  /** _sparse_softmax_backward_data(Tensor grad_output, Tensor output, int dim, Tensor self) -> Tensor */
  _sparseSoftmaxBackwardData: (gradOutput: Tensor, output: Tensor, dim: Int, self: Tensor) => Tensor;
  /** _sparse_log_softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor */
  _sparseLogSoftmax: {
    (self: Tensor, dim: Int, dtype?: Dtype | null): Tensor;
    (self: Tensor, dim: Int, halfToFloat: boolean): Tensor;
  };
  /** _sparse_log_softmax_backward_data(Tensor grad_output, Tensor output, int dim, Tensor self) -> Tensor */
  _sparseLogSoftmaxBackwardData: (gradOutput: Tensor, output: Tensor, dim: Int, self: Tensor) => Tensor;
  /** _spdiags(Tensor diagonals, Tensor offsets, int[] shape, Layout? layout=None) -> Tensor */
  _spdiags: (diagonals: Tensor, offsets: Tensor, shape: readonly number[], layout?: string | null) => Tensor;
  /** norm.ScalarOpt_dtype(Tensor self, Scalar? p, *, ScalarType dtype) -> Tensor */
  norm: {
    (self: Tensor, p: Scalar | null, options: { dtype: Dtype }): Tensor;
    (self: Tensor, p?: Scalar): Tensor;
    (self: Tensor, p: Scalar | null, dim: number | readonly number[], keepdim: boolean, options: { dtype: Dtype }): Tensor;
    (self: Tensor, p: Scalar | null, dim: number | readonly number[], keepdim?: boolean): Tensor;
  };
  /** frexp.Tensor(Tensor self) -> (Tensor mantissa, Tensor exponent) */
  frexp: (self: Tensor) => readonly [mantissa: Tensor, exponent: Tensor];
  /** frobenius_norm.dim(Tensor self, int[1] dim, bool keepdim=False) -> Tensor */
  frobeniusNorm: (self: Tensor, dim: number | readonly number[], keepdim?: boolean) => Tensor;
  /** nuclear_norm(Tensor self, bool keepdim=False) -> Tensor */
  nuclearNorm: {
    (self: Tensor, keepdim?: boolean): Tensor;
    (self: Tensor, dim: number | readonly number[], keepdim?: boolean): Tensor;
  };
  /** clone(Tensor self, *, MemoryFormat? memory_format=None) -> Tensor */
  clone: (self: Tensor, options?: { memoryFormat?: string | null }) => Tensor;
  /** positive(Tensor(a) self) -> Tensor(a) */
  positive: (self: Tensor) => Tensor;
  /** resize_as_(Tensor(a!) self, Tensor the_template, *, MemoryFormat? memory_format=None) -> Tensor(a!) */
  resizeAs_: (self: Tensor, theTemplate: Tensor, options?: { memoryFormat?: string | null }) => Tensor;
  /** resize_as_sparse_(Tensor(a!) self, Tensor the_template) -> Tensor(a!) */
  resizeAsSparse_: (self: Tensor, theTemplate: Tensor) => Tensor;
  /** zero_(Tensor(a!) self) -> Tensor(a!) */
  zero_: (self: Tensor) => Tensor;
  /** sub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor */
  sub: {
    (self: Tensor, other: Tensor, options?: { alpha?: Scalar }): Tensor;
    (self: Tensor, other: Scalar, alpha?: Scalar): Tensor;
  };
  /** subtract.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor */
  subtract: {
    (self: Tensor, other: Tensor, options?: { alpha?: Scalar }): Tensor;
    (self: Tensor, other: Scalar, alpha?: Scalar): Tensor;
  };
  /** rsub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor */
  rsub: {
    (self: Tensor, other: Tensor, options?: { alpha?: Scalar }): Tensor;
    (self: Tensor, other: Scalar, alpha?: Scalar): Tensor;
  };
  /** heaviside(Tensor self, Tensor values) -> Tensor */
  heaviside: (self: Tensor, values: Tensor) => Tensor;
  /** _sparse_addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor */
  _sparseAddmm: (self: Tensor, mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }) => Tensor;
  /** sparse_sampled_addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor */
  sparseSampledAddmm: (self: Tensor, mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }) => Tensor;
  /** _sparse_mm_reduce_impl(Tensor self, Tensor other, str reduce) -> (Tensor, Tensor) */
  _sparseMmReduceImpl: (self: Tensor, other: Tensor, reduce: string) => readonly [Tensor, Tensor];
  /** _sparse_mm_reduce_impl_backward(Tensor self, Tensor grad_out, Tensor weight, str reduce, Tensor arg_out, bool[2] output_mask) -> (Tensor, Tensor) */
  _sparseMmReduceImplBackward: (self: Tensor, gradOut: Tensor, weight: Tensor, reduce: string, argOut: Tensor, outputMask: readonly boolean[]) => readonly [Tensor, Tensor];
  /** addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor */
  addmm: {
    (self: Tensor, mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
    (self: Tensor, mat1: Tensor, mat2: Tensor, outDtype: Dtype, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  };
  /** _addmm_activation(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1, bool use_gelu=False) -> Tensor */
  _addmmActivation: (self: Tensor, mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar; useGelu?: boolean }) => Tensor;
  /** _scaled_mm(Tensor self, Tensor mat2, Tensor scale_a, Tensor scale_b, Tensor? bias=None, Tensor? scale_result=None, ScalarType? out_dtype=None, bool use_fast_accum=False) -> Tensor */
  _scaledMm: (self: Tensor, mat2: Tensor, scaleA: Tensor, scaleB: Tensor, bias?: Tensor | null, scaleResult?: Tensor | null, outDtype?: Dtype | null, useFastAccum?: boolean) => Tensor;
  /** _scaled_mm_v2(Tensor self, Tensor mat2, Tensor[] scale_a, int[] recipe_a, int[] swizzle_a, Tensor[] scale_b, int[] recipe_b, int[] swizzle_b, Tensor? bias, ScalarType? out_dtype, int[] contraction_dim=[], bool use_fast_accum=False) -> Tensor */
  _scaledMmV2: (self: Tensor, mat2: Tensor, scaleA: readonly Tensor[], recipeA: readonly number[], swizzleA: readonly number[], scaleB: readonly Tensor[], recipeB: readonly number[], swizzleB: readonly number[], bias: Tensor | null, outDtype: Dtype | null, contractionDim?: readonly number[], useFastAccum?: boolean) => Tensor;
  /** _scaled_grouped_mm(Tensor self, Tensor mat2, Tensor scale_a, Tensor scale_b, Tensor? offs=None, Tensor? bias=None, Tensor? scale_result=None, ScalarType? out_dtype=None, bool use_fast_accum=False) -> Tensor */
  _scaledGroupedMm: (self: Tensor, mat2: Tensor, scaleA: Tensor, scaleB: Tensor, offs?: Tensor | null, bias?: Tensor | null, scaleResult?: Tensor | null, outDtype?: Dtype | null, useFastAccum?: boolean) => Tensor;
  /** _scaled_grouped_mm_v2(Tensor self, Tensor mat2, Tensor[] scale_a, int[] recipe_a, int[] swizzle_a, Tensor[] scale_b, int[] recipe_b, int[] swizzle_b, Tensor? offs=None, Tensor? bias=None, ScalarType? out_dtype=None, int[] contraction_dim=[], bool use_fast_accum=False) -> Tensor */
  _scaledGroupedMmV2: (self: Tensor, mat2: Tensor, scaleA: readonly Tensor[], recipeA: readonly number[], swizzleA: readonly number[], scaleB: readonly Tensor[], recipeB: readonly number[], swizzleB: readonly number[], offs?: Tensor | null, bias?: Tensor | null, outDtype?: Dtype | null, contractionDim?: readonly number[], useFastAccum?: boolean) => Tensor;
  /** _grouped_mm(Tensor self, Tensor mat2, Tensor? offs=None, Tensor? bias=None, ScalarType? out_dtype=None) -> Tensor */
  _groupedMm: (self: Tensor, mat2: Tensor, offs?: Tensor | null, bias?: Tensor | null, outDtype?: Dtype | null) => Tensor;
  /** _sparse_compressed_tensor_with_dims(int nnz, int dense_dim, int[] size, int[] blocksize, ScalarType index_dtype, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor */
  _sparseCompressedTensorWithDims: (nnz: Int, denseDim: Int, size: readonly number[], blocksize: readonly number[], indexDtype: Dtype, options?: TensorOptions) => Tensor;
  /** sparse_compressed_tensor.comp_plain_value_size(Tensor compressed_indices, Tensor plain_indices, Tensor values, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor */
  sparseCompressedTensor: {
    (compressedIndices: Tensor, plainIndices: Tensor, values: Tensor, size: readonly number[], options?: TensorOptions): Tensor;
    (compressedIndices: Tensor, plainIndices: Tensor, values: Tensor, options?: TensorOptions): Tensor;
  };
  /** sparse_csr_tensor.crow_col_value_size(Tensor crow_indices, Tensor col_indices, Tensor values, int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor */
  sparseCsrTensor: {
    (crowIndices: Tensor, colIndices: Tensor, values: Tensor, size: readonly number[], options?: TensorOptions): Tensor;
    (crowIndices: Tensor, colIndices: Tensor, values: Tensor, options?: TensorOptions): Tensor;
  };
  /** sparse_csc_tensor.ccol_row_value_size(Tensor ccol_indices, Tensor row_indices, Tensor values, int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor */
  sparseCscTensor: {
    (ccolIndices: Tensor, rowIndices: Tensor, values: Tensor, size: readonly number[], options?: TensorOptions): Tensor;
    (ccolIndices: Tensor, rowIndices: Tensor, values: Tensor, options?: TensorOptions): Tensor;
  };
  /** sparse_bsr_tensor.crow_col_value_size(Tensor crow_indices, Tensor col_indices, Tensor values, int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor */
  sparseBsrTensor: {
    (crowIndices: Tensor, colIndices: Tensor, values: Tensor, size: readonly number[], options?: TensorOptions): Tensor;
    (crowIndices: Tensor, colIndices: Tensor, values: Tensor, options?: TensorOptions): Tensor;
  };
  /** sparse_bsc_tensor.ccol_row_value_size(Tensor ccol_indices, Tensor row_indices, Tensor values, int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor */
  sparseBscTensor: {
    (ccolIndices: Tensor, rowIndices: Tensor, values: Tensor, size: readonly number[], options?: TensorOptions): Tensor;
    (ccolIndices: Tensor, rowIndices: Tensor, values: Tensor, options?: TensorOptions): Tensor;
  };
  /** _sparse_compressed_tensor_unsafe(Tensor compressed_indices, Tensor plain_indices, Tensor values, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  _sparseCompressedTensorUnsafe: (compressedIndices: Tensor, plainIndices: Tensor, values: Tensor, size: readonly number[], options?: TensorOptions) => Tensor;
  /** _sparse_csr_tensor_unsafe(Tensor crow_indices, Tensor col_indices, Tensor values, int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  _sparseCsrTensorUnsafe: (crowIndices: Tensor, colIndices: Tensor, values: Tensor, size: readonly number[], options?: TensorOptions) => Tensor;
  /** _sparse_csc_tensor_unsafe(Tensor ccol_indices, Tensor row_indices, Tensor values, int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  _sparseCscTensorUnsafe: (ccolIndices: Tensor, rowIndices: Tensor, values: Tensor, size: readonly number[], options?: TensorOptions) => Tensor;
  /** _sparse_bsr_tensor_unsafe(Tensor crow_indices, Tensor col_indices, Tensor values, int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  _sparseBsrTensorUnsafe: (crowIndices: Tensor, colIndices: Tensor, values: Tensor, size: readonly number[], options?: TensorOptions) => Tensor;
  /** _sparse_bsc_tensor_unsafe(Tensor ccol_indices, Tensor row_indices, Tensor values, int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  _sparseBscTensorUnsafe: (ccolIndices: Tensor, rowIndices: Tensor, values: Tensor, size: readonly number[], options?: TensorOptions) => Tensor;
  /** sparse_coo_tensor.size(int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor */
  sparseCooTensor: {
    (size: readonly number[], options?: TensorOptions): Tensor;
    (indices: Tensor, values: Tensor, options?: { dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; isCoalesced?: boolean | null }): Tensor;
    (indices: Tensor, values: Tensor, size: readonly number[], options?: { dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; isCoalesced?: boolean | null }): Tensor;
  };
  /** _sparse_coo_tensor_unsafe(Tensor indices, Tensor values, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool? is_coalesced=None) -> Tensor */
  _sparseCooTensorUnsafe: (indices: Tensor, values: Tensor, size: readonly number[], options?: { dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; isCoalesced?: boolean | null }) => Tensor;
  /** _validate_sparse_coo_tensor_args(Tensor indices, Tensor values, int[] size, bool? is_coalesced=None, bool? check_pinning=None) -> () */
  _validateSparseCooTensorArgs: (indices: Tensor, values: Tensor, size: readonly number[], isCoalesced?: boolean | null, checkPinning?: boolean | null) => void;
  /** _validate_sparse_compressed_tensor_args(Tensor compressed_indices, Tensor plain_indices, Tensor values, int[] size, Layout layout, bool? check_pinning=None) -> () */
  _validateSparseCompressedTensorArgs: (compressedIndices: Tensor, plainIndices: Tensor, values: Tensor, size: readonly number[], layout: string, checkPinning?: boolean | null) => void;
  /** _validate_sparse_csr_tensor_args(Tensor crow_indices, Tensor col_indices, Tensor values, int[] size, bool? check_pinning=None) -> () */
  _validateSparseCsrTensorArgs: (crowIndices: Tensor, colIndices: Tensor, values: Tensor, size: readonly number[], checkPinning?: boolean | null) => void;
  /** _validate_sparse_csc_tensor_args(Tensor ccol_indices, Tensor row_indices, Tensor values, int[] size, bool? check_pinning=None) -> () */
  _validateSparseCscTensorArgs: (ccolIndices: Tensor, rowIndices: Tensor, values: Tensor, size: readonly number[], checkPinning?: boolean | null) => void;
  /** _validate_sparse_bsr_tensor_args(Tensor crow_indices, Tensor col_indices, Tensor values, int[] size, bool? check_pinning=None) -> () */
  _validateSparseBsrTensorArgs: (crowIndices: Tensor, colIndices: Tensor, values: Tensor, size: readonly number[], checkPinning?: boolean | null) => void;
  /** _validate_sparse_bsc_tensor_args(Tensor ccol_indices, Tensor row_indices, Tensor values, int[] size, bool? check_pinning=None) -> () */
  _validateSparseBscTensorArgs: (ccolIndices: Tensor, rowIndices: Tensor, values: Tensor, size: readonly number[], checkPinning?: boolean | null) => void;
  /** _sparse_coo_tensor_with_dims(int sparse_dim, int dense_dim, int[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False) -> Tensor */
  _sparseCooTensorWithDims: (sparseDim: Int, denseDim: Int, size: readonly number[], options?: TensorOptions) => Tensor;
  /** _sparse_coo_tensor_with_dims_and_tensors(int sparse_dim, int dense_dim, SymInt[] size, Tensor indices, Tensor values, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=False, bool? is_coalesced=None) -> Tensor */
  _sparseCooTensorWithDimsAndTensors: (sparseDim: Int, denseDim: Int, size: readonly number[], indices: Tensor, values: Tensor, options?: { dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; isCoalesced?: boolean | null }) => Tensor;
  /** _to_cpu(Tensor[] tensors) -> Tensor[] */
  _toCpu: (tensors: readonly Tensor[]) => Tensor[];
  /** to_dense_backward(Tensor grad, Tensor input, bool? masked_grad=None) -> Tensor */
  toDenseBackward: (grad: Tensor, input: Tensor, maskedGrad?: boolean | null) => Tensor;
  /** _coalesce(Tensor self) -> Tensor */
  _coalesce: (self: Tensor) => Tensor;
  /** hspmm(Tensor mat1, Tensor mat2) -> Tensor */
  hspmm: (mat1: Tensor, mat2: Tensor) => Tensor;
  /** copy_sparse_to_sparse_(Tensor(a!) self, Tensor src, bool non_blocking=False) -> Tensor(a!) */
  copySparseToSparse_: (self: Tensor, src: Tensor, nonBlocking?: boolean) => Tensor;
  /** unbind.int(Tensor(a -> *) self, int dim=0) -> Tensor(a)[] */
  unbind: (self: Tensor, dim?: Int) => Tensor[];
  /** _to_sparse_semi_structured(Tensor dense) -> (Tensor, Tensor) */
  _toSparseSemiStructured: (dense: Tensor) => readonly [Tensor, Tensor];
  /** mkldnn_reorder_conv2d_weight(Tensor self, SymInt[2] padding=0, SymInt[2] stride=1, SymInt[2] dilation=1, SymInt groups=1, SymInt[]? input_size=None) -> Tensor */
  mkldnnReorderConv2dWeight: (self: Tensor, padding?: number | readonly number[], stride?: number | readonly number[], dilation?: number | readonly number[], groups?: Int, inputSize?: readonly number[] | null) => Tensor;
  /** mkldnn_reorder_conv3d_weight(Tensor self, SymInt[3] padding=0, SymInt[3] stride=1, SymInt[3] dilation=1, SymInt groups=1, SymInt[]? input_size=None) -> Tensor */
  mkldnnReorderConv3dWeight: (self: Tensor, padding?: number | readonly number[], stride?: number | readonly number[], dilation?: number | readonly number[], groups?: Int, inputSize?: readonly number[] | null) => Tensor;
  /** to_mkldnn_backward(Tensor grad, Tensor input) -> Tensor */
  toMkldnnBackward: (grad: Tensor, input: Tensor) => Tensor;
  /** quantize_per_tensor_dynamic(Tensor self, ScalarType dtype, bool reduce_range) -> Tensor */
  quantizePerTensorDynamic: (self: Tensor, dtype: Dtype, reduceRange: boolean) => Tensor;
  /** quantize_per_tensor(Tensor self, float scale, int zero_point, ScalarType dtype) -> Tensor */
  quantizePerTensor: {
    (self: Tensor, scale: number, zeroPoint: Int, dtype: Dtype): Tensor;
    (self: Tensor, scale: Tensor, zeroPoint: Tensor, dtype: Dtype): Tensor;
    (tensors: readonly Tensor[], scales: Tensor, zeroPoints: Tensor, dtype: Dtype): Tensor[];
  };
  /** quantize_per_channel(Tensor self, Tensor scales, Tensor zero_points, int axis, ScalarType dtype) -> Tensor */
  quantizePerChannel: (self: Tensor, scales: Tensor, zeroPoints: Tensor, axis: Int, dtype: Dtype) => Tensor;
  /** dequantize.self(Tensor self) -> Tensor */
  dequantize: {
    (self: Tensor): Tensor;
    (tensors: readonly Tensor[]): Tensor[];
  };
  /** q_scale(Tensor self) -> float */
  qScale: (self: Tensor) => number;
  /** q_zero_point(Tensor self) -> int */
  qZeroPoint: (self: Tensor) => number;
  /** q_per_channel_scales(Tensor self) -> Tensor */
  qPerChannelScales: (self: Tensor) => Tensor;
  /** q_per_channel_zero_points(Tensor self) -> Tensor */
  qPerChannelZeroPoints: (self: Tensor) => Tensor;
  /** q_per_channel_axis(Tensor self) -> int */
  qPerChannelAxis: (self: Tensor) => number;
  /** int_repr(Tensor self) -> Tensor */
  intRepr: (self: Tensor) => Tensor;
  /** _make_per_tensor_quantized_tensor(Tensor self, float scale, int zero_point) -> Tensor */
  _makePerTensorQuantizedTensor: (self: Tensor, scale: number, zeroPoint: Int) => Tensor;
  /** _make_per_channel_quantized_tensor(Tensor self, Tensor scale, Tensor zero_point, int axis) -> Tensor */
  _makePerChannelQuantizedTensor: (self: Tensor, scale: Tensor, zeroPoint: Tensor, axis: Int) => Tensor;
  /** fake_quantize_per_tensor_affine(Tensor self, float scale, int zero_point, int quant_min, int quant_max) -> Tensor */
  fakeQuantizePerTensorAffine: {
    (self: Tensor, scale: number, zeroPoint: Int, quantMin: Int, quantMax: Int): Tensor;
    (self: Tensor, scale: Tensor, zeroPoint: Tensor, quantMin: Int, quantMax: Int): Tensor;
  };
  /** fake_quantize_per_tensor_affine_cachemask(Tensor self, float scale, int zero_point, int quant_min, int quant_max) -> (Tensor output, Tensor mask) */
  fakeQuantizePerTensorAffineCachemask: (self: Tensor, scale: number, zeroPoint: Int, quantMin: Int, quantMax: Int) => readonly [output: Tensor, mask: Tensor];
  /** _fake_quantize_per_tensor_affine_cachemask_tensor_qparams(Tensor self, Tensor scale, Tensor zero_point, Tensor fake_quant_enabled, int quant_min, int quant_max) -> (Tensor output, Tensor mask) */
  _fakeQuantizePerTensorAffineCachemaskTensorQparams: (self: Tensor, scale: Tensor, zeroPoint: Tensor, fakeQuantEnabled: Tensor, quantMin: Int, quantMax: Int) => readonly [output: Tensor, mask: Tensor];
  /** fake_quantize_per_tensor_affine_cachemask_backward(Tensor grad, Tensor mask) -> Tensor */
  fakeQuantizePerTensorAffineCachemaskBackward: (grad: Tensor, mask: Tensor) => Tensor;
  /** _fake_quantize_learnable_per_tensor_affine(Tensor self, Tensor scale, Tensor zero_point, int quant_min, int quant_max, float grad_factor=1.0) -> Tensor */
  _fakeQuantizeLearnablePerTensorAffine: (self: Tensor, scale: Tensor, zeroPoint: Tensor, quantMin: Int, quantMax: Int, gradFactor?: number) => Tensor;
  /** _fake_quantize_learnable_per_tensor_affine_backward(Tensor grad, Tensor self, Tensor scale, Tensor zero_point, int quant_min, int quant_max, float grad_factor=1.0) -> (Tensor, Tensor, Tensor) */
  _fakeQuantizeLearnablePerTensorAffineBackward: (grad: Tensor, self: Tensor, scale: Tensor, zeroPoint: Tensor, quantMin: Int, quantMax: Int, gradFactor?: number) => readonly [Tensor, Tensor, Tensor];
  /** fake_quantize_per_channel_affine(Tensor self, Tensor scale, Tensor zero_point, int axis, int quant_min, int quant_max) -> Tensor */
  fakeQuantizePerChannelAffine: (self: Tensor, scale: Tensor, zeroPoint: Tensor, axis: Int, quantMin: Int, quantMax: Int) => Tensor;
  /** fake_quantize_per_channel_affine_cachemask(Tensor self, Tensor scale, Tensor zero_point, int axis, int quant_min, int quant_max) -> (Tensor output, Tensor mask) */
  fakeQuantizePerChannelAffineCachemask: (self: Tensor, scale: Tensor, zeroPoint: Tensor, axis: Int, quantMin: Int, quantMax: Int) => readonly [output: Tensor, mask: Tensor];
  /** fake_quantize_per_channel_affine_cachemask_backward(Tensor grad, Tensor mask) -> Tensor */
  fakeQuantizePerChannelAffineCachemaskBackward: (grad: Tensor, mask: Tensor) => Tensor;
  /** _fake_quantize_learnable_per_channel_affine(Tensor self, Tensor scale, Tensor zero_point, int axis, int quant_min, int quant_max, float grad_factor=1.0) -> Tensor */
  _fakeQuantizeLearnablePerChannelAffine: (self: Tensor, scale: Tensor, zeroPoint: Tensor, axis: Int, quantMin: Int, quantMax: Int, gradFactor?: number) => Tensor;
  /** _fake_quantize_learnable_per_channel_affine_backward(Tensor grad, Tensor self, Tensor scale, Tensor zero_point, int axis, int quant_min, int quant_max, float grad_factor=1.0) -> (Tensor, Tensor, Tensor) */
  _fakeQuantizeLearnablePerChannelAffineBackward: (grad: Tensor, self: Tensor, scale: Tensor, zeroPoint: Tensor, axis: Int, quantMin: Int, quantMax: Int, gradFactor?: number) => readonly [Tensor, Tensor, Tensor];
  /** fused_moving_avg_obs_fake_quant(Tensor self, Tensor observer_on, Tensor fake_quant_on, Tensor(a!) running_min, Tensor(b!) running_max, Tensor(c!) scale, Tensor(d!) zero_point, float averaging_const, int quant_min, int quant_max, int ch_axis, bool per_row_fake_quant=False, bool symmetric_quant=False) -> Tensor */
  fusedMovingAvgObsFakeQuant: (self: Tensor, observerOn: Tensor, fakeQuantOn: Tensor, runningMin: Tensor, runningMax: Tensor, scale: Tensor, zeroPoint: Tensor, averagingConst: number, quantMin: Int, quantMax: Int, chAxis: Int, perRowFakeQuant?: boolean, symmetricQuant?: boolean) => Tensor;
  /** _fused_moving_avg_obs_fq_helper(Tensor self, Tensor observer_on, Tensor fake_quant_on, Tensor(a!) running_min, Tensor(b!) running_max, Tensor(c!) scale, Tensor(d!) zero_point, float averaging_const, int quant_min, int quant_max, int ch_axis, bool per_row_fake_quant=False, bool symmetric_quant=False) -> (Tensor output, Tensor mask) */
  _fusedMovingAvgObsFqHelper: (self: Tensor, observerOn: Tensor, fakeQuantOn: Tensor, runningMin: Tensor, runningMax: Tensor, scale: Tensor, zeroPoint: Tensor, averagingConst: number, quantMin: Int, quantMax: Int, chAxis: Int, perRowFakeQuant?: boolean, symmetricQuant?: boolean) => readonly [output: Tensor, mask: Tensor];
  /** _choose_qparams_per_tensor(Tensor self, bool reduce_range=False) -> (float, int) */
  _chooseQparamsPerTensor: (self: Tensor, reduceRange?: boolean) => readonly [number, number];
  /** _saturate_weight_to_fp16(Tensor weight) -> Tensor */
  _saturateWeightToFp16: (weight: Tensor) => Tensor;
  /** choose_qparams_optimized(Tensor input, int numel, int n_bins, float ratio, int bit_width) -> (Tensor, Tensor) */
  chooseQparamsOptimized: (input: Tensor, numel: Int, nBins: Int, ratio: number, bitWidth: Int) => readonly [Tensor, Tensor];
  /** _to_copy(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool non_blocking=False, MemoryFormat? memory_format=None) -> Tensor */
  _toCopy: (self: Tensor, options?: { dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; nonBlocking?: boolean; memoryFormat?: string | null }) => Tensor;
  /** meshgrid(Tensor[] tensors) -> Tensor[] */
  meshgrid: {
    (tensors: readonly Tensor[]): Tensor[];
    (tensors: readonly Tensor[], options: { indexing: string }): Tensor[];
  };
  /** cartesian_prod(Tensor[] tensors) -> Tensor */
  cartesianProd: (tensors: readonly Tensor[]) => Tensor;
  /** combinations(Tensor self, int r=2, bool with_replacement=False) -> Tensor */
  combinations: (self: Tensor, r?: Int, withReplacement?: boolean) => Tensor;
  /** can_cast(ScalarType from_, ScalarType to) -> bool */
  canCast: (from_: Dtype, to: Dtype) => boolean;
  /** _local_scalar_dense(Tensor self) -> Scalar */
  _localScalarDense: (self: Tensor) => number | boolean;
  /** _lstm_mps(Tensor input, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor, Tensor, Tensor, Tensor, Tensor) */
  _lstmMps: (input: Tensor, hx: readonly Tensor[], params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean) => readonly [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
  /** lstm_mps_backward(Tensor? grad_y, Tensor? grad_hy, Tensor? grad_cy, Tensor z_state, Tensor cell_state_fwd, Tensor input, Tensor layersOutputs, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor[], Tensor[]) */
  lstmMpsBackward: (gradY: Tensor | null, gradHy: Tensor | null, gradCy: Tensor | null, zState: Tensor, cellStateFwd: Tensor, input: Tensor, layersOutputs: Tensor, hx: readonly Tensor[], params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean) => readonly [Tensor, Tensor[], Tensor[]];
  /** _thnn_fused_lstm_cell(Tensor input_gates, Tensor hidden_gates, Tensor cx, Tensor? input_bias=None, Tensor? hidden_bias=None) -> (Tensor, Tensor, Tensor) */
  _thnnFusedLstmCell: (inputGates: Tensor, hiddenGates: Tensor, cx: Tensor, inputBias?: Tensor | null, hiddenBias?: Tensor | null) => readonly [Tensor, Tensor, Tensor];
  /** _thnn_fused_lstm_cell_backward_impl(Tensor? grad_hy, Tensor? grad_cy, Tensor cx, Tensor cy, Tensor workspace, bool has_bias) -> (Tensor, Tensor, Tensor) */
  _thnnFusedLstmCellBackwardImpl: (gradHy: Tensor | null, gradCy: Tensor | null, cx: Tensor, cy: Tensor, workspace: Tensor, hasBias: boolean) => readonly [Tensor, Tensor, Tensor];
  /** _thnn_fused_lstm_cell_backward(Tensor? grad_hy, Tensor? grad_cy, Tensor cx, Tensor cy, Tensor workspace, bool has_bias) -> (Tensor, Tensor, Tensor, Tensor, Tensor) */
  _thnnFusedLstmCellBackward: (gradHy: Tensor | null, gradCy: Tensor | null, cx: Tensor, cy: Tensor, workspace: Tensor, hasBias: boolean) => readonly [Tensor, Tensor, Tensor, Tensor, Tensor];
  /** _thnn_differentiable_lstm_cell_backward(Tensor? grad_hy, Tensor? grad_cy, Tensor input_gates, Tensor hidden_gates, Tensor? input_bias, Tensor? hidden_bias, Tensor cx, Tensor cy) -> (Tensor, Tensor, Tensor, Tensor, Tensor) */
  _thnnDifferentiableLstmCellBackward: (gradHy: Tensor | null, gradCy: Tensor | null, inputGates: Tensor, hiddenGates: Tensor, inputBias: Tensor | null, hiddenBias: Tensor | null, cx: Tensor, cy: Tensor) => readonly [Tensor, Tensor, Tensor, Tensor, Tensor];
  /** _thnn_fused_gru_cell(Tensor input_gates, Tensor hidden_gates, Tensor hx, Tensor? input_bias=None, Tensor? hidden_bias=None) -> (Tensor, Tensor) */
  _thnnFusedGruCell: (inputGates: Tensor, hiddenGates: Tensor, hx: Tensor, inputBias?: Tensor | null, hiddenBias?: Tensor | null) => readonly [Tensor, Tensor];
  /** _thnn_fused_gru_cell_backward(Tensor grad_hy, Tensor workspace, bool has_bias) -> (Tensor, Tensor, Tensor, Tensor, Tensor) */
  _thnnFusedGruCellBackward: (gradHy: Tensor, workspace: Tensor, hasBias: boolean) => readonly [Tensor, Tensor, Tensor, Tensor, Tensor];
  /** _thnn_differentiable_gru_cell_backward(Tensor grad_hy, Tensor input_gates, Tensor hidden_gates, Tensor hx, Tensor? input_bias, Tensor? hidden_bias) -> (Tensor, Tensor, Tensor, Tensor, Tensor) */
  _thnnDifferentiableGruCellBackward: (gradHy: Tensor, inputGates: Tensor, hiddenGates: Tensor, hx: Tensor, inputBias: Tensor | null, hiddenBias: Tensor | null) => readonly [Tensor, Tensor, Tensor, Tensor, Tensor];
  /** lstm.input(Tensor input, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor, Tensor) */
  lstm: {
    (input: Tensor, hx: readonly Tensor[], params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean): readonly [Tensor, Tensor, Tensor];
    (data: Tensor, batchSizes: Tensor, hx: readonly Tensor[], params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean): readonly [Tensor, Tensor, Tensor];
  };
  /** gru.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor) */
  gru: {
    (input: Tensor, hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean): readonly [Tensor, Tensor];
    (data: Tensor, batchSizes: Tensor, hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean): readonly [Tensor, Tensor];
  };
  /** rnn_tanh.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor) */
  rnnTanh: {
    (input: Tensor, hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean): readonly [Tensor, Tensor];
    (data: Tensor, batchSizes: Tensor, hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean): readonly [Tensor, Tensor];
  };
  /** rnn_relu.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor) */
  rnnRelu: {
    (input: Tensor, hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean, batchFirst: boolean): readonly [Tensor, Tensor];
    (data: Tensor, batchSizes: Tensor, hx: Tensor, params: readonly Tensor[], hasBiases: boolean, numLayers: Int, dropout: number, train: boolean, bidirectional: boolean): readonly [Tensor, Tensor];
  };
  /** lstm_cell(Tensor input, Tensor[] hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> (Tensor, Tensor) */
  lstmCell: (input: Tensor, hx: readonly Tensor[], wIh: Tensor, wHh: Tensor, bIh?: Tensor | null, bHh?: Tensor | null) => readonly [Tensor, Tensor];
  /** gru_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> Tensor */
  gruCell: (input: Tensor, hx: Tensor, wIh: Tensor, wHh: Tensor, bIh?: Tensor | null, bHh?: Tensor | null) => Tensor;
  /** rnn_tanh_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> Tensor */
  rnnTanhCell: (input: Tensor, hx: Tensor, wIh: Tensor, wHh: Tensor, bIh?: Tensor | null, bHh?: Tensor | null) => Tensor;
  /** rnn_relu_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> Tensor */
  rnnReluCell: (input: Tensor, hx: Tensor, wIh: Tensor, wHh: Tensor, bIh?: Tensor | null, bHh?: Tensor | null) => Tensor;
  /** quantized_lstm_cell(Tensor input, Tensor[] hx, Tensor w_ih, Tensor w_hh, Tensor b_ih, Tensor b_hh, Tensor packed_ih, Tensor packed_hh, Tensor col_offsets_ih, Tensor col_offsets_hh, Scalar scale_ih, Scalar scale_hh, Scalar zero_point_ih, Scalar zero_point_hh) -> (Tensor, Tensor) */
  quantizedLstmCell: (input: Tensor, hx: readonly Tensor[], wIh: Tensor, wHh: Tensor, bIh: Tensor, bHh: Tensor, packedIh: Tensor, packedHh: Tensor, colOffsetsIh: Tensor, colOffsetsHh: Tensor, scaleIh: Scalar, scaleHh: Scalar, zeroPointIh: Scalar, zeroPointHh: Scalar) => readonly [Tensor, Tensor];
  /** quantized_gru_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor b_ih, Tensor b_hh, Tensor packed_ih, Tensor packed_hh, Tensor col_offsets_ih, Tensor col_offsets_hh, Scalar scale_ih, Scalar scale_hh, Scalar zero_point_ih, Scalar zero_point_hh) -> Tensor */
  quantizedGruCell: (input: Tensor, hx: Tensor, wIh: Tensor, wHh: Tensor, bIh: Tensor, bHh: Tensor, packedIh: Tensor, packedHh: Tensor, colOffsetsIh: Tensor, colOffsetsHh: Tensor, scaleIh: Scalar, scaleHh: Scalar, zeroPointIh: Scalar, zeroPointHh: Scalar) => Tensor;
  /** quantized_rnn_relu_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor b_ih, Tensor b_hh, Tensor packed_ih, Tensor packed_hh, Tensor col_offsets_ih, Tensor col_offsets_hh, Scalar scale_ih, Scalar scale_hh, Scalar zero_point_ih, Scalar zero_point_hh) -> Tensor */
  quantizedRnnReluCell: (input: Tensor, hx: Tensor, wIh: Tensor, wHh: Tensor, bIh: Tensor, bHh: Tensor, packedIh: Tensor, packedHh: Tensor, colOffsetsIh: Tensor, colOffsetsHh: Tensor, scaleIh: Scalar, scaleHh: Scalar, zeroPointIh: Scalar, zeroPointHh: Scalar) => Tensor;
  /** quantized_rnn_tanh_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor b_ih, Tensor b_hh, Tensor packed_ih, Tensor packed_hh, Tensor col_offsets_ih, Tensor col_offsets_hh, Scalar scale_ih, Scalar scale_hh, Scalar zero_point_ih, Scalar zero_point_hh) -> Tensor */
  quantizedRnnTanhCell: (input: Tensor, hx: Tensor, wIh: Tensor, wHh: Tensor, bIh: Tensor, bHh: Tensor, packedIh: Tensor, packedHh: Tensor, colOffsetsIh: Tensor, colOffsetsHh: Tensor, scaleIh: Scalar, scaleHh: Scalar, zeroPointIh: Scalar, zeroPointHh: Scalar) => Tensor;
  /** _pack_padded_sequence(Tensor input, Tensor lengths, bool batch_first) -> (Tensor, Tensor) */
  _packPaddedSequence: (input: Tensor, lengths: Tensor, batchFirst: boolean) => readonly [Tensor, Tensor];
  /** _pack_padded_sequence_backward(Tensor grad, SymInt[] input_size, Tensor batch_sizes, bool batch_first) -> Tensor */
  _packPaddedSequenceBackward: (grad: Tensor, inputSize: readonly number[], batchSizes: Tensor, batchFirst: boolean) => Tensor;
  /** _pad_packed_sequence(Tensor data, Tensor batch_sizes, bool batch_first, Scalar padding_value, int total_length) -> (Tensor, Tensor) */
  _padPackedSequence: (data: Tensor, batchSizes: Tensor, batchFirst: boolean, paddingValue: Scalar, totalLength: Int) => readonly [Tensor, Tensor];
  /** lift(Tensor self) -> Tensor */
  lift: (self: Tensor) => Tensor;
  /** lift_fresh(Tensor(a) self) -> Tensor(a) */
  liftFresh: (self: Tensor) => Tensor;
  /** lift_fresh_copy(Tensor self) -> Tensor */
  liftFreshCopy: (self: Tensor) => Tensor;
  /** masked_fill.Scalar(Tensor self, Tensor mask, Scalar value) -> Tensor */
  maskedFill: {
    (self: Tensor, mask: Tensor, value: Scalar): Tensor;
    (self: Tensor, mask: Tensor, value: Tensor): Tensor;
  };
  /** masked_scatter(Tensor self, Tensor mask, Tensor source) -> Tensor */
  maskedScatter: (self: Tensor, mask: Tensor, source: Tensor) => Tensor;
  /** masked_scatter_backward(Tensor grad_output, Tensor mask, SymInt[] sizes) -> Tensor */
  maskedScatterBackward: (gradOutput: Tensor, mask: Tensor, sizes: readonly number[]) => Tensor;
  /** _masked_softmax(Tensor self, Tensor mask, int? dim=None, int? mask_type=None) -> Tensor */
  _maskedSoftmax: (self: Tensor, mask: Tensor, dim?: Int | null, maskType?: Int | null) => Tensor;
  /** _masked_softmax_backward(Tensor grad_output, Tensor output, Tensor mask, int? dim=None) -> Tensor */
  _maskedSoftmaxBackward: (gradOutput: Tensor, output: Tensor, mask: Tensor, dim?: Int | null) => Tensor;
  /** put(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor */
  put: (self: Tensor, index: Tensor, source: Tensor, accumulate?: boolean) => Tensor;
  /** index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor */
  indexAdd: (self: Tensor, dim: Int, index: Tensor, source: Tensor, options?: { alpha?: Scalar }) => Tensor;
  /** index_reduce(Tensor self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor */
  indexReduce: (self: Tensor, dim: Int, index: Tensor, source: Tensor, reduce: string, options?: { includeSelf?: boolean }) => Tensor;
  /** index_fill.int_Scalar(Tensor self, int dim, Tensor index, Scalar value) -> Tensor */
  indexFill: {
    (self: Tensor, dim: Int, index: Tensor, value: Scalar): Tensor;
    (self: Tensor, dim: Int, index: Tensor, value: Tensor): Tensor;
  };
  /** scatter.src(Tensor self, int dim, Tensor index, Tensor src) -> Tensor */
  scatter: {
    (self: Tensor, dim: Int, index: Tensor, src: Tensor): Tensor;
    (self: Tensor, dim: Int, index: Tensor, value: Scalar): Tensor;
    (self: Tensor, dim: Int, index: Tensor, src: Tensor, options: { reduce: string }): Tensor;
    (self: Tensor, dim: Int, index: Tensor, value: Scalar, options: { reduce: string }): Tensor;
  };
  /** scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor */
  scatterAdd: (self: Tensor, dim: Int, index: Tensor, src: Tensor) => Tensor;
  /** scatter_reduce.two(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor */
  scatterReduce: (self: Tensor, dim: Int, index: Tensor, src: Tensor, reduce: string, options?: { includeSelf?: boolean }) => Tensor;
  /** bitwise_and.Scalar(Tensor self, Scalar other) -> Tensor */
  bitwiseAnd: {
    (self: Tensor, other: Scalar): Tensor;
    (self: Scalar, other: Tensor): Tensor;
    (self: Tensor, other: Tensor): Tensor;
  };
  /** __and__.Scalar(Tensor self, Scalar other) -> Tensor */
  __and__: {
    (self: Tensor, other: Scalar): Tensor;
    (self: Tensor, other: Tensor): Tensor;
  };
  /** bitwise_or.Scalar(Tensor self, Scalar other) -> Tensor */
  bitwiseOr: {
    (self: Tensor, other: Scalar): Tensor;
    (self: Scalar, other: Tensor): Tensor;
    (self: Tensor, other: Tensor): Tensor;
  };
  /** __or__.Scalar(Tensor self, Scalar other) -> Tensor */
  __or__: {
    (self: Tensor, other: Scalar): Tensor;
    (self: Tensor, other: Tensor): Tensor;
  };
  /** bitwise_xor.Scalar(Tensor self, Scalar other) -> Tensor */
  bitwiseXor: {
    (self: Tensor, other: Scalar): Tensor;
    (self: Scalar, other: Tensor): Tensor;
    (self: Tensor, other: Tensor): Tensor;
  };
  /** __xor__.Scalar(Tensor self, Scalar other) -> Tensor */
  __xor__: {
    (self: Tensor, other: Scalar): Tensor;
    (self: Tensor, other: Tensor): Tensor;
  };
  /** __lshift__.Scalar(Tensor self, Scalar other) -> Tensor */
  __lshift__: {
    (self: Tensor, other: Scalar): Tensor;
    (self: Tensor, other: Tensor): Tensor;
  };
  /** bitwise_left_shift.Tensor(Tensor self, Tensor other) -> Tensor */
  bitwiseLeftShift: {
    (self: Tensor, other: Tensor): Tensor;
    (self: Tensor, other: Scalar): Tensor;
    (self: Scalar, other: Tensor): Tensor;
  };
  /** __rshift__.Scalar(Tensor self, Scalar other) -> Tensor */
  __rshift__: {
    (self: Tensor, other: Scalar): Tensor;
    (self: Tensor, other: Tensor): Tensor;
  };
  /** bitwise_right_shift.Tensor(Tensor self, Tensor other) -> Tensor */
  bitwiseRightShift: {
    (self: Tensor, other: Tensor): Tensor;
    (self: Tensor, other: Scalar): Tensor;
    (self: Scalar, other: Tensor): Tensor;
  };
  /** addbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor */
  addbmm: (self: Tensor, batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }) => Tensor;
  /** diag(Tensor self, int diagonal=0) -> Tensor */
  diag: (self: Tensor, diagonal?: Int) => Tensor;
  /** cross(Tensor self, Tensor other, int? dim=None) -> Tensor */
  cross: (self: Tensor, other: Tensor, dim?: Int | null) => Tensor;
  /** triu(Tensor self, SymInt diagonal=0) -> Tensor */
  triu: (self: Tensor, diagonal?: Int) => Tensor;
  /** tril(Tensor self, SymInt diagonal=0) -> Tensor */
  tril: (self: Tensor, diagonal?: Int) => Tensor;
  /** tril_indices(int row, int col, int offset=0, *, ScalarType? dtype=long, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  trilIndices: {
    (row: Int, col: Int, options: TensorOptions): Tensor;
    (row: Int, col: Int, offset?: Int, options?: TensorOptions): Tensor;
  };
  /** triu_indices(int row, int col, int offset=0, *, ScalarType? dtype=long, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  triuIndices: {
    (row: Int, col: Int, options: TensorOptions): Tensor;
    (row: Int, col: Int, offset?: Int, options?: TensorOptions): Tensor;
  };
  /** trace(Tensor self) -> Tensor */
  trace: (self: Tensor) => Tensor;
  /** trace_backward(Tensor grad, SymInt[] sizes) -> Tensor */
  traceBackward: (grad: Tensor, sizes: readonly number[]) => Tensor;
  /** ne.Scalar(Tensor self, Scalar other) -> Tensor */
  ne: {
    (self: Tensor, other: Scalar): Tensor;
    (self: Tensor, other: Tensor): Tensor;
  };
  /** not_equal.Scalar(Tensor self, Scalar other) -> Tensor */
  notEqual: {
    (self: Tensor, other: Scalar): Tensor;
    (self: Tensor, other: Tensor): Tensor;
  };
  /** eq.Scalar(Tensor self, Scalar other) -> Tensor */
  eq: {
    (self: Tensor, other: Scalar): Tensor;
    (self: Tensor, other: Tensor): Tensor;
  };
  /** ge.Scalar(Tensor self, Scalar other) -> Tensor */
  ge: {
    (self: Tensor, other: Scalar): Tensor;
    (self: Tensor, other: Tensor): Tensor;
  };
  /** greater_equal.Scalar(Tensor self, Scalar other) -> Tensor */
  greaterEqual: {
    (self: Tensor, other: Scalar): Tensor;
    (self: Tensor, other: Tensor): Tensor;
  };
  /** le.Scalar(Tensor self, Scalar other) -> Tensor */
  le: {
    (self: Tensor, other: Scalar): Tensor;
    (self: Tensor, other: Tensor): Tensor;
  };
  /** less_equal.Scalar(Tensor self, Scalar other) -> Tensor */
  lessEqual: {
    (self: Tensor, other: Scalar): Tensor;
    (self: Tensor, other: Tensor): Tensor;
  };
  /** gt.Scalar(Tensor self, Scalar other) -> Tensor */
  gt: {
    (self: Tensor, other: Scalar): Tensor;
    (self: Tensor, other: Tensor): Tensor;
  };
  /** greater.Scalar(Tensor self, Scalar other) -> Tensor */
  greater: {
    (self: Tensor, other: Scalar): Tensor;
    (self: Tensor, other: Tensor): Tensor;
  };
  /** lt.Scalar(Tensor self, Scalar other) -> Tensor */
  lt: {
    (self: Tensor, other: Scalar): Tensor;
    (self: Tensor, other: Tensor): Tensor;
  };
  /** less.Scalar(Tensor self, Scalar other) -> Tensor */
  less: {
    (self: Tensor, other: Scalar): Tensor;
    (self: Tensor, other: Tensor): Tensor;
  };
  /** take(Tensor self, Tensor index) -> Tensor */
  take: (self: Tensor, index: Tensor) => Tensor;
  /** take_along_dim(Tensor self, Tensor indices, int? dim=None) -> Tensor */
  takeAlongDim: (self: Tensor, indices: Tensor, dim?: Int | null) => Tensor;
  /** index_select(Tensor self, int dim, Tensor index) -> Tensor */
  indexSelect: (self: Tensor, dim: Int, index: Tensor) => Tensor;
  /** index_select_backward(Tensor grad, SymInt[] self_sizes, int dim, Tensor index) -> Tensor */
  indexSelectBackward: (grad: Tensor, selfSizes: readonly number[], dim: Int, index: Tensor) => Tensor;
  /** masked_select(Tensor self, Tensor mask) -> Tensor */
  maskedSelect: (self: Tensor, mask: Tensor) => Tensor;
  /** masked_select_backward(Tensor grad, Tensor input, Tensor mask) -> Tensor */
  maskedSelectBackward: (grad: Tensor, input: Tensor, mask: Tensor) => Tensor;
  /** nonzero(Tensor self) -> Tensor */
  nonzero: (self: Tensor) => Tensor;
  /** nonzero_static(Tensor self, *, SymInt size, int fill_value=-1) -> Tensor */
  nonzeroStatic: (self: Tensor, options: { size: Int; fillValue?: Int }) => Tensor;
  /** nonzero_numpy(Tensor self) -> Tensor[] */
  nonzeroNumpy: (self: Tensor) => Tensor[];
  /** argwhere(Tensor self) -> Tensor */
  argwhere: (self: Tensor) => Tensor;
  /** gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor */
  gather: (self: Tensor, dim: Int, index: Tensor, options?: { sparseGrad?: boolean }) => Tensor;
  /** gather_backward(Tensor grad, Tensor self, int dim, Tensor index, bool sparse_grad) -> Tensor */
  gatherBackward: (grad: Tensor, self: Tensor, dim: Int, index: Tensor, sparseGrad: boolean) => Tensor;
  /** _gather_sparse_backward(Tensor self, int dim, Tensor index, Tensor grad) -> Tensor */
  _gatherSparseBackward: (self: Tensor, dim: Int, index: Tensor, grad: Tensor) => Tensor;
  /** addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor */
  addcmul: (self: Tensor, tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }) => Tensor;
  /** addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor */
  addcdiv: (self: Tensor, tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }) => Tensor;
  /** cross_entropy_loss(Tensor self, Tensor target, Tensor? weight=None, int reduction=Mean, SymInt ignore_index=-100, float label_smoothing=0.0) -> Tensor */
  crossEntropyLoss: (self: Tensor, target: Tensor, weight?: Tensor | null, reduction?: Int, ignoreIndex?: Int, labelSmoothing?: number) => Tensor;
  /** triangular_solve(Tensor self, Tensor A, bool upper=True, bool transpose=False, bool unitriangular=False) -> (Tensor solution, Tensor cloned_coefficient) */
  triangularSolve: (self: Tensor, A: Tensor, upper?: boolean, transpose?: boolean, unitriangular?: boolean) => readonly [solution: Tensor, clonedCoefficient: Tensor];
  /** _linalg_check_errors(Tensor info, str api_name, *, bool is_matrix) -> () */
  _linalgCheckErrors: (info: Tensor, apiName: string, options: { isMatrix: boolean }) => void;
  /** linalg_solve_triangular(Tensor self, Tensor B, *, bool upper, bool left=True, bool unitriangular=False) -> Tensor */
  linalgSolveTriangular: (self: Tensor, B: Tensor, options: { upper: boolean; left?: boolean; unitriangular?: boolean }) => Tensor;
  /** linalg_vander(Tensor x, *, SymInt? N=None) -> Tensor */
  linalgVander: (x: Tensor, options?: { N?: Int | null }) => Tensor;
  /** svd(Tensor self, bool some=True, bool compute_uv=True) -> (Tensor U, Tensor S, Tensor V) */
  svd: (self: Tensor, some?: boolean, computeUv?: boolean) => readonly [U: Tensor, S: Tensor, V: Tensor];
  /** swapaxes(Tensor(a) self, int axis0, int axis1) -> Tensor(a) */
  swapaxes: (self: Tensor, axis0: Int, axis1: Int) => Tensor;
  /** swapdims(Tensor(a) self, int dim0, int dim1) -> Tensor(a) */
  swapdims: (self: Tensor, dim0: Int, dim1: Int) => Tensor;
  /** cholesky(Tensor self, bool upper=False) -> Tensor */
  cholesky: (self: Tensor, upper?: boolean) => Tensor;
  /** cholesky_solve(Tensor self, Tensor input2, bool upper=False) -> Tensor */
  choleskySolve: (self: Tensor, input2: Tensor, upper?: boolean) => Tensor;
  /** _cholesky_solve_helper(Tensor self, Tensor A, bool upper) -> Tensor */
  _choleskySolveHelper: (self: Tensor, A: Tensor, upper: boolean) => Tensor;
  /** cholesky_inverse(Tensor self, bool upper=False) -> Tensor */
  choleskyInverse: (self: Tensor, upper?: boolean) => Tensor;
  /** qr(Tensor self, bool some=True) -> (Tensor Q, Tensor R) */
  qr: (self: Tensor, some?: boolean) => readonly [Q: Tensor, R: Tensor];
  /** geqrf(Tensor self) -> (Tensor a, Tensor tau) */
  geqrf: (self: Tensor) => readonly [a: Tensor, tau: Tensor];
  /** orgqr(Tensor self, Tensor input2) -> Tensor */
  orgqr: (self: Tensor, input2: Tensor) => Tensor;
  /** ormqr(Tensor self, Tensor input2, Tensor input3, bool left=True, bool transpose=False) -> Tensor */
  ormqr: (self: Tensor, input2: Tensor, input3: Tensor, left?: boolean, transpose?: boolean) => Tensor;
  /** _lu_with_info(Tensor self, bool pivot=True, bool check_errors=True) -> (Tensor LU, Tensor pivots, Tensor info) */
  _luWithInfo: (self: Tensor, pivot?: boolean, checkErrors?: boolean) => readonly [LU: Tensor, pivots: Tensor, info: Tensor];
  /** lu_solve(Tensor self, Tensor LU_data, Tensor LU_pivots) -> Tensor */
  luSolve: (self: Tensor, LUData: Tensor, LUPivots: Tensor) => Tensor;
  /** lu_unpack(Tensor LU_data, Tensor LU_pivots, bool unpack_data=True, bool unpack_pivots=True) -> (Tensor P, Tensor L, Tensor U) */
  luUnpack: (LUData: Tensor, LUPivots: Tensor, unpackData?: boolean, unpackPivots?: boolean) => readonly [P: Tensor, L: Tensor, U: Tensor];
  /** multinomial(Tensor self, SymInt num_samples, bool replacement=False, *, Generator? generator=None) -> Tensor */
  multinomial: {
    (self: Tensor, numSamples: Int, options: { generator?: Generator | null }): Tensor;
    (self: Tensor, numSamples: Int, replacement?: boolean, options?: { generator?: Generator | null }): Tensor;
  };
  /** lgamma(Tensor self) -> Tensor */
  lgamma: (self: Tensor) => Tensor;
  /** digamma(Tensor self) -> Tensor */
  digamma: (self: Tensor) => Tensor;
  /** polygamma(int n, Tensor self) -> Tensor */
  polygamma: (n: Int, self: Tensor) => Tensor;
  /** erfinv(Tensor self) -> Tensor */
  erfinv: (self: Tensor) => Tensor;
  /** i0(Tensor self) -> Tensor */
  i0: (self: Tensor) => Tensor;
  /** i0_(Tensor(a!) self) -> Tensor(a!) */
  i0_: (self: Tensor) => Tensor;
  /** sign(Tensor self) -> Tensor */
  sign: (self: Tensor) => Tensor;
  /** signbit(Tensor self) -> Tensor */
  signbit: (self: Tensor) => Tensor;
  /** dist(Tensor self, Tensor other, Scalar p=2) -> Tensor */
  dist: (self: Tensor, other: Tensor, p?: Scalar) => Tensor;
  /** atan2(Tensor self, Tensor other) -> Tensor */
  atan2: (self: Tensor, other: Tensor) => Tensor;
  /** arctan2(Tensor self, Tensor other) -> Tensor */
  arctan2: (self: Tensor, other: Tensor) => Tensor;
  /** lerp.Scalar(Tensor self, Tensor end, Scalar weight) -> Tensor */
  lerp: {
    (self: Tensor, end: Tensor, weight: Scalar): Tensor;
    (self: Tensor, end: Tensor, weight: Tensor): Tensor;
  };
  /** histc(Tensor self, int bins=100, Scalar min=0, Scalar max=0) -> Tensor */
  histc: (self: Tensor, bins?: Int, min?: Scalar, max?: Scalar) => Tensor;
  /** histogram.bins_tensor(Tensor self, Tensor bins, *, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor bin_edges) */
  histogram: {
    (self: Tensor, bins: Tensor, options?: { weight?: Tensor | null; density?: boolean }): readonly [hist: Tensor, binEdges: Tensor];
    (self: Tensor, options: { range?: readonly number[] | null; weight?: Tensor | null; density?: boolean }): readonly [hist: Tensor, binEdges: Tensor];
    (self: Tensor, bins?: Int, options?: { range?: readonly number[] | null; weight?: Tensor | null; density?: boolean }): readonly [hist: Tensor, binEdges: Tensor];
  };
  /** _histogramdd_bin_edges(Tensor self, int[] bins, *, float[]? range=None, Tensor? weight=None, bool density=False) -> Tensor[] */
  _histogramddBinEdges: (self: Tensor, bins: readonly number[], options?: { range?: readonly number[] | null; weight?: Tensor | null; density?: boolean }) => Tensor[];
  /** _histogramdd_from_bin_cts(Tensor self, int[] bins, *, float[]? range=None, Tensor? weight=None, bool density=False) -> Tensor */
  _histogramddFromBinCts: (self: Tensor, bins: readonly number[], options?: { range?: readonly number[] | null; weight?: Tensor | null; density?: boolean }) => Tensor;
  /** _histogramdd_from_bin_tensors(Tensor self, Tensor[] bins, *, Tensor? weight=None, bool density=False) -> Tensor */
  _histogramddFromBinTensors: (self: Tensor, bins: readonly Tensor[], options?: { weight?: Tensor | null; density?: boolean }) => Tensor;
  /** histogramdd(Tensor self, int[] bins, float[]? range=None, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor[] bin_edges) */
  histogramdd: {
    (self: Tensor, bins: readonly number[], range?: readonly number[] | null, weight?: Tensor | null, density?: boolean): readonly [hist: Tensor, binEdges: Tensor[]];
    (self: Tensor, bins: Int, range?: readonly number[] | null, weight?: Tensor | null, density?: boolean): readonly [hist: Tensor, binEdges: Tensor[]];
    (self: Tensor, bins: readonly Tensor[], range?: readonly number[] | null, weight?: Tensor | null, density?: boolean): readonly [hist: Tensor, binEdges: Tensor[]];
  };
  /** fmod.Scalar(Tensor self, Scalar other) -> Tensor */
  fmod: {
    (self: Tensor, other: Scalar): Tensor;
    (self: Tensor, other: Tensor): Tensor;
  };
  /** hypot(Tensor self, Tensor other) -> Tensor */
  hypot: (self: Tensor, other: Tensor) => Tensor;
  /** igamma(Tensor self, Tensor other) -> Tensor */
  igamma: (self: Tensor, other: Tensor) => Tensor;
  /** igammac(Tensor self, Tensor other) -> Tensor */
  igammac: (self: Tensor, other: Tensor) => Tensor;
  /** nextafter(Tensor self, Tensor other) -> Tensor */
  nextafter: (self: Tensor, other: Tensor) => Tensor;
  /** remainder.Scalar(Tensor self, Scalar other) -> Tensor */
  remainder: {
    (self: Tensor, other: Scalar): Tensor;
    (self: Tensor, other: Tensor): Tensor;
    (self: Scalar, other: Tensor): Tensor;
  };
  /** fmin(Tensor self, Tensor other) -> Tensor */
  fmin: (self: Tensor, other: Tensor) => Tensor;
  /** fmax(Tensor self, Tensor other) -> Tensor */
  fmax: (self: Tensor, other: Tensor) => Tensor;
  /** maximum(Tensor self, Tensor other) -> Tensor */
  maximum: (self: Tensor, other: Tensor) => Tensor;
  /** minimum(Tensor self, Tensor other) -> Tensor */
  minimum: (self: Tensor, other: Tensor) => Tensor;
  /** quantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor */
  quantile: {
    (self: Tensor, q: Tensor, options: { interpolation?: string }): Tensor;
    (self: Tensor, q: Tensor, dim: Int | null | undefined, options: { interpolation?: string }): Tensor;
    (self: Tensor, q: Tensor, dim?: Int | null, keepdim?: boolean, options?: { interpolation?: string }): Tensor;
    (self: Tensor, q: number, options: { interpolation?: string }): Tensor;
    (self: Tensor, q: number, dim: Int | null | undefined, options: { interpolation?: string }): Tensor;
    (self: Tensor, q: number, dim?: Int | null, keepdim?: boolean, options?: { interpolation?: string }): Tensor;
  };
  /** nanquantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor */
  nanquantile: {
    (self: Tensor, q: Tensor, options: { interpolation?: string }): Tensor;
    (self: Tensor, q: Tensor, dim: Int | null | undefined, options: { interpolation?: string }): Tensor;
    (self: Tensor, q: Tensor, dim?: Int | null, keepdim?: boolean, options?: { interpolation?: string }): Tensor;
    (self: Tensor, q: number, options: { interpolation?: string }): Tensor;
    (self: Tensor, q: number, dim: Int | null | undefined, options: { interpolation?: string }): Tensor;
    (self: Tensor, q: number, dim?: Int | null, keepdim?: boolean, options?: { interpolation?: string }): Tensor;
  };
  /** sort(Tensor self, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices) */
  sort: {
    (self: Tensor, dim?: Int, descending?: boolean): readonly [values: Tensor, indices: Tensor];
    (self: Tensor, options: { stable: boolean | null; dim?: Int; descending?: boolean }): readonly [values: Tensor, indices: Tensor];
  };
  /** msort(Tensor self) -> Tensor */
  msort: (self: Tensor) => Tensor;
  /** argsort(Tensor self, int dim=-1, bool descending=False) -> Tensor */
  argsort: {
    (self: Tensor, dim?: Int, descending?: boolean): Tensor;
    (self: Tensor, options: { stable: boolean; dim?: Int; descending?: boolean }): Tensor;
  };
  /** topk(Tensor self, SymInt k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, Tensor indices) */
  topk: (self: Tensor, k: Int, dim?: Int, largest?: boolean, sorted?: boolean) => readonly [values: Tensor, indices: Tensor];
  /** renorm(Tensor self, Scalar p, int dim, Scalar maxnorm) -> Tensor */
  renorm: (self: Tensor, p: Scalar, dim: Int, maxnorm: Scalar) => Tensor;
  /** unfold_backward(Tensor grad_in, SymInt[] input_sizes, int dim, int size, int step) -> Tensor */
  unfoldBackward: (gradIn: Tensor, inputSizes: readonly number[], dim: Int, size: Int, step: Int) => Tensor;
  /** equal(Tensor self, Tensor other) -> bool */
  equal: (self: Tensor, other: Tensor) => boolean;
  /** pow.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor */
  pow: {
    (self: Tensor, exponent: Tensor): Tensor;
    (self: Scalar, exponent: Tensor): Tensor;
    (self: Tensor, exponent: Scalar): Tensor;
  };
  /** float_power.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor */
  floatPower: {
    (self: Tensor, exponent: Tensor): Tensor;
    (self: Scalar, exponent: Tensor): Tensor;
    (self: Tensor, exponent: Scalar): Tensor;
  };
  /** normal_functional(Tensor self, float mean=0, float std=1, *, Generator? generator=None) -> Tensor */
  normalFunctional: {
    (self: Tensor, options: { generator?: Generator | null }): Tensor;
    (self: Tensor, mean: number | undefined, options: { generator?: Generator | null }): Tensor;
    (self: Tensor, mean?: number, std?: number, options?: { generator?: Generator | null }): Tensor;
  };
  /** normal.Tensor_float(Tensor mean, float std=1, *, Generator? generator=None) -> Tensor */
  normal: {
    (mean: Tensor, options: { generator?: Generator | null }): Tensor;
    (mean: Tensor, std?: number, options?: { generator?: Generator | null }): Tensor;
    (mean: number, std: Tensor, options?: { generator?: Generator | null }): Tensor;
    (mean: Tensor, std: Tensor, options?: { generator?: Generator | null }): Tensor;
    (mean: number, std: number, size: readonly number[], options?: { generator?: Generator | null; dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null }): Tensor;
  };
  /** alias(Tensor(a) self) -> Tensor(a) */
  alias: (self: Tensor) => Tensor;
  /** _amp_foreach_non_finite_check_and_unscale_(Tensor(a!)[] self, Tensor(b!) found_inf, Tensor inv_scale) -> () */
  _ampForeachNonFiniteCheckAndUnscale_: (self: readonly Tensor[], foundInf: Tensor, invScale: Tensor) => void;
  /** _amp_update_scale_(Tensor(a!) self, Tensor(b!) growth_tracker, Tensor found_inf, float scale_growth_factor, float scale_backoff_factor, int growth_interval) -> Tensor(a!) */
  _ampUpdateScale_: (self: Tensor, growthTracker: Tensor, foundInf: Tensor, scaleGrowthFactor: number, scaleBackoffFactor: number, growthInterval: Int) => Tensor;
  /** _foreach_add.Scalar(Tensor[] self, Scalar scalar) -> Tensor[] */
  _foreachAdd: {
    (self: readonly Tensor[], scalar: Scalar): Tensor[];
    (self: readonly Tensor[], other: readonly Tensor[], options?: { alpha?: Scalar }): Tensor[];
    (self: readonly Tensor[], scalars: readonly Scalar[]): Tensor[];
    (self: readonly Tensor[], other: Tensor, options?: { alpha?: Scalar }): Tensor[];
  };
  /** _foreach_add_.Scalar(Tensor(a!)[] self, Scalar scalar) -> () */
  _foreachAdd_: {
    (self: readonly Tensor[], scalar: Scalar): void;
    (self: readonly Tensor[], other: readonly Tensor[], options?: { alpha?: Scalar }): void;
    (self: readonly Tensor[], scalars: readonly Scalar[]): void;
    (self: readonly Tensor[], other: Tensor, options?: { alpha?: Scalar }): void;
  };
  /** _foreach_sub.Scalar(Tensor[] self, Scalar scalar) -> Tensor[] */
  _foreachSub: {
    (self: readonly Tensor[], scalar: Scalar): Tensor[];
    (self: readonly Tensor[], other: readonly Tensor[], options?: { alpha?: Scalar }): Tensor[];
    (self: readonly Tensor[], scalars: readonly Scalar[]): Tensor[];
  };
  /** _foreach_sub_.Scalar(Tensor(a!)[] self, Scalar scalar) -> () */
  _foreachSub_: {
    (self: readonly Tensor[], scalar: Scalar): void;
    (self: readonly Tensor[], other: readonly Tensor[], options?: { alpha?: Scalar }): void;
    (self: readonly Tensor[], scalars: readonly Scalar[]): void;
  };
  /** _foreach_mul.Scalar(Tensor[] self, Scalar scalar) -> Tensor[] */
  _foreachMul: {
    (self: readonly Tensor[], scalar: Scalar): Tensor[];
    (self: readonly Tensor[], other: readonly Tensor[]): Tensor[];
    (self: readonly Tensor[], scalars: readonly Scalar[]): Tensor[];
    (self: readonly Tensor[], other: Tensor): Tensor[];
  };
  /** _foreach_mul_.Scalar(Tensor(a!)[] self, Scalar scalar) -> () */
  _foreachMul_: {
    (self: readonly Tensor[], scalar: Scalar): void;
    (self: readonly Tensor[], other: readonly Tensor[]): void;
    (self: readonly Tensor[], scalars: readonly Scalar[]): void;
    (self: readonly Tensor[], other: Tensor): void;
  };
  /** _foreach_div.Scalar(Tensor[] self, Scalar scalar) -> Tensor[] */
  _foreachDiv: {
    (self: readonly Tensor[], scalar: Scalar): Tensor[];
    (self: readonly Tensor[], other: readonly Tensor[]): Tensor[];
    (self: readonly Tensor[], scalars: readonly Scalar[]): Tensor[];
    (self: readonly Tensor[], other: Tensor): Tensor[];
  };
  /** _foreach_div_.Scalar(Tensor(a!)[] self, Scalar scalar) -> () */
  _foreachDiv_: {
    (self: readonly Tensor[], scalar: Scalar): void;
    (self: readonly Tensor[], other: readonly Tensor[]): void;
    (self: readonly Tensor[], scalars: readonly Scalar[]): void;
    (self: readonly Tensor[], other: Tensor): void;
  };
  /** _foreach_clamp_max.Scalar(Tensor[] self, Scalar scalar) -> Tensor[] */
  _foreachClampMax: {
    (self: readonly Tensor[], scalar: Scalar): Tensor[];
    (self: readonly Tensor[], other: readonly Tensor[]): Tensor[];
    (self: readonly Tensor[], scalars: readonly Scalar[]): Tensor[];
  };
  /** _foreach_clamp_max_.Scalar(Tensor(a!)[] self, Scalar scalar) -> () */
  _foreachClampMax_: {
    (self: readonly Tensor[], scalar: Scalar): void;
    (self: readonly Tensor[], other: readonly Tensor[]): void;
    (self: readonly Tensor[], scalars: readonly Scalar[]): void;
  };
  /** _foreach_clamp_min.Scalar(Tensor[] self, Scalar scalar) -> Tensor[] */
  _foreachClampMin: {
    (self: readonly Tensor[], scalar: Scalar): Tensor[];
    (self: readonly Tensor[], other: readonly Tensor[]): Tensor[];
    (self: readonly Tensor[], scalars: readonly Scalar[]): Tensor[];
  };
  /** _foreach_clamp_min_.Scalar(Tensor(a!)[] self, Scalar scalar) -> () */
  _foreachClampMin_: {
    (self: readonly Tensor[], scalar: Scalar): void;
    (self: readonly Tensor[], other: readonly Tensor[]): void;
    (self: readonly Tensor[], scalars: readonly Scalar[]): void;
  };
  /** _foreach_maximum.Scalar(Tensor[] self, Scalar scalar) -> Tensor[] */
  _foreachMaximum: {
    (self: readonly Tensor[], scalar: Scalar): Tensor[];
    (self: readonly Tensor[], other: readonly Tensor[]): Tensor[];
    (self: readonly Tensor[], scalars: readonly Scalar[]): Tensor[];
  };
  /** _foreach_maximum_.Scalar(Tensor(a!)[] self, Scalar scalar) -> () */
  _foreachMaximum_: {
    (self: readonly Tensor[], scalar: Scalar): void;
    (self: readonly Tensor[], other: readonly Tensor[]): void;
    (self: readonly Tensor[], scalars: readonly Scalar[]): void;
  };
  /** _foreach_minimum.Scalar(Tensor[] self, Scalar scalar) -> Tensor[] */
  _foreachMinimum: {
    (self: readonly Tensor[], scalar: Scalar): Tensor[];
    (self: readonly Tensor[], other: readonly Tensor[]): Tensor[];
    (self: readonly Tensor[], scalars: readonly Scalar[]): Tensor[];
  };
  /** _foreach_minimum_.Scalar(Tensor(a!)[] self, Scalar scalar) -> () */
  _foreachMinimum_: {
    (self: readonly Tensor[], scalar: Scalar): void;
    (self: readonly Tensor[], other: readonly Tensor[]): void;
    (self: readonly Tensor[], scalars: readonly Scalar[]): void;
  };
  /** _foreach_addcdiv.Scalar(Tensor[] self, Tensor[] tensor1, Tensor[] tensor2, Scalar value=1) -> Tensor[] */
  _foreachAddcdiv: {
    (self: readonly Tensor[], tensor1: readonly Tensor[], tensor2: readonly Tensor[], value?: Scalar): Tensor[];
    (self: readonly Tensor[], tensor1: readonly Tensor[], tensor2: readonly Tensor[], scalars: readonly Scalar[]): Tensor[];
    (self: readonly Tensor[], tensor1: readonly Tensor[], tensor2: readonly Tensor[], scalars: Tensor): Tensor[];
  };
  /** _foreach_addcdiv_.Scalar(Tensor(a!)[] self, Tensor[] tensor1, Tensor[] tensor2, Scalar value=1) -> () */
  _foreachAddcdiv_: {
    (self: readonly Tensor[], tensor1: readonly Tensor[], tensor2: readonly Tensor[], value?: Scalar): void;
    (self: readonly Tensor[], tensor1: readonly Tensor[], tensor2: readonly Tensor[], scalars: readonly Scalar[]): void;
    (self: readonly Tensor[], tensor1: readonly Tensor[], tensor2: readonly Tensor[], scalars: Tensor): void;
  };
  /** _foreach_addcmul.Scalar(Tensor[] self, Tensor[] tensor1, Tensor[] tensor2, Scalar value=1) -> Tensor[] */
  _foreachAddcmul: {
    (self: readonly Tensor[], tensor1: readonly Tensor[], tensor2: readonly Tensor[], value?: Scalar): Tensor[];
    (self: readonly Tensor[], tensor1: readonly Tensor[], tensor2: readonly Tensor[], scalars: readonly Scalar[]): Tensor[];
    (self: readonly Tensor[], tensor1: readonly Tensor[], tensor2: readonly Tensor[], scalars: Tensor): Tensor[];
  };
  /** _foreach_addcmul_.Scalar(Tensor(a!)[] self, Tensor[] tensor1, Tensor[] tensor2, Scalar value=1) -> () */
  _foreachAddcmul_: {
    (self: readonly Tensor[], tensor1: readonly Tensor[], tensor2: readonly Tensor[], value?: Scalar): void;
    (self: readonly Tensor[], tensor1: readonly Tensor[], tensor2: readonly Tensor[], scalars: readonly Scalar[]): void;
    (self: readonly Tensor[], tensor1: readonly Tensor[], tensor2: readonly Tensor[], scalars: Tensor): void;
  };
  /** _foreach_abs(Tensor[] self) -> Tensor[] */
  _foreachAbs: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_abs_(Tensor(a!)[] self) -> () */
  _foreachAbs_: (self: readonly Tensor[]) => void;
  /** _foreach_acos(Tensor[] self) -> Tensor[] */
  _foreachAcos: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_acos_(Tensor(a!)[] self) -> () */
  _foreachAcos_: (self: readonly Tensor[]) => void;
  /** _foreach_asin(Tensor[] self) -> Tensor[] */
  _foreachAsin: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_asin_(Tensor(a!)[] self) -> () */
  _foreachAsin_: (self: readonly Tensor[]) => void;
  /** _foreach_atan(Tensor[] self) -> Tensor[] */
  _foreachAtan: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_atan_(Tensor(a!)[] self) -> () */
  _foreachAtan_: (self: readonly Tensor[]) => void;
  /** _foreach_ceil(Tensor[] self) -> Tensor[] */
  _foreachCeil: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_ceil_(Tensor(a!)[] self) -> () */
  _foreachCeil_: (self: readonly Tensor[]) => void;
  /** _foreach_cos(Tensor[] self) -> Tensor[] */
  _foreachCos: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_cos_(Tensor(a!)[] self) -> () */
  _foreachCos_: (self: readonly Tensor[]) => void;
  /** _foreach_cosh(Tensor[] self) -> Tensor[] */
  _foreachCosh: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_cosh_(Tensor(a!)[] self) -> () */
  _foreachCosh_: (self: readonly Tensor[]) => void;
  /** _foreach_erf(Tensor[] self) -> Tensor[] */
  _foreachErf: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_erf_(Tensor(a!)[] self) -> () */
  _foreachErf_: (self: readonly Tensor[]) => void;
  /** _foreach_erfc(Tensor[] self) -> Tensor[] */
  _foreachErfc: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_erfc_(Tensor(a!)[] self) -> () */
  _foreachErfc_: (self: readonly Tensor[]) => void;
  /** _foreach_exp(Tensor[] self) -> Tensor[] */
  _foreachExp: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_exp_(Tensor(a!)[] self) -> () */
  _foreachExp_: (self: readonly Tensor[]) => void;
  /** _foreach_expm1(Tensor[] self) -> Tensor[] */
  _foreachExpm1: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_expm1_(Tensor(a!)[] self) -> () */
  _foreachExpm1_: (self: readonly Tensor[]) => void;
  /** _foreach_floor(Tensor[] self) -> Tensor[] */
  _foreachFloor: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_floor_(Tensor(a!)[] self) -> () */
  _foreachFloor_: (self: readonly Tensor[]) => void;
  /** _foreach_frac(Tensor[] self) -> Tensor[] */
  _foreachFrac: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_frac_(Tensor(a!)[] self) -> () */
  _foreachFrac_: (self: readonly Tensor[]) => void;
  /** _foreach_lerp.List(Tensor[] self, Tensor[] tensors1, Tensor[] weights) -> Tensor[] */
  _foreachLerp: {
    (self: readonly Tensor[], tensors1: readonly Tensor[], weights: readonly Tensor[]): Tensor[];
    (self: readonly Tensor[], tensors1: readonly Tensor[], weight: Scalar): Tensor[];
    (self: readonly Tensor[], tensors1: readonly Tensor[], weight: readonly Scalar[]): Tensor[];
  };
  /** _foreach_lerp_.List(Tensor(a!)[] self, Tensor[] tensors1, Tensor[] weights) -> () */
  _foreachLerp_: {
    (self: readonly Tensor[], tensors1: readonly Tensor[], weights: readonly Tensor[]): void;
    (self: readonly Tensor[], tensors1: readonly Tensor[], weight: Scalar): void;
    (self: readonly Tensor[], tensors1: readonly Tensor[], weight: readonly Scalar[]): void;
  };
  /** _foreach_lgamma(Tensor[] self) -> Tensor[] */
  _foreachLgamma: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_lgamma_(Tensor(a!)[] self) -> () */
  _foreachLgamma_: (self: readonly Tensor[]) => void;
  /** _foreach_log(Tensor[] self) -> Tensor[] */
  _foreachLog: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_log_(Tensor(a!)[] self) -> () */
  _foreachLog_: (self: readonly Tensor[]) => void;
  /** _foreach_log10(Tensor[] self) -> Tensor[] */
  _foreachLog10: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_log10_(Tensor(a!)[] self) -> () */
  _foreachLog10_: (self: readonly Tensor[]) => void;
  /** _foreach_log1p(Tensor[] self) -> Tensor[] */
  _foreachLog1p: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_log1p_(Tensor(a!)[] self) -> () */
  _foreachLog1p_: (self: readonly Tensor[]) => void;
  /** _foreach_log2(Tensor[] self) -> Tensor[] */
  _foreachLog2: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_log2_(Tensor(a!)[] self) -> () */
  _foreachLog2_: (self: readonly Tensor[]) => void;
  /** _foreach_max(Tensor[] self) -> Tensor[] */
  _foreachMax: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_neg(Tensor[] self) -> Tensor[] */
  _foreachNeg: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_neg_(Tensor(a!)[] self) -> () */
  _foreachNeg_: (self: readonly Tensor[]) => void;
  /** _foreach_norm.Scalar(Tensor[] self, Scalar ord=2, ScalarType? dtype=None) -> Tensor[] */
  _foreachNorm: (self: readonly Tensor[], ord?: Scalar, dtype?: Dtype | null) => Tensor[];
  /** _foreach_powsum.Scalar(Tensor[] self, Scalar ord=2, ScalarType? dtype=None) -> Tensor[] */
  _foreachPowsum: (self: readonly Tensor[], ord?: Scalar, dtype?: Dtype | null) => Tensor[];
  /** _foreach_pow.List(Tensor[] self, Tensor[] exponent) -> Tensor[] */
  _foreachPow: {
    (self: readonly Tensor[], exponent: readonly Tensor[]): Tensor[];
    (self: readonly Tensor[], exponent: Scalar): Tensor[];
    (self: readonly Tensor[], exponent: readonly Scalar[]): Tensor[];
    (self: Scalar, exponent: readonly Tensor[]): Tensor[];
  };
  /** _foreach_pow_.List(Tensor(a!)[] self, Tensor[] exponent) -> () */
  _foreachPow_: {
    (self: readonly Tensor[], exponent: readonly Tensor[]): void;
    (self: readonly Tensor[], exponent: Scalar): void;
    (self: readonly Tensor[], exponent: readonly Scalar[]): void;
  };
  /** _foreach_reciprocal(Tensor[] self) -> Tensor[] */
  _foreachReciprocal: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_reciprocal_(Tensor(a!)[] self) -> () */
  _foreachReciprocal_: (self: readonly Tensor[]) => void;
  /** _foreach_round(Tensor[] self) -> Tensor[] */
  _foreachRound: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_round_(Tensor(a!)[] self) -> () */
  _foreachRound_: (self: readonly Tensor[]) => void;
  /** _foreach_rsqrt(Tensor[] self) -> Tensor[] */
  _foreachRsqrt: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_rsqrt_(Tensor(a!)[] self) -> () */
  _foreachRsqrt_: (self: readonly Tensor[]) => void;
  /** _foreach_sigmoid(Tensor[] self) -> Tensor[] */
  _foreachSigmoid: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_sigmoid_(Tensor(a!)[] self) -> () */
  _foreachSigmoid_: (self: readonly Tensor[]) => void;
  /** _foreach_sign(Tensor[] self) -> Tensor[] */
  _foreachSign: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_sign_(Tensor(a!)[] self) -> () */
  _foreachSign_: (self: readonly Tensor[]) => void;
  /** _foreach_sin(Tensor[] self) -> Tensor[] */
  _foreachSin: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_sin_(Tensor(a!)[] self) -> () */
  _foreachSin_: (self: readonly Tensor[]) => void;
  /** _foreach_sinh(Tensor[] self) -> Tensor[] */
  _foreachSinh: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_sinh_(Tensor(a!)[] self) -> () */
  _foreachSinh_: (self: readonly Tensor[]) => void;
  /** _foreach_sqrt(Tensor[] self) -> Tensor[] */
  _foreachSqrt: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_sqrt_(Tensor(a!)[] self) -> () */
  _foreachSqrt_: (self: readonly Tensor[]) => void;
  /** _foreach_tan(Tensor[] self) -> Tensor[] */
  _foreachTan: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_tan_(Tensor(a!)[] self) -> () */
  _foreachTan_: (self: readonly Tensor[]) => void;
  /** _foreach_tanh(Tensor[] self) -> Tensor[] */
  _foreachTanh: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_tanh_(Tensor(a!)[] self) -> () */
  _foreachTanh_: (self: readonly Tensor[]) => void;
  /** _foreach_trunc(Tensor[] self) -> Tensor[] */
  _foreachTrunc: (self: readonly Tensor[]) => Tensor[];
  /** _foreach_trunc_(Tensor(a!)[] self) -> () */
  _foreachTrunc_: (self: readonly Tensor[]) => void;
  /** _foreach_zero_(Tensor(a!)[] self) -> () */
  _foreachZero_: (self: readonly Tensor[]) => void;
  /** _foreach_clone(Tensor[] self, *, MemoryFormat? memory_format=None) -> Tensor[] */
  _foreachClone: (self: readonly Tensor[], options?: { memoryFormat?: string | null }) => Tensor[];
  /** _foreach_copy_(Tensor(a!)[] self, Tensor[] src, bool non_blocking=False) -> () */
  _foreachCopy_: (self: readonly Tensor[], src: readonly Tensor[], nonBlocking?: boolean) => void;
  /** _foreach_copy(Tensor[] self, Tensor[] src, bool non_blocking=False) -> Tensor[] self_out */
  _foreachCopy: (self: readonly Tensor[], src: readonly Tensor[], nonBlocking?: boolean) => Tensor[];
  /** _foreach_mm(Tensor[] self, Tensor[] mat2) -> Tensor[] */
  _foreachMm: (self: readonly Tensor[], mat2: readonly Tensor[]) => Tensor[];
  /** bucketize.Tensor(Tensor self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor */
  bucketize: {
    (self: Tensor, boundaries: Tensor, options?: { outInt32?: boolean; right?: boolean }): Tensor;
    (self: Scalar, boundaries: Tensor, options?: { outInt32?: boolean; right?: boolean }): Tensor;
  };
  /** searchsorted.Tensor(Tensor sorted_sequence, Tensor self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor */
  searchsorted: {
    (sortedSequence: Tensor, self: Tensor, options?: { outInt32?: boolean; right?: boolean; side?: string | null; sorter?: Tensor | null }): Tensor;
    (sortedSequence: Tensor, self: Scalar, options?: { outInt32?: boolean; right?: boolean; side?: string | null; sorter?: Tensor | null }): Tensor;
  };
  /** _convert_indices_from_coo_to_csr(Tensor self, int size, *, bool out_int32=False) -> Tensor */
  _convertIndicesFromCooToCsr: (self: Tensor, size: Int, options?: { outInt32?: boolean }) => Tensor;
  /** _convert_indices_from_csr_to_coo(Tensor crow_indices, Tensor col_indices, *, bool out_int32=False, bool transpose=False) -> Tensor */
  _convertIndicesFromCsrToCoo: (crowIndices: Tensor, colIndices: Tensor, options?: { outInt32?: boolean; transpose?: boolean }) => Tensor;
  /** mse_loss(Tensor self, Tensor target, int reduction=Mean) -> Tensor */
  mseLoss: (self: Tensor, target: Tensor, reduction?: Int) => Tensor;
  /** mse_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction) -> Tensor */
  mseLossBackward: (gradOutput: Tensor, self: Tensor, target: Tensor, reduction: Int) => Tensor;
  /** l1_loss(Tensor self, Tensor target, int reduction=Mean) -> Tensor */
  l1Loss: (self: Tensor, target: Tensor, reduction?: Int) => Tensor;
  /** multi_margin_loss(Tensor self, Tensor target, Scalar p=1, Scalar margin=1, Tensor? weight=None, int reduction=Mean) -> Tensor */
  multiMarginLoss: (self: Tensor, target: Tensor, p?: Scalar, margin?: Scalar, weight?: Tensor | null, reduction?: Int) => Tensor;
  /** multi_margin_loss_backward(Tensor grad_output, Tensor self, Tensor target, Scalar p, Scalar margin, Tensor? weight=None, int reduction=Mean) -> Tensor */
  multiMarginLossBackward: (gradOutput: Tensor, self: Tensor, target: Tensor, p: Scalar, margin: Scalar, weight?: Tensor | null, reduction?: Int) => Tensor;
  /** multilabel_margin_loss(Tensor self, Tensor target, int reduction=Mean) -> Tensor */
  multilabelMarginLoss: (self: Tensor, target: Tensor, reduction?: Int) => Tensor;
  /** multilabel_margin_loss_forward(Tensor self, Tensor target, int reduction) -> (Tensor output, Tensor is_target) */
  multilabelMarginLossForward: (self: Tensor, target: Tensor, reduction: Int) => readonly [output: Tensor, isTarget: Tensor];
  /** multilabel_margin_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction, Tensor is_target) -> Tensor */
  multilabelMarginLossBackward: (gradOutput: Tensor, self: Tensor, target: Tensor, reduction: Int, isTarget: Tensor) => Tensor;
  /** nll_loss_nd(Tensor self, Tensor target, Tensor? weight=None, int reduction=Mean, SymInt ignore_index=-100) -> Tensor */
  nllLossNd: (self: Tensor, target: Tensor, weight?: Tensor | null, reduction?: Int, ignoreIndex?: Int) => Tensor;
  /** nll_loss(Tensor self, Tensor target, Tensor? weight=None, int reduction=Mean, SymInt ignore_index=-100) -> Tensor */
  nllLoss: (self: Tensor, target: Tensor, weight?: Tensor | null, reduction?: Int, ignoreIndex?: Int) => Tensor;
  /** nll_loss_forward(Tensor self, Tensor target, Tensor? weight, int reduction, SymInt ignore_index) -> (Tensor output, Tensor total_weight) */
  nllLossForward: (self: Tensor, target: Tensor, weight: Tensor | null, reduction: Int, ignoreIndex: Int) => readonly [output: Tensor, totalWeight: Tensor];
  /** nll_loss_backward(Tensor grad_output, Tensor self, Tensor target, Tensor? weight, int reduction, SymInt ignore_index, Tensor total_weight) -> Tensor */
  nllLossBackward: (gradOutput: Tensor, self: Tensor, target: Tensor, weight: Tensor | null, reduction: Int, ignoreIndex: Int, totalWeight: Tensor) => Tensor;
  /** nll_loss2d(Tensor self, Tensor target, Tensor? weight=None, int reduction=Mean, SymInt ignore_index=-100) -> Tensor */
  nllLoss2d: (self: Tensor, target: Tensor, weight?: Tensor | null, reduction?: Int, ignoreIndex?: Int) => Tensor;
  /** nll_loss2d_forward(Tensor self, Tensor target, Tensor? weight, int reduction, SymInt ignore_index) -> (Tensor output, Tensor total_weight) */
  nllLoss2dForward: (self: Tensor, target: Tensor, weight: Tensor | null, reduction: Int, ignoreIndex: Int) => readonly [output: Tensor, totalWeight: Tensor];
  /** nll_loss2d_backward(Tensor grad_output, Tensor self, Tensor target, Tensor? weight, int reduction, SymInt ignore_index, Tensor total_weight) -> Tensor */
  nllLoss2dBackward: (gradOutput: Tensor, self: Tensor, target: Tensor, weight: Tensor | null, reduction: Int, ignoreIndex: Int, totalWeight: Tensor) => Tensor;
  /** smooth_l1_loss(Tensor self, Tensor target, int reduction=Mean, float beta=1.0) -> Tensor */
  smoothL1Loss: (self: Tensor, target: Tensor, reduction?: Int, beta?: number) => Tensor;
  /** smooth_l1_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction, float beta) -> Tensor */
  smoothL1LossBackward: (gradOutput: Tensor, self: Tensor, target: Tensor, reduction: Int, beta: number) => Tensor;
  /** huber_loss(Tensor self, Tensor target, int reduction=Mean, float delta=1.0) -> Tensor */
  huberLoss: (self: Tensor, target: Tensor, reduction?: Int, delta?: number) => Tensor;
  /** huber_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction, float delta) -> Tensor */
  huberLossBackward: (gradOutput: Tensor, self: Tensor, target: Tensor, reduction: Int, delta: number) => Tensor;
  /** soft_margin_loss(Tensor self, Tensor target, int reduction=Mean) -> Tensor */
  softMarginLoss: (self: Tensor, target: Tensor, reduction?: Int) => Tensor;
  /** soft_margin_loss_backward(Tensor grad_output, Tensor self, Tensor target, int reduction) -> Tensor */
  softMarginLossBackward: (gradOutput: Tensor, self: Tensor, target: Tensor, reduction: Int) => Tensor;
  /** elu(Tensor self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor */
  elu: (self: Tensor, alpha?: Scalar, scale?: Scalar, inputScale?: Scalar) => Tensor;
  /** elu_backward(Tensor grad_output, Scalar alpha, Scalar scale, Scalar input_scale, bool is_result, Tensor self_or_result) -> Tensor */
  eluBackward: (gradOutput: Tensor, alpha: Scalar, scale: Scalar, inputScale: Scalar, isResult: boolean, selfOrResult: Tensor) => Tensor;
  /** elu_(Tensor(a!) self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor(a!) */
  elu_: (self: Tensor, alpha?: Scalar, scale?: Scalar, inputScale?: Scalar) => Tensor;
  /** glu(Tensor self, int dim=-1) -> Tensor */
  glu: (self: Tensor, dim?: Int) => Tensor;
  /** glu_backward(Tensor grad_output, Tensor self, int dim) -> Tensor */
  gluBackward: (gradOutput: Tensor, self: Tensor, dim: Int) => Tensor;
  /** glu_jvp(Tensor glu, Tensor x, Tensor dx, int dim) -> Tensor */
  gluJvp: (glu: Tensor, x: Tensor, dx: Tensor, dim: Int) => Tensor;
  /** glu_backward_jvp(Tensor grad_x, Tensor grad_glu, Tensor x, Tensor dgrad_glu, Tensor dx, int dim) -> Tensor */
  gluBackwardJvp: (gradX: Tensor, gradGlu: Tensor, x: Tensor, dgradGlu: Tensor, dx: Tensor, dim: Int) => Tensor;
  /** hardsigmoid(Tensor self) -> Tensor */
  hardsigmoid: (self: Tensor) => Tensor;
  /** hardsigmoid_(Tensor(a!) self) -> Tensor(a!) */
  hardsigmoid_: (self: Tensor) => Tensor;
  /** hardsigmoid_backward(Tensor grad_output, Tensor self) -> Tensor */
  hardsigmoidBackward: (gradOutput: Tensor, self: Tensor) => Tensor;
  /** hardtanh(Tensor self, Scalar min_val=-1, Scalar max_val=1) -> Tensor */
  hardtanh: (self: Tensor, minVal?: Scalar, maxVal?: Scalar) => Tensor;
  /** hardtanh_backward(Tensor grad_output, Tensor self, Scalar min_val, Scalar max_val) -> Tensor */
  hardtanhBackward: (gradOutput: Tensor, self: Tensor, minVal: Scalar, maxVal: Scalar) => Tensor;
  /** hardtanh_(Tensor(a!) self, Scalar min_val=-1, Scalar max_val=1) -> Tensor(a!) */
  hardtanh_: (self: Tensor, minVal?: Scalar, maxVal?: Scalar) => Tensor;
  /** hardswish(Tensor self) -> Tensor */
  hardswish: (self: Tensor) => Tensor;
  /** hardswish_(Tensor(a!) self) -> Tensor(a!) */
  hardswish_: (self: Tensor) => Tensor;
  /** hardswish_backward(Tensor grad_output, Tensor self) -> Tensor */
  hardswishBackward: (gradOutput: Tensor, self: Tensor) => Tensor;
  /** leaky_relu(Tensor self, Scalar negative_slope=0.01) -> Tensor */
  leakyRelu: (self: Tensor, negativeSlope?: Scalar) => Tensor;
  /** leaky_relu_backward(Tensor grad_output, Tensor self, Scalar negative_slope, bool self_is_result) -> Tensor */
  leakyReluBackward: (gradOutput: Tensor, self: Tensor, negativeSlope: Scalar, selfIsResult: boolean) => Tensor;
  /** leaky_relu_(Tensor(a!) self, Scalar negative_slope=0.01) -> Tensor(a!) */
  leakyRelu_: (self: Tensor, negativeSlope?: Scalar) => Tensor;
  /** log_sigmoid(Tensor self) -> Tensor */
  logSigmoid: (self: Tensor) => Tensor;
  /** log_sigmoid_forward(Tensor self) -> (Tensor output, Tensor buffer) */
  logSigmoidForward: (self: Tensor) => readonly [output: Tensor, buffer: Tensor];
  /** log_sigmoid_backward(Tensor grad_output, Tensor self, Tensor buffer) -> Tensor */
  logSigmoidBackward: (gradOutput: Tensor, self: Tensor, buffer: Tensor) => Tensor;
  /** rrelu_with_noise(Tensor self, Tensor(b!) noise, Scalar lower=0.125, Scalar upper=0.3333333333333333, bool training=False, Generator? generator=None) -> Tensor */
  rreluWithNoise: (self: Tensor, noise: Tensor, lower?: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null) => Tensor;
  /** rrelu_with_noise_backward(Tensor grad_output, Tensor self, Tensor noise, Scalar lower, Scalar upper, bool training, bool self_is_result) -> Tensor */
  rreluWithNoiseBackward: (gradOutput: Tensor, self: Tensor, noise: Tensor, lower: Scalar, upper: Scalar, training: boolean, selfIsResult: boolean) => Tensor;
  /** rrelu_with_noise_(Tensor(a!) self, Tensor(b!) noise, Scalar lower=0.125, Scalar upper=0.3333333333333333, bool training=False, Generator? generator=None) -> Tensor(a!) */
  rreluWithNoise_: (self: Tensor, noise: Tensor, lower?: Scalar, upper?: Scalar, training?: boolean, generator?: Generator | null) => Tensor;
  /** softplus(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor */
  softplus: (self: Tensor, beta?: Scalar, threshold?: Scalar) => Tensor;
  /** softplus_backward(Tensor grad_output, Tensor self, Scalar beta, Scalar threshold) -> Tensor */
  softplusBackward: (gradOutput: Tensor, self: Tensor, beta: Scalar, threshold: Scalar) => Tensor;
  /** softshrink(Tensor self, Scalar lambd=0.5) -> Tensor */
  softshrink: (self: Tensor, lambd?: Scalar) => Tensor;
  /** softshrink_backward(Tensor grad_output, Tensor self, Scalar lambd) -> Tensor */
  softshrinkBackward: (gradOutput: Tensor, self: Tensor, lambd: Scalar) => Tensor;
  /** adaptive_avg_pool2d(Tensor self, SymInt[2] output_size) -> Tensor */
  adaptiveAvgPool2d: (self: Tensor, outputSize: number | readonly number[]) => Tensor;
  /** mkldnn_adaptive_avg_pool2d(Tensor self, int[2] output_size) -> Tensor */
  mkldnnAdaptiveAvgPool2d: (self: Tensor, outputSize: number | readonly number[]) => Tensor;
  /** mkldnn_adaptive_avg_pool2d_backward(Tensor grad_output, Tensor self) -> Tensor */
  mkldnnAdaptiveAvgPool2dBackward: (gradOutput: Tensor, self: Tensor) => Tensor;
  /** _adaptive_avg_pool2d(Tensor self, SymInt[2] output_size) -> Tensor */
  _adaptiveAvgPool2d: (self: Tensor, outputSize: number | readonly number[]) => Tensor;
  /** _adaptive_avg_pool2d_backward(Tensor grad_output, Tensor self) -> Tensor */
  _adaptiveAvgPool2dBackward: (gradOutput: Tensor, self: Tensor) => Tensor;
  /** adaptive_avg_pool3d(Tensor self, SymInt[3] output_size) -> Tensor */
  adaptiveAvgPool3d: (self: Tensor, outputSize: number | readonly number[]) => Tensor;
  /** _adaptive_avg_pool3d(Tensor self, SymInt[3] output_size) -> Tensor */
  _adaptiveAvgPool3d: (self: Tensor, outputSize: number | readonly number[]) => Tensor;
  /** _adaptive_avg_pool3d_backward(Tensor grad_output, Tensor self) -> Tensor */
  _adaptiveAvgPool3dBackward: (gradOutput: Tensor, self: Tensor) => Tensor;
  /** adaptive_max_pool2d(Tensor self, int[2] output_size) -> (Tensor, Tensor) */
  adaptiveMaxPool2d: (self: Tensor, outputSize: number | readonly number[]) => readonly [Tensor, Tensor];
  /** adaptive_max_pool2d_backward(Tensor grad_output, Tensor self, Tensor indices) -> Tensor */
  adaptiveMaxPool2dBackward: (gradOutput: Tensor, self: Tensor, indices: Tensor) => Tensor;
  /** adaptive_max_pool3d(Tensor self, int[3] output_size) -> (Tensor, Tensor) */
  adaptiveMaxPool3d: (self: Tensor, outputSize: number | readonly number[]) => readonly [Tensor, Tensor];
  /** adaptive_max_pool3d_backward(Tensor grad_output, Tensor self, Tensor indices) -> Tensor */
  adaptiveMaxPool3dBackward: (gradOutput: Tensor, self: Tensor, indices: Tensor) => Tensor;
  /** avg_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor */
  avgPool2d: (self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], ceilMode?: boolean, countIncludePad?: boolean, divisorOverride?: Int | null) => Tensor;
  /** avg_pool2d_backward(Tensor grad_output, Tensor self, int[2] kernel_size, int[2] stride, int[2] padding, bool ceil_mode, bool count_include_pad, int? divisor_override) -> Tensor */
  avgPool2dBackward: (gradOutput: Tensor, self: Tensor, kernelSize: number | readonly number[], stride: number | readonly number[], padding: number | readonly number[], ceilMode: boolean, countIncludePad: boolean, divisorOverride: Int | null) => Tensor;
  /** avg_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor */
  avgPool3d: (self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], ceilMode?: boolean, countIncludePad?: boolean, divisorOverride?: Int | null) => Tensor;
  /** avg_pool3d_backward(Tensor grad_output, Tensor self, int[3] kernel_size, int[3] stride, int[3] padding, bool ceil_mode, bool count_include_pad, int? divisor_override) -> Tensor */
  avgPool3dBackward: (gradOutput: Tensor, self: Tensor, kernelSize: number | readonly number[], stride: number | readonly number[], padding: number | readonly number[], ceilMode: boolean, countIncludePad: boolean, divisorOverride: Int | null) => Tensor;
  /** fractional_max_pool2d(Tensor self, int[2] kernel_size, int[2] output_size, Tensor random_samples) -> (Tensor, Tensor) */
  fractionalMaxPool2d: (self: Tensor, kernelSize: number | readonly number[], outputSize: number | readonly number[], randomSamples: Tensor) => readonly [Tensor, Tensor];
  /** fractional_max_pool2d_backward(Tensor grad_output, Tensor self, int[2] kernel_size, int[2] output_size, Tensor indices) -> Tensor */
  fractionalMaxPool2dBackward: (gradOutput: Tensor, self: Tensor, kernelSize: number | readonly number[], outputSize: number | readonly number[], indices: Tensor) => Tensor;
  /** fractional_max_pool3d(Tensor self, int[3] kernel_size, int[3] output_size, Tensor random_samples) -> (Tensor, Tensor) */
  fractionalMaxPool3d: (self: Tensor, kernelSize: number | readonly number[], outputSize: number | readonly number[], randomSamples: Tensor) => readonly [Tensor, Tensor];
  /** fractional_max_pool3d_backward(Tensor grad_output, Tensor self, int[3] kernel_size, int[3] output_size, Tensor indices) -> Tensor */
  fractionalMaxPool3dBackward: (gradOutput: Tensor, self: Tensor, kernelSize: number | readonly number[], outputSize: number | readonly number[], indices: Tensor) => Tensor;
  /** max_pool2d_with_indices(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor) */
  maxPool2dWithIndices: (self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean) => readonly [Tensor, Tensor];
  /** max_pool2d_with_indices_backward(Tensor grad_output, Tensor self, int[2] kernel_size, int[2] stride, int[2] padding, int[2] dilation, bool ceil_mode, Tensor indices) -> Tensor */
  maxPool2dWithIndicesBackward: (gradOutput: Tensor, self: Tensor, kernelSize: number | readonly number[], stride: number | readonly number[], padding: number | readonly number[], dilation: number | readonly number[], ceilMode: boolean, indices: Tensor) => Tensor;
  /** max_pool3d_with_indices(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor) */
  maxPool3dWithIndices: (self: Tensor, kernelSize: number | readonly number[], stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[], ceilMode?: boolean) => readonly [Tensor, Tensor];
  /** max_pool3d_with_indices_backward(Tensor grad_output, Tensor self, int[3] kernel_size, int[3] stride, int[3] padding, int[3] dilation, bool ceil_mode, Tensor indices) -> Tensor */
  maxPool3dWithIndicesBackward: (gradOutput: Tensor, self: Tensor, kernelSize: number | readonly number[], stride: number | readonly number[], padding: number | readonly number[], dilation: number | readonly number[], ceilMode: boolean, indices: Tensor) => Tensor;
  /** max_unpool2d(Tensor self, Tensor indices, SymInt[2] output_size) -> Tensor */
  maxUnpool2d: (self: Tensor, indices: Tensor, outputSize: number | readonly number[]) => Tensor;
  /** max_unpool3d(Tensor self, Tensor indices, SymInt[3] output_size, int[3] stride, int[3] padding) -> Tensor */
  maxUnpool3d: (self: Tensor, indices: Tensor, outputSize: number | readonly number[], stride: number | readonly number[], padding: number | readonly number[]) => Tensor;
  /** reflection_pad1d(Tensor self, SymInt[2] padding) -> Tensor */
  reflectionPad1d: (self: Tensor, padding: number | readonly number[]) => Tensor;
  /** reflection_pad1d_backward(Tensor grad_output, Tensor self, SymInt[2] padding) -> Tensor */
  reflectionPad1dBackward: (gradOutput: Tensor, self: Tensor, padding: number | readonly number[]) => Tensor;
  /** reflection_pad2d(Tensor self, SymInt[4] padding) -> Tensor */
  reflectionPad2d: (self: Tensor, padding: number | readonly number[]) => Tensor;
  /** reflection_pad2d_backward(Tensor grad_output, Tensor self, SymInt[4] padding) -> Tensor */
  reflectionPad2dBackward: (gradOutput: Tensor, self: Tensor, padding: number | readonly number[]) => Tensor;
  /** reflection_pad3d(Tensor self, SymInt[6] padding) -> Tensor */
  reflectionPad3d: (self: Tensor, padding: number | readonly number[]) => Tensor;
  /** reflection_pad3d_backward(Tensor grad_output, Tensor self, SymInt[6] padding) -> Tensor */
  reflectionPad3dBackward: (gradOutput: Tensor, self: Tensor, padding: number | readonly number[]) => Tensor;
  /** replication_pad1d(Tensor self, SymInt[2] padding) -> Tensor */
  replicationPad1d: (self: Tensor, padding: number | readonly number[]) => Tensor;
  /** replication_pad1d_backward(Tensor grad_output, Tensor self, SymInt[2] padding) -> Tensor */
  replicationPad1dBackward: (gradOutput: Tensor, self: Tensor, padding: number | readonly number[]) => Tensor;
  /** replication_pad2d(Tensor self, SymInt[4] padding) -> Tensor */
  replicationPad2d: (self: Tensor, padding: number | readonly number[]) => Tensor;
  /** replication_pad2d_backward(Tensor grad_output, Tensor self, SymInt[4] padding) -> Tensor */
  replicationPad2dBackward: (gradOutput: Tensor, self: Tensor, padding: number | readonly number[]) => Tensor;
  /** replication_pad3d(Tensor self, SymInt[6] padding) -> Tensor */
  replicationPad3d: (self: Tensor, padding: number | readonly number[]) => Tensor;
  /** replication_pad3d_backward(Tensor grad_output, Tensor self, SymInt[6] padding) -> Tensor */
  replicationPad3dBackward: (gradOutput: Tensor, self: Tensor, padding: number | readonly number[]) => Tensor;
  /** _pad_circular(Tensor self, SymInt[] pad) -> Tensor */
  _padCircular: (self: Tensor, pad: readonly number[]) => Tensor;
  /** _pad_enum(Tensor self, SymInt[] pad, int mode, float? value=None) -> Tensor */
  _padEnum: (self: Tensor, pad: readonly number[], mode: Int, value?: number | null) => Tensor;
  /** pad(Tensor self, SymInt[] pad, str mode="constant", float? value=None) -> Tensor */
  pad: (self: Tensor, pad: readonly number[], mode?: string, value?: number | null) => Tensor;
  /** upsample_linear1d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor */
  upsampleLinear1d: {
    (input: Tensor, outputSize: readonly number[] | null, alignCorners: boolean, scaleFactors: readonly number[] | null): Tensor;
    (self: Tensor, outputSize: number | readonly number[], alignCorners: boolean, scales?: number | null): Tensor;
  };
  /** upsample_bilinear2d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor */
  upsampleBilinear2d: {
    (input: Tensor, outputSize: readonly number[] | null, alignCorners: boolean, scaleFactors: readonly number[] | null): Tensor;
    (self: Tensor, outputSize: number | readonly number[], alignCorners: boolean, scalesH?: number | null, scalesW?: number | null): Tensor;
  };
  /** _upsample_bilinear2d_aa.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor */
  _upsampleBilinear2dAa: {
    (input: Tensor, outputSize: readonly number[] | null, alignCorners: boolean, scaleFactors: readonly number[] | null): Tensor;
    (self: Tensor, outputSize: number | readonly number[], alignCorners: boolean, scalesH?: number | null, scalesW?: number | null): Tensor;
  };
  /** upsample_trilinear3d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor */
  upsampleTrilinear3d: {
    (input: Tensor, outputSize: readonly number[] | null, alignCorners: boolean, scaleFactors: readonly number[] | null): Tensor;
    (self: Tensor, outputSize: number | readonly number[], alignCorners: boolean, scalesD?: number | null, scalesH?: number | null, scalesW?: number | null): Tensor;
  };
  /** upsample_bicubic2d.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor */
  upsampleBicubic2d: {
    (input: Tensor, outputSize: readonly number[] | null, alignCorners: boolean, scaleFactors: readonly number[] | null): Tensor;
    (self: Tensor, outputSize: number | readonly number[], alignCorners: boolean, scalesH?: number | null, scalesW?: number | null): Tensor;
  };
  /** _upsample_bicubic2d_aa.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor */
  _upsampleBicubic2dAa: {
    (input: Tensor, outputSize: readonly number[] | null, alignCorners: boolean, scaleFactors: readonly number[] | null): Tensor;
    (self: Tensor, outputSize: number | readonly number[], alignCorners: boolean, scalesH?: number | null, scalesW?: number | null): Tensor;
  };
  /** _upsample_lanczos2d_aa.vec(Tensor input, SymInt[]? output_size, bool align_corners, float[]? scale_factors) -> Tensor */
  _upsampleLanczos2dAa: {
    (input: Tensor, outputSize: readonly number[] | null, alignCorners: boolean, scaleFactors: readonly number[] | null): Tensor;
    (self: Tensor, outputSize: number | readonly number[], alignCorners: boolean, scalesH?: number | null, scalesW?: number | null): Tensor;
  };
  /** upsample_nearest1d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor */
  upsampleNearest1d: {
    (input: Tensor, outputSize: readonly number[] | null, scaleFactors: readonly number[] | null): Tensor;
    (self: Tensor, outputSize: number | readonly number[], scales?: number | null): Tensor;
  };
  /** _upsample_nearest_exact1d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor */
  _upsampleNearestExact1d: {
    (input: Tensor, outputSize: readonly number[] | null, scaleFactors: readonly number[] | null): Tensor;
    (self: Tensor, outputSize: number | readonly number[], scales?: number | null): Tensor;
  };
  /** upsample_nearest2d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor */
  upsampleNearest2d: {
    (input: Tensor, outputSize: readonly number[] | null, scaleFactors: readonly number[] | null): Tensor;
    (self: Tensor, outputSize: number | readonly number[], scalesH?: number | null, scalesW?: number | null): Tensor;
  };
  /** _upsample_nearest_exact2d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor */
  _upsampleNearestExact2d: {
    (input: Tensor, outputSize: readonly number[] | null, scaleFactors: readonly number[] | null): Tensor;
    (self: Tensor, outputSize: number | readonly number[], scalesH?: number | null, scalesW?: number | null): Tensor;
  };
  /** upsample_nearest3d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor */
  upsampleNearest3d: {
    (input: Tensor, outputSize: readonly number[] | null, scaleFactors: readonly number[] | null): Tensor;
    (self: Tensor, outputSize: number | readonly number[], scalesD?: number | null, scalesH?: number | null, scalesW?: number | null): Tensor;
  };
  /** _upsample_nearest_exact3d.vec(Tensor input, SymInt[]? output_size, float[]? scale_factors) -> Tensor */
  _upsampleNearestExact3d: {
    (input: Tensor, outputSize: readonly number[] | null, scaleFactors: readonly number[] | null): Tensor;
    (self: Tensor, outputSize: number | readonly number[], scalesD?: number | null, scalesH?: number | null, scalesW?: number | null): Tensor;
  };
  /** upsample_linear1d_backward(Tensor grad_output, SymInt[1] output_size, SymInt[3] input_size, bool align_corners, float? scales=None) -> Tensor */
  upsampleLinear1dBackward: (gradOutput: Tensor, outputSize: number | readonly number[], inputSize: number | readonly number[], alignCorners: boolean, scales?: number | null) => Tensor;
  /** upsample_bilinear2d_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor */
  upsampleBilinear2dBackward: (gradOutput: Tensor, outputSize: number | readonly number[], inputSize: number | readonly number[], alignCorners: boolean, scalesH?: number | null, scalesW?: number | null) => Tensor;
  /** _upsample_bilinear2d_aa_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor */
  _upsampleBilinear2dAaBackward: (gradOutput: Tensor, outputSize: number | readonly number[], inputSize: number | readonly number[], alignCorners: boolean, scalesH?: number | null, scalesW?: number | null) => Tensor;
  /** upsample_bicubic2d_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor */
  upsampleBicubic2dBackward: (gradOutput: Tensor, outputSize: number | readonly number[], inputSize: number | readonly number[], alignCorners: boolean, scalesH?: number | null, scalesW?: number | null) => Tensor;
  /** _upsample_bicubic2d_aa_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor */
  _upsampleBicubic2dAaBackward: (gradOutput: Tensor, outputSize: number | readonly number[], inputSize: number | readonly number[], alignCorners: boolean, scalesH?: number | null, scalesW?: number | null) => Tensor;
  /** _upsample_lanczos2d_aa_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor */
  _upsampleLanczos2dAaBackward: (gradOutput: Tensor, outputSize: number | readonly number[], inputSize: number | readonly number[], alignCorners: boolean, scalesH?: number | null, scalesW?: number | null) => Tensor;
  /** upsample_trilinear3d_backward(Tensor grad_output, SymInt[3] output_size, SymInt[5] input_size, bool align_corners, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor */
  upsampleTrilinear3dBackward: (gradOutput: Tensor, outputSize: number | readonly number[], inputSize: number | readonly number[], alignCorners: boolean, scalesD?: number | null, scalesH?: number | null, scalesW?: number | null) => Tensor;
  /** upsample_nearest1d_backward(Tensor grad_output, SymInt[1] output_size, SymInt[3] input_size, float? scales=None) -> Tensor */
  upsampleNearest1dBackward: (gradOutput: Tensor, outputSize: number | readonly number[], inputSize: number | readonly number[], scales?: number | null) => Tensor;
  /** _upsample_nearest_exact1d_backward(Tensor grad_output, SymInt[1] output_size, SymInt[3] input_size, float? scales=None) -> Tensor */
  _upsampleNearestExact1dBackward: (gradOutput: Tensor, outputSize: number | readonly number[], inputSize: number | readonly number[], scales?: number | null) => Tensor;
  /** upsample_nearest2d_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, float? scales_h=None, float? scales_w=None) -> Tensor */
  upsampleNearest2dBackward: (gradOutput: Tensor, outputSize: number | readonly number[], inputSize: number | readonly number[], scalesH?: number | null, scalesW?: number | null) => Tensor;
  /** _upsample_nearest_exact2d_backward(Tensor grad_output, SymInt[2] output_size, SymInt[4] input_size, float? scales_h=None, float? scales_w=None) -> Tensor */
  _upsampleNearestExact2dBackward: (gradOutput: Tensor, outputSize: number | readonly number[], inputSize: number | readonly number[], scalesH?: number | null, scalesW?: number | null) => Tensor;
  /** upsample_nearest3d_backward(Tensor grad_output, SymInt[3] output_size, SymInt[5] input_size, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor */
  upsampleNearest3dBackward: (gradOutput: Tensor, outputSize: number | readonly number[], inputSize: number | readonly number[], scalesD?: number | null, scalesH?: number | null, scalesW?: number | null) => Tensor;
  /** _upsample_nearest_exact3d_backward(Tensor grad_output, SymInt[3] output_size, SymInt[5] input_size, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor */
  _upsampleNearestExact3dBackward: (gradOutput: Tensor, outputSize: number | readonly number[], inputSize: number | readonly number[], scalesD?: number | null, scalesH?: number | null, scalesW?: number | null) => Tensor;
  /** sigmoid_backward(Tensor grad_output, Tensor output) -> Tensor */
  sigmoidBackward: (gradOutput: Tensor, output: Tensor) => Tensor;
  /** logit_backward(Tensor grad_output, Tensor self, float? eps=None) -> Tensor */
  logitBackward: (gradOutput: Tensor, self: Tensor, eps?: number | null) => Tensor;
  /** tanh_backward(Tensor grad_output, Tensor output) -> Tensor */
  tanhBackward: (gradOutput: Tensor, output: Tensor) => Tensor;
  /** slow_conv_transpose2d(Tensor self, Tensor weight, SymInt[2] kernel_size, Tensor? bias=None, SymInt[2] stride=1, SymInt[2] padding=0, SymInt[2] output_padding=0, SymInt[2] dilation=1) -> Tensor */
  slowConvTranspose2d: (self: Tensor, weight: Tensor, kernelSize: number | readonly number[], bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], outputPadding?: number | readonly number[], dilation?: number | readonly number[]) => Tensor;
  /** slow_conv_transpose3d(Tensor self, Tensor weight, SymInt[3] kernel_size, Tensor? bias=None, SymInt[3] stride=1, SymInt[3] padding=0, SymInt[3] output_padding=0, SymInt[3] dilation=1) -> Tensor */
  slowConvTranspose3d: (self: Tensor, weight: Tensor, kernelSize: number | readonly number[], bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], outputPadding?: number | readonly number[], dilation?: number | readonly number[]) => Tensor;
  /** thnn_conv2d(Tensor self, Tensor weight, SymInt[2] kernel_size, Tensor? bias=None, SymInt[2] stride=1, SymInt[2] padding=0) -> Tensor */
  thnnConv2d: (self: Tensor, weight: Tensor, kernelSize: number | readonly number[], bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[]) => Tensor;
  /** _slow_conv2d_forward(Tensor self, Tensor weight, SymInt[2] kernel_size, Tensor? bias, SymInt[2] stride, SymInt[2] padding) -> Tensor */
  _slowConv2dForward: (self: Tensor, weight: Tensor, kernelSize: number | readonly number[], bias: Tensor | null, stride: number | readonly number[], padding: number | readonly number[]) => Tensor;
  /** _slow_conv2d_backward.output_mask(Tensor grad_output, Tensor self, Tensor weight, SymInt[2] kernel_size, SymInt[2] stride, SymInt[2] padding, bool[3] output_mask) -> (Tensor grad_input, Tensor grad_weight, Tensor grad_bias) */
  _slowConv2dBackward: (gradOutput: Tensor, self: Tensor, weight: Tensor, kernelSize: number | readonly number[], stride: number | readonly number[], padding: number | readonly number[], outputMask: readonly boolean[]) => readonly [gradInput: Tensor, gradWeight: Tensor, gradBias: Tensor];
  /** _conv_depthwise2d(Tensor self, Tensor weight, SymInt[2] kernel_size, Tensor? bias, SymInt[2] stride, SymInt[2] padding, SymInt[2] dilation) -> Tensor */
  _convDepthwise2d: (self: Tensor, weight: Tensor, kernelSize: number | readonly number[], bias: Tensor | null, stride: number | readonly number[], padding: number | readonly number[], dilation: number | readonly number[]) => Tensor;
  /** conv_depthwise3d(Tensor self, Tensor weight, SymInt[3] kernel_size, Tensor? bias, SymInt[3] stride, SymInt[3] padding, SymInt[3] dilation) -> Tensor */
  convDepthwise3d: (self: Tensor, weight: Tensor, kernelSize: number | readonly number[], bias: Tensor | null, stride: number | readonly number[], padding: number | readonly number[], dilation: number | readonly number[]) => Tensor;
  /** slow_conv3d(Tensor self, Tensor weight, SymInt[3] kernel_size, Tensor? bias=None, SymInt[3] stride=1, SymInt[3] padding=0) -> Tensor */
  slowConv3d: (self: Tensor, weight: Tensor, kernelSize: number | readonly number[], bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[]) => Tensor;
  /** slow_conv3d_forward(Tensor self, Tensor weight, SymInt[3] kernel_size, Tensor? bias, SymInt[3] stride, SymInt[3] padding) -> Tensor */
  slowConv3dForward: (self: Tensor, weight: Tensor, kernelSize: number | readonly number[], bias: Tensor | null, stride: number | readonly number[], padding: number | readonly number[]) => Tensor;
  /** slow_conv_dilated2d(Tensor self, Tensor weight, SymInt[2] kernel_size, Tensor? bias=None, SymInt[2] stride=1, SymInt[2] padding=0, SymInt[2] dilation=1) -> Tensor */
  slowConvDilated2d: (self: Tensor, weight: Tensor, kernelSize: number | readonly number[], bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[]) => Tensor;
  /** slow_conv_dilated3d(Tensor self, Tensor weight, SymInt[3] kernel_size, Tensor? bias=None, SymInt[3] stride=1, SymInt[3] padding=0, SymInt[3] dilation=1) -> Tensor */
  slowConvDilated3d: (self: Tensor, weight: Tensor, kernelSize: number | readonly number[], bias?: Tensor | null, stride?: number | readonly number[], padding?: number | readonly number[], dilation?: number | readonly number[]) => Tensor;
  /** col2im(Tensor self, SymInt[2] output_size, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor */
  col2im: (self: Tensor, outputSize: number | readonly number[], kernelSize: number | readonly number[], dilation: number | readonly number[], padding: number | readonly number[], stride: number | readonly number[]) => Tensor;
  /** column_stack(Tensor[] tensors) -> Tensor */
  columnStack: (tensors: readonly Tensor[]) => Tensor;
  /** im2col(Tensor self, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor */
  im2col: (self: Tensor, kernelSize: number | readonly number[], dilation: number | readonly number[], padding: number | readonly number[], stride: number | readonly number[]) => Tensor;
  /** isfinite(Tensor self) -> Tensor */
  isfinite: (self: Tensor) => Tensor;
  /** isinf(Tensor self) -> Tensor */
  isinf: (self: Tensor) => Tensor;
  /** isposinf(Tensor self) -> Tensor */
  isposinf: (self: Tensor) => Tensor;
  /** isneginf(Tensor self) -> Tensor */
  isneginf: (self: Tensor) => Tensor;
  /** _add_batch_dim(Tensor self, int batch_dim, int level) -> Tensor */
  _addBatchDim: (self: Tensor, batchDim: Int, level: Int) => Tensor;
  /** _remove_batch_dim(Tensor self, int level, SymInt batch_size, int out_dim) -> Tensor */
  _removeBatchDim: (self: Tensor, level: Int, batchSize: Int, outDim: Int) => Tensor;
  /** special_entr(Tensor self) -> Tensor */
  specialEntr: (self: Tensor) => Tensor;
  /** special_ndtri(Tensor self) -> Tensor */
  specialNdtri: (self: Tensor) => Tensor;
  /** special_log_ndtr(Tensor self) -> Tensor */
  specialLogNdtr: (self: Tensor) => Tensor;
  /** special_expm1(Tensor self) -> Tensor */
  specialExpm1: (self: Tensor) => Tensor;
  /** special_exp2(Tensor self) -> Tensor */
  specialExp2: (self: Tensor) => Tensor;
  /** special_psi(Tensor self) -> Tensor */
  specialPsi: (self: Tensor) => Tensor;
  /** special_digamma(Tensor self) -> Tensor */
  specialDigamma: (self: Tensor) => Tensor;
  /** special_gammaln(Tensor self) -> Tensor */
  specialGammaln: (self: Tensor) => Tensor;
  /** special_erf(Tensor self) -> Tensor */
  specialErf: (self: Tensor) => Tensor;
  /** special_erfc(Tensor self) -> Tensor */
  specialErfc: (self: Tensor) => Tensor;
  /** special_erfcx(Tensor self) -> Tensor */
  specialErfcx: (self: Tensor) => Tensor;
  /** special_erfinv(Tensor self) -> Tensor */
  specialErfinv: (self: Tensor) => Tensor;
  /** special_ndtr(Tensor self) -> Tensor */
  specialNdtr: (self: Tensor) => Tensor;
  /** special_xlog1py(Tensor self, Tensor other) -> Tensor */
  specialXlog1py: {
    (self: Tensor, other: Tensor): Tensor;
    (self: Scalar, other: Tensor): Tensor;
    (self: Tensor, other: Scalar): Tensor;
  };
  /** special_xlogy(Tensor self, Tensor other) -> Tensor */
  specialXlogy: {
    (self: Tensor, other: Tensor): Tensor;
    (self: Scalar, other: Tensor): Tensor;
    (self: Tensor, other: Scalar): Tensor;
  };
  /** special_zeta(Tensor self, Tensor other) -> Tensor */
  specialZeta: {
    (self: Tensor, other: Tensor): Tensor;
    (self: Scalar, other: Tensor): Tensor;
    (self: Tensor, other: Scalar): Tensor;
  };
  /** special_i0(Tensor self) -> Tensor */
  specialI0: (self: Tensor) => Tensor;
  /** special_i0e(Tensor self) -> Tensor */
  specialI0e: (self: Tensor) => Tensor;
  /** special_i1(Tensor self) -> Tensor */
  specialI1: (self: Tensor) => Tensor;
  /** special_i1e(Tensor self) -> Tensor */
  specialI1e: (self: Tensor) => Tensor;
  /** special_logit(Tensor self, float? eps=None) -> Tensor */
  specialLogit: (self: Tensor, eps?: number | null) => Tensor;
  /** special_polygamma(int n, Tensor self) -> Tensor */
  specialPolygamma: (n: Int, self: Tensor) => Tensor;
  /** special_logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor */
  specialLogsumexp: (self: Tensor, dim: number | readonly number[], keepdim?: boolean) => Tensor;
  /** special_expit(Tensor self) -> Tensor */
  specialExpit: (self: Tensor) => Tensor;
  /** special_sinc(Tensor self) -> Tensor */
  specialSinc: (self: Tensor) => Tensor;
  /** special_round(Tensor self, *, int decimals=0) -> Tensor */
  specialRound: (self: Tensor, options?: { decimals?: Int }) => Tensor;
  /** special_log1p(Tensor self) -> Tensor */
  specialLog1p: (self: Tensor) => Tensor;
  /** special_log_softmax(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor */
  specialLogSoftmax: (self: Tensor, dim: Int, options?: { dtype?: Dtype | null }) => Tensor;
  /** special_gammainc(Tensor self, Tensor other) -> Tensor */
  specialGammainc: (self: Tensor, other: Tensor) => Tensor;
  /** special_gammaincc(Tensor self, Tensor other) -> Tensor */
  specialGammaincc: (self: Tensor, other: Tensor) => Tensor;
  /** special_multigammaln(Tensor self, int p) -> Tensor */
  specialMultigammaln: (self: Tensor, p: Int) => Tensor;
  /** special_softmax(Tensor self, int dim, ScalarType? dtype=None) -> Tensor */
  specialSoftmax: (self: Tensor, dim: Int, dtype?: Dtype | null) => Tensor;
  /** fft_fft(Tensor self, SymInt? n=None, int dim=-1, str? norm=None) -> Tensor */
  fftFft: (self: Tensor, n?: Int | null, dim?: Int, norm?: string | null) => Tensor;
  /** fft_ifft(Tensor self, SymInt? n=None, int dim=-1, str? norm=None) -> Tensor */
  fftIfft: (self: Tensor, n?: Int | null, dim?: Int, norm?: string | null) => Tensor;
  /** fft_rfft(Tensor self, SymInt? n=None, int dim=-1, str? norm=None) -> Tensor */
  fftRfft: (self: Tensor, n?: Int | null, dim?: Int, norm?: string | null) => Tensor;
  /** fft_irfft(Tensor self, SymInt? n=None, int dim=-1, str? norm=None) -> Tensor */
  fftIrfft: (self: Tensor, n?: Int | null, dim?: Int, norm?: string | null) => Tensor;
  /** fft_hfft(Tensor self, SymInt? n=None, int dim=-1, str? norm=None) -> Tensor */
  fftHfft: (self: Tensor, n?: Int | null, dim?: Int, norm?: string | null) => Tensor;
  /** fft_ihfft(Tensor self, SymInt? n=None, int dim=-1, str? norm=None) -> Tensor */
  fftIhfft: (self: Tensor, n?: Int | null, dim?: Int, norm?: string | null) => Tensor;
  /** fft_fft2(Tensor self, SymInt[1]? s=None, int[1] dim=[-2,-1], str? norm=None) -> Tensor */
  fftFft2: (self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[], norm?: string | null) => Tensor;
  /** fft_ifft2(Tensor self, SymInt[1]? s=None, int[1] dim=[-2,-1], str? norm=None) -> Tensor */
  fftIfft2: (self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[], norm?: string | null) => Tensor;
  /** fft_rfft2(Tensor self, SymInt[1]? s=None, int[1] dim=[-2,-1], str? norm=None) -> Tensor */
  fftRfft2: (self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[], norm?: string | null) => Tensor;
  /** fft_irfft2(Tensor self, SymInt[1]? s=None, int[1] dim=[-2,-1], str? norm=None) -> Tensor */
  fftIrfft2: (self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[], norm?: string | null) => Tensor;
  /** fft_hfft2(Tensor self, SymInt[1]? s=None, int[1] dim=[-2,-1], str? norm=None) -> Tensor */
  fftHfft2: (self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[], norm?: string | null) => Tensor;
  /** fft_ihfft2(Tensor self, SymInt[1]? s=None, int[1] dim=[-2,-1], str? norm=None) -> Tensor */
  fftIhfft2: (self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[], norm?: string | null) => Tensor;
  /** fft_fftn(Tensor self, SymInt[1]? s=None, int[1]? dim=None, str? norm=None) -> Tensor */
  fftFftn: (self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[] | null, norm?: string | null) => Tensor;
  /** fft_ifftn(Tensor self, SymInt[1]? s=None, int[1]? dim=None, str? norm=None) -> Tensor */
  fftIfftn: (self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[] | null, norm?: string | null) => Tensor;
  /** fft_rfftn(Tensor self, SymInt[1]? s=None, int[1]? dim=None, str? norm=None) -> Tensor */
  fftRfftn: (self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[] | null, norm?: string | null) => Tensor;
  /** fft_irfftn(Tensor self, SymInt[1]? s=None, int[1]? dim=None, str? norm=None) -> Tensor */
  fftIrfftn: (self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[] | null, norm?: string | null) => Tensor;
  /** fft_hfftn(Tensor self, SymInt[1]? s=None, int[1]? dim=None, str? norm=None) -> Tensor */
  fftHfftn: (self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[] | null, norm?: string | null) => Tensor;
  /** fft_ihfftn(Tensor self, SymInt[1]? s=None, int[1]? dim=None, str? norm=None) -> Tensor */
  fftIhfftn: (self: Tensor, s?: number | readonly number[] | null, dim?: number | readonly number[] | null, norm?: string | null) => Tensor;
  /** fft_fftfreq(int n, float d=1.0, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  fftFftfreq: {
    (n: Int, options: TensorOptions): Tensor;
    (n: Int, d?: number, options?: TensorOptions): Tensor;
  };
  /** fft_rfftfreq(int n, float d=1.0, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  fftRfftfreq: {
    (n: Int, options: TensorOptions): Tensor;
    (n: Int, d?: number, options?: TensorOptions): Tensor;
  };
  /** fft_fftshift(Tensor self, int[1]? dim=None) -> Tensor */
  fftFftshift: (self: Tensor, dim?: number | readonly number[] | null) => Tensor;
  /** fft_ifftshift(Tensor self, int[1]? dim=None) -> Tensor */
  fftIfftshift: (self: Tensor, dim?: number | readonly number[] | null) => Tensor;
  /** linalg_cholesky_ex(Tensor self, *, bool upper=False, bool check_errors=False) -> (Tensor L, Tensor info) */
  linalgCholeskyEx: (self: Tensor, options?: { upper?: boolean; checkErrors?: boolean }) => readonly [L: Tensor, info: Tensor];
  /** linalg_cholesky(Tensor self, *, bool upper=False) -> Tensor */
  linalgCholesky: (self: Tensor, options?: { upper?: boolean }) => Tensor;
  /** linalg_cross(Tensor self, Tensor other, *, int dim=-1) -> Tensor */
  linalgCross: (self: Tensor, other: Tensor, options?: { dim?: Int }) => Tensor;
  /** linalg_lu_factor(Tensor A, *, bool pivot=True) -> (Tensor LU, Tensor pivots) */
  linalgLuFactor: (A: Tensor, options?: { pivot?: boolean }) => readonly [LU: Tensor, pivots: Tensor];
  /** linalg_lu_factor_ex(Tensor A, *, bool pivot=True, bool check_errors=False) -> (Tensor LU, Tensor pivots, Tensor info) */
  linalgLuFactorEx: (A: Tensor, options?: { pivot?: boolean; checkErrors?: boolean }) => readonly [LU: Tensor, pivots: Tensor, info: Tensor];
  /** linalg_lu(Tensor A, *, bool pivot=True) -> (Tensor P, Tensor L, Tensor U) */
  linalgLu: (A: Tensor, options?: { pivot?: boolean }) => readonly [P: Tensor, L: Tensor, U: Tensor];
  /** linalg_lu_solve(Tensor LU, Tensor pivots, Tensor B, *, bool left=True, bool adjoint=False) -> Tensor */
  linalgLuSolve: (LU: Tensor, pivots: Tensor, B: Tensor, options?: { left?: boolean; adjoint?: boolean }) => Tensor;
  /** _linalg_det(Tensor A) -> (Tensor result, Tensor LU, Tensor pivots) */
  _linalgDet: (A: Tensor) => readonly [result: Tensor, LU: Tensor, pivots: Tensor];
  /** linalg_det(Tensor A) -> Tensor */
  linalgDet: (A: Tensor) => Tensor;
  /** det(Tensor self) -> Tensor */
  det: (self: Tensor) => Tensor;
  /** linalg_ldl_factor_ex(Tensor self, *, bool hermitian=False, bool check_errors=False) -> (Tensor LD, Tensor pivots, Tensor info) */
  linalgLdlFactorEx: (self: Tensor, options?: { hermitian?: boolean; checkErrors?: boolean }) => readonly [LD: Tensor, pivots: Tensor, info: Tensor];
  /** linalg_ldl_factor(Tensor self, *, bool hermitian=False) -> (Tensor LD, Tensor pivots) */
  linalgLdlFactor: (self: Tensor, options?: { hermitian?: boolean }) => readonly [LD: Tensor, pivots: Tensor];
  /** linalg_ldl_solve(Tensor LD, Tensor pivots, Tensor B, *, bool hermitian=False) -> Tensor */
  linalgLdlSolve: (LD: Tensor, pivots: Tensor, B: Tensor, options?: { hermitian?: boolean }) => Tensor;
  /** linalg_lstsq(Tensor self, Tensor b, float? rcond=None, *, str? driver=None) -> (Tensor solution, Tensor residuals, Tensor rank, Tensor singular_values) */
  linalgLstsq: {
    (self: Tensor, b: Tensor, options: { driver?: string | null }): readonly [solution: Tensor, residuals: Tensor, rank: Tensor, singularValues: Tensor];
    (self: Tensor, b: Tensor, rcond?: number | null, options?: { driver?: string | null }): readonly [solution: Tensor, residuals: Tensor, rank: Tensor, singularValues: Tensor];
  };
  /** linalg_matmul(Tensor self, Tensor other) -> Tensor */
  linalgMatmul: (self: Tensor, other: Tensor) => Tensor;
  /** linalg_vecdot(Tensor x, Tensor y, *, int dim=-1) -> Tensor */
  linalgVecdot: (x: Tensor, y: Tensor, options?: { dim?: Int }) => Tensor;
  /** linalg_matrix_exp(Tensor self) -> Tensor */
  linalgMatrixExp: (self: Tensor) => Tensor;
  /** _linalg_slogdet(Tensor A) -> (Tensor sign, Tensor logabsdet, Tensor LU, Tensor pivots) */
  _linalgSlogdet: (A: Tensor) => readonly [sign: Tensor, logabsdet: Tensor, LU: Tensor, pivots: Tensor];
  /** linalg_slogdet(Tensor A) -> (Tensor sign, Tensor logabsdet) */
  linalgSlogdet: (A: Tensor) => readonly [sign: Tensor, logabsdet: Tensor];
  /** slogdet(Tensor self) -> (Tensor sign, Tensor logabsdet) */
  slogdet: (self: Tensor) => readonly [sign: Tensor, logabsdet: Tensor];
  /** logdet(Tensor self) -> Tensor */
  logdet: (self: Tensor) => Tensor;
  /** linalg_eig(Tensor self) -> (Tensor eigenvalues, Tensor eigenvectors) */
  linalgEig: (self: Tensor) => readonly [eigenvalues: Tensor, eigenvectors: Tensor];
  /** _linalg_eigvals(Tensor self) -> Tensor */
  _linalgEigvals: (self: Tensor) => Tensor;
  /** linalg_eigvals(Tensor self) -> Tensor */
  linalgEigvals: (self: Tensor) => Tensor;
  /** _linalg_eigh(Tensor A, str UPLO="L", bool compute_v=True) -> (Tensor eigenvalues, Tensor eigenvectors) */
  _linalgEigh: (A: Tensor, UPLO?: string, computeV?: boolean) => readonly [eigenvalues: Tensor, eigenvectors: Tensor];
  /** linalg_eigh(Tensor self, str UPLO="L") -> (Tensor eigenvalues, Tensor eigenvectors) */
  linalgEigh: (self: Tensor, UPLO?: string) => readonly [eigenvalues: Tensor, eigenvectors: Tensor];
  /** linalg_eigvalsh(Tensor self, str UPLO="L") -> Tensor */
  linalgEigvalsh: (self: Tensor, UPLO?: string) => Tensor;
  /** linalg_householder_product(Tensor input, Tensor tau) -> Tensor */
  linalgHouseholderProduct: (input: Tensor, tau: Tensor) => Tensor;
  /** linalg_inv_ex(Tensor A, *, bool check_errors=False) -> (Tensor inverse, Tensor info) */
  linalgInvEx: (A: Tensor, options?: { checkErrors?: boolean }) => readonly [inverse: Tensor, info: Tensor];
  /** linalg_inv(Tensor A) -> Tensor */
  linalgInv: (A: Tensor) => Tensor;
  /** inverse(Tensor self) -> Tensor */
  inverse: (self: Tensor) => Tensor;
  /** inner(Tensor self, Tensor other) -> Tensor */
  inner: (self: Tensor, other: Tensor) => Tensor;
  /** outer(Tensor self, Tensor vec2) -> Tensor */
  outer: (self: Tensor, vec2: Tensor) => Tensor;
  /** ger(Tensor self, Tensor vec2) -> Tensor */
  ger: (self: Tensor, vec2: Tensor) => Tensor;
  /** linalg_norm(Tensor self, Scalar? ord=None, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor */
  linalgNorm: {
    (self: Tensor, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, ord: Scalar | null | undefined, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, ord: Scalar | null | undefined, dim: number | readonly number[] | null | undefined, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, ord?: Scalar | null, dim?: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, ord: string, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, ord: string, dim: number | readonly number[] | null | undefined, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, ord: string, dim?: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: Dtype | null }): Tensor;
  };
  /** linalg_vector_norm(Tensor self, Scalar ord=2, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor */
  linalgVectorNorm: {
    (self: Tensor, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, ord: Scalar | undefined, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, ord: Scalar | undefined, dim: number | readonly number[] | null | undefined, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, ord?: Scalar, dim?: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: Dtype | null }): Tensor;
  };
  /** linalg__powsum(Tensor self, Scalar ord=2, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor */
  linalg_Powsum: {
    (self: Tensor, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, ord: Scalar | undefined, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, ord: Scalar | undefined, dim: number | readonly number[] | null | undefined, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, ord?: Scalar, dim?: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: Dtype | null }): Tensor;
  };
  /** linalg_matrix_norm(Tensor self, Scalar ord, int[] dim=[-2,-1], bool keepdim=False, *, ScalarType? dtype=None) -> Tensor */
  linalgMatrixNorm: {
    (self: Tensor, ord: Scalar, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, ord: Scalar, dim: readonly number[] | undefined, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, ord: Scalar, dim?: readonly number[], keepdim?: boolean, options?: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, ord: string | undefined, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, ord: string | undefined, dim: readonly number[] | undefined, options: { dtype?: Dtype | null }): Tensor;
    (self: Tensor, ord?: string, dim?: readonly number[], keepdim?: boolean, options?: { dtype?: Dtype | null }): Tensor;
  };
  /** _linalg_svd(Tensor A, bool full_matrices=False, bool compute_uv=True, *, str? driver=None) -> (Tensor U, Tensor S, Tensor Vh) */
  _linalgSvd: {
    (A: Tensor, options: { driver?: string | null }): readonly [U: Tensor, S: Tensor, Vh: Tensor];
    (A: Tensor, fullMatrices: boolean | undefined, options: { driver?: string | null }): readonly [U: Tensor, S: Tensor, Vh: Tensor];
    (A: Tensor, fullMatrices?: boolean, computeUv?: boolean, options?: { driver?: string | null }): readonly [U: Tensor, S: Tensor, Vh: Tensor];
  };
  /** linalg_svd(Tensor A, bool full_matrices=True, *, str? driver=None) -> (Tensor U, Tensor S, Tensor Vh) */
  linalgSvd: {
    (A: Tensor, options: { driver?: string | null }): readonly [U: Tensor, S: Tensor, Vh: Tensor];
    (A: Tensor, fullMatrices?: boolean, options?: { driver?: string | null }): readonly [U: Tensor, S: Tensor, Vh: Tensor];
  };
  /** linalg_svdvals(Tensor A, *, str? driver=None) -> Tensor */
  linalgSvdvals: (A: Tensor, options?: { driver?: string | null }) => Tensor;
  /** linalg_cond(Tensor self, Scalar? p=None) -> Tensor */
  linalgCond: {
    (self: Tensor, p?: Scalar | null): Tensor;
    (self: Tensor, p: string): Tensor;
  };
  /** linalg_pinv.atol_rtol_tensor(Tensor self, *, Tensor? atol=None, Tensor? rtol=None, bool hermitian=False) -> Tensor */
  linalgPinv: {
    (self: Tensor, options?: { atol?: Tensor | null; rtol?: Tensor | null; hermitian?: boolean }): Tensor;
    (self: Tensor, options?: { atol?: number | null; rtol?: number | null; hermitian?: boolean }): Tensor;
    (self: Tensor, rcond: number, hermitian?: boolean): Tensor;
    (self: Tensor, rcond: Tensor, hermitian?: boolean): Tensor;
  };
  /** _linalg_solve_ex(Tensor A, Tensor B, *, bool left=True, bool check_errors=False) -> (Tensor result, Tensor LU, Tensor pivots, Tensor info) */
  _linalgSolveEx: (A: Tensor, B: Tensor, options?: { left?: boolean; checkErrors?: boolean }) => readonly [result: Tensor, LU: Tensor, pivots: Tensor, info: Tensor];
  /** linalg_solve_ex(Tensor A, Tensor B, *, bool left=True, bool check_errors=False) -> (Tensor result, Tensor info) */
  linalgSolveEx: (A: Tensor, B: Tensor, options?: { left?: boolean; checkErrors?: boolean }) => readonly [result: Tensor, info: Tensor];
  /** linalg_solve(Tensor A, Tensor B, *, bool left=True) -> Tensor */
  linalgSolve: (A: Tensor, B: Tensor, options?: { left?: boolean }) => Tensor;
  /** _spsolve(Tensor A, Tensor B, *, bool left=True) -> Tensor */
  _spsolve: (A: Tensor, B: Tensor, options?: { left?: boolean }) => Tensor;
  /** linalg_tensorinv(Tensor self, int ind=2) -> Tensor */
  linalgTensorinv: (self: Tensor, ind?: Int) => Tensor;
  /** linalg_tensorsolve(Tensor self, Tensor other, int[]? dims=None) -> Tensor */
  linalgTensorsolve: (self: Tensor, other: Tensor, dims?: readonly number[] | null) => Tensor;
  /** linalg_qr(Tensor A, str mode='reduced') -> (Tensor Q, Tensor R) */
  linalgQr: (A: Tensor, mode?: string) => readonly [Q: Tensor, R: Tensor];
  /** linalg_matrix_power(Tensor self, int n) -> Tensor */
  linalgMatrixPower: (self: Tensor, n: Int) => Tensor;
  /** linalg_matrix_rank.atol_rtol_tensor(Tensor input, *, Tensor? atol=None, Tensor? rtol=None, bool hermitian=False) -> Tensor */
  linalgMatrixRank: {
    (input: Tensor, options?: { atol?: Tensor | null; rtol?: Tensor | null; hermitian?: boolean }): Tensor;
    (self: Tensor, options?: { atol?: number | null; rtol?: number | null; hermitian?: boolean }): Tensor;
    (self: Tensor, tol: number, hermitian?: boolean): Tensor;
    (input: Tensor, tol: Tensor, hermitian?: boolean): Tensor;
  };
  /** linalg_multi_dot(Tensor[] tensors) -> Tensor */
  linalgMultiDot: (tensors: readonly Tensor[]) => Tensor;
  /** nested_to_padded_tensor(Tensor self, float padding, int[]? output_size=None) -> Tensor */
  nestedToPaddedTensor: (self: Tensor, padding: number, outputSize?: readonly number[] | null) => Tensor;
  /** _test_serialization_subcmul(Tensor self, Tensor other, Scalar alpha=1) -> Tensor */
  _testSerializationSubcmul: (self: Tensor, other: Tensor, alpha?: Scalar) => Tensor;
  /** _test_parallel_materialize(Tensor self, int num_parallel, bool skip_first=False) -> Tensor */
  _testParallelMaterialize: (self: Tensor, numParallel: Int, skipFirst?: boolean) => Tensor;
  /** _test_optional_intlist(Tensor values, int[]? addends) -> Tensor */
  _testOptionalIntlist: (values: Tensor, addends: readonly number[] | null) => Tensor;
  /** _test_optional_filled_intlist(Tensor values, int[2]? addends) -> Tensor */
  _testOptionalFilledIntlist: (values: Tensor, addends: number | readonly number[] | null) => Tensor;
  /** _test_optional_floatlist(Tensor values, float[]? addends) -> Tensor */
  _testOptionalFloatlist: (values: Tensor, addends: readonly number[] | null) => Tensor;
  /** _test_string_default(Tensor dummy, str a="\"'\\", str b='"\'\\') -> Tensor */
  _testStringDefault: (dummy: Tensor, a?: string) => Tensor;
  /** _test_ambiguous_defaults.a(Tensor dummy, int a=1, int b=1) -> Tensor */
  _testAmbiguousDefaults: {
    (dummy: Tensor, a?: Int, b?: Int): Tensor;
    (dummy: Tensor, a?: Int, b?: string): Tensor;
  };
  /** _test_warn_in_autograd(Tensor self) -> Tensor */
  _testWarnInAutograd: (self: Tensor) => Tensor;
  /** _test_autograd_multiple_dispatch.fullcoverage(Tensor self) -> Tensor */
  _testAutogradMultipleDispatch: {
    (self: Tensor): Tensor;
    (self: Tensor, b: boolean): Tensor;
  };
  /** _test_autograd_multiple_dispatch_view(Tensor(a) self) -> Tensor(a) */
  _testAutogradMultipleDispatchView: (self: Tensor) => Tensor;
  /** _test_autograd_multiple_dispatch_view_copy(Tensor self) -> Tensor */
  _testAutogradMultipleDispatchViewCopy: (self: Tensor) => Tensor;
  /** segment_reduce(Tensor data, str reduce, *, Tensor? lengths=None, Tensor? indices=None, Tensor? offsets=None, int axis=0, bool unsafe=False, Scalar? initial=None) -> Tensor */
  segmentReduce: (data: Tensor, reduce: string, options?: { lengths?: Tensor | null; indices?: Tensor | null; offsets?: Tensor | null; axis?: Int; unsafe?: boolean; initial?: Scalar | null }) => Tensor;
  /** _segment_reduce_backward(Tensor grad, Tensor output, Tensor data, str reduce, *, Tensor? lengths=None, Tensor? offsets=None, int axis=0, Scalar? initial=None) -> Tensor */
  _segmentReduceBackward: (grad: Tensor, output: Tensor, data: Tensor, reduce: string, options?: { lengths?: Tensor | null; offsets?: Tensor | null; axis?: Int; initial?: Scalar | null }) => Tensor;
  /** pad_sequence(Tensor[] sequences, bool batch_first=False, float padding_value=0.0, str padding_side="right") -> Tensor */
  padSequence: (sequences: readonly Tensor[], batchFirst?: boolean, paddingValue?: number, paddingSide?: string) => Tensor;
  /** flatten_dense_tensors(Tensor[] tensors) -> Tensor */
  flattenDenseTensors: (tensors: readonly Tensor[]) => Tensor;
  /** unflatten_dense_tensors(Tensor flat, Tensor[] tensors) -> Tensor[] */
  unflattenDenseTensors: (flat: Tensor, tensors: readonly Tensor[]) => Tensor[];
  /** _nested_tensor_from_tensor_list(Tensor[] list, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  _nestedTensorFromTensorList: (list: readonly Tensor[], dtype?: Dtype | null, layout?: string | null, device?: string | null, pinMemory?: boolean | null) => Tensor;
  /** _fw_primal_copy(Tensor self, int level) -> Tensor */
  _fwPrimalCopy: (self: Tensor, level: Int) => Tensor;
  /** _make_dual_copy(Tensor primal, Tensor tangent, int level) -> Tensor */
  _makeDualCopy: (primal: Tensor, tangent: Tensor, level: Int) => Tensor;
  /** view_as_real_copy(Tensor self) -> Tensor */
  viewAsRealCopy: (self: Tensor) => Tensor;
  /** view_as_complex_copy(Tensor self) -> Tensor */
  viewAsComplexCopy: (self: Tensor) => Tensor;
  /** _conj_copy(Tensor self) -> Tensor */
  _conjCopy: (self: Tensor) => Tensor;
  /** _neg_view_copy(Tensor self) -> Tensor */
  _negViewCopy: (self: Tensor) => Tensor;
  /** as_strided_copy(Tensor self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor */
  asStridedCopy: (self: Tensor, size: readonly number[], stride: readonly number[], storageOffset?: Int | null) => Tensor;
  /** _sparse_broadcast_to_copy(Tensor self, int[] size) -> Tensor */
  _sparseBroadcastToCopy: (self: Tensor, size: readonly number[]) => Tensor;
  /** diagonal_copy(Tensor self, int offset=0, int dim1=0, int dim2=1) -> Tensor */
  diagonalCopy: (self: Tensor, offset?: Int, dim1?: Int, dim2?: Int) => Tensor;
  /** expand_copy(Tensor self, SymInt[] size, *, bool implicit=False) -> Tensor */
  expandCopy: (self: Tensor, size: readonly number[], options?: { implicit?: boolean }) => Tensor;
  /** permute_copy(Tensor self, int[] dims) -> Tensor */
  permuteCopy: (self: Tensor, dims: readonly number[]) => Tensor;
  /** _reshape_alias_copy(Tensor self, SymInt[] size, SymInt[] stride) -> Tensor */
  _reshapeAliasCopy: (self: Tensor, size: readonly number[], stride: readonly number[]) => Tensor;
  /** select_copy.int(Tensor self, int dim, SymInt index) -> Tensor */
  selectCopy: (self: Tensor, dim: Int, index: Int) => Tensor;
  /** detach_copy(Tensor self) -> Tensor */
  detachCopy: (self: Tensor) => Tensor;
  /** slice_copy.Tensor(Tensor self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor */
  sliceCopy: (self: Tensor, dim?: Int, start?: Int | null, end?: Int | null, step?: Int) => Tensor;
  /** split_copy.Tensor(Tensor self, SymInt split_size, int dim=0) -> Tensor[] */
  splitCopy: (self: Tensor, splitSize: Int, dim?: Int) => Tensor[];
  /** split_with_sizes_copy(Tensor self, SymInt[] split_sizes, int dim=0) -> Tensor[] */
  splitWithSizesCopy: (self: Tensor, splitSizes: readonly number[], dim?: Int) => Tensor[];
  /** squeeze_copy(Tensor self) -> Tensor */
  squeezeCopy: {
    (self: Tensor): Tensor;
    (self: Tensor, dim: Int): Tensor;
    (self: Tensor, dim: readonly number[]): Tensor;
  };
  /** t_copy(Tensor self) -> Tensor */
  tCopy: (self: Tensor) => Tensor;
  /** transpose_copy.int(Tensor self, int dim0, int dim1) -> Tensor */
  transposeCopy: (self: Tensor, dim0: Int, dim1: Int) => Tensor;
  /** unsqueeze_copy(Tensor self, int dim) -> Tensor */
  unsqueezeCopy: (self: Tensor, dim: Int) => Tensor;
  /** _indices_copy(Tensor self) -> Tensor */
  _indicesCopy: (self: Tensor) => Tensor;
  /** _values_copy(Tensor self) -> Tensor */
  _valuesCopy: (self: Tensor) => Tensor;
  /** indices_copy(Tensor self) -> Tensor */
  indicesCopy: (self: Tensor) => Tensor;
  /** values_copy(Tensor self) -> Tensor */
  valuesCopy: (self: Tensor) => Tensor;
  /** crow_indices_copy(Tensor self) -> Tensor */
  crowIndicesCopy: (self: Tensor) => Tensor;
  /** col_indices_copy(Tensor self) -> Tensor */
  colIndicesCopy: (self: Tensor) => Tensor;
  /** ccol_indices_copy(Tensor self) -> Tensor */
  ccolIndicesCopy: (self: Tensor) => Tensor;
  /** row_indices_copy(Tensor self) -> Tensor */
  rowIndicesCopy: (self: Tensor) => Tensor;
  /** unbind_copy.int(Tensor self, int dim=0) -> Tensor[] */
  unbindCopy: (self: Tensor, dim?: Int) => Tensor[];
  /** view_copy(Tensor self, SymInt[] size) -> Tensor */
  viewCopy: {
    (self: Tensor, size: readonly number[]): Tensor;
    (self: Tensor, dtype: Dtype): Tensor;
  };
  /** unfold_copy(Tensor self, int dimension, int size, int step) -> Tensor */
  unfoldCopy: (self: Tensor, dimension: Int, size: Int, step: Int) => Tensor;
  /** alias_copy(Tensor self) -> Tensor */
  aliasCopy: (self: Tensor) => Tensor;
  /** _jagged_to_padded_dense_forward(Tensor values, Tensor[] offsets, SymInt[] max_lengths, float padding_value=0.0) -> Tensor */
  _jaggedToPaddedDenseForward: (values: Tensor, offsets: readonly Tensor[], maxLengths: readonly number[], paddingValue?: number) => Tensor;
  /** _padded_dense_to_jagged_forward(Tensor dense, Tensor[] offsets, SymInt? total_L=None) -> Tensor */
  _paddedDenseToJaggedForward: (dense: Tensor, offsets: readonly Tensor[], totalL?: Int | null) => Tensor;
  /** _nested_from_padded_tensor(Tensor padded, Tensor offsets, Tensor dummy, int ragged_idx=1, Tensor? min_seqlen=None, Tensor? max_seqlen=None, SymInt? sum_S=None) -> Tensor */
  _nestedFromPaddedTensor: (padded: Tensor, offsets: Tensor, dummy: Tensor, raggedIdx?: Int, minSeqlen?: Tensor | null, maxSeqlen?: Tensor | null, sumS?: Int | null) => Tensor;
  /** _nested_tensor_softmax_with_shape(Tensor self, Tensor query) -> Tensor */
  _nestedTensorSoftmaxWithShape: (self: Tensor, query: Tensor) => Tensor;
  /** _safe_softmax(Tensor self, int dim, ScalarType? dtype=None) -> Tensor */
  _safeSoftmax: (self: Tensor, dim: Int, dtype?: Dtype | null) => Tensor;
  /** _transformer_encoder_layer_fwd(Tensor src, int embed_dim, int num_heads, Tensor qkv_weight, Tensor qkv_bias, Tensor proj_weight, Tensor proj_bias, bool use_gelu, bool norm_first, float eps, Tensor norm_weight_1, Tensor norm_bias_1, Tensor norm_weight_2, Tensor norm_bias_2, Tensor ffn_weight_1, Tensor ffn_bias_1, Tensor ffn_weight_2, Tensor ffn_bias_2, Tensor? mask=None, int? mask_type=None) -> Tensor */
  _transformerEncoderLayerFwd: (src: Tensor, embedDim: Int, numHeads: Int, qkvWeight: Tensor, qkvBias: Tensor, projWeight: Tensor, projBias: Tensor, useGelu: boolean, normFirst: boolean, eps: number, normWeight1: Tensor, normBias1: Tensor, normWeight2: Tensor, normBias2: Tensor, ffnWeight1: Tensor, ffnBias1: Tensor, ffnWeight2: Tensor, ffnBias2: Tensor, mask?: Tensor | null, maskType?: Int | null) => Tensor;
  /** _native_multi_head_attention(Tensor query, Tensor key, Tensor value, int embed_dim, int num_head, Tensor qkv_weight, Tensor qkv_bias, Tensor proj_weight, Tensor proj_bias, Tensor? mask=None, bool need_weights=True, bool average_attn_weights=True, int? mask_type=None) -> (Tensor, Tensor) */
  _nativeMultiHeadAttention: (query: Tensor, key: Tensor, value: Tensor, embedDim: Int, numHead: Int, qkvWeight: Tensor, qkvBias: Tensor, projWeight: Tensor, projBias: Tensor, mask?: Tensor | null, needWeights?: boolean, averageAttnWeights?: boolean, maskType?: Int | null) => readonly [Tensor, Tensor];
  /** scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0.0, bool is_causal=False, *, float? scale=None, bool enable_gqa=False) -> Tensor */
  scaledDotProductAttention: {
    (query: Tensor, key: Tensor, value: Tensor, options: { scale?: number | null; enableGqa?: boolean }): Tensor;
    (query: Tensor, key: Tensor, value: Tensor, attnMask: Tensor | null | undefined, options: { scale?: number | null; enableGqa?: boolean }): Tensor;
    (query: Tensor, key: Tensor, value: Tensor, attnMask: Tensor | null | undefined, dropoutP: number | undefined, options: { scale?: number | null; enableGqa?: boolean }): Tensor;
    (query: Tensor, key: Tensor, value: Tensor, attnMask?: Tensor | null, dropoutP?: number, isCausal?: boolean, options?: { scale?: number | null; enableGqa?: boolean }): Tensor;
  };
  /** _fused_sdp_choice(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0.0, bool is_causal=False, *, float? scale=None, bool enable_gqa=False) -> int */
  _fusedSdpChoice: {
    (query: Tensor, key: Tensor, value: Tensor, options: { scale?: number | null; enableGqa?: boolean }): number;
    (query: Tensor, key: Tensor, value: Tensor, attnMask: Tensor | null | undefined, options: { scale?: number | null; enableGqa?: boolean }): number;
    (query: Tensor, key: Tensor, value: Tensor, attnMask: Tensor | null | undefined, dropoutP: number | undefined, options: { scale?: number | null; enableGqa?: boolean }): number;
    (query: Tensor, key: Tensor, value: Tensor, attnMask?: Tensor | null, dropoutP?: number, isCausal?: boolean, options?: { scale?: number | null; enableGqa?: boolean }): number;
  };
  /** _scaled_dot_product_attention_math(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0.0, bool is_causal=False, Tensor? dropout_mask=None, *, float? scale=None, bool enable_gqa=False) -> (Tensor, Tensor) */
  _scaledDotProductAttentionMath: {
    (query: Tensor, key: Tensor, value: Tensor, options: { scale?: number | null; enableGqa?: boolean }): readonly [Tensor, Tensor];
    (query: Tensor, key: Tensor, value: Tensor, attnMask: Tensor | null | undefined, options: { scale?: number | null; enableGqa?: boolean }): readonly [Tensor, Tensor];
    (query: Tensor, key: Tensor, value: Tensor, attnMask: Tensor | null | undefined, dropoutP: number | undefined, options: { scale?: number | null; enableGqa?: boolean }): readonly [Tensor, Tensor];
    (query: Tensor, key: Tensor, value: Tensor, attnMask: Tensor | null | undefined, dropoutP: number | undefined, isCausal: boolean | undefined, options: { scale?: number | null; enableGqa?: boolean }): readonly [Tensor, Tensor];
    (query: Tensor, key: Tensor, value: Tensor, attnMask?: Tensor | null, dropoutP?: number, isCausal?: boolean, dropoutMask?: Tensor | null, options?: { scale?: number | null; enableGqa?: boolean }): readonly [Tensor, Tensor];
  };
  /** _scaled_dot_product_attention_math_for_mps(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0.0, bool is_causal=False, Tensor? dropout_mask=None, *, float? scale=None, bool enable_gqa=False) -> (Tensor, Tensor) */
  _scaledDotProductAttentionMathForMps: {
    (query: Tensor, key: Tensor, value: Tensor, options: { scale?: number | null; enableGqa?: boolean }): readonly [Tensor, Tensor];
    (query: Tensor, key: Tensor, value: Tensor, attnMask: Tensor | null | undefined, options: { scale?: number | null; enableGqa?: boolean }): readonly [Tensor, Tensor];
    (query: Tensor, key: Tensor, value: Tensor, attnMask: Tensor | null | undefined, dropoutP: number | undefined, options: { scale?: number | null; enableGqa?: boolean }): readonly [Tensor, Tensor];
    (query: Tensor, key: Tensor, value: Tensor, attnMask: Tensor | null | undefined, dropoutP: number | undefined, isCausal: boolean | undefined, options: { scale?: number | null; enableGqa?: boolean }): readonly [Tensor, Tensor];
    (query: Tensor, key: Tensor, value: Tensor, attnMask?: Tensor | null, dropoutP?: number, isCausal?: boolean, dropoutMask?: Tensor | null, options?: { scale?: number | null; enableGqa?: boolean }): readonly [Tensor, Tensor];
  };
  /** _scaled_dot_product_flash_attention(Tensor query, Tensor key, Tensor value, float dropout_p=0.0, bool is_causal=False, bool return_debug_mask=False, *, float? scale=None) -> (Tensor output, Tensor logsumexp, Tensor cum_seq_q, Tensor cum_seq_k, SymInt max_q, SymInt max_k, Tensor rng_state, Tensor unused, Tensor debug_attn_mask) */
  _scaledDotProductFlashAttention: {
    (query: Tensor, key: Tensor, value: Tensor, options: { scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: number, maxK: number, rngState: Tensor, unused: Tensor, debugAttnMask: Tensor];
    (query: Tensor, key: Tensor, value: Tensor, dropoutP: number | undefined, options: { scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: number, maxK: number, rngState: Tensor, unused: Tensor, debugAttnMask: Tensor];
    (query: Tensor, key: Tensor, value: Tensor, dropoutP: number | undefined, isCausal: boolean | undefined, options: { scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: number, maxK: number, rngState: Tensor, unused: Tensor, debugAttnMask: Tensor];
    (query: Tensor, key: Tensor, value: Tensor, dropoutP?: number, isCausal?: boolean, returnDebugMask?: boolean, options?: { scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: number, maxK: number, rngState: Tensor, unused: Tensor, debugAttnMask: Tensor];
    (query: Tensor, key: Tensor, value: Tensor, qDescale: Tensor | null, kDescale: Tensor | null, vDescale: Tensor | null, options: { scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: number, maxK: number, rngState: Tensor, unused: Tensor, debugAttnMask: Tensor];
    (query: Tensor, key: Tensor, value: Tensor, qDescale: Tensor | null, kDescale: Tensor | null, vDescale: Tensor | null, dropoutP: number | undefined, options: { scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: number, maxK: number, rngState: Tensor, unused: Tensor, debugAttnMask: Tensor];
    (query: Tensor, key: Tensor, value: Tensor, qDescale: Tensor | null, kDescale: Tensor | null, vDescale: Tensor | null, dropoutP: number | undefined, isCausal: boolean | undefined, options: { scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: number, maxK: number, rngState: Tensor, unused: Tensor, debugAttnMask: Tensor];
    (query: Tensor, key: Tensor, value: Tensor, qDescale: Tensor | null, kDescale: Tensor | null, vDescale: Tensor | null, dropoutP?: number, isCausal?: boolean, returnDebugMask?: boolean, options?: { scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: number, maxK: number, rngState: Tensor, unused: Tensor, debugAttnMask: Tensor];
  };
  /** _scaled_dot_product_flash_attention_for_cpu(Tensor query, Tensor key, Tensor value, float dropout_p=0.0, bool is_causal=False, *, Tensor? attn_mask=None, float? scale=None) -> (Tensor output, Tensor logsumexp) */
  _scaledDotProductFlashAttentionForCpu: {
    (query: Tensor, key: Tensor, value: Tensor, options: { attnMask?: Tensor | null; scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor];
    (query: Tensor, key: Tensor, value: Tensor, dropoutP: number | undefined, options: { attnMask?: Tensor | null; scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor];
    (query: Tensor, key: Tensor, value: Tensor, dropoutP?: number, isCausal?: boolean, options?: { attnMask?: Tensor | null; scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor];
  };
  /** _scaled_dot_product_fused_attention_overrideable(Tensor query, Tensor key, Tensor value, Tensor? attn_bias=None, float dropout_p=0.0, bool is_causal=False, bool return_debug_mask=False, *, float? scale=None) -> (Tensor output, Tensor logsumexp, Tensor cum_seq_q, Tensor cum_seq_k, SymInt max_q, SymInt max_k, Tensor philox_seed, Tensor philox_offset, Tensor debug_attn_mask) */
  _scaledDotProductFusedAttentionOverrideable: {
    (query: Tensor, key: Tensor, value: Tensor, options: { scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: number, maxK: number, philoxSeed: Tensor, philoxOffset: Tensor, debugAttnMask: Tensor];
    (query: Tensor, key: Tensor, value: Tensor, attnBias: Tensor | null | undefined, options: { scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: number, maxK: number, philoxSeed: Tensor, philoxOffset: Tensor, debugAttnMask: Tensor];
    (query: Tensor, key: Tensor, value: Tensor, attnBias: Tensor | null | undefined, dropoutP: number | undefined, options: { scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: number, maxK: number, philoxSeed: Tensor, philoxOffset: Tensor, debugAttnMask: Tensor];
    (query: Tensor, key: Tensor, value: Tensor, attnBias: Tensor | null | undefined, dropoutP: number | undefined, isCausal: boolean | undefined, options: { scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: number, maxK: number, philoxSeed: Tensor, philoxOffset: Tensor, debugAttnMask: Tensor];
    (query: Tensor, key: Tensor, value: Tensor, attnBias?: Tensor | null, dropoutP?: number, isCausal?: boolean, returnDebugMask?: boolean, options?: { scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: number, maxK: number, philoxSeed: Tensor, philoxOffset: Tensor, debugAttnMask: Tensor];
  };
  /** _scaled_dot_product_flash_attention_backward(Tensor grad_out, Tensor query, Tensor key, Tensor value, Tensor out, Tensor logsumexp, Tensor cum_seq_q, Tensor cum_seq_k, SymInt max_q, SymInt max_k, float dropout_p, bool is_causal, Tensor philox_seed, Tensor philox_offset, *, float? scale=None) -> (Tensor grad_query, Tensor grad_key, Tensor grad_value) */
  _scaledDotProductFlashAttentionBackward: (gradOut: Tensor, query: Tensor, key: Tensor, value: Tensor, out: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: Int, maxK: Int, dropoutP: number, isCausal: boolean, philoxSeed: Tensor, philoxOffset: Tensor, options?: { scale?: number | null }) => readonly [gradQuery: Tensor, gradKey: Tensor, gradValue: Tensor];
  /** _scaled_dot_product_flash_attention_for_cpu_backward(Tensor grad_out, Tensor query, Tensor key, Tensor value, Tensor out, Tensor logsumexp, float dropout_p, bool is_causal, *, Tensor? attn_mask=None, float? scale=None) -> (Tensor grad_query, Tensor grad_key, Tensor grad_value) */
  _scaledDotProductFlashAttentionForCpuBackward: (gradOut: Tensor, query: Tensor, key: Tensor, value: Tensor, out: Tensor, logsumexp: Tensor, dropoutP: number, isCausal: boolean, options?: { attnMask?: Tensor | null; scale?: number | null }) => readonly [gradQuery: Tensor, gradKey: Tensor, gradValue: Tensor];
  /** _scaled_dot_product_fused_attention_overrideable_backward(Tensor grad_out, Tensor query, Tensor key, Tensor value, Tensor attn_bias, bool[4] grad_input_mask, Tensor out, Tensor logsumexp, Tensor cum_seq_q, Tensor cum_seq_k, SymInt max_q, SymInt max_k, float dropout_p, bool is_causal, Tensor philox_seed, Tensor philox_offset, *, float? scale=None) -> (Tensor grad_query, Tensor grad_key, Tensor grad_value, Tensor grad_attn_bias) */
  _scaledDotProductFusedAttentionOverrideableBackward: (gradOut: Tensor, query: Tensor, key: Tensor, value: Tensor, attnBias: Tensor, gradInputMask: readonly boolean[], out: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: Int, maxK: Int, dropoutP: number, isCausal: boolean, philoxSeed: Tensor, philoxOffset: Tensor, options?: { scale?: number | null }) => readonly [gradQuery: Tensor, gradKey: Tensor, gradValue: Tensor, gradAttnBias: Tensor];
  /** _scaled_dot_product_efficient_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_bias, bool compute_log_sumexp, float dropout_p=0.0, bool is_causal=False, *, float? scale=None) -> (Tensor output, Tensor log_sumexp, Tensor philox_seed, Tensor philox_offset) */
  _scaledDotProductEfficientAttention: {
    (query: Tensor, key: Tensor, value: Tensor, attnBias: Tensor | null, computeLogSumexp: boolean, options: { scale?: number | null }): readonly [output: Tensor, logSumexp: Tensor, philoxSeed: Tensor, philoxOffset: Tensor];
    (query: Tensor, key: Tensor, value: Tensor, attnBias: Tensor | null, computeLogSumexp: boolean, dropoutP: number | undefined, options: { scale?: number | null }): readonly [output: Tensor, logSumexp: Tensor, philoxSeed: Tensor, philoxOffset: Tensor];
    (query: Tensor, key: Tensor, value: Tensor, attnBias: Tensor | null, computeLogSumexp: boolean, dropoutP?: number, isCausal?: boolean, options?: { scale?: number | null }): readonly [output: Tensor, logSumexp: Tensor, philoxSeed: Tensor, philoxOffset: Tensor];
  };
  /** _scaled_dot_product_efficient_attention_backward(Tensor grad_out_, Tensor query, Tensor key, Tensor value, Tensor attn_bias, Tensor out, Tensor logsumexp, Tensor philox_seed, Tensor philox_offset, float dropout_p, bool[4] grad_input_mask, bool is_causal=False, *, float? scale=None) -> (Tensor, Tensor, Tensor, Tensor) */
  _scaledDotProductEfficientAttentionBackward: {
    (gradOut_: Tensor, query: Tensor, key: Tensor, value: Tensor, attnBias: Tensor, out: Tensor, logsumexp: Tensor, philoxSeed: Tensor, philoxOffset: Tensor, dropoutP: number, gradInputMask: readonly boolean[], options: { scale?: number | null }): readonly [Tensor, Tensor, Tensor, Tensor];
    (gradOut_: Tensor, query: Tensor, key: Tensor, value: Tensor, attnBias: Tensor, out: Tensor, logsumexp: Tensor, philoxSeed: Tensor, philoxOffset: Tensor, dropoutP: number, gradInputMask: readonly boolean[], isCausal?: boolean, options?: { scale?: number | null }): readonly [Tensor, Tensor, Tensor, Tensor];
  };
  /** _scaled_dot_product_cudnn_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_bias, bool compute_log_sumexp, float dropout_p=0.0, bool is_causal=False, bool return_debug_mask=False, *, float? scale=None) -> (Tensor output, Tensor logsumexp, Tensor cum_seq_q, Tensor cum_seq_k, SymInt max_q, SymInt max_k, Tensor philox_seed, Tensor philox_offset, Tensor debug_attn_mask) */
  _scaledDotProductCudnnAttention: {
    (query: Tensor, key: Tensor, value: Tensor, attnBias: Tensor | null, computeLogSumexp: boolean, options: { scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: number, maxK: number, philoxSeed: Tensor, philoxOffset: Tensor, debugAttnMask: Tensor];
    (query: Tensor, key: Tensor, value: Tensor, attnBias: Tensor | null, computeLogSumexp: boolean, dropoutP: number | undefined, options: { scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: number, maxK: number, philoxSeed: Tensor, philoxOffset: Tensor, debugAttnMask: Tensor];
    (query: Tensor, key: Tensor, value: Tensor, attnBias: Tensor | null, computeLogSumexp: boolean, dropoutP: number | undefined, isCausal: boolean | undefined, options: { scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: number, maxK: number, philoxSeed: Tensor, philoxOffset: Tensor, debugAttnMask: Tensor];
    (query: Tensor, key: Tensor, value: Tensor, attnBias: Tensor | null, computeLogSumexp: boolean, dropoutP?: number, isCausal?: boolean, returnDebugMask?: boolean, options?: { scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: number, maxK: number, philoxSeed: Tensor, philoxOffset: Tensor, debugAttnMask: Tensor];
  };
  /** _scaled_dot_product_cudnn_attention_backward(Tensor grad_out, Tensor query, Tensor key, Tensor value, Tensor out, Tensor logsumexp, Tensor philox_seed, Tensor philox_offset, Tensor attn_bias, Tensor cum_seq_q, Tensor cum_seq_k, SymInt max_q, SymInt max_k, float dropout_p, bool is_causal, *, float? scale=None) -> (Tensor, Tensor, Tensor) */
  _scaledDotProductCudnnAttentionBackward: (gradOut: Tensor, query: Tensor, key: Tensor, value: Tensor, out: Tensor, logsumexp: Tensor, philoxSeed: Tensor, philoxOffset: Tensor, attnBias: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: Int, maxK: Int, dropoutP: number, isCausal: boolean, options?: { scale?: number | null }) => readonly [Tensor, Tensor, Tensor];
  /** _flash_attention_forward(Tensor query, Tensor key, Tensor value, Tensor? cum_seq_q, Tensor? cum_seq_k, SymInt max_q, SymInt max_k, float dropout_p, bool is_causal, bool return_debug_mask, *, float? scale=None, SymInt? window_size_left=None, SymInt? window_size_right=None, Tensor? seqused_k=None, Tensor? alibi_slopes=None, Tensor? block_table=None, int? num_splits=None) -> (Tensor output, Tensor softmax_logsumexp, Tensor rng_state, Tensor unused, Tensor debug_attn_mask) */
  _flashAttentionForward: {
    (query: Tensor, key: Tensor, value: Tensor, cumSeqQ: Tensor | null, cumSeqK: Tensor | null, maxQ: Int, maxK: Int, dropoutP: number, isCausal: boolean, returnDebugMask: boolean, options?: { scale?: number | null; windowSizeLeft?: Int | null; windowSizeRight?: Int | null; sequsedK?: Tensor | null; alibiSlopes?: Tensor | null; blockTable?: Tensor | null; numSplits?: Int | null }): readonly [output: Tensor, softmaxLogsumexp: Tensor, rngState: Tensor, unused: Tensor, debugAttnMask: Tensor];
    (query: Tensor, key: Tensor, value: Tensor, cumSeqQ: Tensor | null, cumSeqK: Tensor | null, maxQ: Int, maxK: Int, dropoutP: number, isCausal: boolean, returnDebugMask: boolean, qDescale: Tensor | null, kDescale: Tensor | null, vDescale: Tensor | null, options?: { scale?: number | null; windowSizeLeft?: Int | null; windowSizeRight?: Int | null; sequsedK?: Tensor | null; alibiSlopes?: Tensor | null }): readonly [output: Tensor, softmaxLogsumexp: Tensor, rngState: Tensor, unused: Tensor, debugAttnMask: Tensor];
  };
  /** _flash_attention_forward_no_dropout_inplace(Tensor(a!) out, Tensor query, Tensor key, Tensor value, Tensor? cum_seq_q, Tensor? cum_seq_k, SymInt max_q, SymInt max_k, float dropout_p, bool is_causal, bool return_debug_mask, *, float? scale=None, SymInt? window_size_left=None, SymInt? window_size_right=None, Tensor? seqused_k=None, Tensor? alibi_slopes=None, Tensor? block_table=None, int? num_splits=None) -> Tensor softmax_logsumexp */
  _flashAttentionForwardNoDropoutInplace: (out: Tensor, query: Tensor, key: Tensor, value: Tensor, cumSeqQ: Tensor | null, cumSeqK: Tensor | null, maxQ: Int, maxK: Int, dropoutP: number, isCausal: boolean, returnDebugMask: boolean, options?: { scale?: number | null; windowSizeLeft?: Int | null; windowSizeRight?: Int | null; sequsedK?: Tensor | null; alibiSlopes?: Tensor | null; blockTable?: Tensor | null; numSplits?: Int | null }) => Tensor;
  /** _flash_attention_backward(Tensor grad_out, Tensor query, Tensor key, Tensor value, Tensor out, Tensor logsumexp, Tensor cum_seq_q, Tensor cum_seq_k, SymInt max_q, SymInt max_k, float dropout_p, bool is_causal, Tensor rng_state, Tensor unused, *, float? scale=None, SymInt? window_size_left=None, SymInt? window_size_right=None) -> (Tensor, Tensor, Tensor) */
  _flashAttentionBackward: (gradOut: Tensor, query: Tensor, key: Tensor, value: Tensor, out: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: Int, maxK: Int, dropoutP: number, isCausal: boolean, rngState: Tensor, unused: Tensor, options?: { scale?: number | null; windowSizeLeft?: Int | null; windowSizeRight?: Int | null }) => readonly [Tensor, Tensor, Tensor];
  /** _efficient_attention_forward(Tensor query, Tensor key, Tensor value, Tensor? bias, Tensor? cu_seqlens_q, Tensor? cu_seqlens_k, SymInt? max_seqlen_q, SymInt? max_seqlen_k, float dropout_p, int custom_mask_type, bool compute_log_sumexp=False, *, float? scale=None, Tensor? seqlen_k=None, int? window_size=None) -> (Tensor output, Tensor logsumexp, Tensor philox_seed, Tensor philox_offset, SymInt max_seqlen_batch_q, SymInt max_seqlen_batch_k) */
  _efficientAttentionForward: {
    (query: Tensor, key: Tensor, value: Tensor, bias: Tensor | null, cuSeqlensQ: Tensor | null, cuSeqlensK: Tensor | null, maxSeqlenQ: Int | null, maxSeqlenK: Int | null, dropoutP: number, customMaskType: Int, options: { scale?: number | null; seqlenK?: Tensor | null; windowSize?: Int | null }): readonly [output: Tensor, logsumexp: Tensor, philoxSeed: Tensor, philoxOffset: Tensor, maxSeqlenBatchQ: number, maxSeqlenBatchK: number];
    (query: Tensor, key: Tensor, value: Tensor, bias: Tensor | null, cuSeqlensQ: Tensor | null, cuSeqlensK: Tensor | null, maxSeqlenQ: Int | null, maxSeqlenK: Int | null, dropoutP: number, customMaskType: Int, computeLogSumexp?: boolean, options?: { scale?: number | null; seqlenK?: Tensor | null; windowSize?: Int | null }): readonly [output: Tensor, logsumexp: Tensor, philoxSeed: Tensor, philoxOffset: Tensor, maxSeqlenBatchQ: number, maxSeqlenBatchK: number];
  };
  /** _efficient_attention_backward(Tensor grad_out_, Tensor query, Tensor key, Tensor value, Tensor? bias, Tensor out, Tensor? cu_seqlens_q, Tensor? cu_seqlens_k, SymInt max_seqlen_q, SymInt max_seqlen_k, Tensor logsumexp, float dropout_p, Tensor philox_seed, Tensor philox_offset, int custom_mask_type, bool bias_requires_grad, *, float? scale=None, int? num_splits_key=None, int? window_size=None, bool shared_storage_dqdkdv=False) -> (Tensor, Tensor, Tensor, Tensor) */
  _efficientAttentionBackward: (gradOut_: Tensor, query: Tensor, key: Tensor, value: Tensor, bias: Tensor | null, out: Tensor, cuSeqlensQ: Tensor | null, cuSeqlensK: Tensor | null, maxSeqlenQ: Int, maxSeqlenK: Int, logsumexp: Tensor, dropoutP: number, philoxSeed: Tensor, philoxOffset: Tensor, customMaskType: Int, biasRequiresGrad: boolean, options?: { scale?: number | null; numSplitsKey?: Int | null; windowSize?: Int | null; sharedStorageDqdkdv?: boolean }) => readonly [Tensor, Tensor, Tensor, Tensor];
  /** _cudnn_attention_forward(Tensor query, Tensor key, Tensor value, Tensor? attn_bias, Tensor? cum_seq_q, Tensor? cum_seq_k, SymInt max_q, SymInt max_k, bool compute_log_sumexp, float dropout_p=0.0, bool is_causal=False, bool return_debug_mask=False, *, float? scale=None) -> (Tensor output, Tensor logsumexp, Tensor cum_seq_q, Tensor cum_seq_k, SymInt max_q, SymInt max_k, Tensor philox_seed, Tensor philox_offset, Tensor debug_attn_mask) */
  _cudnnAttentionForward: {
    (query: Tensor, key: Tensor, value: Tensor, attnBias: Tensor | null, cumSeqQ: Tensor | null, cumSeqK: Tensor | null, maxQ: Int, maxK: Int, computeLogSumexp: boolean, options: { scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: number, maxK: number, philoxSeed: Tensor, philoxOffset: Tensor, debugAttnMask: Tensor];
    (query: Tensor, key: Tensor, value: Tensor, attnBias: Tensor | null, cumSeqQ: Tensor | null, cumSeqK: Tensor | null, maxQ: Int, maxK: Int, computeLogSumexp: boolean, dropoutP: number | undefined, options: { scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: number, maxK: number, philoxSeed: Tensor, philoxOffset: Tensor, debugAttnMask: Tensor];
    (query: Tensor, key: Tensor, value: Tensor, attnBias: Tensor | null, cumSeqQ: Tensor | null, cumSeqK: Tensor | null, maxQ: Int, maxK: Int, computeLogSumexp: boolean, dropoutP: number | undefined, isCausal: boolean | undefined, options: { scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: number, maxK: number, philoxSeed: Tensor, philoxOffset: Tensor, debugAttnMask: Tensor];
    (query: Tensor, key: Tensor, value: Tensor, attnBias: Tensor | null, cumSeqQ: Tensor | null, cumSeqK: Tensor | null, maxQ: Int, maxK: Int, computeLogSumexp: boolean, dropoutP?: number, isCausal?: boolean, returnDebugMask?: boolean, options?: { scale?: number | null }): readonly [output: Tensor, logsumexp: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: number, maxK: number, philoxSeed: Tensor, philoxOffset: Tensor, debugAttnMask: Tensor];
  };
  /** _cudnn_attention_backward(Tensor grad_out, Tensor query, Tensor key, Tensor value, Tensor out, Tensor logsumexp, Tensor philox_seed, Tensor philox_offset, Tensor attn_bias, Tensor cum_seq_q, Tensor cum_seq_k, SymInt max_q, SymInt max_k, float dropout_p, bool is_causal, *, float? scale=None) -> (Tensor, Tensor, Tensor) */
  _cudnnAttentionBackward: (gradOut: Tensor, query: Tensor, key: Tensor, value: Tensor, out: Tensor, logsumexp: Tensor, philoxSeed: Tensor, philoxOffset: Tensor, attnBias: Tensor, cumSeqQ: Tensor, cumSeqK: Tensor, maxQ: Int, maxK: Int, dropoutP: number, isCausal: boolean, options?: { scale?: number | null }) => readonly [Tensor, Tensor, Tensor];
  /** _triton_scaled_dot_attention(Tensor q, Tensor k, Tensor v, float dropout_p=0.0) -> Tensor */
  _tritonScaledDotAttention: (q: Tensor, k: Tensor, v: Tensor, dropoutP?: number) => Tensor;
  /** _fill_mem_eff_dropout_mask_(Tensor(a!) self, float dropout_p, int seed, int offset) -> Tensor(a!) */
  _fillMemEffDropoutMask_: (self: Tensor, dropoutP: number, seed: Int, offset: Int) => Tensor;
  /** _triton_multi_head_attention(Tensor query, Tensor key, Tensor value, int embed_dim, int num_head, Tensor qkv_weight, Tensor qkv_bias, Tensor proj_weight, Tensor proj_bias, Tensor? mask=None) -> Tensor */
  _tritonMultiHeadAttention: (query: Tensor, key: Tensor, value: Tensor, embedDim: Int, numHead: Int, qkvWeight: Tensor, qkvBias: Tensor, projWeight: Tensor, projBias: Tensor, mask?: Tensor | null) => Tensor;
  /** special_airy_ai(Tensor x) -> Tensor */
  specialAiryAi: (x: Tensor) => Tensor;
  /** special_bessel_j0(Tensor self) -> Tensor */
  specialBesselJ0: (self: Tensor) => Tensor;
  /** special_bessel_j1(Tensor self) -> Tensor */
  specialBesselJ1: (self: Tensor) => Tensor;
  /** special_bessel_y0(Tensor self) -> Tensor */
  specialBesselY0: (self: Tensor) => Tensor;
  /** special_bessel_y1(Tensor self) -> Tensor */
  specialBesselY1: (self: Tensor) => Tensor;
  /** special_chebyshev_polynomial_t(Tensor x, Tensor n) -> Tensor */
  specialChebyshevPolynomialT: {
    (x: Tensor, n: Tensor): Tensor;
    (x: Scalar, n: Tensor): Tensor;
    (x: Tensor, n: Scalar): Tensor;
  };
  /** special_chebyshev_polynomial_u(Tensor x, Tensor n) -> Tensor */
  specialChebyshevPolynomialU: {
    (x: Tensor, n: Tensor): Tensor;
    (x: Scalar, n: Tensor): Tensor;
    (x: Tensor, n: Scalar): Tensor;
  };
  /** special_chebyshev_polynomial_v(Tensor x, Tensor n) -> Tensor */
  specialChebyshevPolynomialV: {
    (x: Tensor, n: Tensor): Tensor;
    (x: Scalar, n: Tensor): Tensor;
    (x: Tensor, n: Scalar): Tensor;
  };
  /** special_chebyshev_polynomial_w(Tensor x, Tensor n) -> Tensor */
  specialChebyshevPolynomialW: {
    (x: Tensor, n: Tensor): Tensor;
    (x: Scalar, n: Tensor): Tensor;
    (x: Tensor, n: Scalar): Tensor;
  };
  /** special_hermite_polynomial_h(Tensor x, Tensor n) -> Tensor */
  specialHermitePolynomialH: {
    (x: Tensor, n: Tensor): Tensor;
    (x: Scalar, n: Tensor): Tensor;
    (x: Tensor, n: Scalar): Tensor;
  };
  /** special_hermite_polynomial_he(Tensor x, Tensor n) -> Tensor */
  specialHermitePolynomialHe: {
    (x: Tensor, n: Tensor): Tensor;
    (x: Scalar, n: Tensor): Tensor;
    (x: Tensor, n: Scalar): Tensor;
  };
  /** special_laguerre_polynomial_l(Tensor x, Tensor n) -> Tensor */
  specialLaguerrePolynomialL: {
    (x: Tensor, n: Tensor): Tensor;
    (x: Scalar, n: Tensor): Tensor;
    (x: Tensor, n: Scalar): Tensor;
  };
  /** special_legendre_polynomial_p(Tensor x, Tensor n) -> Tensor */
  specialLegendrePolynomialP: {
    (x: Tensor, n: Tensor): Tensor;
    (x: Scalar, n: Tensor): Tensor;
    (x: Tensor, n: Scalar): Tensor;
  };
  /** special_modified_bessel_i0(Tensor self) -> Tensor */
  specialModifiedBesselI0: (self: Tensor) => Tensor;
  /** special_modified_bessel_i1(Tensor self) -> Tensor */
  specialModifiedBesselI1: (self: Tensor) => Tensor;
  /** special_modified_bessel_k0(Tensor self) -> Tensor */
  specialModifiedBesselK0: (self: Tensor) => Tensor;
  /** special_modified_bessel_k1(Tensor self) -> Tensor */
  specialModifiedBesselK1: (self: Tensor) => Tensor;
  /** special_scaled_modified_bessel_k0(Tensor x) -> Tensor */
  specialScaledModifiedBesselK0: (x: Tensor) => Tensor;
  /** special_scaled_modified_bessel_k1(Tensor x) -> Tensor */
  specialScaledModifiedBesselK1: (x: Tensor) => Tensor;
  /** special_shifted_chebyshev_polynomial_t(Tensor x, Tensor n) -> Tensor */
  specialShiftedChebyshevPolynomialT: {
    (x: Tensor, n: Tensor): Tensor;
    (x: Scalar, n: Tensor): Tensor;
    (x: Tensor, n: Scalar): Tensor;
  };
  /** special_shifted_chebyshev_polynomial_u(Tensor x, Tensor n) -> Tensor */
  specialShiftedChebyshevPolynomialU: {
    (x: Tensor, n: Tensor): Tensor;
    (x: Scalar, n: Tensor): Tensor;
    (x: Tensor, n: Scalar): Tensor;
  };
  /** special_shifted_chebyshev_polynomial_v(Tensor x, Tensor n) -> Tensor */
  specialShiftedChebyshevPolynomialV: {
    (x: Tensor, n: Tensor): Tensor;
    (x: Scalar, n: Tensor): Tensor;
    (x: Tensor, n: Scalar): Tensor;
  };
  /** special_shifted_chebyshev_polynomial_w(Tensor x, Tensor n) -> Tensor */
  specialShiftedChebyshevPolynomialW: {
    (x: Tensor, n: Tensor): Tensor;
    (x: Scalar, n: Tensor): Tensor;
    (x: Tensor, n: Scalar): Tensor;
  };
  /** special_spherical_bessel_j0(Tensor x) -> Tensor */
  specialSphericalBesselJ0: (x: Tensor) => Tensor;
  /** _foobar(Tensor self, bool arg1=True, bool arg2=True, *, bool arg3=True) -> Tensor */
  _foobar: {
    (self: Tensor, options: { arg3?: boolean }): Tensor;
    (self: Tensor, arg1: boolean | undefined, options: { arg3?: boolean }): Tensor;
    (self: Tensor, arg1?: boolean, arg2?: boolean, options?: { arg3?: boolean }): Tensor;
  };
  /** _fused_adam_(Tensor(a!)[] self, Tensor(b!)[] grads, Tensor(c!)[] exp_avgs, Tensor(d!)[] exp_avg_sqs, Tensor(e!)[] max_exp_avg_sqs, Tensor[] state_steps, *, float lr, float beta1, float beta2, float weight_decay, float eps, bool amsgrad, bool maximize, Tensor? grad_scale=None, Tensor? found_inf=None) -> () */
  _fusedAdam_: {
    (self: readonly Tensor[], grads: readonly Tensor[], expAvgs: readonly Tensor[], expAvgSqs: readonly Tensor[], maxExpAvgSqs: readonly Tensor[], stateSteps: readonly Tensor[], options: { lr: number; beta1: number; beta2: number; weightDecay: number; eps: number; amsgrad: boolean; maximize: boolean; gradScale?: Tensor | null; foundInf?: Tensor | null }): void;
    (self: readonly Tensor[], grads: readonly Tensor[], expAvgs: readonly Tensor[], expAvgSqs: readonly Tensor[], maxExpAvgSqs: readonly Tensor[], stateSteps: readonly Tensor[], options: { lr: Tensor; beta1: number; beta2: number; weightDecay: number; eps: number; amsgrad: boolean; maximize: boolean; gradScale?: Tensor | null; foundInf?: Tensor | null }): void;
  };
  /** _fused_adamw_(Tensor(a!)[] self, Tensor(b!)[] grads, Tensor(c!)[] exp_avgs, Tensor(d!)[] exp_avg_sqs, Tensor(e!)[] max_exp_avg_sqs, Tensor[] state_steps, *, float lr, float beta1, float beta2, float weight_decay, float eps, bool amsgrad, bool maximize, Tensor? grad_scale=None, Tensor? found_inf=None) -> () */
  _fusedAdamw_: {
    (self: readonly Tensor[], grads: readonly Tensor[], expAvgs: readonly Tensor[], expAvgSqs: readonly Tensor[], maxExpAvgSqs: readonly Tensor[], stateSteps: readonly Tensor[], options: { lr: number; beta1: number; beta2: number; weightDecay: number; eps: number; amsgrad: boolean; maximize: boolean; gradScale?: Tensor | null; foundInf?: Tensor | null }): void;
    (self: readonly Tensor[], grads: readonly Tensor[], expAvgs: readonly Tensor[], expAvgSqs: readonly Tensor[], maxExpAvgSqs: readonly Tensor[], stateSteps: readonly Tensor[], options: { lr: Tensor; beta1: number; beta2: number; weightDecay: number; eps: number; amsgrad: boolean; maximize: boolean; gradScale?: Tensor | null; foundInf?: Tensor | null }): void;
  };
  /** _fused_sgd_(Tensor(a!)[] self, Tensor(b!)[] grads, Tensor(c!)[] momentum_buffer_list, *, float weight_decay, float momentum, float lr, float dampening, bool nesterov, bool maximize, bool is_first_step, Tensor? grad_scale=None, Tensor? found_inf=None) -> () */
  _fusedSgd_: {
    (self: readonly Tensor[], grads: readonly Tensor[], momentumBufferList: readonly Tensor[], options: { weightDecay: number; momentum: number; lr: number; dampening: number; nesterov: boolean; maximize: boolean; isFirstStep: boolean; gradScale?: Tensor | null; foundInf?: Tensor | null }): void;
    (self: readonly Tensor[], grads: readonly Tensor[], momentumBufferList: readonly Tensor[], options: { weightDecay: number; momentum: number; lr: Tensor; dampening: number; nesterov: boolean; maximize: boolean; isFirstStep: boolean; gradScale?: Tensor | null; foundInf?: Tensor | null }): void;
  };
  /** _fused_adagrad_(Tensor(a!)[] self, Tensor(b!)[] grads, Tensor(c!)[] state_sums, Tensor(d!)[] state_steps, *, float lr, float lr_decay, float weight_decay, float eps, bool maximize, Tensor? grad_scale=None, Tensor? found_inf=None) -> () */
  _fusedAdagrad_: {
    (self: readonly Tensor[], grads: readonly Tensor[], stateSums: readonly Tensor[], stateSteps: readonly Tensor[], options: { lr: number; lrDecay: number; weightDecay: number; eps: number; maximize: boolean; gradScale?: Tensor | null; foundInf?: Tensor | null }): void;
    (self: readonly Tensor[], grads: readonly Tensor[], stateSums: readonly Tensor[], stateSteps: readonly Tensor[], options: { lr: Tensor; lrDecay: number; weightDecay: number; eps: number; maximize: boolean; gradScale?: Tensor | null; foundInf?: Tensor | null }): void;
  };
  /** _propagate_xla_data(Tensor input, Tensor output) -> () */
  _propagateXlaData: (input: Tensor, output: Tensor) => void;
}

/** Methods of Tensor: `this` is the first argument of the schema. */
export interface TensorMethods {
  /** _backward(Tensor self, Tensor[] inputs, Tensor? gradient=None, bool? retain_graph=None, bool create_graph=False) -> () */
  _backward(inputs: readonly Tensor[], gradient?: Tensor | null, retainGraph?: boolean | null, createGraph?: boolean): void;
  /** set_data(Tensor(a!) self, Tensor new_data) -> () */
  setData(newData: Tensor): void;
  /** is_leaf(Tensor self) -> bool */
  isLeaf(): boolean;
  /** output_nr(Tensor self) -> int */
  outputNr(): number;
  /** _version(Tensor self) -> int */
  _version(): number;
  /** requires_grad_(Tensor(a!) self, bool requires_grad=True) -> Tensor(a!) */
  requiresGrad_(requiresGrad?: boolean): Tensor;
  /** retain_grad(Tensor(a!) self) -> () */
  retainGrad(): void;
  /** retains_grad(Tensor self) -> bool */
  retainsGrad(): boolean;
  /** _fw_primal(Tensor(a) self, int level) -> Tensor(a) */
  _fwPrimal(level: Int): Tensor;
  /** abs(Tensor self) -> Tensor */
  abs(): Tensor;
  /** abs_(Tensor(a!) self) -> Tensor(a!) */
  abs_(): Tensor;
  /** absolute(Tensor self) -> Tensor */
  absolute(): Tensor;
  /** absolute_(Tensor(a!) self) -> Tensor(a!) */
  absolute_(): Tensor;
  /** angle(Tensor self) -> Tensor */
  angle(): Tensor;
  /** sgn(Tensor self) -> Tensor */
  sgn(): Tensor;
  /** sgn_(Tensor(a!) self) -> Tensor(a!) */
  sgn_(): Tensor;
  /** chalf(Tensor self, *, MemoryFormat? memory_format=None) -> Tensor */
  chalf(options?: { memoryFormat?: string | null }): Tensor;
  /** _conj(Tensor(a) self) -> Tensor(a) */
  _conj(): Tensor;
  /** conj(Tensor(a) self) -> Tensor(a) */
  conj(): Tensor;
  /** _conj_physical(Tensor self) -> Tensor */
  _conjPhysical(): Tensor;
  /** conj_physical(Tensor self) -> Tensor */
  conjPhysical(): Tensor;
  /** conj_physical_(Tensor(a!) self) -> Tensor(a!) */
  conjPhysical_(): Tensor;
  /** resolve_conj(Tensor(a) self) -> Tensor(a) */
  resolveConj(): Tensor;
  /** resolve_neg(Tensor(a) self) -> Tensor(a) */
  resolveNeg(): Tensor;
  /** _neg_view(Tensor(a) self) -> Tensor(a) */
  _negView(): Tensor;
  /** acos(Tensor self) -> Tensor */
  acos(): Tensor;
  /** acos_(Tensor(a!) self) -> Tensor(a!) */
  acos_(): Tensor;
  /** arccos(Tensor self) -> Tensor */
  arccos(): Tensor;
  /** arccos_(Tensor(a!) self) -> Tensor(a!) */
  arccos_(): Tensor;
  /** add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor */
  add(other: Tensor, options?: { alpha?: Scalar }): Tensor;
  add(other: Scalar, alpha?: Scalar): Tensor;
  /** add_.Tensor(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!) */
  add_(other: Tensor, options?: { alpha?: Scalar }): Tensor;
  add_(other: Scalar, alpha?: Scalar): Tensor;
  /** addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor */
  addmv(mat: Tensor, vec: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** addmv_(Tensor(a!) self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!) */
  addmv_(mat: Tensor, vec: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** addr(Tensor self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor */
  addr(vec1: Tensor, vec2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** addr_(Tensor(a!) self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!) */
  addr_(vec1: Tensor, vec2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** _is_all_true(Tensor self) -> Tensor */
  _isAllTrue(): Tensor;
  /** _is_any_true(Tensor self) -> Tensor */
  _isAnyTrue(): Tensor;
  /** all.dim(Tensor self, int dim, bool keepdim=False) -> Tensor */
  all(dim: Int, keepdim?: boolean): Tensor;
  all(): Tensor;
  all(dim?: readonly number[] | null, keepdim?: boolean): Tensor;
  /** allclose(Tensor self, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False) -> bool */
  allclose(other: Tensor, rtol?: number, atol?: number, equalNan?: boolean): boolean;
  /** any.dim(Tensor self, int dim, bool keepdim=False) -> Tensor */
  any(dim: Int, keepdim?: boolean): Tensor;
  any(): Tensor;
  any(dim?: readonly number[] | null, keepdim?: boolean): Tensor;
  /** argmax(Tensor self, int? dim=None, bool keepdim=False) -> Tensor */
  argmax(dim?: Int | null, keepdim?: boolean): Tensor;
  /** argmin(Tensor self, int? dim=None, bool keepdim=False) -> Tensor */
  argmin(dim?: Int | null, keepdim?: boolean): Tensor;
  /** acosh(Tensor self) -> Tensor */
  acosh(): Tensor;
  /** acosh_(Tensor(a!) self) -> Tensor(a!) */
  acosh_(): Tensor;
  /** arccosh(Tensor self) -> Tensor */
  arccosh(): Tensor;
  /** arccosh_(Tensor(a!) self) -> Tensor(a!) */
  arccosh_(): Tensor;
  /** asinh(Tensor self) -> Tensor */
  asinh(): Tensor;
  /** asinh_(Tensor(a!) self) -> Tensor(a!) */
  asinh_(): Tensor;
  /** arcsinh(Tensor self) -> Tensor */
  arcsinh(): Tensor;
  /** arcsinh_(Tensor(a!) self) -> Tensor(a!) */
  arcsinh_(): Tensor;
  /** atanh(Tensor self) -> Tensor */
  atanh(): Tensor;
  /** atanh_(Tensor(a!) self) -> Tensor(a!) */
  atanh_(): Tensor;
  /** arctanh(Tensor self) -> Tensor */
  arctanh(): Tensor;
  /** arctanh_(Tensor(a!) self) -> Tensor(a!) */
  arctanh_(): Tensor;
  /** as_strided(Tensor(a) self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor(a) */
  asStrided(size: readonly number[], stride: readonly number[], storageOffset?: Int | null): Tensor;
  /** as_strided_(Tensor(a!) self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor(a!) */
  asStrided_(size: readonly number[], stride: readonly number[], storageOffset?: Int | null): Tensor;
  /** asin(Tensor self) -> Tensor */
  asin(): Tensor;
  /** asin_(Tensor(a!) self) -> Tensor(a!) */
  asin_(): Tensor;
  /** arcsin(Tensor self) -> Tensor */
  arcsin(): Tensor;
  /** arcsin_(Tensor(a!) self) -> Tensor(a!) */
  arcsin_(): Tensor;
  /** atan(Tensor self) -> Tensor */
  atan(): Tensor;
  /** atan_(Tensor(a!) self) -> Tensor(a!) */
  atan_(): Tensor;
  /** arctan(Tensor self) -> Tensor */
  arctan(): Tensor;
  /** arctan_(Tensor(a!) self) -> Tensor(a!) */
  arctan_(): Tensor;
  /** baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor */
  baddbmm(batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** baddbmm_(Tensor(a!) self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!) */
  baddbmm_(batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** bernoulli(Tensor self, *, Generator? generator=None) -> Tensor */
  bernoulli(options?: { generator?: Generator | null }): Tensor;
  bernoulli(p: number, options?: { generator?: Generator | null }): Tensor;
  /** bernoulli_.Tensor(Tensor(a!) self, Tensor p, *, Generator? generator=None) -> Tensor(a!) */
  bernoulli_(p: Tensor, options?: { generator?: Generator | null }): Tensor;
  bernoulli_(options: { generator?: Generator | null }): Tensor;
  bernoulli_(p?: number, options?: { generator?: Generator | null }): Tensor;
  /** bincount(Tensor self, Tensor? weights=None, SymInt minlength=0) -> Tensor */
  bincount(weights?: Tensor | null, minlength?: Int): Tensor;
  /** bitwise_not(Tensor self) -> Tensor */
  bitwiseNot(): Tensor;
  /** bitwise_not_(Tensor(a!) self) -> Tensor(a!) */
  bitwiseNot_(): Tensor;
  /** copysign.Tensor(Tensor self, Tensor other) -> Tensor */
  copysign(other: Tensor): Tensor;
  copysign(other: Scalar): Tensor;
  /** copysign_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  copysign_(other: Tensor): Tensor;
  copysign_(other: Scalar): Tensor;
  /** _lazy_clone(Tensor self) -> Tensor */
  _lazyClone(): Tensor;
  /** logical_not(Tensor self) -> Tensor */
  logicalNot(): Tensor;
  /** logical_not_(Tensor(a!) self) -> Tensor(a!) */
  logicalNot_(): Tensor;
  /** logical_xor(Tensor self, Tensor other) -> Tensor */
  logicalXor(other: Tensor): Tensor;
  /** logical_xor_(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  logicalXor_(other: Tensor): Tensor;
  /** logical_and(Tensor self, Tensor other) -> Tensor */
  logicalAnd(other: Tensor): Tensor;
  /** logical_and_(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  logicalAnd_(other: Tensor): Tensor;
  /** logical_or(Tensor self, Tensor other) -> Tensor */
  logicalOr(other: Tensor): Tensor;
  /** logical_or_(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  logicalOr_(other: Tensor): Tensor;
  /** bmm(Tensor self, Tensor mat2) -> Tensor */
  bmm(mat2: Tensor): Tensor;
  /** broadcast_to(Tensor(a) self, SymInt[] size) -> Tensor(a) */
  broadcastTo(size: readonly number[]): Tensor;
  /** ceil(Tensor self) -> Tensor */
  ceil(): Tensor;
  /** ceil_(Tensor(a!) self) -> Tensor(a!) */
  ceil_(): Tensor;
  /** unsafe_chunk(Tensor self, int chunks, int dim=0) -> Tensor[] */
  unsafeChunk(chunks: Int, dim?: Int): Tensor[];
  /** chunk(Tensor(a -> *) self, int chunks, int dim=0) -> Tensor(a)[] */
  chunk(chunks: Int, dim?: Int): Tensor[];
  /** tensor_split.sections(Tensor(a -> *) self, SymInt sections, int dim=0) -> Tensor(a)[] */
  tensorSplit(sections: Int, dim?: Int): Tensor[];
  tensorSplit(indices: readonly number[], dim?: Int): Tensor[];
  tensorSplit(tensorIndicesOrSections: Tensor, dim?: Int): Tensor[];
  /** clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor */
  clamp(min?: Scalar | null, max?: Scalar | null): Tensor;
  clamp(min?: Tensor | null, max?: Tensor | null): Tensor;
  /** clamp_(Tensor(a!) self, Scalar? min=None, Scalar? max=None) -> Tensor(a!) */
  clamp_(min?: Scalar | null, max?: Scalar | null): Tensor;
  clamp_(min?: Tensor | null, max?: Tensor | null): Tensor;
  /** clamp_max(Tensor self, Scalar max) -> Tensor */
  clampMax(max: Scalar): Tensor;
  clampMax(max: Tensor): Tensor;
  /** clamp_max_(Tensor(a!) self, Scalar max) -> Tensor(a!) */
  clampMax_(max: Scalar): Tensor;
  clampMax_(max: Tensor): Tensor;
  /** clamp_min(Tensor self, Scalar min) -> Tensor */
  clampMin(min: Scalar): Tensor;
  clampMin(min: Tensor): Tensor;
  /** clamp_min_(Tensor(a!) self, Scalar min) -> Tensor(a!) */
  clampMin_(min: Scalar): Tensor;
  clampMin_(min: Tensor): Tensor;
  /** clip(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor */
  clip(min?: Scalar | null, max?: Scalar | null): Tensor;
  clip(min?: Tensor | null, max?: Tensor | null): Tensor;
  /** clip_(Tensor(a!) self, Scalar? min=None, Scalar? max=None) -> Tensor(a!) */
  clip_(min?: Scalar | null, max?: Scalar | null): Tensor;
  clip_(min?: Tensor | null, max?: Tensor | null): Tensor;
  /** contiguous(Tensor(a) self, *, MemoryFormat memory_format=contiguous_format) -> Tensor(a) */
  contiguous(options?: { memoryFormat?: string }): Tensor;
  /** copy_(Tensor(a!) self, Tensor src, bool non_blocking=False) -> Tensor(a!) */
  copy_(src: Tensor, nonBlocking?: boolean): Tensor;
  /** cos(Tensor self) -> Tensor */
  cos(): Tensor;
  /** cos_(Tensor(a!) self) -> Tensor(a!) */
  cos_(): Tensor;
  /** cosh(Tensor self) -> Tensor */
  cosh(): Tensor;
  /** cosh_(Tensor(a!) self) -> Tensor(a!) */
  cosh_(): Tensor;
  /** count_nonzero.dim_IntList(Tensor self, int[] dim) -> Tensor */
  countNonzero(dim: readonly number[]): Tensor;
  countNonzero(dim?: Int | null): Tensor;
  /** cov(Tensor self, *, int correction=1, Tensor? fweights=None, Tensor? aweights=None) -> Tensor */
  cov(options?: { correction?: Int; fweights?: Tensor | null; aweights?: Tensor | null }): Tensor;
  /** corrcoef(Tensor self) -> Tensor */
  corrcoef(): Tensor;
  /** cummax(Tensor self, int dim) -> (Tensor values, Tensor indices) */
  cummax(dim: Int): readonly [values: Tensor, indices: Tensor];
  /** cummin(Tensor self, int dim) -> (Tensor values, Tensor indices) */
  cummin(dim: Int): readonly [values: Tensor, indices: Tensor];
  /** cumprod(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor */
  cumprod(dim: Int, options?: { dtype?: Dtype | null }): Tensor;
  /** cumprod_(Tensor(a!) self, int dim, *, ScalarType? dtype=None) -> Tensor(a!) */
  cumprod_(dim: Int, options?: { dtype?: Dtype | null }): Tensor;
  /** cumsum(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor */
  cumsum(dim: Int, options?: { dtype?: Dtype | null }): Tensor;
  /** cumsum_(Tensor(a!) self, int dim, *, ScalarType? dtype=None) -> Tensor(a!) */
  cumsum_(dim: Int, options?: { dtype?: Dtype | null }): Tensor;
  /** diag_embed(Tensor self, int offset=0, int dim1=-2, int dim2=-1) -> Tensor */
  diagEmbed(offset?: Int, dim1?: Int, dim2?: Int): Tensor;
  /** diagflat(Tensor self, int offset=0) -> Tensor */
  diagflat(offset?: Int): Tensor;
  /** diagonal(Tensor(a) self, int offset=0, int dim1=0, int dim2=1) -> Tensor(a) */
  diagonal(offset?: Int, dim1?: Int, dim2?: Int): Tensor;
  /** fill_diagonal_(Tensor(a!) self, Scalar fill_value, bool wrap=False) -> Tensor(a!) */
  fillDiagonal_(fillValue: Scalar, wrap?: boolean): Tensor;
  /** diff(Tensor self, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None) -> Tensor */
  diff(n?: Int, dim?: Int, prepend?: Tensor | null, append?: Tensor | null): Tensor;
  /** div.Tensor(Tensor self, Tensor other) -> Tensor */
  div(other: Tensor): Tensor;
  div(other: Tensor, options: { roundingMode: string | null }): Tensor;
  div(other: Scalar): Tensor;
  div(other: Scalar, options: { roundingMode: string | null }): Tensor;
  /** div_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  div_(other: Tensor): Tensor;
  div_(other: Tensor, options: { roundingMode: string | null }): Tensor;
  div_(other: Scalar): Tensor;
  div_(other: Scalar, options: { roundingMode: string | null }): Tensor;
  /** divide.Tensor(Tensor self, Tensor other) -> Tensor */
  divide(other: Tensor): Tensor;
  divide(other: Scalar): Tensor;
  divide(other: Tensor, options: { roundingMode: string | null }): Tensor;
  divide(other: Scalar, options: { roundingMode: string | null }): Tensor;
  /** divide_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  divide_(other: Tensor): Tensor;
  divide_(other: Scalar): Tensor;
  divide_(other: Tensor, options: { roundingMode: string | null }): Tensor;
  divide_(other: Scalar, options: { roundingMode: string | null }): Tensor;
  /** true_divide.Tensor(Tensor self, Tensor other) -> Tensor */
  trueDivide(other: Tensor): Tensor;
  trueDivide(other: Scalar): Tensor;
  /** true_divide_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  trueDivide_(other: Tensor): Tensor;
  trueDivide_(other: Scalar): Tensor;
  /** dot(Tensor self, Tensor tensor) -> Tensor */
  dot(tensor: Tensor): Tensor;
  /** vdot(Tensor self, Tensor other) -> Tensor */
  vdot(other: Tensor): Tensor;
  /** new_empty(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  newEmpty(size: readonly number[], options?: TensorOptions): Tensor;
  /** new_empty_strided(Tensor self, SymInt[] size, SymInt[] stride, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  newEmptyStrided(size: readonly number[], stride: readonly number[], options?: TensorOptions): Tensor;
  /** new_full(Tensor self, SymInt[] size, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  newFull(size: readonly number[], fillValue: Scalar, options?: TensorOptions): Tensor;
  /** new_zeros(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  newZeros(size: readonly number[], options?: TensorOptions): Tensor;
  /** new_ones(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor */
  newOnes(size: readonly number[], options?: TensorOptions): Tensor;
  /** resize_(Tensor(a!) self, SymInt[] size, *, MemoryFormat? memory_format=None) -> Tensor(a!) */
  resize_(size: readonly number[], options?: { memoryFormat?: string | null }): Tensor;
  /** erf(Tensor self) -> Tensor */
  erf(): Tensor;
  /** erf_(Tensor(a!) self) -> Tensor(a!) */
  erf_(): Tensor;
  /** erfc(Tensor self) -> Tensor */
  erfc(): Tensor;
  /** erfc_(Tensor(a!) self) -> Tensor(a!) */
  erfc_(): Tensor;
  /** exp(Tensor self) -> Tensor */
  exp(): Tensor;
  /** exp_(Tensor(a!) self) -> Tensor(a!) */
  exp_(): Tensor;
  /** exp2(Tensor self) -> Tensor */
  exp2(): Tensor;
  /** exp2_(Tensor(a!) self) -> Tensor(a!) */
  exp2_(): Tensor;
  /** expm1(Tensor self) -> Tensor */
  expm1(): Tensor;
  /** expm1_(Tensor(a!) self) -> Tensor(a!) */
  expm1_(): Tensor;
  /** expand(Tensor(a) self, SymInt[] size, *, bool implicit=False) -> Tensor(a) */
  expand(size: readonly number[], options?: { implicit?: boolean }): Tensor;
  /** expand_as(Tensor(a) self, Tensor other) -> Tensor(a) */
  expandAs(other: Tensor): Tensor;
  /** flatten.using_ints(Tensor(a) self, int start_dim=0, int end_dim=-1) -> Tensor(a) */
  flatten(startDim?: Int, endDim?: Int): Tensor;
  /** unflatten.int(Tensor(a) self, int dim, SymInt[] sizes) -> Tensor(a) */
  unflatten(dim: Int, sizes: readonly number[]): Tensor;
  /** fill_.Scalar(Tensor(a!) self, Scalar value) -> Tensor(a!) */
  fill_(value: Scalar): Tensor;
  fill_(value: Tensor): Tensor;
  /** floor(Tensor self) -> Tensor */
  floor(): Tensor;
  /** floor_(Tensor(a!) self) -> Tensor(a!) */
  floor_(): Tensor;
  /** floor_divide(Tensor self, Tensor other) -> Tensor */
  floorDivide(other: Tensor): Tensor;
  floorDivide(other: Scalar): Tensor;
  /** floor_divide_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  floorDivide_(other: Tensor): Tensor;
  floorDivide_(other: Scalar): Tensor;
  /** frac(Tensor self) -> Tensor */
  frac(): Tensor;
  /** frac_(Tensor(a!) self) -> Tensor(a!) */
  frac_(): Tensor;
  /** gcd(Tensor self, Tensor other) -> Tensor */
  gcd(other: Tensor): Tensor;
  /** gcd_(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  gcd_(other: Tensor): Tensor;
  /** lcm(Tensor self, Tensor other) -> Tensor */
  lcm(other: Tensor): Tensor;
  /** lcm_(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  lcm_(other: Tensor): Tensor;
  /** index.Tensor(Tensor self, Tensor?[] indices) -> Tensor */
  index(indices: readonly (Tensor | null)[]): Tensor;
  /** index_copy_(Tensor(a!) self, int dim, Tensor index, Tensor source) -> Tensor(a!) */
  indexCopy_(dim: Int, index: Tensor, source: Tensor): Tensor;
  /** index_copy(Tensor self, int dim, Tensor index, Tensor source) -> Tensor */
  indexCopy(dim: Int, index: Tensor, source: Tensor): Tensor;
  /** index_put_(Tensor(a!) self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor(a!) */
  indexPut_(indices: readonly (Tensor | null)[], values: Tensor, accumulate?: boolean): Tensor;
  /** index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor */
  indexPut(indices: readonly (Tensor | null)[], values: Tensor, accumulate?: boolean): Tensor;
  /** isclose(Tensor self, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False) -> Tensor */
  isclose(other: Tensor, rtol?: number, atol?: number, equalNan?: boolean): Tensor;
  /** isnan(Tensor self) -> Tensor */
  isnan(): Tensor;
  /** is_distributed(Tensor self) -> bool */
  isDistributed(): boolean;
  /** is_floating_point(Tensor self) -> bool */
  isFloatingPoint(): boolean;
  /** is_complex(Tensor self) -> bool */
  isComplex(): boolean;
  /** is_conj(Tensor self) -> bool */
  isConj(): boolean;
  /** _is_zerotensor(Tensor self) -> bool */
  _isZerotensor(): boolean;
  /** is_neg(Tensor self) -> bool */
  isNeg(): boolean;
  /** isreal(Tensor self) -> Tensor */
  isreal(): Tensor;
  /** is_nonzero(Tensor self) -> bool */
  isNonzero(): boolean;
  /** is_same_size(Tensor self, Tensor other) -> bool */
  isSameSize(other: Tensor): boolean;
  /** is_signed(Tensor self) -> bool */
  isSigned(): boolean;
  /** is_inference(Tensor self) -> bool */
  isInference(): boolean;
  /** numel(Tensor self) -> int */
  numel(): number;
  /** dim(Tensor self) -> int */
  dim(): number;
  /** get_device(Tensor self) -> int */
  getDevice(): number;
  /** storage_offset(Tensor self) -> int */
  storageOffset(): number;
  /** is_contiguous(Tensor self) -> bool */
  isContiguous(): boolean;
  isContiguous(memoryFormat: string): boolean;
  /** kron(Tensor self, Tensor other) -> Tensor */
  kron(other: Tensor): Tensor;
  /** kthvalue(Tensor self, SymInt k, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices) */
  kthvalue(k: Int, dim?: Int, keepdim?: boolean): readonly [values: Tensor, indices: Tensor];
  /** nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor */
  nanToNum(nan?: number | null, posinf?: number | null, neginf?: number | null): Tensor;
  /** nan_to_num_(Tensor(a!) self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor(a!) */
  nanToNum_(nan?: number | null, posinf?: number | null, neginf?: number | null): Tensor;
  /** ldexp.Tensor(Tensor self, Tensor other) -> Tensor */
  ldexp(other: Tensor): Tensor;
  /** ldexp_(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  ldexp_(other: Tensor): Tensor;
  /** log(Tensor self) -> Tensor */
  log(): Tensor;
  /** log_(Tensor(a!) self) -> Tensor(a!) */
  log_(): Tensor;
  /** log10(Tensor self) -> Tensor */
  log10(): Tensor;
  /** log10_(Tensor(a!) self) -> Tensor(a!) */
  log10_(): Tensor;
  /** log1p(Tensor self) -> Tensor */
  log1p(): Tensor;
  /** log1p_(Tensor(a!) self) -> Tensor(a!) */
  log1p_(): Tensor;
  /** log2(Tensor self) -> Tensor */
  log2(): Tensor;
  /** log2_(Tensor(a!) self) -> Tensor(a!) */
  log2_(): Tensor;
  /** logaddexp(Tensor self, Tensor other) -> Tensor */
  logaddexp(other: Tensor): Tensor;
  /** logaddexp2(Tensor self, Tensor other) -> Tensor */
  logaddexp2(other: Tensor): Tensor;
  /** xlogy.Tensor(Tensor self, Tensor other) -> Tensor */
  xlogy(other: Tensor): Tensor;
  xlogy(other: Scalar): Tensor;
  /** xlogy_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  xlogy_(other: Tensor): Tensor;
  xlogy_(other: Scalar): Tensor;
  /** log_softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor */
  logSoftmax(dim: Int, dtype?: Dtype | null): Tensor;
  /** logcumsumexp(Tensor self, int dim) -> Tensor */
  logcumsumexp(dim: Int): Tensor;
  /** logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor */
  logsumexp(dim: number | readonly number[], keepdim?: boolean): Tensor;
  /** matmul(Tensor self, Tensor other) -> Tensor */
  matmul(other: Tensor): Tensor;
  /** matrix_power(Tensor self, int n) -> Tensor */
  matrixPower(n: Int): Tensor;
  /** matrix_exp(Tensor self) -> Tensor */
  matrixExp(): Tensor;
  /** aminmax(Tensor self, *, int? dim=None, bool keepdim=False) -> (Tensor min, Tensor max) */
  aminmax(options?: { dim?: Int | null; keepdim?: boolean }): readonly [min: Tensor, max: Tensor];
  /** max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices) */
  max(dim: Int, keepdim?: boolean): readonly [values: Tensor, indices: Tensor];
  max(): Tensor;
  max(other: Tensor): Tensor;
  /** amax(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor */
  amax(dim?: number | readonly number[], keepdim?: boolean): Tensor;
  /** mean(Tensor self, *, ScalarType? dtype=None) -> Tensor */
  mean(options?: { dtype?: Dtype | null }): Tensor;
  mean(dim: number | readonly number[] | null, options: { dtype?: Dtype | null }): Tensor;
  mean(dim: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: Dtype | null }): Tensor;
  /** nanmean(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor */
  nanmean(options: { dtype?: Dtype | null }): Tensor;
  nanmean(dim: number | readonly number[] | null | undefined, options: { dtype?: Dtype | null }): Tensor;
  nanmean(dim?: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: Dtype | null }): Tensor;
  /** median(Tensor self) -> Tensor */
  median(): Tensor;
  median(dim: Int, keepdim?: boolean): readonly [values: Tensor, indices: Tensor];
  /** nanmedian(Tensor self) -> Tensor */
  nanmedian(): Tensor;
  nanmedian(dim: Int, keepdim?: boolean): readonly [values: Tensor, indices: Tensor];
  /** min.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices) */
  min(dim: Int, keepdim?: boolean): readonly [values: Tensor, indices: Tensor];
  min(): Tensor;
  min(other: Tensor): Tensor;
  /** amin(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor */
  amin(dim?: number | readonly number[], keepdim?: boolean): Tensor;
  /** mm(Tensor self, Tensor mat2) -> Tensor */
  mm(mat2: Tensor): Tensor;
  /** mode(Tensor self, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices) */
  mode(dim?: Int, keepdim?: boolean): readonly [values: Tensor, indices: Tensor];
  /** mul.Tensor(Tensor self, Tensor other) -> Tensor */
  mul(other: Tensor): Tensor;
  mul(other: Scalar): Tensor;
  /** mul_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  mul_(other: Tensor): Tensor;
  mul_(other: Scalar): Tensor;
  /** multiply.Tensor(Tensor self, Tensor other) -> Tensor */
  multiply(other: Tensor): Tensor;
  multiply(other: Scalar): Tensor;
  /** multiply_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  multiply_(other: Tensor): Tensor;
  multiply_(other: Scalar): Tensor;
  /** mv(Tensor self, Tensor vec) -> Tensor */
  mv(vec: Tensor): Tensor;
  /** mvlgamma(Tensor self, int p) -> Tensor */
  mvlgamma(p: Int): Tensor;
  /** mvlgamma_(Tensor(a!) self, int p) -> Tensor(a!) */
  mvlgamma_(p: Int): Tensor;
  /** narrow_copy(Tensor self, int dim, SymInt start, SymInt length) -> Tensor */
  narrowCopy(dim: Int, start: Int, length: Int): Tensor;
  /** narrow(Tensor(a) self, int dim, SymInt start, SymInt length) -> Tensor(a) */
  narrow(dim: Int, start: Int, length: Int): Tensor;
  narrow(dim: Int, start: Tensor, length: Int): Tensor;
  /** permute(Tensor(a) self, int[] dims) -> Tensor(a) */
  permute(dims: readonly number[]): Tensor;
  /** movedim.intlist(Tensor(a) self, int[] source, int[] destination) -> Tensor(a) */
  movedim(source: readonly number[], destination: readonly number[]): Tensor;
  movedim(source: Int, destination: Int): Tensor;
  /** moveaxis.intlist(Tensor(a) self, int[] source, int[] destination) -> Tensor(a) */
  moveaxis(source: readonly number[], destination: readonly number[]): Tensor;
  moveaxis(source: Int, destination: Int): Tensor;
  /** numpy_T(Tensor(a) self) -> Tensor(a) */
  numpyT(): Tensor;
  /** matrix_H(Tensor(a) self) -> Tensor(a) */
  matrixH(): Tensor;
  /** mT(Tensor(a) self) -> Tensor(a) */
  mT(): Tensor;
  /** mH(Tensor(a) self) -> Tensor(a) */
  mH(): Tensor;
  /** adjoint(Tensor(a) self) -> Tensor(a) */
  adjoint(): Tensor;
  /** is_pinned(Tensor self, Device? device=None) -> bool */
  isPinned(device?: string | null): boolean;
  /** pin_memory(Tensor(a) self, Device? device=None) -> Tensor(a) */
  pinMemory(device?: string | null): Tensor;
  /** pinverse(Tensor self, float rcond=1e-15) -> Tensor */
  pinverse(rcond?: number): Tensor;
  /** rad2deg(Tensor self) -> Tensor */
  rad2deg(): Tensor;
  /** rad2deg_(Tensor(a!) self) -> Tensor(a!) */
  rad2deg_(): Tensor;
  /** deg2rad(Tensor self) -> Tensor */
  deg2rad(): Tensor;
  /** deg2rad_(Tensor(a!) self) -> Tensor(a!) */
  deg2rad_(): Tensor;
  /** ravel(Tensor(a) self) -> Tensor(a) */
  ravel(): Tensor;
  /** reciprocal(Tensor self) -> Tensor */
  reciprocal(): Tensor;
  /** reciprocal_(Tensor(a!) self) -> Tensor(a!) */
  reciprocal_(): Tensor;
  /** neg(Tensor self) -> Tensor */
  neg(): Tensor;
  /** neg_(Tensor(a!) self) -> Tensor(a!) */
  neg_(): Tensor;
  /** negative(Tensor self) -> Tensor */
  negative(): Tensor;
  /** negative_(Tensor(a!) self) -> Tensor(a!) */
  negative_(): Tensor;
  /** repeat(Tensor self, SymInt[] repeats) -> Tensor */
  repeat(repeats: readonly number[]): Tensor;
  /** repeat_interleave.self_Tensor(Tensor self, Tensor repeats, int? dim=None, *, SymInt? output_size=None) -> Tensor */
  repeatInterleave(repeats: Tensor, options: { outputSize?: Int | null }): Tensor;
  repeatInterleave(repeats: Tensor, dim?: Int | null, options?: { outputSize?: Int | null }): Tensor;
  repeatInterleave(repeats: Int, options: { outputSize?: Int | null }): Tensor;
  repeatInterleave(repeats: Int, dim?: Int | null, options?: { outputSize?: Int | null }): Tensor;
  /** reshape(Tensor(a) self, SymInt[] shape) -> Tensor(a) */
  reshape(shape: readonly number[]): Tensor;
  /** _reshape_alias(Tensor(a) self, SymInt[] size, SymInt[] stride) -> Tensor(a) */
  _reshapeAlias(size: readonly number[], stride: readonly number[]): Tensor;
  /** reshape_as(Tensor(a) self, Tensor other) -> Tensor(a) */
  reshapeAs(other: Tensor): Tensor;
  /** round(Tensor self) -> Tensor */
  round(): Tensor;
  round(options: { decimals: Int }): Tensor;
  /** round_(Tensor(a!) self) -> Tensor(a!) */
  round_(): Tensor;
  round_(options: { decimals: Int }): Tensor;
  /** relu(Tensor self) -> Tensor */
  relu(): Tensor;
  /** relu_(Tensor(a!) self) -> Tensor(a!) */
  relu_(): Tensor;
  /** prelu(Tensor self, Tensor weight) -> Tensor */
  prelu(weight: Tensor): Tensor;
  /** hardshrink(Tensor self, Scalar lambd=0.5) -> Tensor */
  hardshrink(lambd?: Scalar): Tensor;
  /** rsqrt(Tensor self) -> Tensor */
  rsqrt(): Tensor;
  /** rsqrt_(Tensor(a!) self) -> Tensor(a!) */
  rsqrt_(): Tensor;
  /** select.int(Tensor(a) self, int dim, SymInt index) -> Tensor(a) */
  select(dim: Int, index: Int): Tensor;
  /** sigmoid(Tensor self) -> Tensor */
  sigmoid(): Tensor;
  /** sigmoid_(Tensor(a!) self) -> Tensor(a!) */
  sigmoid_(): Tensor;
  /** logit(Tensor self, float? eps=None) -> Tensor */
  logit(eps?: number | null): Tensor;
  /** logit_(Tensor(a!) self, float? eps=None) -> Tensor(a!) */
  logit_(eps?: number | null): Tensor;
  /** sin(Tensor self) -> Tensor */
  sin(): Tensor;
  /** sin_(Tensor(a!) self) -> Tensor(a!) */
  sin_(): Tensor;
  /** sinc(Tensor self) -> Tensor */
  sinc(): Tensor;
  /** sinc_(Tensor(a!) self) -> Tensor(a!) */
  sinc_(): Tensor;
  /** sinh(Tensor self) -> Tensor */
  sinh(): Tensor;
  /** sinh_(Tensor(a!) self) -> Tensor(a!) */
  sinh_(): Tensor;
  /** detach(Tensor(a) self) -> Tensor(a) */
  detach(): Tensor;
  /** detach_(Tensor(a!) self) -> Tensor(a!) */
  detach_(): Tensor;
  /** slice.Tensor(Tensor(a) self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor(a) */
  slice(dim?: Int, start?: Int | null, end?: Int | null, step?: Int): Tensor;
  /** slice_inverse(Tensor(a) self, Tensor src, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor(a) */
  sliceInverse(src: Tensor, dim?: Int, start?: Int | null, end?: Int | null, step?: Int): Tensor;
  /** slice_scatter(Tensor self, Tensor src, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1) -> Tensor */
  sliceScatter(src: Tensor, dim?: Int, start?: Int | null, end?: Int | null, step?: Int): Tensor;
  /** select_scatter(Tensor self, Tensor src, int dim, SymInt index) -> Tensor */
  selectScatter(src: Tensor, dim: Int, index: Int): Tensor;
  /** diagonal_scatter(Tensor self, Tensor src, int offset=0, int dim1=0, int dim2=1) -> Tensor */
  diagonalScatter(src: Tensor, offset?: Int, dim1?: Int, dim2?: Int): Tensor;
  /** as_strided_scatter(Tensor self, Tensor src, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None) -> Tensor */
  asStridedScatter(src: Tensor, size: readonly number[], stride: readonly number[], storageOffset?: Int | null): Tensor;
  /** smm(Tensor self, Tensor mat2) -> Tensor */
  smm(mat2: Tensor): Tensor;
  /** softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor */
  softmax(dim: Int, dtype?: Dtype | null): Tensor;
  /** unsafe_split.Tensor(Tensor self, SymInt split_size, int dim=0) -> Tensor[] */
  unsafeSplit(splitSize: Int, dim?: Int): Tensor[];
  /** split.Tensor(Tensor(a -> *) self, SymInt split_size, int dim=0) -> Tensor(a)[] */
  split(splitSize: Int, dim?: Int): Tensor[];
  split(splitSize: readonly number[], dim?: Int): Tensor[];
  /** unsafe_split_with_sizes(Tensor self, SymInt[] split_sizes, int dim=0) -> Tensor[] */
  unsafeSplitWithSizes(splitSizes: readonly number[], dim?: Int): Tensor[];
  /** split_with_sizes(Tensor(a -> *) self, SymInt[] split_sizes, int dim=0) -> Tensor(a)[] */
  splitWithSizes(splitSizes: readonly number[], dim?: Int): Tensor[];
  /** hsplit.int(Tensor(a -> *) self, int sections) -> Tensor(a)[] */
  hsplit(sections: Int): Tensor[];
  hsplit(indices: readonly number[]): Tensor[];
  /** vsplit.int(Tensor(a -> *) self, int sections) -> Tensor(a)[] */
  vsplit(sections: Int): Tensor[];
  vsplit(indices: readonly number[]): Tensor[];
  /** dsplit.int(Tensor(a -> *) self, int sections) -> Tensor(a)[] */
  dsplit(sections: Int): Tensor[];
  dsplit(indices: readonly number[]): Tensor[];
  /** squeeze(Tensor(a) self) -> Tensor(a) */
  squeeze(): Tensor;
  squeeze(dim: Int): Tensor;
  squeeze(dim: readonly number[]): Tensor;
  /** squeeze_(Tensor(a!) self) -> Tensor(a!) */
  squeeze_(): Tensor;
  squeeze_(dim: Int): Tensor;
  squeeze_(dim: readonly number[]): Tensor;
  /** sspaddmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor */
  sspaddmm(mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** stft(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool normalized=False, bool? onesided=None, bool? return_complex=None, bool? align_to_window=None) -> Tensor */
  stft(nFft: Int, hopLength?: Int | null, winLength?: Int | null, window?: Tensor | null, normalized?: boolean, onesided?: boolean | null, returnComplex?: boolean | null, alignToWindow?: boolean | null): Tensor;
  stft(nFft: Int, hopLength?: Int | null, winLength?: Int | null, window?: Tensor | null, center?: boolean, padMode?: string, normalized?: boolean, onesided?: boolean | null, returnComplex?: boolean | null, alignToWindow?: boolean | null): Tensor;
  /** istft(Tensor self, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool center=True, bool normalized=False, bool? onesided=None, int? length=None, bool return_complex=False) -> Tensor */
  istft(nFft: Int, hopLength?: Int | null, winLength?: Int | null, window?: Tensor | null, center?: boolean, normalized?: boolean, onesided?: boolean | null, length?: Int | null, returnComplex?: boolean): Tensor;
  /** sum(Tensor self, *, ScalarType? dtype=None) -> Tensor */
  sum(options?: { dtype?: Dtype | null }): Tensor;
  sum(dim: number | readonly number[] | null, options: { dtype?: Dtype | null }): Tensor;
  sum(dim: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: Dtype | null }): Tensor;
  /** nansum(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor */
  nansum(options: { dtype?: Dtype | null }): Tensor;
  nansum(dim: number | readonly number[] | null | undefined, options: { dtype?: Dtype | null }): Tensor;
  nansum(dim?: number | readonly number[] | null, keepdim?: boolean, options?: { dtype?: Dtype | null }): Tensor;
  /** hash_tensor(Tensor self, int[1] dim=[], *, bool keepdim=False, int mode=0) -> Tensor */
  hashTensor(options: { keepdim?: boolean; mode?: Int }): Tensor;
  hashTensor(dim?: number | readonly number[], options?: { keepdim?: boolean; mode?: Int }): Tensor;
  /** sum_to_size(Tensor self, SymInt[] size) -> Tensor */
  sumToSize(size: readonly number[]): Tensor;
  /** sqrt(Tensor self) -> Tensor */
  sqrt(): Tensor;
  /** sqrt_(Tensor(a!) self) -> Tensor(a!) */
  sqrt_(): Tensor;
  /** square(Tensor self) -> Tensor */
  square(): Tensor;
  /** square_(Tensor(a!) self) -> Tensor(a!) */
  square_(): Tensor;
  /** std(Tensor self, bool unbiased=True) -> Tensor */
  std(unbiased?: boolean): Tensor;
  std(dim: number | readonly number[] | null, unbiased?: boolean, keepdim?: boolean): Tensor;
  std(options: { correction?: Scalar | null; keepdim?: boolean }): Tensor;
  std(dim?: number | readonly number[] | null, options?: { correction?: Scalar | null; keepdim?: boolean }): Tensor;
  /** prod(Tensor self, *, ScalarType? dtype=None) -> Tensor */
  prod(options?: { dtype?: Dtype | null }): Tensor;
  prod(dim: Int, options: { dtype?: Dtype | null }): Tensor;
  prod(dim: Int, keepdim?: boolean, options?: { dtype?: Dtype | null }): Tensor;
  /** t(Tensor(a) self) -> Tensor(a) */
  t(): Tensor;
  /** t_(Tensor(a!) self) -> Tensor(a!) */
  t_(): Tensor;
  /** tan(Tensor self) -> Tensor */
  tan(): Tensor;
  /** tan_(Tensor(a!) self) -> Tensor(a!) */
  tan_(): Tensor;
  /** tanh(Tensor self) -> Tensor */
  tanh(): Tensor;
  /** tanh_(Tensor(a!) self) -> Tensor(a!) */
  tanh_(): Tensor;
  /** tile(Tensor self, SymInt[] dims) -> Tensor */
  tile(dims: readonly number[]): Tensor;
  /** transpose.int(Tensor(a) self, int dim0, int dim1) -> Tensor(a) */
  transpose(dim0: Int, dim1: Int): Tensor;
  /** transpose_(Tensor(a!) self, int dim0, int dim1) -> Tensor(a!) */
  transpose_(dim0: Int, dim1: Int): Tensor;
  /** flip(Tensor self, int[] dims) -> Tensor */
  flip(dims: readonly number[]): Tensor;
  /** fliplr(Tensor self) -> Tensor */
  fliplr(): Tensor;
  /** flipud(Tensor self) -> Tensor */
  flipud(): Tensor;
  /** roll(Tensor self, SymInt[1] shifts, int[1] dims=[]) -> Tensor */
  roll(shifts: number | readonly number[], dims?: number | readonly number[]): Tensor;
  /** rot90(Tensor self, int k=1, int[] dims=[0,1]) -> Tensor */
  rot90(k?: Int, dims?: readonly number[]): Tensor;
  /** _nested_tensor_size(Tensor self) -> Tensor */
  _nestedTensorSize(): Tensor;
  /** _nested_tensor_strides(Tensor self) -> Tensor */
  _nestedTensorStrides(): Tensor;
  /** _nested_tensor_storage_offsets(Tensor self) -> Tensor */
  _nestedTensorStorageOffsets(): Tensor;
  /** trunc(Tensor self) -> Tensor */
  trunc(): Tensor;
  /** trunc_(Tensor(a!) self) -> Tensor(a!) */
  trunc_(): Tensor;
  /** fix(Tensor self) -> Tensor */
  fix(): Tensor;
  /** fix_(Tensor(a!) self) -> Tensor(a!) */
  fix_(): Tensor;
  /** type_as(Tensor self, Tensor other) -> Tensor */
  typeAs(other: Tensor): Tensor;
  /** unsqueeze(Tensor(a) self, int dim) -> Tensor(a) */
  unsqueeze(dim: Int): Tensor;
  /** unsqueeze_(Tensor(a!) self, int dim) -> Tensor(a!) */
  unsqueeze_(dim: Int): Tensor;
  /** var(Tensor self, bool unbiased=True) -> Tensor */
  var(unbiased?: boolean): Tensor;
  var(dim: number | readonly number[] | null, unbiased?: boolean, keepdim?: boolean): Tensor;
  var(options: { correction?: Scalar | null; keepdim?: boolean }): Tensor;
  var(dim?: number | readonly number[] | null, options?: { correction?: Scalar | null; keepdim?: boolean }): Tensor;
  /** view_as(Tensor(a) self, Tensor other) -> Tensor(a) */
  viewAs(other: Tensor): Tensor;
  /** _philox_normal_(Tensor(a!) self, Tensor key, float mean=0, float std=1) -> Tensor(a!) */
  _philoxNormal_(key: Tensor, mean?: number, std?: number): Tensor;
  /** _philox_uniform_(Tensor(a!) self, Tensor key, float low=0, float high=1) -> Tensor(a!) */
  _philoxUniform_(key: Tensor, low?: number, high?: number): Tensor;
  /** norm.ScalarOpt_dtype(Tensor self, Scalar? p, *, ScalarType dtype) -> Tensor */
  norm(p: Scalar | null, options: { dtype: Dtype }): Tensor;
  norm(p?: Scalar): Tensor;
  norm(p: Scalar | null, dim: number | readonly number[], keepdim: boolean, options: { dtype: Dtype }): Tensor;
  norm(p: Scalar | null, dim: number | readonly number[], keepdim?: boolean): Tensor;
  /** frexp.Tensor(Tensor self) -> (Tensor mantissa, Tensor exponent) */
  frexp(): readonly [mantissa: Tensor, exponent: Tensor];
  /** clone(Tensor self, *, MemoryFormat? memory_format=None) -> Tensor */
  clone(options?: { memoryFormat?: string | null }): Tensor;
  /** positive(Tensor(a) self) -> Tensor(a) */
  positive(): Tensor;
  /** resize_as_(Tensor(a!) self, Tensor the_template, *, MemoryFormat? memory_format=None) -> Tensor(a!) */
  resizeAs_(theTemplate: Tensor, options?: { memoryFormat?: string | null }): Tensor;
  /** resize_as_sparse_(Tensor(a!) self, Tensor the_template) -> Tensor(a!) */
  resizeAsSparse_(theTemplate: Tensor): Tensor;
  /** zero_(Tensor(a!) self) -> Tensor(a!) */
  zero_(): Tensor;
  /** sub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor */
  sub(other: Tensor, options?: { alpha?: Scalar }): Tensor;
  sub(other: Scalar, alpha?: Scalar): Tensor;
  /** sub_.Tensor(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!) */
  sub_(other: Tensor, options?: { alpha?: Scalar }): Tensor;
  sub_(other: Scalar, alpha?: Scalar): Tensor;
  /** subtract.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor */
  subtract(other: Tensor, options?: { alpha?: Scalar }): Tensor;
  subtract(other: Scalar, alpha?: Scalar): Tensor;
  /** subtract_.Tensor(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!) */
  subtract_(other: Tensor, options?: { alpha?: Scalar }): Tensor;
  subtract_(other: Scalar, alpha?: Scalar): Tensor;
  /** heaviside(Tensor self, Tensor values) -> Tensor */
  heaviside(values: Tensor): Tensor;
  /** heaviside_(Tensor(a!) self, Tensor values) -> Tensor(a!) */
  heaviside_(values: Tensor): Tensor;
  /** addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor */
  addmm(mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** addmm_(Tensor(a!) self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!) */
  addmm_(mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** _addmm_activation(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1, bool use_gelu=False) -> Tensor */
  _addmmActivation(mat1: Tensor, mat2: Tensor, options?: { beta?: Scalar; alpha?: Scalar; useGelu?: boolean }): Tensor;
  /** sparse_resize_(Tensor(a!) self, int[] size, int sparse_dim, int dense_dim) -> Tensor(a!) */
  sparseResize_(size: readonly number[], sparseDim: Int, denseDim: Int): Tensor;
  /** sparse_resize_and_clear_(Tensor(a!) self, int[] size, int sparse_dim, int dense_dim) -> Tensor(a!) */
  sparseResizeAndClear_(size: readonly number[], sparseDim: Int, denseDim: Int): Tensor;
  /** sparse_mask(Tensor self, Tensor mask) -> Tensor */
  sparseMask(mask: Tensor): Tensor;
  /** _sparse_mask_projection(Tensor self, Tensor mask, bool accumulate_matches=False) -> Tensor */
  _sparseMaskProjection(mask: Tensor, accumulateMatches?: boolean): Tensor;
  /** to_dense(Tensor self, ScalarType? dtype=None, *, bool? masked_grad=None) -> Tensor */
  toDense(options: { maskedGrad?: boolean | null }): Tensor;
  toDense(dtype?: Dtype | null, options?: { maskedGrad?: boolean | null }): Tensor;
  /** _to_dense(Tensor self, ScalarType? dtype=None, bool? masked_grad=None) -> Tensor */
  _toDense(dtype?: Dtype | null, maskedGrad?: boolean | null): Tensor;
  /** sparse_dim(Tensor self) -> int */
  sparseDim(): number;
  /** _dimI(Tensor self) -> int */
  _dimI(): number;
  /** dense_dim(Tensor self) -> int */
  denseDim(): number;
  /** _dimV(Tensor self) -> int */
  _dimV(): number;
  /** _nnz(Tensor self) -> int */
  _nnz(): number;
  /** coalesce(Tensor(a) self) -> Tensor(a) */
  coalesce(): Tensor;
  /** is_coalesced(Tensor self) -> bool */
  isCoalesced(): boolean;
  /** _indices(Tensor(a) self) -> Tensor(a) */
  _indices(): Tensor;
  /** _values(Tensor(a) self) -> Tensor(a) */
  _values(): Tensor;
  /** _coalesced_(Tensor(a!) self, bool coalesced) -> Tensor(a!) */
  _coalesced_(coalesced: boolean): Tensor;
  /** indices(Tensor(a) self) -> Tensor(a) */
  indices(): Tensor;
  /** values(Tensor(a) self) -> Tensor(a) */
  values(): Tensor;
  /** crow_indices(Tensor(a) self) -> Tensor(a) */
  crowIndices(): Tensor;
  /** col_indices(Tensor(a) self) -> Tensor(a) */
  colIndices(): Tensor;
  /** ccol_indices(Tensor(a) self) -> Tensor(a) */
  ccolIndices(): Tensor;
  /** row_indices(Tensor(a) self) -> Tensor(a) */
  rowIndices(): Tensor;
  /** unbind.int(Tensor(a -> *) self, int dim=0) -> Tensor(a)[] */
  unbind(dim?: Int): Tensor[];
  /** to_sparse.sparse_dim(Tensor self, int sparse_dim) -> Tensor */
  toSparse(sparseDim: Int): Tensor;
  toSparse(options?: { layout?: string | null; blocksize?: number | readonly number[] | null; denseDim?: Int | null }): Tensor;
  /** _to_sparse.sparse_dim(Tensor self, int sparse_dim) -> Tensor */
  _toSparse(sparseDim: Int): Tensor;
  _toSparse(options?: { layout?: string | null; blocksize?: number | readonly number[] | null; denseDim?: Int | null }): Tensor;
  /** to_sparse_csr(Tensor self, int? dense_dim=None) -> Tensor */
  toSparseCsr(denseDim?: Int | null): Tensor;
  /** _to_sparse_csr(Tensor self, int? dense_dim=None) -> Tensor */
  _toSparseCsr(denseDim?: Int | null): Tensor;
  /** to_sparse_csc(Tensor self, int? dense_dim=None) -> Tensor */
  toSparseCsc(denseDim?: Int | null): Tensor;
  /** _to_sparse_csc(Tensor self, int? dense_dim=None) -> Tensor */
  _toSparseCsc(denseDim?: Int | null): Tensor;
  /** to_sparse_bsr(Tensor self, int[2] blocksize, int? dense_dim=None) -> Tensor */
  toSparseBsr(blocksize: number | readonly number[], denseDim?: Int | null): Tensor;
  /** _to_sparse_bsr(Tensor self, int[2] blocksize, int? dense_dim=None) -> Tensor */
  _toSparseBsr(blocksize: number | readonly number[], denseDim?: Int | null): Tensor;
  /** to_sparse_bsc(Tensor self, int[2] blocksize, int? dense_dim=None) -> Tensor */
  toSparseBsc(blocksize: number | readonly number[], denseDim?: Int | null): Tensor;
  /** _to_sparse_bsc(Tensor self, int[2] blocksize, int? dense_dim=None) -> Tensor */
  _toSparseBsc(blocksize: number | readonly number[], denseDim?: Int | null): Tensor;
  /** to_mkldnn(Tensor self, ScalarType? dtype=None) -> Tensor */
  toMkldnn(dtype?: Dtype | null): Tensor;
  /** dequantize.self(Tensor self) -> Tensor */
  dequantize(): Tensor;
  /** q_scale(Tensor self) -> float */
  qScale(): number;
  /** q_zero_point(Tensor self) -> int */
  qZeroPoint(): number;
  /** q_per_channel_scales(Tensor self) -> Tensor */
  qPerChannelScales(): Tensor;
  /** q_per_channel_zero_points(Tensor self) -> Tensor */
  qPerChannelZeroPoints(): Tensor;
  /** q_per_channel_axis(Tensor self) -> int */
  qPerChannelAxis(): number;
  /** int_repr(Tensor self) -> Tensor */
  intRepr(): Tensor;
  /** _autocast_to_reduced_precision(Tensor(a) self, bool cuda_enabled, bool cpu_enabled, ScalarType cuda_dtype, ScalarType cpu_dtype) -> Tensor(a) */
  _autocastToReducedPrecision(cudaEnabled: boolean, cpuEnabled: boolean, cudaDtype: Dtype, cpuDtype: Dtype): Tensor;
  /** _autocast_to_full_precision(Tensor(a) self, bool cuda_enabled, bool cpu_enabled) -> Tensor(a) */
  _autocastToFullPrecision(cudaEnabled: boolean, cpuEnabled: boolean): Tensor;
  /** to.dtype_layout(Tensor(a) self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a) */
  to(options?: { dtype?: Dtype | null; layout?: string | null; device?: string | null; pinMemory?: boolean | null; nonBlocking?: boolean; copy?: boolean; memoryFormat?: string | null }): Tensor;
  to(device: string, dtype: Dtype, nonBlocking?: boolean, copy?: boolean, memoryFormat?: string | null): Tensor;
  to(dtype: Dtype, nonBlocking?: boolean, copy?: boolean, memoryFormat?: string | null): Tensor;
  to(other: Tensor, nonBlocking?: boolean, copy?: boolean, memoryFormat?: string | null): Tensor;
  /** set_.source_Tensor_storage_offset(Tensor(a!) self, Tensor source, SymInt storage_offset, SymInt[] size, SymInt[] stride=[]) -> Tensor(a!) */
  set_(source: Tensor, storageOffset: Int, size: readonly number[], stride?: readonly number[]): Tensor;
  set_(source: Tensor): Tensor;
  set_(): Tensor;
  /** is_set_to(Tensor self, Tensor tensor) -> bool */
  isSetTo(tensor: Tensor): boolean;
  /** masked_fill_.Scalar(Tensor(a!) self, Tensor mask, Scalar value) -> Tensor(a!) */
  maskedFill_(mask: Tensor, value: Scalar): Tensor;
  maskedFill_(mask: Tensor, value: Tensor): Tensor;
  /** masked_fill.Scalar(Tensor self, Tensor mask, Scalar value) -> Tensor */
  maskedFill(mask: Tensor, value: Scalar): Tensor;
  maskedFill(mask: Tensor, value: Tensor): Tensor;
  /** masked_scatter_(Tensor(a!) self, Tensor mask, Tensor source) -> Tensor(a!) */
  maskedScatter_(mask: Tensor, source: Tensor): Tensor;
  /** masked_scatter(Tensor self, Tensor mask, Tensor source) -> Tensor */
  maskedScatter(mask: Tensor, source: Tensor): Tensor;
  /** view(Tensor(a) self, SymInt[] size) -> Tensor(a) */
  view(size: readonly number[]): Tensor;
  view(dtype: Dtype): Tensor;
  /** put_(Tensor(a!) self, Tensor index, Tensor source, bool accumulate=False) -> Tensor(a!) */
  put_(index: Tensor, source: Tensor, accumulate?: boolean): Tensor;
  /** put(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor */
  put(index: Tensor, source: Tensor, accumulate?: boolean): Tensor;
  /** index_add_(Tensor(a!) self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor(a!) */
  indexAdd_(dim: Int, index: Tensor, source: Tensor, options?: { alpha?: Scalar }): Tensor;
  /** index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor */
  indexAdd(dim: Int, index: Tensor, source: Tensor, options?: { alpha?: Scalar }): Tensor;
  /** index_reduce_(Tensor(a!) self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor(a!) */
  indexReduce_(dim: Int, index: Tensor, source: Tensor, reduce: string, options?: { includeSelf?: boolean }): Tensor;
  /** index_reduce(Tensor self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor */
  indexReduce(dim: Int, index: Tensor, source: Tensor, reduce: string, options?: { includeSelf?: boolean }): Tensor;
  /** index_fill_.int_Scalar(Tensor(a!) self, int dim, Tensor index, Scalar value) -> Tensor(a!) */
  indexFill_(dim: Int, index: Tensor, value: Scalar): Tensor;
  indexFill_(dim: Int, index: Tensor, value: Tensor): Tensor;
  /** index_fill.int_Scalar(Tensor self, int dim, Tensor index, Scalar value) -> Tensor */
  indexFill(dim: Int, index: Tensor, value: Scalar): Tensor;
  indexFill(dim: Int, index: Tensor, value: Tensor): Tensor;
  /** scatter.src(Tensor self, int dim, Tensor index, Tensor src) -> Tensor */
  scatter(dim: Int, index: Tensor, src: Tensor): Tensor;
  scatter(dim: Int, index: Tensor, value: Scalar): Tensor;
  scatter(dim: Int, index: Tensor, src: Tensor, options: { reduce: string }): Tensor;
  scatter(dim: Int, index: Tensor, value: Scalar, options: { reduce: string }): Tensor;
  /** scatter_.src(Tensor(a!) self, int dim, Tensor index, Tensor src) -> Tensor(a!) */
  scatter_(dim: Int, index: Tensor, src: Tensor): Tensor;
  scatter_(dim: Int, index: Tensor, value: Scalar): Tensor;
  scatter_(dim: Int, index: Tensor, src: Tensor, options: { reduce: string }): Tensor;
  scatter_(dim: Int, index: Tensor, value: Scalar, options: { reduce: string }): Tensor;
  /** scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor */
  scatterAdd(dim: Int, index: Tensor, src: Tensor): Tensor;
  /** scatter_add_(Tensor(a!) self, int dim, Tensor index, Tensor src) -> Tensor(a!) */
  scatterAdd_(dim: Int, index: Tensor, src: Tensor): Tensor;
  /** scatter_reduce.two(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor */
  scatterReduce(dim: Int, index: Tensor, src: Tensor, reduce: string, options?: { includeSelf?: boolean }): Tensor;
  /** scatter_reduce_.two(Tensor(a!) self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor(a!) */
  scatterReduce_(dim: Int, index: Tensor, src: Tensor, reduce: string, options?: { includeSelf?: boolean }): Tensor;
  /** eq_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!) */
  eq_(other: Scalar): Tensor;
  eq_(other: Tensor): Tensor;
  /** bitwise_and.Scalar(Tensor self, Scalar other) -> Tensor */
  bitwiseAnd(other: Scalar): Tensor;
  bitwiseAnd(other: Tensor): Tensor;
  /** bitwise_and_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!) */
  bitwiseAnd_(other: Scalar): Tensor;
  bitwiseAnd_(other: Tensor): Tensor;
  /** __and__.Scalar(Tensor self, Scalar other) -> Tensor */
  __and__(other: Scalar): Tensor;
  __and__(other: Tensor): Tensor;
  /** __iand__.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!) */
  __iand__(other: Scalar): Tensor;
  __iand__(other: Tensor): Tensor;
  /** bitwise_or.Scalar(Tensor self, Scalar other) -> Tensor */
  bitwiseOr(other: Scalar): Tensor;
  bitwiseOr(other: Tensor): Tensor;
  /** bitwise_or_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!) */
  bitwiseOr_(other: Scalar): Tensor;
  bitwiseOr_(other: Tensor): Tensor;
  /** __or__.Scalar(Tensor self, Scalar other) -> Tensor */
  __or__(other: Scalar): Tensor;
  __or__(other: Tensor): Tensor;
  /** __ior__.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!) */
  __ior__(other: Scalar): Tensor;
  __ior__(other: Tensor): Tensor;
  /** bitwise_xor.Scalar(Tensor self, Scalar other) -> Tensor */
  bitwiseXor(other: Scalar): Tensor;
  bitwiseXor(other: Tensor): Tensor;
  /** bitwise_xor_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!) */
  bitwiseXor_(other: Scalar): Tensor;
  bitwiseXor_(other: Tensor): Tensor;
  /** __xor__.Scalar(Tensor self, Scalar other) -> Tensor */
  __xor__(other: Scalar): Tensor;
  __xor__(other: Tensor): Tensor;
  /** __ixor__.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!) */
  __ixor__(other: Scalar): Tensor;
  __ixor__(other: Tensor): Tensor;
  /** __lshift__.Scalar(Tensor self, Scalar other) -> Tensor */
  __lshift__(other: Scalar): Tensor;
  __lshift__(other: Tensor): Tensor;
  /** __ilshift__.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!) */
  __ilshift__(other: Scalar): Tensor;
  __ilshift__(other: Tensor): Tensor;
  /** bitwise_left_shift.Tensor(Tensor self, Tensor other) -> Tensor */
  bitwiseLeftShift(other: Tensor): Tensor;
  bitwiseLeftShift(other: Scalar): Tensor;
  /** bitwise_left_shift_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  bitwiseLeftShift_(other: Tensor): Tensor;
  bitwiseLeftShift_(other: Scalar): Tensor;
  /** __rshift__.Scalar(Tensor self, Scalar other) -> Tensor */
  __rshift__(other: Scalar): Tensor;
  __rshift__(other: Tensor): Tensor;
  /** __irshift__.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!) */
  __irshift__(other: Scalar): Tensor;
  __irshift__(other: Tensor): Tensor;
  /** bitwise_right_shift.Tensor(Tensor self, Tensor other) -> Tensor */
  bitwiseRightShift(other: Tensor): Tensor;
  bitwiseRightShift(other: Scalar): Tensor;
  /** bitwise_right_shift_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  bitwiseRightShift_(other: Tensor): Tensor;
  bitwiseRightShift_(other: Scalar): Tensor;
  /** tril_(Tensor(a!) self, SymInt diagonal=0) -> Tensor(a!) */
  tril_(diagonal?: Int): Tensor;
  /** triu_(Tensor(a!) self, SymInt diagonal=0) -> Tensor(a!) */
  triu_(diagonal?: Int): Tensor;
  /** digamma_(Tensor(a!) self) -> Tensor(a!) */
  digamma_(): Tensor;
  /** lerp_.Scalar(Tensor(a!) self, Tensor end, Scalar weight) -> Tensor(a!) */
  lerp_(end: Tensor, weight: Scalar): Tensor;
  lerp_(end: Tensor, weight: Tensor): Tensor;
  /** addbmm_(Tensor(a!) self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor(a!) */
  addbmm_(batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** addbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor */
  addbmm(batch1: Tensor, batch2: Tensor, options?: { beta?: Scalar; alpha?: Scalar }): Tensor;
  /** random_.to(Tensor(a!) self, int to, *, Generator? generator=None) -> Tensor(a!) */
  random_(to: Int, options?: { generator?: Generator | null }): Tensor;
  random_(from: Int, to: Int | null, options?: { generator?: Generator | null }): Tensor;
  random_(options?: { generator?: Generator | null }): Tensor;
  /** uniform_(Tensor(a!) self, float from=0, float to=1, *, Generator? generator=None) -> Tensor(a!) */
  uniform_(options: { generator?: Generator | null }): Tensor;
  uniform_(from: number | undefined, options: { generator?: Generator | null }): Tensor;
  uniform_(from?: number, to?: number, options?: { generator?: Generator | null }): Tensor;
  /** cauchy_(Tensor(a!) self, float median=0, float sigma=1, *, Generator? generator=None) -> Tensor(a!) */
  cauchy_(options: { generator?: Generator | null }): Tensor;
  cauchy_(median: number | undefined, options: { generator?: Generator | null }): Tensor;
  cauchy_(median?: number, sigma?: number, options?: { generator?: Generator | null }): Tensor;
  /** log_normal_(Tensor(a!) self, float mean=1, float std=2, *, Generator? generator=None) -> Tensor(a!) */
  logNormal_(options: { generator?: Generator | null }): Tensor;
  logNormal_(mean: number | undefined, options: { generator?: Generator | null }): Tensor;
  logNormal_(mean?: number, std?: number, options?: { generator?: Generator | null }): Tensor;
  /** exponential_(Tensor(a!) self, float lambd=1, *, Generator? generator=None) -> Tensor(a!) */
  exponential_(options: { generator?: Generator | null }): Tensor;
  exponential_(lambd?: number, options?: { generator?: Generator | null }): Tensor;
  /** geometric_(Tensor(a!) self, float p, *, Generator? generator=None) -> Tensor(a!) */
  geometric_(p: number, options?: { generator?: Generator | null }): Tensor;
  /** diag(Tensor self, int diagonal=0) -> Tensor */
  diag(diagonal?: Int): Tensor;
  /** cross(Tensor self, Tensor other, int? dim=None) -> Tensor */
  cross(other: Tensor, dim?: Int | null): Tensor;
  /** triu(Tensor self, SymInt diagonal=0) -> Tensor */
  triu(diagonal?: Int): Tensor;
  /** tril(Tensor self, SymInt diagonal=0) -> Tensor */
  tril(diagonal?: Int): Tensor;
  /** trace(Tensor self) -> Tensor */
  trace(): Tensor;
  /** ne.Scalar(Tensor self, Scalar other) -> Tensor */
  ne(other: Scalar): Tensor;
  ne(other: Tensor): Tensor;
  /** ne_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!) */
  ne_(other: Scalar): Tensor;
  ne_(other: Tensor): Tensor;
  /** not_equal.Scalar(Tensor self, Scalar other) -> Tensor */
  notEqual(other: Scalar): Tensor;
  notEqual(other: Tensor): Tensor;
  /** not_equal_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!) */
  notEqual_(other: Scalar): Tensor;
  notEqual_(other: Tensor): Tensor;
  /** eq.Scalar(Tensor self, Scalar other) -> Tensor */
  eq(other: Scalar): Tensor;
  eq(other: Tensor): Tensor;
  /** ge.Scalar(Tensor self, Scalar other) -> Tensor */
  ge(other: Scalar): Tensor;
  ge(other: Tensor): Tensor;
  /** ge_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!) */
  ge_(other: Scalar): Tensor;
  ge_(other: Tensor): Tensor;
  /** greater_equal.Scalar(Tensor self, Scalar other) -> Tensor */
  greaterEqual(other: Scalar): Tensor;
  greaterEqual(other: Tensor): Tensor;
  /** greater_equal_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!) */
  greaterEqual_(other: Scalar): Tensor;
  greaterEqual_(other: Tensor): Tensor;
  /** le.Scalar(Tensor self, Scalar other) -> Tensor */
  le(other: Scalar): Tensor;
  le(other: Tensor): Tensor;
  /** le_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!) */
  le_(other: Scalar): Tensor;
  le_(other: Tensor): Tensor;
  /** less_equal.Scalar(Tensor self, Scalar other) -> Tensor */
  lessEqual(other: Scalar): Tensor;
  lessEqual(other: Tensor): Tensor;
  /** less_equal_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!) */
  lessEqual_(other: Scalar): Tensor;
  lessEqual_(other: Tensor): Tensor;
  /** gt.Scalar(Tensor self, Scalar other) -> Tensor */
  gt(other: Scalar): Tensor;
  gt(other: Tensor): Tensor;
  /** gt_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!) */
  gt_(other: Scalar): Tensor;
  gt_(other: Tensor): Tensor;
  /** greater.Scalar(Tensor self, Scalar other) -> Tensor */
  greater(other: Scalar): Tensor;
  greater(other: Tensor): Tensor;
  /** greater_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!) */
  greater_(other: Scalar): Tensor;
  greater_(other: Tensor): Tensor;
  /** lt.Scalar(Tensor self, Scalar other) -> Tensor */
  lt(other: Scalar): Tensor;
  lt(other: Tensor): Tensor;
  /** lt_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!) */
  lt_(other: Scalar): Tensor;
  lt_(other: Tensor): Tensor;
  /** less.Scalar(Tensor self, Scalar other) -> Tensor */
  less(other: Scalar): Tensor;
  less(other: Tensor): Tensor;
  /** less_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!) */
  less_(other: Scalar): Tensor;
  less_(other: Tensor): Tensor;
  /** take(Tensor self, Tensor index) -> Tensor */
  take(index: Tensor): Tensor;
  /** take_along_dim(Tensor self, Tensor indices, int? dim=None) -> Tensor */
  takeAlongDim(indices: Tensor, dim?: Int | null): Tensor;
  /** index_select(Tensor self, int dim, Tensor index) -> Tensor */
  indexSelect(dim: Int, index: Tensor): Tensor;
  /** masked_select(Tensor self, Tensor mask) -> Tensor */
  maskedSelect(mask: Tensor): Tensor;
  /** nonzero(Tensor self) -> Tensor */
  nonzero(): Tensor;
  /** nonzero_static(Tensor self, *, SymInt size, int fill_value=-1) -> Tensor */
  nonzeroStatic(options: { size: Int; fillValue?: Int }): Tensor;
  /** nonzero_numpy(Tensor self) -> Tensor[] */
  nonzeroNumpy(): Tensor[];
  /** argwhere(Tensor self) -> Tensor */
  argwhere(): Tensor;
  /** gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor */
  gather(dim: Int, index: Tensor, options?: { sparseGrad?: boolean }): Tensor;
  /** addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor */
  addcmul(tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }): Tensor;
  /** addcmul_(Tensor(a!) self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor(a!) */
  addcmul_(tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }): Tensor;
  /** addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor */
  addcdiv(tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }): Tensor;
  /** addcdiv_(Tensor(a!) self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor(a!) */
  addcdiv_(tensor1: Tensor, tensor2: Tensor, options?: { value?: Scalar }): Tensor;
  /** triangular_solve(Tensor self, Tensor A, bool upper=True, bool transpose=False, bool unitriangular=False) -> (Tensor solution, Tensor cloned_coefficient) */
  triangularSolve(A: Tensor, upper?: boolean, transpose?: boolean, unitriangular?: boolean): readonly [solution: Tensor, clonedCoefficient: Tensor];
  /** svd(Tensor self, bool some=True, bool compute_uv=True) -> (Tensor U, Tensor S, Tensor V) */
  svd(some?: boolean, computeUv?: boolean): readonly [U: Tensor, S: Tensor, V: Tensor];
  /** swapaxes(Tensor(a) self, int axis0, int axis1) -> Tensor(a) */
  swapaxes(axis0: Int, axis1: Int): Tensor;
  /** swapaxes_(Tensor(a!) self, int axis0, int axis1) -> Tensor(a!) */
  swapaxes_(axis0: Int, axis1: Int): Tensor;
  /** swapdims(Tensor(a) self, int dim0, int dim1) -> Tensor(a) */
  swapdims(dim0: Int, dim1: Int): Tensor;
  /** swapdims_(Tensor(a!) self, int dim0, int dim1) -> Tensor(a!) */
  swapdims_(dim0: Int, dim1: Int): Tensor;
  /** cholesky(Tensor self, bool upper=False) -> Tensor */
  cholesky(upper?: boolean): Tensor;
  /** cholesky_solve(Tensor self, Tensor input2, bool upper=False) -> Tensor */
  choleskySolve(input2: Tensor, upper?: boolean): Tensor;
  /** cholesky_inverse(Tensor self, bool upper=False) -> Tensor */
  choleskyInverse(upper?: boolean): Tensor;
  /** qr(Tensor self, bool some=True) -> (Tensor Q, Tensor R) */
  qr(some?: boolean): readonly [Q: Tensor, R: Tensor];
  /** geqrf(Tensor self) -> (Tensor a, Tensor tau) */
  geqrf(): readonly [a: Tensor, tau: Tensor];
  /** orgqr(Tensor self, Tensor input2) -> Tensor */
  orgqr(input2: Tensor): Tensor;
  /** ormqr(Tensor self, Tensor input2, Tensor input3, bool left=True, bool transpose=False) -> Tensor */
  ormqr(input2: Tensor, input3: Tensor, left?: boolean, transpose?: boolean): Tensor;
  /** lu_solve(Tensor self, Tensor LU_data, Tensor LU_pivots) -> Tensor */
  luSolve(LUData: Tensor, LUPivots: Tensor): Tensor;
  /** multinomial(Tensor self, SymInt num_samples, bool replacement=False, *, Generator? generator=None) -> Tensor */
  multinomial(numSamples: Int, options: { generator?: Generator | null }): Tensor;
  multinomial(numSamples: Int, replacement?: boolean, options?: { generator?: Generator | null }): Tensor;
  /** lgamma_(Tensor(a!) self) -> Tensor(a!) */
  lgamma_(): Tensor;
  /** lgamma(Tensor self) -> Tensor */
  lgamma(): Tensor;
  /** digamma(Tensor self) -> Tensor */
  digamma(): Tensor;
  /** polygamma_(Tensor(a!) self, int n) -> Tensor(a!) */
  polygamma_(n: Int): Tensor;
  /** erfinv(Tensor self) -> Tensor */
  erfinv(): Tensor;
  /** erfinv_(Tensor(a!) self) -> Tensor(a!) */
  erfinv_(): Tensor;
  /** i0(Tensor self) -> Tensor */
  i0(): Tensor;
  /** i0_(Tensor(a!) self) -> Tensor(a!) */
  i0_(): Tensor;
  /** sign(Tensor self) -> Tensor */
  sign(): Tensor;
  /** sign_(Tensor(a!) self) -> Tensor(a!) */
  sign_(): Tensor;
  /** signbit(Tensor self) -> Tensor */
  signbit(): Tensor;
  /** dist(Tensor self, Tensor other, Scalar p=2) -> Tensor */
  dist(other: Tensor, p?: Scalar): Tensor;
  /** atan2_(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  atan2_(other: Tensor): Tensor;
  /** atan2(Tensor self, Tensor other) -> Tensor */
  atan2(other: Tensor): Tensor;
  /** arctan2(Tensor self, Tensor other) -> Tensor */
  arctan2(other: Tensor): Tensor;
  /** arctan2_(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  arctan2_(other: Tensor): Tensor;
  /** lerp.Scalar(Tensor self, Tensor end, Scalar weight) -> Tensor */
  lerp(end: Tensor, weight: Scalar): Tensor;
  lerp(end: Tensor, weight: Tensor): Tensor;
  /** histc(Tensor self, int bins=100, Scalar min=0, Scalar max=0) -> Tensor */
  histc(bins?: Int, min?: Scalar, max?: Scalar): Tensor;
  /** histogram.bins_tensor(Tensor self, Tensor bins, *, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor bin_edges) */
  histogram(bins: Tensor, options?: { weight?: Tensor | null; density?: boolean }): readonly [hist: Tensor, binEdges: Tensor];
  histogram(options: { range?: readonly number[] | null; weight?: Tensor | null; density?: boolean }): readonly [hist: Tensor, binEdges: Tensor];
  histogram(bins?: Int, options?: { range?: readonly number[] | null; weight?: Tensor | null; density?: boolean }): readonly [hist: Tensor, binEdges: Tensor];
  /** fmod.Scalar(Tensor self, Scalar other) -> Tensor */
  fmod(other: Scalar): Tensor;
  fmod(other: Tensor): Tensor;
  /** fmod_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!) */
  fmod_(other: Scalar): Tensor;
  fmod_(other: Tensor): Tensor;
  /** hypot(Tensor self, Tensor other) -> Tensor */
  hypot(other: Tensor): Tensor;
  /** hypot_(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  hypot_(other: Tensor): Tensor;
  /** igamma(Tensor self, Tensor other) -> Tensor */
  igamma(other: Tensor): Tensor;
  /** igamma_(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  igamma_(other: Tensor): Tensor;
  /** igammac(Tensor self, Tensor other) -> Tensor */
  igammac(other: Tensor): Tensor;
  /** igammac_(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  igammac_(other: Tensor): Tensor;
  /** nextafter(Tensor self, Tensor other) -> Tensor */
  nextafter(other: Tensor): Tensor;
  /** nextafter_(Tensor(a!) self, Tensor other) -> Tensor(a!) */
  nextafter_(other: Tensor): Tensor;
  /** remainder.Scalar(Tensor self, Scalar other) -> Tensor */
  remainder(other: Scalar): Tensor;
  remainder(other: Tensor): Tensor;
  /** remainder_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!) */
  remainder_(other: Scalar): Tensor;
  remainder_(other: Tensor): Tensor;
  /** fmin(Tensor self, Tensor other) -> Tensor */
  fmin(other: Tensor): Tensor;
  /** fmax(Tensor self, Tensor other) -> Tensor */
  fmax(other: Tensor): Tensor;
  /** maximum(Tensor self, Tensor other) -> Tensor */
  maximum(other: Tensor): Tensor;
  /** minimum(Tensor self, Tensor other) -> Tensor */
  minimum(other: Tensor): Tensor;
  /** quantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor */
  quantile(q: Tensor, options: { interpolation?: string }): Tensor;
  quantile(q: Tensor, dim: Int | null | undefined, options: { interpolation?: string }): Tensor;
  quantile(q: Tensor, dim?: Int | null, keepdim?: boolean, options?: { interpolation?: string }): Tensor;
  quantile(q: number, options: { interpolation?: string }): Tensor;
  quantile(q: number, dim: Int | null | undefined, options: { interpolation?: string }): Tensor;
  quantile(q: number, dim?: Int | null, keepdim?: boolean, options?: { interpolation?: string }): Tensor;
  /** nanquantile(Tensor self, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor */
  nanquantile(q: Tensor, options: { interpolation?: string }): Tensor;
  nanquantile(q: Tensor, dim: Int | null | undefined, options: { interpolation?: string }): Tensor;
  nanquantile(q: Tensor, dim?: Int | null, keepdim?: boolean, options?: { interpolation?: string }): Tensor;
  nanquantile(q: number, options: { interpolation?: string }): Tensor;
  nanquantile(q: number, dim: Int | null | undefined, options: { interpolation?: string }): Tensor;
  nanquantile(q: number, dim?: Int | null, keepdim?: boolean, options?: { interpolation?: string }): Tensor;
  /** sort(Tensor self, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices) */
  sort(dim?: Int, descending?: boolean): readonly [values: Tensor, indices: Tensor];
  sort(options: { stable: boolean | null; dim?: Int; descending?: boolean }): readonly [values: Tensor, indices: Tensor];
  /** msort(Tensor self) -> Tensor */
  msort(): Tensor;
  /** argsort(Tensor self, int dim=-1, bool descending=False) -> Tensor */
  argsort(dim?: Int, descending?: boolean): Tensor;
  argsort(options: { stable: boolean; dim?: Int; descending?: boolean }): Tensor;
  /** topk(Tensor self, SymInt k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, Tensor indices) */
  topk(k: Int, dim?: Int, largest?: boolean, sorted?: boolean): readonly [values: Tensor, indices: Tensor];
  /** renorm(Tensor self, Scalar p, int dim, Scalar maxnorm) -> Tensor */
  renorm(p: Scalar, dim: Int, maxnorm: Scalar): Tensor;
  /** renorm_(Tensor(a!) self, Scalar p, int dim, Scalar maxnorm) -> Tensor(a!) */
  renorm_(p: Scalar, dim: Int, maxnorm: Scalar): Tensor;
  /** unfold(Tensor(a) self, int dimension, int size, int step) -> Tensor(a) */
  unfold(dimension: Int, size: Int, step: Int): Tensor;
  /** equal(Tensor self, Tensor other) -> bool */
  equal(other: Tensor): boolean;
  /** pow.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor */
  pow(exponent: Tensor): Tensor;
  pow(exponent: Scalar): Tensor;
  /** pow_.Scalar(Tensor(a!) self, Scalar exponent) -> Tensor(a!) */
  pow_(exponent: Scalar): Tensor;
  pow_(exponent: Tensor): Tensor;
  /** float_power.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor */
  floatPower(exponent: Tensor): Tensor;
  floatPower(exponent: Scalar): Tensor;
  /** float_power_.Scalar(Tensor(a!) self, Scalar exponent) -> Tensor(a!) */
  floatPower_(exponent: Scalar): Tensor;
  floatPower_(exponent: Tensor): Tensor;
  /** normal_(Tensor(a!) self, float mean=0, float std=1, *, Generator? generator=None) -> Tensor(a!) */
  normal_(options: { generator?: Generator | null }): Tensor;
  normal_(mean: number | undefined, options: { generator?: Generator | null }): Tensor;
  normal_(mean?: number, std?: number, options?: { generator?: Generator | null }): Tensor;
  /** alias(Tensor(a) self) -> Tensor(a) */
  alias(): Tensor;
  /** isfinite(Tensor self) -> Tensor */
  isfinite(): Tensor;
  /** isinf(Tensor self) -> Tensor */
  isinf(): Tensor;
  /** isposinf(Tensor self) -> Tensor */
  isposinf(): Tensor;
  /** isneginf(Tensor self) -> Tensor */
  isneginf(): Tensor;
  /** det(Tensor self) -> Tensor */
  det(): Tensor;
  /** slogdet(Tensor self) -> (Tensor sign, Tensor logabsdet) */
  slogdet(): readonly [sign: Tensor, logabsdet: Tensor];
  /** logdet(Tensor self) -> Tensor */
  logdet(): Tensor;
  /** inverse(Tensor self) -> Tensor */
  inverse(): Tensor;
  /** inner(Tensor self, Tensor other) -> Tensor */
  inner(other: Tensor): Tensor;
  /** outer(Tensor self, Tensor vec2) -> Tensor */
  outer(vec2: Tensor): Tensor;
  /** ger(Tensor self, Tensor vec2) -> Tensor */
  ger(vec2: Tensor): Tensor;
  /** to_padded_tensor(Tensor self, float padding, SymInt[]? output_size=None) -> Tensor */
  toPaddedTensor(padding: number, outputSize?: readonly number[] | null): Tensor;
}
