// attention.json as words: a table of layers for the terminal, and one of heads for a spreadsheet.

import { table } from '../run/format.ts';
import type { AttentionRecord } from './attention-record.ts';

/** Layers, null values, what is lazy and what to inherit. */
export function attentionText(record: AttentionRecord): string {
  const { measure, data, lazy, model, layers, suggestion } = record;
  const near = new Set(lazy.near);
  const strict = new Set(lazy.strict);
  const rows = layers.map(({ layer, maxRank, mass, sink, entropy, heads }) => [
    String(layer),
    maxRank.value.toFixed(2),
    `± ${maxRank.ofHead.std.toFixed(2)}`,
    String(maxRank.head),
    mass.mean.toFixed(2),
    `± ${mass.std.toFixed(2)}`,
    percent(sink.mean),
    entropy.mean.toFixed(2),
    `${heads.filter(({ rank }) => rank.mean < measure.collapsedBelow).length} of ${heads.length}`,
    strict.has(layer) ? 'lazy' : near.has(layer) ? 'nearly lazy' : '',
  ]);
  const nulls = record.nullValues.map(
    ({ name, rank, columns }) => `${name} ${figure(rank)}/${figure(columns)}`,
  );
  const share = lazy.collapsedShare.find(({ below }) => below === measure.collapsedBelow)?.share ?? 0;
  return [
    table([
      ['layer', 'max rank', 'std', 'of head', 'columns', 'std', 'sink', 'entropy', 'collapsed', ''],
      ...rows,
    ]),
    '',
    `${model.path}: ${data.sequences} sequences of ${data.length} tokens from ${data.tokens}, ${measure.causal ? 'causal' : 'full'} attention. Max rank: the largest over`,
    `heads of the mean rank at ${measure.tau} of the squared singular values; columns: m* at ${measure.eta} of the squared mass, mean over heads.`,
    `To compare with, rank/columns at this length: ${nulls.join('; ')}.`,
    `Lazy layers (max rank 1): ${list(lazy.strict)}; below ${measure.nearLazyBelow}: ${list(lazy.near)}; lazy groups: ${groups(lazy.groups)}.`,
    `Collapsed heads (mean rank below ${measure.collapsedBelow}): ${percent(share)}.`,
    `To inherit: ${suggestion.layers} layers; ${suggestion.reason}.`,
  ].join('\n');
}

/** Several models in a line each: max rank and columns by layer, lazy layers, collapsed heads. */
export function attentionComparison(models: readonly { name: string; record: AttentionRecord }[]): string {
  const rows = models.map(({ name, record: { layers, lazy, measure } }) => {
    const collapsed = lazy.collapsedShare.find(({ below }) => below === measure.collapsedBelow)?.share ?? 0;
    return [
      name,
      layers.map(({ maxRank }) => maxRank.value.toFixed(1)).join(' '),
      layers.map(({ mass }) => mass.mean.toFixed(1)).join(' '),
      String(lazy.near.length),
      percent(collapsed),
    ];
  });
  return table([['model', 'max rank by layer', 'columns by layer', 'nearly lazy', 'collapsed'], ...rows]);
}

/** One line a head: CSV, 0-based. */
export function headTable({ layers, measure }: AttentionRecord): string {
  const head = [
    'layer,head,rank,rankStd,rankP10,rankP90',
    ...measure.taus.map((tau) => `rankAt${tau}`),
    'columns,columnsStd,sink,entropy',
  ].join(',');
  const lines = layers.flatMap(({ layer, heads }) =>
    heads.map(({ head: index, rank, rankAtTaus, columns, sink, entropy }) =>
      [
        layer,
        index,
        ...[rank.mean, rank.std, rank.p10, rank.p90, ...rankAtTaus, columns.mean, columns.std].map(figure),
        sink.mean.toPrecision(6),
        entropy.mean.toPrecision(6),
      ].join(','),
    ),
  );
  return `${[head, ...lines].join('\n')}\n`;
}

function list(layers: readonly number[]): string {
  return layers.length > 0 ? layers.join(', ') : 'none';
}

function groups(all: AttentionRecord['lazy']['groups']): string {
  if (all.length === 0) return 'none';
  return all
    .map(({ first, last, averageRank }) => `${first}-${last} (AvgRank ${averageRank.toFixed(2)})`)
    .join(', ');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

function figure(value: number): string {
  return String(Number(value.toFixed(4)));
}
