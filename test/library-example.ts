// The example of docs/library.md, run and compared with the page by test/library.test.ts.

import {
  fixedWindows,
  generate,
  inherit,
  inheritOptions,
  loadTokenizer,
  locateModel,
  openConsole,
  openSplit,
  pairedDifference,
  prepare,
  readModelFolder,
  readTokensInfo,
  releaseWeights,
  train,
  trainOptions,
  watchSignals,
  windowLosses,
} from '../src/index.ts';

const context = { console: openConsole(), stop: watchSignals(), command: process.argv };

// Text to token files; the last twentieth of the book is for validation.
const tokens = 'tokens/book';
await prepare(
  { source: ['book.txt'], out: tokens, tokenizer: 'characters', validationSplit: 'tail' },
  context,
);

// A reference, its first layer, and the smaller model trained as long.
const common = { tokens, steps: 60, tokensPerStep: 1024, microBatch: 16 };
const learningRate = { peak: 1e-2, floor: 1e-3, warmupSteps: 6 };
const options = { ...common, learningRate, logEvery: 20, evaluation: { windows: 8 } };
const reference = await train(
  trainOptions.parse({ ...options, out: 'runs/reference', model: { preset: 'nano' } }),
  context,
);
const half = await inherit(
  inheritOptions.parse({ from: reference.run, out: 'runs/half', first: 1 }),
  context,
);
const target = await train(
  trainOptions.parse({ ...options, out: 'runs/target', from: half.folder }),
  context,
);

// Both on the same validation windows.
const validation = await openSplit(tokens, await readTokensInfo(tokens, context.console), 'val');
const starts = fixedWindows({ tokens: validation.length, context: 64, count: 64 });
const losses: Float64Array[] = [];
for (const run of [target.run, reference.run]) {
  const model = await readModelFolder(await locateModel(run));
  losses.push(
    await windowLosses(model, validation, starts, { batch: 16, precision: 'float32', device: 'cpu' }),
  );
  releaseWeights(model.weights);
}
await validation.close();
const [own = new Float64Array(), its = new Float64Array()] = losses;
const { mean, standardError } = pairedDifference(own, its, { block: 4 });
console.log(`target - reference: ${mean.toFixed(3)} ± ${standardError.toFixed(3)} nats per token`);

// What it writes.
const model = await readModelFolder(await locateModel(target.run));
const tokenizer = await loadTokenizer(tokens);
const prompt = [...tokenizer.encode('The ')];
console.log(tokenizer.decode(generate(model, prompt, 40, { seed: 1 })));
releaseWeights(model.weights);
