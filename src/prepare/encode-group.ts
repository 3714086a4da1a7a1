// The work on one group: read its units, divide the documents, encode them, write the part. Runs in a worker, or where it is called.

import { hashFile } from '../sources/origins.ts';
import { splitNames } from '../data/tokens.ts';
import { failure } from '../run/failure.ts';
import { collectCharacters, sortedAlphabet } from '../tokenizers/character-tokenizer.ts';
import { decodeUtf8 } from '../tokenizers/tokenizer.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import { chooseTokenizer, loadTokenizer, tokenizerIdentity } from '../tokenizers/tokenizers.ts';
import { batchEncoder } from './batch-encoders.ts';
import type { EncodeTexts, Texts } from './batch-encoders.ts';
import { divide } from './divide.ts';
import { addFault, noFaults } from './faults.ts';
import type { ShownFault } from './faults.ts';
import { createPart } from './parts.ts';
import { countRows, readUnit } from './read-unit.ts';
import { markIds, tokenDocuments } from './token-documents.ts';
import type { Group, Outcome, Part, Progress, Task, WorkSettings } from './work.ts';

export type Worker = (task: Task, report: (progress: Progress) => void) => Promise<Outcome>;

/** What does the tasks of one job; the tokenizer is loaded once. */
export function groupWorker(settings: WorkSettings): Worker {
  let loading: Promise<{ tokenizer: Tokenizer; encode: EncodeTexts }> | undefined;
  const load = async () => {
    const tokenizer = await loadNamed(settings.tokenizer);
    return { tokenizer, encode: await batchEncoder(tokenizer, settings.marks) };
  };
  return async (task, report) => {
    switch (task.kind) {
      case 'encode': {
        const { group } = task;
        const { tokenizer, encode } = await (loading ??= load());
        const [documents, toIds] = isTokens(group)
          ? [idsOf(group, tokenizer), markIds(settings.bytesPerToken, settings.marks)]
          : [documentsOf(group, settings), encode];
        return { kind: 'encode', part: await writePart(group.number, documents, toIds, settings, report) };
      }
      case 'characters':
        return { kind: 'characters', characters: await charactersOf(task.group, settings) };
      case 'count': {
        const { tokenizer } = await (loading ??= load());
        return {
          kind: 'count',
          group: task.group.number,
          rows: await rowsOf(task.group, tokenizer, settings),
        };
      }
      case 'hash':
        return { kind: 'hash', path: task.path, sha256: await hashFile(task.path) };
    }
  };
}

async function loadNamed(named: WorkSettings['tokenizer']): Promise<Tokenizer> {
  if ('info' in named) return loadTokenizer(named.info);
  const tokenizer = await chooseTokenizer(named.option);
  if (tokenizer !== null && tokenizerIdentity(tokenizer.info) === named.identity) return tokenizer;
  throw failure('data', `${named.option}: the tokenizer's files changed while text was read; run it again`);
}

function isTokens({ units }: Group): boolean {
  return units[0]?.format === 'tokens';
}

/** Documents, and what stood among them that is none. */
interface Found extends Texts {
  faults: ShownFault[];
}

async function* documentsOf({ units, firstRow }: Group, { read }: WorkSettings): AsyncGenerator<Found> {
  let first = firstRow;
  for (const unit of units) {
    let count = 0; // a document at fault has a row too
    for await (const { text: bytes, ends, rows, faults } of readUnit(unit, read)) {
      count += ends.length + faults.length;
      yield {
        bytes,
        ends,
        rows: rows.map((row) => first + row),
        faults: faults.map(({ place, ...fault }) => ({ place: `${unit.source}, ${place}`, ...fault })),
      };
    }
    first += count;
  }
}

async function* idsOf({ units, firstRow }: Group, tokenizer: Tokenizer): AsyncGenerator<Found> {
  let next = firstRow;
  for await (const texts of tokenDocuments(units, tokenizer))
    yield { ...texts, rows: texts.ends.map(() => next++), faults: [] };
}

async function writePart(
  group: number,
  documents: AsyncGenerator<Found>,
  encode: EncodeTexts,
  settings: WorkSettings,
  report: (progress: Progress) => void,
): Promise<Part> {
  const faults = noFaults();
  const done: Progress = { textBytes: 0, tokens: 0, documents: 0 };
  const part = await createPart(settings.folder, group, settings);
  try {
    for await (const batch of documents) {
      for (const fault of batch.faults) addFault(faults, fault);
      const divided = divide(batch, settings.split);
      for (const split of splitNames) {
        if (divided[split].ends.length === 0) continue;
        const { ids, ends } = encode(divided[split]);
        await part.append(split, ids, ends, divided[split].rows);
        done.tokens += ids.length;
        done.documents += ends.length;
      }
      done.textBytes += batch.bytes.length;
      report(done);
    }
    return await part.finish({ textBytes: done.textBytes, faults });
  } catch (error) {
    await part.discard();
    throw error;
  }
}

async function charactersOf({ units }: Group, { read }: WorkSettings): Promise<string> {
  const characters = new Set<string>();
  for (const unit of units)
    for await (const { text } of readUnit(unit, read)) collectCharacters(decodeUtf8(text), characters);
  return sortedAlphabet(characters);
}

async function rowsOf(group: Group, tokenizer: Tokenizer, { read }: WorkSettings): Promise<number> {
  let count = 0;
  if (isTokens(group))
    for await (const { ends } of tokenDocuments(group.units, tokenizer)) count += ends.length;
  else for (const unit of group.units) count += await countRows(unit, read);
  return count;
}
