// bench:prepare: text to train.bin and val.bin, whole processes, all cores: ours beside nanoGPT's prepare.py on the same parquet file,
// in turns. Once, in the permuted order, the files of both are compared byte by byte.
//
//   npm run bench:prepare -- --nanogpt PATH/TO/nanoGPT/data/openwebtext/prepare.py [--mb 200 --rounds 3 --python .venv/bin/python]
//
// Needs a Python with datasets, pyarrow and tiktoken, and the corpora of ../shared. Text beyond 227 MB repeats.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatBytes, table } from '../src/run/format.ts';

const { values } = parseArgs({
  options: {
    nanogpt: { type: 'string' },
    mb: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '3' },
    python: { type: 'string', default: '.venv/bin/python' },
    gpt2: { type: 'string', default: '../shared/models/gpt2-tokenizer' },
  },
});
const corpora = [
  'enwiki-featured-good/train.jsonl.zst',
  'standardebooks/train.jsonl.gz',
  'openstax-ccby/train.jsonl.gz',
].map((file) => join('../shared/corpora', file));
const root = mkdtempSync(join(tmpdir(), 'inheritune-bench-prepare-'));
const file = join(root, 'corpus.parquet');
const script = (name: string): string => join(import.meta.dirname, name);

/** A whole process: seconds, and its peak memory in bytes. */
function timed(program: string, args: readonly string[]): { seconds: number; rssBytes: number } {
  const began = performance.now();
  const { status, stderr } = spawnSync('/usr/bin/time', ['-f', '%M', program, ...args], { encoding: 'utf8' });
  const seconds = (performance.now() - began) / 1000;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
  return { seconds, rssBytes: Number(stderr.trim().split('\n').at(-1)) * 1024 };
}

const split = ['--set', 'validationSplit=datasets', '--set', 'validationFraction=0.0005'];
const ours = (out: string, ...more: string[]) =>
  timed(process.execPath, ['dist/cli.js', 'prepare', file, '--out', out, ...split, ...more]);
const theirs = (out: string) =>
  timed(values.python, [
    script('peer_prepare.py'),
    values.nanogpt ?? '',
    file,
    out,
    String(cpus().length),
    values.gpt2,
  ]);

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? NaN;
}

try {
  const made = spawnSync(
    values.python,
    [script('peer_corpus.py'), file, String(Number(values.mb) * 1e6), '1000', ...corpora],
    { encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(made.stderr);
  const { documents, textBytes } = JSON.parse(made.stdout) as { documents: number; textBytes: number };
  console.log(
    `${cpus()[0]?.model ?? 'unknown CPU'}, ${cpus().length} cores; ${new Date().toISOString().slice(0, 10)}; load ` +
      `${loadavg()[0]?.toFixed(1)}; ${documents} documents, ${formatBytes(textBytes)} of text`,
  );
  const figures = { ours: [] as number[], theirs: [] as number[] };
  let rssBytes = 0;
  for (let round = 0; round < Number(values.rounds); round++) {
    const own = ours(join(root, `ours-${round}`));
    rssBytes = Math.max(rssBytes, own.rssBytes);
    figures.ours.push(own.seconds);
    rmSync(join(root, `ours-${round}`), { recursive: true });
    if (values.nanogpt === undefined) continue;
    figures.theirs.push(theirs(join(root, `theirs-${round}`)).seconds);
    if (round > 0) rmSync(join(root, `theirs-${round}`), { recursive: true });
  }
  const row = (name: string, seconds: number): string[] => [
    name,
    seconds.toFixed(2),
    (textBytes / 1e6 / seconds).toFixed(1),
  ];
  const [us, them] = [median(figures.ours), median(figures.theirs)];
  const rows = [row('inheritune prepare', us)];
  if (values.nanogpt !== undefined) rows.push(row('nanoGPT prepare.py', them));
  console.log(table([['', 'seconds', 'MB/s of text'], ...rows]));
  console.log(`peak memory of ours ${formatBytes(rssBytes)}; load at the end ${loadavg()[0]?.toFixed(1)}`);
  if (values.nanogpt !== undefined) {
    console.log(`ratio ${(them / us).toFixed(1)}x`);
    ours(join(root, 'permuted'), '--set', 'trainOrder=permuted');
    for (const name of ['train.bin', 'val.bin']) {
      const equal = readFileSync(join(root, 'permuted', name)).equals(
        readFileSync(join(root, 'theirs-0', name)),
      );
      console.log(`${name}: ${equal ? 'equal to nanoGPT’s, byte by byte' : 'DIFFERENT'}`);
      if (!equal) process.exitCode = 1;
    }
  }
} finally {
  rmSync(root, { recursive: true });
}
