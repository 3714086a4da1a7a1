// JOB sample: continues a text with a model, token by token as they come.

import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { textStream } from '../tokenizers/text-stream.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import { loadTokenizer } from '../tokenizers/tokenizers.ts';
import { readModelFolder } from '../model/folder.ts';
import type { Model } from '../model/family.ts';
import { layOutForSampling } from '../model/layout.ts';
import { folderAround, locateModel } from '../model/locate.ts';
import { sampleTokens } from '../model/sample.ts';
import { releaseWeights } from '../model/weights.ts';
import type { JobContext } from '../run/context.ts';
import { failure } from '../run/failure.ts';
import { resolveDevice, setThreads } from '../torch/index.ts';
import type { SampleOptions } from './options.ts';

/** One sample as it came out. */
export interface Sample {
  /** The prompt's ids are not among them. */
  ids: number[];
  /** Text after the prompt. */
  text: string;
  /** Why it ended. */
  end: 'length' | 'endOfText' | 'stopped';
  tokensPerSecond: number;
}

/**
 * Makes samples one after another.
 *
 * @param write  gets each piece of text at once, the prompt first
 * @throws Error  with exit code 64 for two prompts, 65 when there is no model or no tokenizer for it
 */
export async function sample(
  options: SampleOptions,
  { console, stop, write }: Pick<JobContext, 'console' | 'stop'> & { write: (text: string) => void },
): Promise<Sample[]> {
  const prompt = await promptText(options);
  const device = resolveDevice(options.device);
  setThreads(options.threads ?? availableParallelism());
  const folder = await locateModel(options.model, { console });
  const tokenizer = await loadTokenizer(folderAround(folder));
  const model = layOutForSampling(await readModelFolder(folder, { device, dtype: options.precision }));
  const samples: Sample[] = [];
  try {
    const ids = promptIds(prompt, tokenizer, folder);
    for (let index = 0; index < options.samples && stop.requested() === null; index++) {
      if (options.samples > 1) write(`${index > 0 ? '\n' : ''}--- sample ${index + 1}\n`);
      write(prompt);
      const made = await continueText(
        model,
        tokenizer,
        ids,
        { ...options, seed: options.seed + index },
        { stop, write },
      );
      write('\n');
      samples.push(made);
      console.info(
        `${folder}: ${made.ids.length} tokens after ${ids.length}, ${made.tokensPerSecond.toFixed(1)} tokens/s` +
          `${made.end === 'endOfText' ? ', ended by an end of text' : ''}`,
      );
    }
  } finally {
    releaseWeights(model.weights);
  }
  return samples;
}

async function continueText(
  model: Model,
  tokenizer: Tokenizer,
  prompt: readonly number[],
  { tokens, ignoreEndOfText, ...settings }: SampleOptions,
  { stop, write }: { stop: JobContext['stop']; write: (text: string) => void },
): Promise<Sample> {
  const stream = textStream((ids) => tokenizer.decode(ids), prompt);
  const sample: Sample = { ids: [], text: '', end: 'length', tokensPerSecond: 0 };
  const say = (text: string) => {
    sample.text += text;
    if (text !== '') write(text);
  };
  const began = performance.now();
  for (const id of sampleTokens(model, prompt, tokens, settings)) {
    if (id === tokenizer.endOfText && !ignoreEndOfText) {
      sample.end = 'endOfText';
      break;
    }
    sample.ids.push(id);
    say(stream.push(id));
    await new Promise(setImmediate); // signals and output get their turn
    if (stop.requested() !== null) {
      sample.end = 'stopped';
      break;
    }
  }
  say(stream.end());
  sample.tokensPerSecond = (1000 * sample.ids.length) / (performance.now() - began);
  return sample;
}

async function promptText({ prompt, promptFile }: SampleOptions): Promise<string> {
  if (promptFile === undefined) return prompt ?? '';
  if (prompt !== undefined) throw failure('usage', 'sample: expected prompt or promptFile, got both');
  try {
    return await readFile(promptFile, 'utf8');
  } catch (cause) {
    throw failure('data', `${promptFile}: expected a text file to continue, found none that can be read`, {
      cause,
    });
  }
}

/** What the tokenizer puts before every prompt, then the text; an empty prompt needs at least a token to start from. */
function promptIds(prompt: string, tokenizer: Tokenizer, folder: string): number[] {
  const { promptStart, beginOfText, endOfText } = tokenizer;
  const ids = [...promptStart, ...encoded(prompt, tokenizer)];
  if (ids.length > 0) return ids;
  const start = beginOfText ?? endOfText;
  if (start !== null) return [start];
  throw failure('usage', `${folder}: its tokenizer has no token that begins a text; give a prompt`);
}

function encoded(prompt: string, tokenizer: Tokenizer): Iterable<number> {
  try {
    return tokenizer.encode(prompt);
  } catch (cause) {
    if (cause instanceof RangeError) throw failure('usage', `prompt: ${cause.message}`, { cause });
    throw cause;
  }
}
