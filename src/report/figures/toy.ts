// The toy demo, "pure attention loses rank", as an animation that ends in its last frame: a still shows that frame.
// After the animation in upstream's README: left the mean rank against the step, right one line for each head.

import * as Plot from '@observablehq/plot';
import type { RankHistory, ToyRecord } from '../../analyze/toy-record.ts';
import { chart, element, figureWidth, label } from '../svg.ts';
import type { Drawing } from '../svg.ts';
import { figureOf, slug } from './figure.ts';
import type { Figure } from './figure.ts';

const seconds = 10;
const panelHeight = 280;
const marginLeft = 46;

/** Both demos of one record. */
export function toyFigure(record: ToyRecord, name: string): Figure {
  const { demo1, demo2 } = record;
  const [first, last] = [demo2.meanRank[0] ?? NaN, demo2.meanRank.at(-1) ?? NaN];
  return figureOf(
    {
      name: `toy-${slug(name)}`,
      title: 'Toy: pure attention loses rank',
      caption:
        `One attention layer without mask, residual or MLP, ${demo2.tokens} tokens, width ${demo2.hidden}, ${demo2.heads} heads, trained on noise. Rank: of ${100 * demo2.tau} % of the energy of the attention matrix, averaged over a fixed batch of ${demo2.batch} before the rank is taken (upstream's way). ` +
        `Left: mean over heads; right: each head. From ${first.toFixed(2)} to ${last.toFixed(2)}, ${reduction(first, last)} less. ` +
        `Entropy of a query's attention from ${(demo2.entropy[0] ?? NaN).toFixed(2)} to ${(demo2.entropy.at(-1) ?? NaN).toFixed(2)} nats; uniform attention has ln T = ${Math.log(demo2.tokens).toFixed(2)}. ` +
        `Before any training, with ${demo1.tokens} tokens and width ${demo1.hidden}: rank ${range(demo1.ranksBefore)} of the logits and ${range(demo1.ranksAfter)} after softmax. The logits' standard deviation is ${demo1.logitDeviation.toFixed(3)}` +
        (demo1.logitDeviation < 0.1
          ? ', so softmax is all but uniform, and a uniform matrix has rank 1: that is no collapse by learning.'
          : '.'),
      rows: demo2.steps.flatMap((step, index) =>
        (demo2.rankPerHead[index] ?? []).map((rank, head) => ({
          step,
          head: head + 1,
          rank,
          meanRank: demo2.meanRank[index] ?? null,
          meanOfRanks: demo2.meanOfRanks[index] ?? null,
          entropy: demo2.entropy[index] ?? null,
          loss: demo2.loss[index] ?? null,
        })),
      ),
    },
    animated(demo2, `toy-${slug(name)}`),
  );
}

function animated(demo: RankHistory, id: string): Drawing {
  const half = (figureWidth - 12) / 2;
  const frames = demo.steps.map((step, index) => {
    const mean = demo.meanRank[index] ?? NaN;
    const text = `step ${step}: mean rank ${mean.toFixed(2)}, ${reduction(demo.meanRank[0] ?? NaN, mean)} less`;
    return label(figureWidth / 2, 20, text, {
      'text-anchor': 'middle',
      'font-size': 14,
      class: `${id}-frame`,
      style: `animation-name:${id}-${index}`,
      opacity: index === demo.steps.length - 1 ? 1 : 0,
    });
  });
  const heads = Array.from({ length: demo.heads }, (_, head) =>
    demo.rankPerHead.map((ranks) => ranks[head] ?? NaN),
  );
  const highest = Math.max(...heads.flat(), ...demo.meanRank);
  const left = panel(demo.steps, [demo.meanRank], highest, { id, width: half, y: 'mean rank' });
  const right = panel(demo.steps, heads, highest, { id, width: half, y: 'rank of each head' });
  const body =
    style(id, demo.steps.length, half) +
    frames.join('') +
    element('g', { transform: 'translate(0 30)' }, left.body) +
    element('g', { transform: `translate(${half + 12} 30)` }, right.body);
  return { width: figureWidth, height: 30 + left.height, body };
}

/** A chart whose lines are uncovered from left to right. */
function panel(
  steps: readonly number[],
  lines: readonly (readonly number[])[],
  highest: number,
  { id, width, y }: { id: string; width: number; y: string },
): Drawing {
  const drawing = chart({
    width,
    height: panelHeight,
    marginLeft,
    marginRight: 24,
    marginBottom: 40,
    x: { label: 'training step', labelAnchor: 'center', labelArrow: 'none', ticks: 5, nice: true },
    y: { label: y, labelAnchor: 'top', labelArrow: 'none', grid: true, domain: [0, highest * 1.05] },
    marks: [
      Plot.ruleY([1], { stroke: 'currentColor', strokeDasharray: '4 4' }),
      ...lines.map((ranks, index) =>
        Plot.line(
          ranks.map((rank, at) => ({ step: steps[at], rank })),
          {
            x: 'step',
            y: 'rank',
            stroke:
              lines.length === 1
                ? 'var(--target-2)'
                : `hsl(${Math.round((360 * index) / lines.length)},60%,52%)`,
            strokeWidth: 2,
          },
        ),
      ),
    ],
  });
  return {
    ...drawing,
    body: drawing.body.replace(/<g (?=[^>]*aria-label="line")/g, `<g clip-path="url(#${id})" `),
  };
}

/** Keyframes: lines uncover from the left, and one caption at a time is seen. Off where motion is not wanted, and on paper. */
function style(id: string, frames: number, width: number): string {
  const shown = 80 / frames; // percent of the cycle; the last frame stays for the rest
  const keyframes = Array.from({ length: frames }, (_, index) => {
    const [from, to] = [index * shown, index === frames - 1 ? 100 : (index + 1) * shown];
    const before = index === 0 ? '' : `0%,${(from - 0.01).toFixed(2)}%{opacity:0}`;
    const after = index === frames - 1 ? '' : `${(to + 0.01).toFixed(2)}%,100%{opacity:0}`;
    return `@keyframes ${id}-${index}{${before}${from.toFixed(2)}%,${to.toFixed(2)}%{opacity:1}${after}}`;
  });
  const moving = `animation-duration:${seconds}s;animation-timing-function:linear;animation-iteration-count:infinite`;
  const rules =
    `@media screen and (prefers-reduced-motion:no-preference){.${id}-frame{${moving}}#${id} rect{transform-origin:${marginLeft}px 0;animation-name:${id}-draw;${moving}}}` +
    `@keyframes ${id}-draw{0%{transform:scaleX(0)}80%,100%{transform:scaleX(1)}}${keyframes.join('')}`;
  const cover = element('rect', { x: marginLeft - 4, y: 0, width: width - marginLeft, height: panelHeight });
  return element('style', {}, rules) + element('clipPath', { id }, cover);
}

function reduction(from: number, to: number): string {
  return `${((100 * (from - to)) / from).toFixed(1)} %`;
}

function range(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? String(low) : `${low} to ${high}`;
}
