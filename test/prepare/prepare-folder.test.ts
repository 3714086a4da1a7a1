// Preparing text with the tokenizer of a model folder: the token folder is complete on its own, and notices when it is not.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { prepare } from '../../src/prepare/prepare.ts';
import { loadTokenizer } from '../../src/tokenizers/tokenizers.ts';
import { openSplit } from '../../src/data/tokens.ts';
import { silentConsole } from '../../src/run/console.ts';

const root = mkdtempSync(join(tmpdir(), 'inheritune-prepare-folder-'));
afterAll(() => rmSync(root, { recursive: true }));
const made = 'test/golden/tokenizers';
const text = join(root, 'text.txt');
writeFileSync(
  text,
  Array.from({ length: 20 }, (_, i) => `Document ${i}: the quick fox </s> and <|endoftext|>.`).join('\n\n'),
);

/** A model folder with one tokenizer file. */
let count = 0;
function modelFolder(name: string, file: string): string {
  const folder = join(root, `model-${count++}`);
  mkdirSync(folder);
  writeFileSync(join(folder, name), readFileSync(join(made, file)));
  writeFileSync(join(folder, 'tokenizer_config.json'), '{"add_bos_token": true}');
  return folder;
}

const many = { source: [text], separator: 'blank-line', validationFraction: 0.3 };

test.each([
  ['tokenizer.model', 'bpe-identity.model', 'sentencepiece', '</s>'],
  ['tokenizer.json', 'qwen2.tokenizer.json', 'huggingface', '<|endoftext|>'],
])(
  '%s: the token folder has the files, and needs the model folder no more',
  async (name, file, kind, end) => {
    const tokenizer = modelFolder(name, file);
    const out = join(root, `tokens-${kind}`);
    const { info } = await prepare({ ...many, out, tokenizer });
    expect(info.tokenizer.name).toBe(kind);
    expect(readdirSync(join(out, 'tokenizer')).sort()).toEqual([name, 'tokenizer_config.json'].sort());
    expect(readFileSync(join(out, 'tokenizer', name))).toEqual(readFileSync(join(made, file)));
    expect((await prepare({ ...many, out, tokenizer })).changed).toBe(false);

    rmSync(tokenizer, { recursive: true });
    const loaded = await loadTokenizer(out);
    expect(loaded.info).toEqual(info.tokenizer);
    expect(loaded.promptStart).toEqual([loaded.beginOfText]);
    const split = await openSplit(out, info, 'train');
    const ids = await split.read(0, split.length);
    await split.close();
    expect(ids.filter((id) => id === loaded.endOfText).length).toBe(info.splits.train.documents);
    const documents = readFileSync(text, 'utf8').split('\n\n');
    const first = ids.subarray(0, ids.indexOf(loaded.endOfText ?? -1));
    expect(documents).toContain(loaded.decode(first));
    expect(loaded.decode(ids).endsWith(end)).toBe(true);
  },
);

test('another tokenizer under the same name is refused; a lost or changed file is written again', async () => {
  const tokenizer = modelFolder('tokenizer.json', 'gpt2.tokenizer.json');
  const out = join(root, 'tokens-changed');
  const { info } = await prepare({ ...many, out, tokenizer });
  const kept = join(out, 'tokenizer', 'tokenizer.json');
  const warnings: string[] = [];
  const console = { ...silentConsole, warn: (line: string) => void warnings.push(line) };

  writeFileSync(kept, readFileSync(join(made, 'neox.tokenizer.json')));
  await expect(loadTokenizer(out)).rejects.toThrow(
    /tokenizer\.json: expected SHA-256 .* found .*; run `inheritune prepare` again/,
  );
  await expect(loadTokenizer(out)).rejects.toMatchObject({ exitCode: 65 });
  expect((await prepare({ ...many, out, tokenizer }, { console })).changed).toBe(true);
  rmSync(kept);
  expect((await prepare({ ...many, out, tokenizer }, { console })).info).toEqual(info);
  expect(warnings.map((line) => line.includes('preparing it again'))).toEqual([true, true]);

  writeFileSync(join(tokenizer, 'tokenizer.json'), readFileSync(join(made, 'neox.tokenizer.json')));
  await expect(prepare({ ...many, out, tokenizer })).rejects.toThrow(
    'was prepared otherwise (tokenizer was "huggingface ',
  );
  const { info: other } = await prepare({ ...many, out, tokenizer: 'bytes', overwrite: true });
  expect(other.tokenizer).toEqual({ name: 'bytes' });
  expect(readdirSync(out)).not.toContain('tokenizer');
});

test('a name that is none is an error that says so, and a folder without a tokenizer one too', async () => {
  const out = join(root, 'tokens-none');
  const mistyped = prepare({ ...many, out, tokenizer: 'gtp2' });
  await expect(mistyped).rejects.toThrow('or a folder with one, got gtp2; did you mean gpt2?');
  await expect(mistyped).rejects.toMatchObject({ exitCode: 64 });
  await expect(prepare({ ...many, out, tokenizer: made })).rejects.toMatchObject({ exitCode: 65 });
});
