// The tables of a report, from records: models, last losses, attention, null values, scores. HTML; decides nothing.

import type { Contender } from '../inherit/grow-state.ts';
import { totalCost } from '../inherit/plan.ts';
import { formatCount } from '../run/format.ts';
import { averageOf, chanceOf, tasksOfAll } from './figures/downstream.ts';
import { collapsedShare, percent } from './figures/heads.ts';
import { rangesOf } from './figures/layers.ts';
import type { GrowJob, Material, Profile, TrainingRun } from './material.ts';
import { lowestOf, upstreamWindow } from './series.ts';
import { escapeText } from './svg.ts';

/** 12, 1.5k, +0.2 ± 0.1, 3.1 (of 7), 54 %; or nothing. */
const numeric = /^([-+]?\d[\d.,]*(e[-+]?\d+)?[kMGTPE]?( [±(%].*)?|unknown|)$/;

/** A table that scrolls inside its box; columns of figures are set to the right. */
export function htmlTable(head: readonly string[], body: readonly (readonly string[])[]): string {
  const isNumber = head.map(
    (_, column) => column > 0 && body.every((row) => numeric.test(row[column] ?? '')),
  );
  const cells = (tag: 'th' | 'td', row: readonly string[]) =>
    head
      .map(
        (_, column) =>
          `<${tag}${isNumber[column] ? ' class="number"' : ''}>${escapeText(row[column] ?? '')}</${tag}>`,
      )
      .join('');
  const rows = body.map((row) => `<tr>${cells('td', row)}</tr>`).join('\n');
  return `<div class="box scroll"><table><thead><tr>${cells('th', head)}</tr></thead><tbody>\n${rows}\n</tbody></table></div>`;
}

/** Every model of a grow job: sizes, costs, loss, difference to the reference. Empty before the first comparison. */
export function modelsTable({ state }: GrowJob): string {
  const { reference, rounds, controls } = state;
  if (!reference) return '';
  const total = totalCost(state);
  const row = (name: string, each: Contender): string[] => [
    name,
    String(each.layers),
    formatCount(each.parameters),
    countText(each.tokens),
    flopsText(each.flops),
    each.loss.toFixed(4),
    each.difference ? `${signed(each.difference.mean)} ± ${each.difference.standardError.toFixed(4)}` : '',
  ];
  const table = htmlTable(
    ['model', 'layers', 'parameters', 'tokens', 'FLOPs', 'loss', 'to reference'],
    [
      row('reference', reference),
      ...rounds.map((round) => row(`target, round ${round.round}`, round)),
      ...controls.map((control) => row(`random, ${control.name.replace(/-\d+-layers$/, '')}`, control)),
      ['reference and rounds', '', '', countText(total?.tokens), flopsText(total?.flops), '', ''],
    ],
  );
  return `${table}<p class="note">Loss: mean over the same fixed validation windows for all, nats per token, rounded, not cut. Difference: paired by window, ± its standard error over blocks of neighbouring windows. Tokens and FLOPs: each model's own training; the last line adds up the reference and all rounds.</p>`;
}

/** The last evaluations of every run. Empty where there are none. */
export function lossTable(runs: readonly TrainingRun[]): string {
  const rows = runs.flatMap(({ label, evaluations, state, seed }) => {
    const losses = evaluations.map(({ validationLoss }) => validationLoss);
    const last = evaluations.at(-1);
    if (!last) return [];
    const window = losses.slice(-upstreamWindow);
    const mean = window.reduce((sum, loss) => sum + loss, 0) / window.length;
    return [
      [
        label,
        state ?? 'unknown',
        String(last.step),
        last.validationLoss.toFixed(4),
        `${mean.toFixed(4)}${window.length < upstreamWindow ? ` (of ${window.length})` : ''}`,
        lowestOf(losses).toFixed(4),
        seed === null ? '' : String(seed),
      ],
    ];
  });
  if (rows.length === 0) return '';
  return `${htmlTable(['run', 'state', 'step', 'last loss', `mean of last ${upstreamWindow}`, 'lowest', 'seed'], rows)}<p class="note">Validation loss of each run's own evaluations, rounded, not cut (the paper's tables cut after two decimals, and quote one evaluation).</p>`;
}

/** What was measured of each model's attention, and what it suggests. */
export function attentionTable(profiles: readonly Profile[]): string {
  if (profiles.length === 0) return '';
  const rows = profiles.map((profile) => {
    const { lazy, layers, model } = profile.record;
    return [
      profile.label,
      String(layers.length),
      layersText(lazy.strict),
      layersText(lazy.near),
      lazy.groups
        .map(({ first, last, averageRank }) => `${first + 1}–${last + 1} (${averageRank.toFixed(2)})`)
        .join(', ') || 'none',
      percent(collapsedShare(profile)),
      model.scaleAttentionByInverseLayer ? 'yes' : 'no',
      model.step === null ? '' : String(model.step),
    ];
  });
  const head = [
    'model',
    'layers',
    'lazy',
    'near-lazy',
    'lazy groups (average rank)',
    'collapsed heads',
    'scaled by 1/layer',
    'step',
  ];
  const references = profiles.filter(({ round }) => round === 0); // targets are not inherited from
  const suggestions = (references.length > 0 ? references : profiles.filter(({ isMain }) => isMain)).map(
    ({ label, record: { suggestion } }) =>
      `<li>${escapeText(label)}: inherit ${suggestion.layers} layers; ${escapeText(suggestion.reason)}</li>`,
  );
  return `${htmlTable(head, rows)}<p class="note">Layers count from 1. Lazy: max rank exactly 1. A group is lazy when the mean of its max ranks is below 2.</p><ul>${suggestions.join('\n')}</ul>`;
}

/** Rank and columns of known matrices, to compare measurements with. */
export function nullValuesTable(profiles: readonly Profile[]): string {
  const seen = new Set<string>();
  return profiles
    .map(({ record: { nullValues, measure, data } }) => {
      const key = JSON.stringify([nullValues, measure.taus]);
      if (nullValues.length === 0 || seen.has(key)) return '';
      seen.add(key);
      const head = [
        'attention',
        `rank (tau ${measure.tau})`,
        ...measure.taus.map((tau) => `tau ${tau}`),
        `columns (eta ${measure.eta})`,
      ];
      const rows = nullValues.map(({ name, rank, rankAtTaus, columns }) => [
        name,
        rounded(rank),
        ...measure.taus.map((_, index) => rounded(rankAtTaus[index] ?? NaN)),
        rounded(columns),
      ]);
      return `<h3>Known matrices, to compare with (T = ${data.length})</h3>${htmlTable(head, rows)}`;
    })
    .join('');
}

/** Scores with chance, standard error and number of items. */
export function scoresTable({ scores }: Material): string {
  if (scores.length === 0) return '';
  const tasks = [...new Set(scores.flatMap(({ tasks: own }) => own.map(({ task }) => task)))].sort();
  const common = tasksOfAll(scores);
  const rows = tasks.map((task) => {
    const items = scores.flatMap(({ tasks: own }) => own.find((each) => each.task === task)?.samples ?? []);
    const chance = chanceOf(task);
    return [
      task,
      chance === null ? 'unknown' : (100 * chance).toFixed(1),
      items[0] === undefined ? '' : String(items[0]),
      ...scores.map(({ tasks: own }) => {
        const score = own.find((each) => each.task === task);
        return score ? scoreText(score.value, score.standardError) : '';
      }),
    ];
  });
  const mean = scores.map(({ tasks: own }) => {
    const { value, error } = averageOf(own.filter(({ task }) => common.includes(task)));
    return common.length > 0 ? scoreText(value, error) : '';
  });
  return htmlTable(
    ['task', 'chance', 'items', ...scores.map(({ label }) => label)],
    [...rows, [`mean of ${common.length} tasks`, '', '', ...mean]],
  );
}

function scoreText(value: number, error: number | null): string {
  return `${(100 * value).toFixed(2)}${error === null ? '' : ` ± ${(100 * error).toFixed(2)}`}`;
}

/** 0-based layers as ranges from 1: 3–5, 8. */
function layersText(layers: readonly number[]): string {
  const ranges = rangesOf(layers).map(([first, last]) =>
    first === last ? String(first + 1) : `${first + 1}–${last + 1}`,
  );
  return ranges.join(', ') || 'none';
}

function rounded(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toFixed(2))) : '';
}

function countText(count: number | null = null): string {
  return count === null ? 'unknown' : formatCount(count);
}

function flopsText(flops: number | null = null): string {
  return flops === null ? 'unknown' : flops.toExponential(2);
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`;
}
