// Options of the train job: names, defaults, limits and what they mean. Recipes are YAML files of these keys.

import { z } from 'zod';
import { samplerNames } from '../data/mixture-sampler.ts';
import { tokensOption } from '../data/mixture.ts';
import { familyNames, presets } from '../model/presets.ts';

const count = z.int().positive();
const share = z.number().min(0).max(1);

export const modelOptions = z.strictObject({
  preset: z
    .enum(Object.keys(presets))
    .optional()
    .describe('Named size; layers, heads, width and context override it'),
  family: z.enum(familyNames).default('gpt2').describe('Kind of model that starts at random'),
  like: z
    .string()
    .optional()
    .describe('Model folder, checkpoint or run whose configuration a random model takes; layers may differ'),
  layers: count.optional(),
  heads: count.optional(),
  width: count.optional(),
  context: count.optional().describe('Positions the model has; sequences of training are as long'),
  keyValueHeads: count.optional().describe('Llama, MPT: heads of keys and values; by default all heads'),
  hidden: count.optional().describe('Width inside the feed-forward layers; by default the family’s multiple'),
  tied: z.boolean().optional().describe('Head and embedding are one matrix; by default as in the family'),
  bias: z.boolean().default(false).describe('Biases in linear layers and norms'),
  dropout: share.default(0),
  scaleAttentionByInverseLayer: z
    .boolean()
    .default(true)
    .describe(
      'Divide the attention logits of layer l by l + 1, as all of the paper’s GPT-2 runs do; GPT-2 only',
    ),
  padVocabTo: count.default(64).describe('Round the rows of the embedding up to a multiple of this'),
});

export const learningRateOptions = z.strictObject({
  peak: z.number().positive().default(3e-4),
  floor: z.number().min(0).default(1e-5),
  warmupSteps: z.int().min(0).default(2000),
  startStep: z
    .int()
    .min(0)
    .default(0)
    .describe('Place in the schedule of the first step, to go on with an earlier one'),
  decaySteps: count.optional().describe('Step at which the floor is reached; by default the last step'),
});

export const optimizerOptions = z.strictObject({
  beta1: share.default(0.9),
  beta2: share.default(0.95),
  epsilon: z.number().positive().default(1e-8),
  weightDecay: z.number().min(0).default(0.1),
  clip: z.number().min(0).default(1).describe('Limit of the gradient norm; 0 does not clip'),
  decay: z
    .enum(['matrices', 'linear'])
    .default('matrices')
    .describe('linear: not the embeddings, as upstream'),
});

export const evaluationOptions = z.strictObject({
  every: z.int().min(0).default(1000).describe('Steps between evaluations; 0 evaluates at the end only'),
  windows: count.default(256).describe('Windows of a split to score'),
  sampler: z
    .enum(['fixed', 'random'])
    .default('fixed')
    .describe('random: other windows each time, as upstream'),
  train: z.boolean().default(true).describe('Score windows of the training split too'),
});

export const checkpointOptions = z.strictObject({
  every: z.int().min(0).default(1000).describe('Steps between checkpoints; 0 saves at the end only'),
  keepLast: count.default(2),
  keepEvery: z
    .int()
    .min(0)
    .default(0)
    .describe('Keep each checkpoint whose step is a multiple of this for ever'),
  keepBest: z.boolean().default(true),
});

export const analysisOptions = z.strictObject({
  every: z
    .int()
    .min(0)
    .default(0)
    .describe('Steps between measures of every head’s rank and mass; 0 measures none'),
  sequences: count.default(16).describe('Sequences of the validation split to measure on'),
  length: count.optional().describe('Tokens in each; by default 100, or the context where that is shorter'),
});

export const downstreamOptions = z.strictObject({
  tasks: z
    .array(z.string().min(1))
    .default([])
    .describe('Tasks to score the model on, as evaluate does; [] none'),
  every: z.int().min(0).default(0).describe('Steps between; 0 scores at the end only'),
  limit: z.number().positive().optional().describe('Documents of each task; below 1 a share; by default all'),
  shots: z.int().min(0).optional().describe('Examples before each document; by default as each task says'),
  dataDir: z
    .string()
    .min(1)
    .optional()
    .describe('Folder with the data sets’ files; by default they are the hub’s'),
});

export const trainOptions = z.strictObject({
  out: z.string().min(1).describe('Run directory'),
  tokens: tokensOption.describe(
    'Folder made by prepare, or several, each with its weight: [{ folder: tokens/cc, weight: 67 }, ...]',
  ),
  from: z.string().default('random').describe('random, or a model folder, checkpoint or run to start from'),
  model: modelOptions.default(modelOptions.parse({})),
  steps: count.default(100_000),
  tokensPerStep: count.default(131_072).describe('A multiple of microBatch times context'),
  microBatch: count.max(65_536).default(8).describe('Sequences in one forward pass'),
  gradients: z
    .enum(['mean', 'sum'])
    .default('mean')
    .describe('sum: micro-batches are added up undivided, as upstream'),
  sampler: z
    .enum(samplerNames)
    .default('permutation')
    .describe(
      'permutation: each token once per epoch; random: windows drawn with replacement; sequential: as they lie',
    ),
  learningRate: learningRateOptions.default(learningRateOptions.parse({})),
  optimizer: optimizerOptions.default(optimizerOptions.parse({})),
  precision: z.enum(['float32', 'bfloat16']).default('bfloat16'),
  weights: z
    .enum(['float32', 'bfloat16'])
    .default('float32')
    .describe('Dtype of weights, gradients and moments; bfloat16 halves them, and rounds small updates away'),
  evaluation: evaluationOptions.default(evaluationOptions.parse({})),
  checkpoint: checkpointOptions.default(checkpointOptions.parse({})),
  analysis: analysisOptions.default(analysisOptions.parse({})),
  downstream: downstreamOptions.default(downstreamOptions.parse({})),
  logEvery: count.default(10),
  recompute: z
    .boolean()
    .default(false)
    .describe('Run each block again in the backward pass: less memory, a third more time'),
  lossRows: z
    .int()
    .min(0)
    .default(0)
    .describe(
      'Rows of logits to hold at once; 0 holds all of a micro-batch, or 64 MB of them where kernels are fused and in evaluations',
    ),
  kernels: z
    .enum(['auto', 'plain'])
    .default('auto')
    .describe(
      'auto: fused passes of our own where CPU, precision and model allow; plain: libtorch’s, by autograd',
    ),
  peakTflops: z.number().positive().optional().describe('Peak of the device in TFLOP/s, to print MFU'),
  seed: z.int().min(0).default(1337),
  threads: count.optional().describe('Threads of one operator; by default all cores'),
  device: z.string().default('auto').describe('auto, cpu, cuda or cuda:N'),
  resume: z.string().default('auto').describe('auto, none, or a checkpoint folder'),
});

export type TrainOptions = z.infer<typeof trainOptions>;
