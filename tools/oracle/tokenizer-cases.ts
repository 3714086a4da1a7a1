// Writes tokenizer folders with strings and our ids for them, for tools/oracle/tokenizer_ids.py to check. Runs no Python.
// node --import ./tools/typescript.mjs tools/oracle/tokenizer-cases.ts OUT [MODEL_CONFIG.json]

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { byteTokenizer } from '../../src/data/byte-tokenizer.ts';
import { characterTokenizer, collectCharacters, sortedAlphabet } from '../../src/data/character-tokenizer.ts';
import { gpt2Tokenizer } from '../../src/data/gpt2-tokenizer.ts';

const [out, modelConfig] = process.argv.slice(2);
if (out === undefined) throw new TypeError('usage: tokenizer-cases.ts OUT [MODEL_CONFIG.json]');
const golden = JSON.parse(readFileSync('test/golden/tokenizer_ids.json', 'utf8')) as {
  cases: { text: string }[];
};
const texts = golden.cases.map(({ text }) => text);

const characters = new Set<string>();
for (const text of texts) collectCharacters(text, characters);
for (const tokenizer of [
  await gpt2Tokenizer(),
  byteTokenizer(),
  characterTokenizer(sortedAlphabet(characters)),
]) {
  const folder = join(out, tokenizer.name);
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of tokenizer.files()) writeFileSync(join(folder, name), text);
  if (modelConfig !== undefined) copyFileSync(modelConfig, join(folder, 'config.json'));
  const cases = texts.map((text) => ({ text, ids: Array.from(tokenizer.encode(text)) }));
  writeFileSync(join(out, `${tokenizer.name}.cases.json`), JSON.stringify(cases));
}
