import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { byteTokenizer } from '../../src/tokenizers/byte-tokenizer.ts';
import {
  characterTokenizer,
  collectCharacters,
  sortedAlphabet,
} from '../../src/tokenizers/character-tokenizer.ts';
import { gpt2Tokenizer } from '../../src/tokenizers/gpt2-tokenizer.ts';
import type { Tokenizer } from '../../src/tokenizers/tokenizer.ts';

const python = process.env.INHERITUNE_ORACLE_PYTHON ?? '';
const root = mkdtempSync(join(tmpdir(), 'inheritune-oracle-tokenizers-'));
afterAll(() => rmSync(root, { recursive: true }));

const golden = JSON.parse(readFileSync('test/golden/tokenizer_ids.json', 'utf8')) as {
  cases: { text: string }[];
};
const texts = golden.cases.map(({ text }) => text);

function charactersOfTexts(): Tokenizer {
  const characters = new Set<string>();
  for (const text of texts) collectCharacters(text, characters);
  return characterTokenizer(sortedAlphabet(characters));
}

const tokenizers: [string, () => Tokenizer | Promise<Tokenizer>][] = [
  ['gpt2', gpt2Tokenizer],
  ['bytes', byteTokenizer],
  ['characters', charactersOfTexts],
];

// With a model's config.json beside it, as in a checkpoint's model/: AutoTokenizer then knows that the model is a GPT-2.
test.skipIf(python === '').each(tokenizers)(
  "%s: AutoTokenizer gives our ids from our files (skips without the oracle's Python)",
  async (name, make) => {
    const tokenizer = await make();
    const folder = join(root, name);
    mkdirSync(folder);
    for (const [file, text] of tokenizer.files()) writeFileSync(join(folder, file), text);
    writeFileSync(join(folder, 'config.json'), '{"model_type":"gpt2","architectures":["GPT2LMHeadModel"]}');
    const cases = texts.map((text) => ({ text, ids: Array.from(tokenizer.encode(text)) }));
    writeFileSync(join(root, `${name}.json`), JSON.stringify(cases));
    const { status, stdout, stderr } = spawnSync(
      python,
      ['tools/oracle/tokenizer_ids.py', folder, join(root, `${name}.json`)],
      { encoding: 'utf8' },
    );
    expect(status, stdout + stderr).toBe(0);
    expect(stdout).toContain(`${tokenizer.vocab} ids, ${texts.length} of ${texts.length} strings equal`);
  },
  60_000,
);
