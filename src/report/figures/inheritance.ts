// Which layer of the reference feeds which layer of the target, and what starts at random. From inheritance.json.

import type { Material, Origin } from '../material.ts';
import { element, figureWidth, label, legend, shortText, stacked, tiled } from '../svg.ts';
import type { Drawing } from '../svg.ts';
import { color } from '../theme.ts';
import { figureOf } from './figure.ts';
import type { Figure } from './figure.ts';

/** Where a part of the target comes from: a model's part, or random weights. */
interface Feed {
  /** `layer 3`, `token embedding` ... */
  part: string;
  /** Place in the drawing: 0 is the embeddings, then layers, then the final norm. */
  place: number;
  model: string | null;
  source: string | null;
  sourcePlace: number | null;
  scaled: boolean;
}

/** A panel for each model that was inherited. */
export function inheritanceFigure({ origins }: Material): Figure | null {
  if (origins.length === 0) return null;
  const columns = Math.min(3, origins.length);
  const width = Math.min(370, Math.floor((figureWidth - 12 * (columns - 1)) / columns));
  const models = [
    ...new Set(origins.flatMap((origin) => feedsOf(origin).flatMap(({ model }) => model ?? []))),
  ];
  const items = [
    ...models.map((model) => ({ label: `copied from: ${model}`, color: modelColor(model) })),
    { label: 'random', color: color('grid'), kind: 'box' as const },
  ];
  return figureOf(
    {
      name: 'inheritance',
      title: 'What was inherited',
      caption: `Left: the model that was copied from; right: the target before its training, first layers at the bottom. Each line is one layer, or one tensor outside the layers. ${origins.map(({ label: name, record }) => `${name}: ${record.origin}.`).join(' ')}`,
      rows: origins.flatMap(({ label: model, from, record }) =>
        record.tensors.map(({ target, source, queryFactor }) => ({
          model,
          target,
          from: source === null ? 'random' : source.startsWith('reference.') ? 'reference' : from,
          source,
          queryFactor,
        })),
      ),
    },
    stacked([
      legend(items),
      tiled(
        origins.map((origin) => panel(origin, width)),
        columns,
      ),
    ]),
  );
}

function panel(origin: Origin, width: number): Drawing {
  const feeds = feedsOf(origin);
  const places = Math.max(...feeds.map(({ place, sourcePlace }) => Math.max(place, sourcePlace ?? 0)), 1);
  const sourceLayers = Math.max(origin.referenceLayers, ...feeds.map(({ sourcePlace }) => sourcePlace ?? 0));
  const pitch = Math.max(11, Math.min(22, 380 / (Math.max(places, sourceLayers + 1) + 2)));
  const boxWidth = Math.min(92, width * 0.34);
  const [left, right] = [8, width - boxWidth - 8];
  const rows = Math.max(places, sourceLayers) + 2;
  const base = 46 + rows * pitch;
  const yOf = (place: number) => base - (place + 2) * pitch;
  const font = Math.min(11, pitch - 2.5);
  const box = (x: number, place: number, text: string, fill: string, isFaint = false) =>
    element('rect', {
      x,
      y: yOf(place),
      width: boxWidth,
      height: Math.max(2, pitch - 3),
      rx: 2,
      fill,
      'fill-opacity': isFaint ? 0.15 : 0.35,
      stroke: fill,
    }) +
    label(x + boxWidth / 2, yOf(place) + (pitch - 3) / 2 + font * 0.36, text, {
      'text-anchor': 'middle',
      'font-size': font,
    });

  const mainModel = feeds.find(({ model }) => model !== null)?.model ?? origin.from;
  const sources = new Map<number, { text: string; model: string }>();
  if (feeds.some(({ model }) => model === 'reference'))
    for (let layer = 1; layer <= origin.referenceLayers; layer++)
      sources.set(layer, { text: `layer ${layer}`, model: 'reference' });
  for (const { sourcePlace, source, model } of feeds)
    if (sourcePlace !== null && source && model) sources.set(sourcePlace, { text: source, model });
  const used = new Set(feeds.map(({ sourcePlace }) => sourcePlace));
  const body = [
    ...feeds.map(({ place, sourcePlace, model, scaled }) =>
      sourcePlace === null || model === null
        ? ''
        : element('path', {
            d: `M${left + boxWidth} ${yOf(sourcePlace) + pitch / 2 - 1.5}L${right} ${yOf(place) + pitch / 2 - 1.5}`,
            stroke: modelColor(model),
            'stroke-width': 1.5,
            ...(scaled ? { 'stroke-dasharray': '4 3' } : {}),
          }),
    ),
    ...[...sources].map(([place, { text, model }]) =>
      box(left, place, text, modelColor(model), !used.has(place)),
    ),
    ...feeds.map(({ place, part, model }) =>
      box(right, place, part, model === null ? color('grid') : modelColor(model)),
    ),
    label(8, 14, shortText(origin.label, Math.floor(width / 8)), { 'font-weight': 'bold' }),
    label(left + boxWidth / 2, 36, shortText(mainModel, 14), {
      'text-anchor': 'middle',
      fill: 'var(--muted)',
    }),
    label(right + boxWidth / 2, 36, 'target', { 'text-anchor': 'middle', fill: 'var(--muted)' }),
  ];
  return { width, height: base + 8, body: body.map((part) => round2(part)).join('') };
}

/** One entry for each layer of the target, and each tensor outside the layers. */
function feedsOf({ record, from, referenceLayers }: Origin): Feed[] {
  const feeds = new Map<string, Feed>();
  const blocks = record.tensors.map(({ target }) => layerOf(target)).filter((layer) => layer !== null);
  const top = Math.max(-1, ...blocks) + 2;
  const copied = record.tensors.map(({ source }) => (layerOf(source ?? '') ?? -1) + 1);
  const sourceTop = Math.max(0, ...copied, from === 'reference' ? referenceLayers : 0) + 1;
  for (const { target, source, queryFactor } of record.tensors) {
    const layer = layerOf(target);
    const part = layer === null ? wordsFor(target) : `layer ${layer + 1}`;
    const before = feeds.get(part);
    if (before) {
      before.scaled ||= queryFactor !== 1;
      continue;
    }
    const plainSource = source?.replace(/^reference\./, '') ?? null;
    const sourceLayer = plainSource === null ? null : layerOf(plainSource);
    const place = layer === null ? outsidePlace(target, top) : layer + 1;
    feeds.set(part, {
      part,
      place,
      model: source === null ? null : source.startsWith('reference.') ? 'reference' : from,
      source:
        plainSource === null
          ? null
          : sourceLayer === null
            ? wordsFor(plainSource)
            : `layer ${sourceLayer + 1}`,
      sourcePlace:
        plainSource === null
          ? null
          : sourceLayer === null
            ? outsidePlace(plainSource, sourceTop)
            : sourceLayer + 1,
      scaled: queryFactor !== 1,
    });
  }
  return [...feeds.values()];
}

function layerOf(path: string): number | null {
  const digits = /^blocks\.(\d+)\./.exec(path)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Embeddings below the first layer, all else above the last. */
function outsidePlace(path: string, top: number): number {
  if (path.startsWith('tokenEmbedding')) return -1;
  return path.startsWith('positionEmbedding') ? 0 : top;
}

function wordsFor(path: string): string {
  if (path.startsWith('tokenEmbedding')) return 'tokens';
  if (path.startsWith('positionEmbedding')) return 'positions';
  return path.startsWith('finalNorm') ? 'final norm' : (path.split('.')[0] ?? path);
}

function modelColor(model: string): string {
  return model === 'reference' ? color('reference') : color('target-2');
}

function round2(svg: string): string {
  return svg.replace(/-?\d+\.\d{3,}/g, (digits) => String(Math.round(Number(digits) * 100) / 100));
}
