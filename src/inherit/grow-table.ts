// What a grow job says: a line per round, the verdict, and the final table of all models. Formats records, decides nothing.

import { formatCount, table } from '../run/format.ts';
import type { PairedDifference } from './compare.ts';
import type { GrowOptions } from './grow-options.ts';
import type { Contender, GrowState } from './grow-state.ts';
import { lastRound, totalFlops } from './plan.ts';

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
  const total = totalFlops(state);
  const bound =
    stop.rule === 'paired'
      ? `, ${100 * stop.confidence} % bound ${signed(round.difference.upperBound)} against ${stop.tolerance}`
      : '';
  return (
    `round ${round.round}: ${round.layers} layers, loss ${round.loss.toFixed(4)}, ${difference(round.difference)} to the reference${bound}: ` +
    `${round.matched ? 'matched' : 'not matched'}; this round ${flopsText(round.flops)}, in all ${total === null ? 'unknown (set referenceTokens)' : flopsText(total)} with the reference`
  );
}

/** The outcome in a sentence. */
export function verdict(state: GrowState, { stop }: GrowOptions): string {
  const round = lastRound(state);
  const { reference } = state;
  if (!round || !reference) return 'nothing was grown';
  const share = `${round.layers} of ${reference.layers} layers (${Math.round((100 * round.parameters) / reference.parameters)} % of the parameters)`;
  const rule =
    stop.rule === 'paired'
      ? `within ${stop.tolerance} nats at ${100 * stop.confidence} % confidence`
      : 'by one mean below the other';
  return round.matched
    ? `matched: ${share} reach the reference ${rule}, after ${rounds(state)}`
    : `not matched: ${share} are ${difference(round.difference)} nats from the reference after ${rounds(state)} (asked for: ${rule})`;
}

/** Every model of the job: layers, parameters, tokens, FLOPs, loss, difference; and what each costs to use. */
export function finalTable(state: GrowState, footprints: ReadonlyMap<string, Footprint> = new Map()): string {
  const { reference, rounds, controls } = state;
  const rows: [string, Contender, number | null][] = [];
  if (reference) rows.push(['reference', reference, reference.flops]);
  for (const round of rounds) rows.push([`target, round ${round.round}`, round, round.flops]);
  for (const control of controls) rows.push([`random, ${control.name}`, control, control.flops]);
  const costs = footprints.size > 0;
  const head = ['model', 'layers', 'parameters', 'tokens', 'FLOPs', 'loss', 'to reference'];
  const body = rows.map(([label, each, flops]) => {
    const cost = footprints.get(each.name);
    return [
      label,
      String(each.layers),
      formatCount(each.parameters),
      each.tokens === null ? '?' : formatCount(each.tokens),
      flopsText(flops),
      each.loss.toFixed(4),
      each.difference ? difference(each.difference) : '',
      ...(costs
        ? [
            cost ? formatCount(cost.samplingTokensPerSecond) : '',
            cost ? formatCount(cost.weightBytes) : '',
            cost ? formatCount(cost.fileBytes) : '',
          ]
        : []),
    ];
  });
  return table([[...head, ...(costs ? ['sampled tok/s', 'weights B', 'file B'] : [])], ...body]);
}

function difference({ mean, standardError }: PairedDifference): string {
  return `${signed(mean)} ± ${standardError.toFixed(4)}`;
}

function rounds({ rounds: { length } }: GrowState): string {
  return length === 1 ? 'one round' : `${length} rounds`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}

function flopsText(flops: number | null): string {
  return flops === null ? '?' : flops.toExponential(2);
}
