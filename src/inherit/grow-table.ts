// What a grow job says: a line per round, the verdict, and the final table of all models. Formats records, decides nothing.

import { formatCount, table } from '../run/format.ts';
import type { PairedDifference } from './compare.ts';
import type { GrowOptions } from './grow-options.ts';
import type { Contender, GrowState } from './grow-state.ts';
import { lastRound, totalCost } from './plan.ts';

/** What it costs to use a model: measured where it was, else null. */
export interface Footprint {
  samplingTokensPerSecond: number;
  weightBytes: number;
  fileBytes: number;
}

/** The last round in a line, with the costs so far, the reference's own training included. */
export function describeRound(state: GrowState, { stop }: GrowOptions): string {
  const round = lastRound(state);
  if (!round) return 'no round yet';
  const bound =
    stop.rule === 'paired'
      ? `, ${percent(stop.confidence)} bound ${signed(round.difference.upperBound)} against ${stop.tolerance}`
      : '';
  const total = totalCost(state);
  return (
    `round ${round.round}: ${round.layers} layers, loss ${round.loss.toFixed(4)}, ${difference(round.difference)} to the reference${bound}: ` +
    `${round.matched ? 'matched' : 'not matched'}; this round ${cost(round)}, ` +
    (total ? `in all ${cost(total)} with the reference` : 'in all unknown (set referenceTokens)')
  );
}

/** The outcome in a sentence. */
export function verdict(state: GrowState, { stop }: Pick<GrowOptions, 'stop'>): string {
  const round = lastRound(state);
  const { reference } = state;
  if (!round || !reference) return 'nothing was grown';
  const share = `${round.layers} of ${reference.layers} layers (${percent(round.parameters / reference.parameters, 0)} of the parameters)`;
  const rule =
    stop.rule === 'paired'
      ? `within ${stop.tolerance} nats at ${percent(stop.confidence)} confidence`
      : 'by one mean below the other';
  const after = `after ${roundsText(state)}`;
  return round.matched
    ? `matched: ${share} reach the reference ${rule}, ${after}`
    : `not matched: ${share} are ${difference(round.difference)} nats from the reference ${after} (asked for: ${rule})`;
}

/** Every model of the job: layers, parameters, tokens, FLOPs, loss, difference; and what each costs to use. */
export function finalTable(state: GrowState, footprints: ReadonlyMap<string, Footprint> = new Map()): string {
  const { reference, rounds, controls } = state;
  const rows: [string, Contender][] = [
    ...(reference ? [['reference', reference] satisfies [string, Contender]] : []),
    ...rounds.map((round): [string, Contender] => [`target, round ${round.round}`, round]),
    ...controls.map((control): [string, Contender] => [
      `random, ${control.name.replace(/-\d+-layers$/, '')}`,
      control,
    ]),
  ];
  const total = totalCost(state);
  const inAll = ['reference and rounds', '', '', countText(total?.tokens), flopsText(total?.flops)];
  const costs = footprints.size > 0;
  const head = ['model', 'layers', 'parameters', 'tokens', 'FLOPs', 'loss', 'to reference'];
  const body = rows.map(([label, each]) => {
    const footprint = footprints.get(each.name);
    return [
      label,
      String(each.layers),
      formatCount(each.parameters),
      countText(each.tokens),
      flopsText(each.flops),
      each.loss.toFixed(4),
      each.difference ? difference(each.difference) : '',
      ...(costs
        ? [
            footprint ? formatCount(footprint.samplingTokensPerSecond) : '',
            footprint ? formatCount(footprint.weightBytes) : '',
            footprint ? formatCount(footprint.fileBytes) : '',
          ]
        : []),
    ];
  });
  return table([[...head, ...(costs ? ['sampled tok/s', 'weights B', 'file B'] : [])], ...body, inAll]);
}

function difference({ mean, standardError }: PairedDifference): string {
  return `${signed(mean)} ± ${standardError.toFixed(4)}`;
}

function roundsText({ rounds: { length } }: GrowState): string {
  return length === 1 ? 'one round' : `${length} rounds`;
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`;
}

/** 0.95 -> 95 %, to a tenth unless told. */
function percent(share: number, digits = 1): string {
  return `${Number((100 * share).toFixed(digits))} %`;
}

function cost({ tokens, flops }: { tokens: number | null; flops: number | null }): string {
  return `${countText(tokens)} tokens, ${flopsText(flops)} FLOPs`;
}

function countText(count: number | null = null): string {
  return count === null ? 'unknown' : formatCount(count);
}

function flopsText(flops: number | null = null): string {
  return flops === null ? 'unknown' : flops.toExponential(2);
}
