// Attention maps, layers down and heads across: the sheet that analyze made, with its axes. The paper's figures 9 and 12.

import type { Profile } from '../material.ts';
import { pngSize } from '../png.ts';
import { at, element, figureWidth, label } from '../svg.ts';
import { color } from '../theme.ts';
import { figureOf, slug } from './figure.ts';
import type { Figure } from './figure.ts';

/** The sheet of one model; null where it has none. */
export function mapsFigure(profile: Profile): Figure | null {
  const { record, sheet } = profile;
  const size = sheet && pngSize(sheet);
  if (!record.maps || !sheet || !size) return null;
  const { maps, model } = record;
  const [left, top] = [52, 40];
  const scale = (figureWidth - left - 8) / size.width;
  const pitch = (maps.side + maps.gap) * scale;
  const center = (index: number) => (index * (maps.side + maps.gap) + maps.side / 2) * scale;
  const every = (count: number) => Math.max(1, Math.ceil(14 / pitch), count > 24 && pitch < 18 ? 2 : 1);
  const heads = Array.from({ length: model.heads }, (_, head) => head)
    .filter((head) => head % every(model.heads) === 0)
    .map((head) =>
      label(left + center(head), top - 6, String(head + 1), { 'text-anchor': 'middle', 'font-size': 11 }),
    );
  const layers = record.layers
    .filter(({ layer }) => layer % every(record.layers.length) === 0)
    .map(({ layer }) =>
      label(left - 6, top + center(layer) + 4, String(layer + 1), { 'text-anchor': 'end', 'font-size': 11 }),
    );
  const height = size.height * scale;
  const image = element('image', {
    x: left,
    y: top,
    width: size.width * scale,
    height,
    preserveAspectRatio: 'none',
    'image-rendering': 'optimizeSpeed',
    style: 'image-rendering:pixelated',
    href: `data:image/png;base64,${sheet.toString('base64')}`,
  });
  const side = maps.side * scale;
  const frames = record.layers.flatMap(({ layer, heads: cells }) =>
    cells.map(
      ({ head }) =>
        `M${at(left + head * pitch)} ${at(top + layer * pitch)}h${at(side)}v${at(side)}h${at(-side)}z`,
    ),
  );
  const frame = element('path', {
    d: frames.join(''),
    fill: 'none',
    stroke: color('grid'),
    'stroke-width': 0.7,
  });
  const axes =
    label(left + (size.width * scale) / 2, 14, 'head (from 1)', { 'text-anchor': 'middle' }) +
    label(0, 0, 'layer', {
      'text-anchor': 'middle',
      transform: `translate(14 ${at(top + height / 2)}) rotate(-90)`,
    });
  return figureOf(
    {
      name: `maps-${slug(profile.label)}`,
      title: `Attention maps: ${profile.label}`,
      caption: `Each map: queries down, keys across, ${maps.length} tokens a side, mean over ${maps.sequences} strings, ${maps.causal ? 'causal' : 'full, unmasked'} attention. The CSV has each head's figures; the maps' own values are in the analysis (${maps.values}).`,
      rows: record.layers.flatMap(({ layer, heads: cells }) =>
        cells.map(({ head, rank, columns, sink, entropy }) => ({
          layer: layer + 1,
          head: head + 1,
          rank: rank.mean,
          columns: columns.mean,
          sink: sink.mean,
          entropy: entropy.mean,
        })),
      ),
    },
    {
      width: figureWidth,
      height: top + height + 8,
      body: axes + heads.join('') + layers.join('') + image + frame,
    },
  );
}
