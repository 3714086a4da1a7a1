// Draws a finished grow job: validation loss of every model against its training tokens, as an SVG for the README.
//
//   node --import ./tools/typescript.mjs tools/plot-grow.ts runs/laptop docs/images/grow.svg

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { readGrowState } from '../src/inherit/grow-state.ts';
import { readMetrics } from '../src/run/metrics.ts';

interface Point {
  model: string;
  tokens: number;
  loss: number;
}

const [folder, target] = process.argv.slice(2);
if (!folder || !target) throw new Error('usage: plot-grow.ts GROW_FOLDER SVG');
const state = await readGrowState(folder);
const models = [
  ...(state.reference ? [{ ...state.reference, label: `reference, ${state.reference.layers} layers` }] : []),
  ...state.rounds.map((round) => ({ ...round, label: `inherited, ${round.layers} layers` })),
  ...state.controls.map((control) => ({
    ...control,
    label: `random, ${control.name.replace(/-\d+-layers$/, '')}`,
  })),
];
const points: Point[] = [];
for (const { name, label, tokens } of models) {
  const records = await readMetrics(join(folder, name, 'metrics.jsonl'));
  const steps = Math.max(...records.map(({ step }) => step ?? 0));
  for (const { type, step, validationLoss } of records)
    if (type === 'evaluation' && step && typeof validationLoss === 'number')
      // not step 0: its loss would flatten the rest
      points.push({ model: label, tokens: ((tokens ?? 0) * step) / steps, loss: validationLoss });
}
const colors = ['#2b7a3d', '#e8998d', '#d1495b', '#7a1f2b', '#3d6fb4', '#8fb0dc'];
const page: unknown = parseHTML('<html></html>'); // typed by the browser's library, which this project leaves out
const figure: unknown = Plot.plot({
  document: Reflect.get(Object(page), 'document') as never,
  width: 760,
  height: 420,
  marginLeft: 50,
  marginRight: 20,
  marginBottom: 40,
  style: { background: 'white', color: 'black', fontSize: '13px' },
  x: {
    label: 'training tokens (millions)',
    labelAnchor: 'center',
    labelArrow: 'none',
    transform: (tokens: number) => tokens / 1e6,
  },
  y: {
    label: 'validation loss (nats per character)',
    grid: true,
  },
  color: {
    domain: models.map(({ label }) => label),
    range: colors,
  },
  marks: [
    ...(state.reference
      ? [Plot.ruleY([state.reference.loss], { stroke: '#2b7a3d', strokeDasharray: '4 4' })]
      : []),
    Plot.lineY(points, { x: 'tokens', y: 'loss', stroke: 'model', strokeWidth: 2 }),
    Plot.dot(points, { x: 'tokens', y: 'loss', fill: 'model', r: 2.5 }),
    ...models.map(({ label }, index) =>
      Plot.text([label], {
        frameAnchor: 'top-right',
        dx: -8,
        dy: 8 + 18 * index,
        textAnchor: 'end',
        fill: colors[index] ?? 'black',
      }),
    ),
  ],
});
await mkdir(dirname(target), { recursive: true });
await writeFile(target, `${String(figure).replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ')}\n`);
