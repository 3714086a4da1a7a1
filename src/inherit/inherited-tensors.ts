// The target's tensors made one at a time from the reference's file, so that neither model has to fit into memory.

import { familyOf } from '../model/families.ts';
import type { ModelConfig } from '../model/family.ts';
import { fromStored } from '../model/huggingface.ts';
import type { OpenModel } from '../model/open-model.ts';
import { initParameter, storedShape } from '../model/parameters.ts';
import type { Parameter } from '../model/parameters.ts';
import type { TensorSource } from '../model/shards.ts';
import { keep, noGrad, ops, scope } from '../torch/index.ts';
import type { Dtype, Tensor, TensorKind } from '../torch/index.ts';
import { scaleQuery } from './inheritance.ts';
import type { Inheritance } from './inheritance.ts';

/**
 * Tensors of a model of `config` as its file has them, inherited by the map in the reference's own dtype, the others at
 * random in that of the reference's embedding.
 *
 * @param reference  opened with dtype 'stored'
 */
export function inheritedTensors(
  reference: OpenModel,
  config: ModelConfig,
  map: readonly Inheritance[],
  seed: number,
): TensorSource {
  const sources = new Map(
    familyOf(config)
      .parameters(reference.config)
      .map((each) => [each.path, each]),
  );
  const origins = new Map(map.map((each) => [each.target, each]));
  const embedding = sources.get('tokenEmbedding')?.name;
  const usual = embedding ? reference.dtypeOf(embedding) : 'float32';
  const kinds = new Map<string, TensorKind>();
  const makers = new Map<string, () => Promise<Tensor>>();
  for (const parameter of familyOf(config).parameters(config)) {
    const { path, name } = parameter;
    if (name === null) continue;
    const origin = origins.get(path);
    const source = origin?.source ? sources.get(origin.source) : undefined;
    const from = source?.name;
    const dtype = from ? reference.dtypeOf(from) : usual;
    kinds.set(name, { dtype, shape: storedShape(parameter) });
    makers.set(name, async () => {
      if (from && source) return folded(await reference.read(from), source, config, origin?.queryFactor ?? 1);
      return random(parameter, seed, dtype);
    });
  }
  return {
    kinds,
    async make(name) {
      const maker = makers.get(name);
      if (!maker) throw new TypeError(`no tensor ${name}`);
      return { tensor: await maker(), isOurs: true };
    },
  };
}

/** The stored tensor, its query's rows times a factor. Computed in float32. */
function folded(stored: Tensor, source: Parameter, config: ModelConfig, factor: number): Tensor {
  if (factor === 1) return stored;
  const rows = fromStored(stored, source); // [out, in]
  const result = scope(() =>
    noGrad(() => {
      const wide = rows.to('float32', false, true);
      scaleQuery(wide, config, factor);
      return keep(toStored(wide.to(rows.dtype), source));
    }),
  );
  rows.release();
  return result;
}

function random(parameter: Parameter, seed: number, dtype: Dtype): Tensor {
  return scope(() =>
    noGrad(() => {
      if (parameter.zeros) return keep(ops.zeros(storedShape(parameter), { dtype }));
      const fresh = initParameter(parameter, seed);
      const result = keep(toStored(fresh.to(dtype), parameter).clone());
      fresh.release();
      return result;
    }),
  );
}

function toStored(tensor: Tensor, { transposed }: Parameter): Tensor {
  return transposed ? tensor.t() : tensor;
}
