// The recipe as it was run: reference and rounds as stacks of layers, coloured by max rank. The paper's figure 4, from records.

import type { AttentionRecord } from '../../analyze/attention-record.ts';
import type { Contender, Round } from '../../inherit/grow-state.ts';
import { totalCost } from '../../inherit/plan.ts';
import { formatCount } from '../../run/format.ts';
import type { Row } from '../csv.ts';
import type { GrowJob } from '../material.ts';
import { highestOf } from '../series.ts';
import { element, figureWidth, label, legend, stacked } from '../svg.ts';
import type { Drawing } from '../svg.ts';
import { color, rankColor } from '../theme.ts';
import { figureOf, slug } from './figure.ts';
import type { Figure } from './figure.ts';
import { layerTicks } from './layers.ts';

interface Column {
  title: string;
  model: Contender;
  round: Round | null;
  profile: AttentionRecord | null;
}

/** The growth of one job; null before its reference was scored. */
export function growthFigure({ label: job, state, profiles }: GrowJob, isOnly: boolean): Figure | null {
  const { reference, rounds } = state;
  if (!reference) return null;
  const columns: Column[] = [
    { title: 'reference', model: reference, round: null, profile: profiles.get(0) ?? null },
    ...rounds.map((round) => ({
      title: `round ${round.round}`,
      model: round,
      round,
      profile: profiles.get(round.round) ?? null,
    })),
  ];
  const ranks = columns.flatMap(({ profile }) => profile?.layers.map(({ maxRank }) => maxRank.value) ?? []);
  const highest = highestOf(ranks);
  const isColored = ranks.length > 0;
  const total = totalCost(state);
  const items = isColored
    ? [
        { label: 'lazy layer (max rank 1, or near)', color: color('collapsed'), kind: 'box' as const },
        {
          label: `rank ${Number(highest.toFixed(1))}`,
          color: rankColor(highest, highest),
          kind: 'box' as const,
        },
        { label: 'not measured', color: color('grid'), kind: 'box' as const },
      ]
    : [];
  return figureOf(
    {
      name: isOnly ? 'growth' : `growth-${slug(job)}`,
      title: isOnly ? 'Growth' : `Growth: ${job}`,
      caption:
        `Layers of the reference and of each round's target, the first at the bottom${isColored ? ', coloured by max rank after training where it was measured' : ' (colours by max rank need an analysis of the models)'}. ` +
        'Loss: nats per token on the same fixed validation windows for all; difference: paired with the reference, ± its standard error. ' +
        `FLOPs: of each model's own training${total ? `; in all ${total.flops.toExponential(2)} FLOPs and ${formatCount(total.tokens)} tokens, the reference included` : '; the whole is not known'}.`,
      rows: columns.flatMap(rowsOf),
    },
    stacked([legend(items), stacks(columns, highest)]),
  );
}

function stacks(columns: readonly Column[], highest: number): Drawing {
  const most = Math.max(...columns.map(({ model }) => model.layers));
  const layerHeight = Math.min(20, 300 / most);
  const pitch = Math.max(132, figureWidth / columns.length);
  const width = Math.min(84, pitch - 40);
  const base = 12 + most * layerHeight;
  const body = columns.map(({ title, model, round, profile }, index) => {
    const left = index * pitch + (pitch - width) / 2;
    const middle = left + width / 2;
    const layers = Array.from({ length: model.layers }, (_, layer) =>
      element('rect', {
        x: left,
        y: base - (layer + 1) * layerHeight,
        width,
        height: Math.max(2, layerHeight - 2),
        rx: 2,
        fill: layerColor(profile, layer, highest),
        stroke: round ? color('target-2') : color('reference'),
        'stroke-width': 1,
      }),
    );
    const numbers = layerTicks(model.layers).map((layer) =>
      label(left - 6, base - (layer - 0.5) * layerHeight + 3, String(layer), {
        'text-anchor': 'end',
        'font-size': 10,
        fill: 'var(--muted)',
      }),
    );
    const words = [
      `${model.layers} layers, ${formatCount(model.parameters)}`,
      `loss ${model.loss.toFixed(4)}`,
      ...(round ? [`${signed(round.difference.mean)} ± ${round.difference.standardError.toFixed(4)}`] : []),
      `${model.flops === null ? 'unknown' : model.flops.toExponential(2)} FLOPs`,
      ...(round ? [round.matched ? 'matched' : 'not matched'] : []),
    ];
    return (
      layers.join('') +
      numbers.join('') +
      label(middle, base + 18, title, { 'text-anchor': 'middle', 'font-weight': 'bold' }) +
      words
        .map((word, line) =>
          label(middle, base + 35 + 16 * line, word, { 'text-anchor': 'middle', 'font-size': 11.5 }),
        )
        .join('')
    );
  });
  return {
    width: Math.max(figureWidth, pitch * columns.length),
    height: base + 35 + 16 * 5,
    body: body.join(''),
  };
}

function layerColor(profile: AttentionRecord | null, layer: number, highest: number): string {
  const rank = profile?.layers[layer]?.maxRank.value;
  if (profile === null || rank === undefined) return color('grid');
  return rank < profile.measure.nearLazyBelow ? color('collapsed') : rankColor(rank, highest);
}

function rowsOf({ title, model, round, profile }: Column): Row[] {
  return Array.from({ length: model.layers }, (_, layer) => ({
    model: title,
    layer: layer + 1,
    maxRank: profile?.layers[layer]?.maxRank.value ?? null,
    parameters: model.parameters,
    tokens: model.tokens,
    flops: model.flops,
    loss: model.loss,
    difference: round?.difference.mean ?? null,
    standardError: round?.difference.standardError ?? null,
    matched: round?.matched ?? null,
  }));
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`;
}
