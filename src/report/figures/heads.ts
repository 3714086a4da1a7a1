// One cell for each head of each layer, red where it has collapsed, else green by rank: the paper's figures 11, 21 and 22.

import type { Material, Profile } from '../material.ts';
import { highestOf } from '../series.ts';
import { at, element, figureWidth, label, legend, shortText, stacked, tiled } from '../svg.ts';
import type { Drawing } from '../svg.ts';
import { color, rankColor } from '../theme.ts';
import { figureOf } from './figure.ts';
import type { Figure } from './figure.ts';
import { layerTicks, mainProfiles, measuredOnAll } from './layers.ts';

/** Layers down, heads across; one panel for each model. */
export function headsFigure({ profiles }: Material): Figure | null {
  const drawn = mainProfiles(profiles);
  if (drawn.length === 0) return null;
  const highest = highestOf(
    drawn.flatMap(({ record }) => record.layers.flatMap(({ heads }) => heads.map(({ rank }) => rank.mean))),
  );
  const heads = Math.max(...drawn.map(({ record }) => record.model.heads));
  const columns = Math.min(drawn.length, heads <= 16 ? 3 : heads <= 25 ? 2 : 1);
  const width = Math.floor((figureWidth - 12 * (columns - 1)) / columns);
  const panels = drawn.map((profile) => panel(profile, highest, width));
  const shares = drawn.map((profile) => `${profile.label}: ${percent(collapsedShare(profile))}`).join('; ');
  return figureOf(
    {
      name: 'heads',
      title: 'Collapsed heads',
      caption: `Each cell is one head, by its rank, mean over ${measuredOnAll(drawn)}. Red: collapsed, mean rank below ${thresholds(drawn)}. Share of collapsed heads: ${shares}.`,
      rows: profiles.flatMap(({ label: model, record }) =>
        record.layers.flatMap(({ layer, heads: cells }) =>
          cells.map(({ head, rank, columns: mass, sink, entropy }) => ({
            model,
            layer: layer + 1,
            head: head + 1,
            rank: rank.mean,
            rankStd: rank.std,
            collapsed: rank.mean < record.measure.collapsedBelow,
            columns: mass.mean,
            sink: sink.mean,
            entropy: entropy.mean,
          })),
        ),
      ),
    },
    stacked([scale(highest), tiled(panels, columns)]),
  );
}

/** Share of a model's heads whose mean rank is below its threshold. */
export function collapsedShare({ record }: Profile): number {
  const ranks = record.layers.flatMap(({ heads }) => heads.map(({ rank }) => rank.mean));
  return ranks.filter((rank) => rank < record.measure.collapsedBelow).length / ranks.length;
}

/** 0.4583 -> 46 %. */
export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function panel(profile: Profile, highest: number, width: number): Drawing {
  const { record } = profile;
  const { layers, measure, model } = record;
  const [left, top] = [44, 42];
  const cellWidth = Math.min(40, (width - left - 8) / model.heads);
  const cellHeight = Math.min(22, Math.max(9, 440 / layers.length), Math.max(12, cellWidth));
  const cells = layers.flatMap(({ layer, heads }) =>
    heads.map(({ head, rank }) =>
      element('rect', {
        x: left + head * cellWidth + 0.5,
        y: top + layer * cellHeight + 0.5,
        width: cellWidth - 1,
        height: cellHeight - 1,
        fill: rank.mean < measure.collapsedBelow ? color('collapsed') : rankColor(rank.mean, highest),
      }),
    ),
  );
  const rows = layerTicks(layers.length).map((layer) =>
    label(left - 6, top + (layer - 0.5) * cellHeight + 4, String(layer), {
      'text-anchor': 'end',
      'font-size': 11,
    }),
  );
  const bottom = top + layers.length * cellHeight;
  const everyHead = model.heads <= 16 && cellWidth >= 15;
  const across = Array.from({ length: model.heads }, (_, head) => head + 1).filter(
    (head) => everyHead || head === 1 || head % 5 === 0,
  );
  const heads = across.map((head) =>
    label(left + (head - 0.5) * cellWidth, bottom + 14, String(head), {
      'text-anchor': 'middle',
      'font-size': 11,
    }),
  );
  const middle = top + (layers.length * cellHeight) / 2;
  const axes =
    label(left + (model.heads * cellWidth) / 2, bottom + 30, 'head (from 1)', { 'text-anchor': 'middle' }) +
    label(0, 0, 'layer', {
      'text-anchor': 'middle',
      transform: `translate(14 ${at(middle)}) rotate(-90)`,
    });
  const heading =
    label(8, 14, shortText(profile.label, Math.floor(width / 7.6)), { 'font-weight': 'bold' }) +
    label(8, 31, `${percent(collapsedShare(profile))} of ${layers.length * model.heads} heads collapsed`, {
      fill: 'var(--muted)',
    });
  return {
    width,
    height: bottom + 38,
    body: heading + cells.join('') + rows.join('') + heads.join('') + axes,
  };
}

function scale(highest: number): Drawing {
  const steps = [1, ...[2, 4, 8, 16, 32, 64, 128, 256, 512].filter((rank) => rank < highest / 1.3), highest];
  return legend([
    { label: 'collapsed', color: color('collapsed'), kind: 'box' },
    ...steps
      .filter((rank, index) => index > 0 || rank < highest)
      .map((rank) => ({
        label: `rank ${Number(rank.toFixed(1))}`,
        color: rankColor(rank, highest),
        kind: 'box' as const,
      })),
  ]);
}

function thresholds(profiles: readonly Profile[]): string {
  return [...new Set(profiles.map(({ record }) => record.measure.collapsedBelow))].join(' or ');
}
