// The example of docs/library.md is test/library-example.ts, and it runs.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const examplePath = join(import.meta.dirname, 'library-example.ts');
const loader = pathToFileURL(join(root, 'tools', 'typescript.mjs')).href;

test('the page shows the example that is run here', async () => {
  const page = await readFile(join(root, 'docs', 'library.md'), 'utf8');
  const example = await readFile(examplePath, 'utf8');
  const shown = example.replace(/^\/\/.*\n\n/, '').replace('../src/index.ts', 'inheritune');
  expect(/```ts\n(import \{\n[^]*?)```/.exec(page)?.[1]).toBe(shown);
});

test('the example trains a reference and a smaller model, and compares them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'library-'));
  try {
    await writeFile(join(folder, 'book.txt'), book());
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--import', loader, examplePath],
      { cwd: folder },
    );
    expect(stderr).toContain('made runs/half: layers 0 of 0-1');
    const [, difference, error] = /target - reference: (-?[\d.]+) ± ([\d.]+) nats/.exec(stdout) ?? [];
    expect(Math.abs(Number(difference))).toBeLessThan(1);
    expect(Number(error)).toBeGreaterThan(0);
    expect(stdout.trim().split('\n').at(-1)?.length).toBeGreaterThan(10);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** 120 kB of sentences that a small model can learn a little of. */
function book(): string {
  const subjects = ['The ship', 'The sea', 'A sailor', 'The captain', 'A gull', 'The harbour'];
  const verbs = ['sees', 'leaves', 'finds', 'loses', 'knows', 'fears'];
  const objects = ['the wind', 'a light', 'the shore', 'an island', 'the tide', 'a storm'];
  return Array.from({ length: 4500 }, (_, i) => {
    const pick = (words: string[], by: number) => words[Math.floor(i / by + i * i * 7) % words.length];
    return `${pick(subjects, 1)} ${pick(verbs, 6)} ${pick(objects, 36)}.`;
  }).join(' ');
}
