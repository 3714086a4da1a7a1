// Converts the paper's published training logs into data/upstream-curves.json, which reports draw as grey lines.
//
//   node --import ./tools/typescript.mjs tools/upstream-curves.ts LOG_FOLDER && npx biome format --write data
//
// The logs are lines `step N: train loss X, val loss Y`, every 1000 steps; of a repeated step (a restart) the last counts.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../src/run/store.ts';

const web = 'OpenWebText_logs';
const edu = 'Fineweb_logs';

/** Id (as in the paper's notes), file, what it is, layers. */
const logs: readonly (readonly [id: string, file: string, name: string, layers: number])[] = [
  ['M1', `${web}/medium-scratch/medium_log.txt`, 'Medium, full', 24],
  ['M2', `${web}/medium-scratch/medium_log-ly16.txt`, 'Medium, same size, random', 16],
  ['M3', `${web}/medium-scratch/medium-200k_log.txt`, 'Medium, same size, random, 200K steps', 16],
  ['M4', `${web}/medium-scratch/medium-half-init_log.txt`, 'Medium, inherited, round 1', 12],
  ['M5', `${web}/medium-scratch/medium-init_14-.txt`, 'Medium, inherited, round 2', 14],
  ['M6', `${web}/medium-scratch/medium-init_ly.txt`, 'Medium, inherited, round 3', 16],
  ['M7', `${web}/medium-scratch/medium-half_log.txt`, 'Medium, half, random', 12],
  ['L1', `${web}/large-scratch/large_log.txt`, 'Large, full', 36],
  ['L2', `${web}/large-scratch/large-half_log.txt`, 'Large, same size, random', 18],
  ['L3', `${web}/large-scratch/large-200k_log.txt`, 'Large, same size, random, 200K steps', 18],
  ['L4', `${web}/large-scratch/large-half-init_log.txt`, 'Large, inherited', 18],
  ['X1', `${web}/xlarge-scratch/vanilla2.txt`, 'XLarge, full', 48],
  ['X2', `${web}/xlarge-scratch/xlarge_half_ly24.txt`, 'XLarge, same size, random', 24],
  ['X3', `${web}/xlarge-scratch/xlarge_half_ly24_200k.txt`, 'XLarge, same size, random, 200K steps', 24],
  ['X4', `${web}/xlarge-scratch/xlarge_init_ly24.txt`, 'XLarge, inherited', 24],
  ['B1-M', `${web}/Baselines/medium-baselines/medium_halfwdth.txt`, 'Medium, half width', 24],
  ['B1-L', `${web}/Baselines/large-baselines/large_halfwdth.txt`, 'Large, half width', 36],
  ['B1-X', `${web}/Baselines/xlarge-baselines/xlarge_halfwdth.txt`, 'XLarge, half width', 48],
  ['B2-M', `${web}/Baselines/medium-baselines/medium_stacking.txt`, 'Medium, stacking, round 1', 8],
  ['B2-L', `${web}/Baselines/large-baselines/large_stacking_1rnd.txt`, 'Large, stacking, round 1', 9],
  ['B2-X', `${web}/Baselines/xlarge-baselines/xlarge_stk1.txt`, 'XLarge, stacking, round 1', 12],
  ['B3-M', `${web}/Baselines/medium-baselines/medium_stacking_2rnd.txt`, 'Medium, stacking, round 2', 16],
  ['B3-L', `${web}/Baselines/large-baselines/large_stacking_2rnd.txt`, 'Large, stacking, round 2', 18],
  ['B3-X', `${web}/Baselines/xlarge-baselines/xlarge_stk2.txt`, 'XLarge, stacking, round 2', 24],
  ['B4-M', `${web}/Baselines/medium-baselines/medium_hybridstacking.txt`, 'Medium, hybrid stacking', 16],
  ['B4-L', `${web}/Baselines/large-baselines/large_hybridstacking.txt`, 'Large, hybrid stacking', 18],
  ['B4-X', `${web}/Baselines/xlarge-baselines/xlarge_hybridstk.txt`, 'XLarge, hybrid stacking', 24],
  ['A1', `${web}/medium-scratch/analysis/medium-attn.txt`, 'Medium, attention and norms inherited', 16],
  ['A2', `${web}/medium-scratch/analysis/medium-mlp.txt`, 'Medium, MLP and norms inherited', 16],
  ['A3', `${web}/medium-scratch/analysis/medium-attnmlp.txt`, 'Medium, attention and MLP inherited', 16],
  ['K1', `${web}/Baselines/KD/distill_medium.txt`, 'Medium, distilled, random start', 16],
  ['K2', `${web}/Baselines/KD/distill_medium_init.txt`, 'Medium, distilled, layers of the teacher', 16],
  ['K3', `${web}/Baselines/KD/distill_medium_init_ly12.txt`, 'Medium, distilled, 12 layers', 12],
  ['F1', `${edu}/large-dagger/val_full.txt`, 'Large-dagger, full', 32],
  ['F2', `${edu}/large-dagger/val_16rand.txt`, 'Large-dagger, same size, random', 16],
  ['F3', `${edu}/large-dagger/val_init.txt`, 'Large-dagger, inherited', 16],
  ['F4', `${edu}/medium/val_full.txt`, 'Medium, full', 24],
  ['F5', `${edu}/medium/val_16rand.txt`, 'Medium, same size, random', 16],
  ['F6', `${edu}/medium/val_init.txt`, 'Medium, inherited', 16],
];

const every = 1000;
const row = /^step (\d+): train loss ([\d.]+), val loss ([\d.]+)(?:, B_tok: [\d.]+)?$/;

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: upstream-curves.ts LOG_FOLDER');
const curves = [];
for (const [id, file, name, layers] of logs)
  curves.push({
    id,
    name,
    layers,
    corpus: file.startsWith(edu) ? 'FineWeb' : 'OpenWebText',
    log: file,
    ...(await readLog(join(folder, file))),
  });
const record = {
  version: 1,
  source:
    'Training logs published with arXiv:2404.08634, MIT (see upstream-curves.LICENSE); made by tools/upstream-curves.ts',
  every,
  curves,
};
await writeFile(join(packageRoot(), 'data', 'upstream-curves.json'), `${JSON.stringify(record)}\n`);

async function readLog(path: string): Promise<{ train: number[]; val: number[] }> {
  const byStep = new Map<number, [train: number, val: number]>();
  for (const line of (await readFile(path, 'utf8')).split('\n')) {
    if (line.trim() === '') continue;
    const [, step, train, val] = row.exec(line) ?? [];
    if (!step) throw new Error(`${path}: not a row: ${line.slice(0, 60)}`);
    byStep.set(Number(step), [Number(train), Number(val)]);
  }
  const rows = [...byStep].sort(([a], [b]) => a - b);
  const gap = rows.findIndex(([step], index) => step !== index * every);
  if (gap !== -1)
    throw new Error(`${path}: expected a row every ${every} steps, found none at ${gap * every}`);
  return { train: rows.map(([, [train]]) => train), val: rows.map(([, [, val]]) => val) };
}
