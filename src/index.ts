// The public entry `inheritune`: every command as a typed function, and the pieces it is made of.

export { analyze } from './analyze/analyze.ts';
export type { AnalyzeResult } from './analyze/analyze.ts';
export { attentionMatrices } from './analyze/attention.ts';
export { readAttentionRecord } from './analyze/attention-record.ts';
export type { AttentionRecord } from './analyze/attention-record.ts';
export { attentionHooks } from './analyze/during-training.ts';
export { massColumns } from './analyze/matrix-measures.ts';
export { analyzeOptions } from './analyze/options.ts';
export type { AnalyzeOptions } from './analyze/options.ts';
export { approximateRanks } from './analyze/rank.ts';
export { toyOptions } from './analyze/toy-options.ts';
export { attentionToy } from './analyze/toy.ts';
export { sotuCorpus } from './sources/corpus.ts';
export { prepareOptionsSchema } from './prepare/options.ts';
export type { PrepareOptions } from './prepare/options.ts';
export { prepare } from './prepare/prepare.ts';
export { dataInfo } from './data/info.ts';
export type { DataInfo } from './data/info.ts';
export { fixedMixture, mixtureSampler } from './data/mixture-sampler.ts';
export type { MixtureSampler } from './data/mixture-sampler.ts';
export { openSources, readSources } from './data/mixture.ts';
export type { MixedFile, TokenSource } from './data/mixture.ts';
export {
  fixedWindows,
  permutationSampler,
  randomWindowSampler,
  sequentialSampler,
} from './data/sampler.ts';
export { showDocument } from './data/show.ts';
export type { ShownDocument } from './data/show.ts';
export { openSplit, openTokens, readTokensInfo } from './data/tokens.ts';
export type { TokenFile, TokensInfo } from './data/tokens.ts';
export { loadTokenizer } from './tokenizers/tokenizers.ts';
export type { Tokenizer } from './tokenizers/tokenizer.ts';
export { downstreamHooks } from './evaluate/during-training.ts';
export { evaluate } from './evaluate/evaluate.ts';
export type { Evaluated } from './evaluate/evaluate.ts';
export { evaluateOptions } from './evaluate/options.ts';
export type { EvaluateOptions } from './evaluate/options.ts';
export { prepareTasks } from './evaluate/prepare.ts';
export type { Request, Score } from './evaluate/request.ts';
export { scoreRequests } from './evaluate/score.ts';
export { demo } from './demo.ts';
export { pairedDifference } from './inherit/compare.ts';
export type { PairedDifference } from './inherit/compare.ts';
export { growOptions } from './inherit/grow-options.ts';
export type { GrowOptions } from './inherit/grow-options.ts';
export { grow } from './inherit/grow.ts';
export type { GrowResult } from './inherit/grow.ts';
export { inheritModel, inheritanceMap } from './inherit/inheritance.ts';
export { inherit, inheritOptions } from './inherit/inherit.ts';
export type { InheritOptions, InheritResult } from './inherit/inherit.ts';
export {
  familyOf,
  forward,
  hiddenStates,
  initModel,
  parameterCount,
  trainingFlopsPerToken,
} from './model/families.ts';
export type { Block, Family, Model, ModelConfig, Weights } from './model/family.ts';
export { readModelConfig, readModelFolder, writeModelFolder } from './model/folder.ts';
export type { Gpt2Block, Gpt2Config, Gpt2Weights } from './model/gpt2.ts';
export type { GptNeoxBlock, GptNeoxConfig, GptNeoxWeights } from './model/gpt-neox.ts';
export type { LlamaBlock, LlamaConfig, LlamaWeights } from './model/llama.ts';
export type { MptBlock, MptWeights } from './model/mpt.ts';
export type { MptConfig } from './model/mpt-config.ts';
export type { OptBlock, OptConfig, OptWeights } from './model/opt.ts';
export { generate, sampleTokens, scoreTokens } from './model/sample.ts';
export { locateModel } from './model/locate.ts';
export { familyNames, presets } from './model/presets.ts';
export { flattenWeights, mapWeights, releaseWeights } from './model/weights.ts';
export { reportOptions } from './report/options.ts';
export type { ReportOptions } from './report/options.ts';
export { report } from './report/report.ts';
export type { ReportResult } from './report/report.ts';
export { openConsole, silentConsole } from './run/console.ts';
export type { JobContext } from './run/context.ts';
export { exitCodeOf, exitCodes } from './run/failure.ts';
export { loadOptions } from './run/options.ts';
export { watchSignals } from './run/stop.ts';
export { serveOptions } from './serve/options.ts';
export type { ServeOptions } from './serve/options.ts';
export { serve, startServer } from './serve/serve.ts';
export type { RunningServer } from './serve/serve.ts';
export { doctor } from './setup/doctor.ts';
export { setup } from './setup/setup.ts';
export { trainOptions } from './train/options.ts';
export type { TrainOptions } from './train/options.ts';
export { train } from './train/train.ts';
export type { TrainHook, TrainResult } from './train/train.ts';
export { windowLosses } from './train/validation.ts';
