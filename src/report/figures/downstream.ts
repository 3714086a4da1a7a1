// Scores at tasks with chance and standard errors, and their mean against training tokens: the paper's main figure, honest.

import * as Plot from '@observablehq/plot';
import type { Material, Scores, TaskScore } from '../material.ts';
import { chart, element, figureWidth, label, legend, shortText, stacked } from '../svg.ts';
import type { Drawing, LegendItem } from '../svg.ts';
import { figureOf } from './figure.ts';
import type { Figure } from './figure.ts';
import { countTick } from './loss.ts';

/** Score of a blind guess at each task: one of its answers at random. */
const chances: Readonly<Record<string, number>> = {
  arc_easy: 0.25,
  arc_challenge: 0.25,
  boolq: 0.5,
  hellaswag: 0.25,
  lambada_openai: 0,
  lambada_standard: 0,
  logiqa: 0.25,
  mmlu: 0.25,
  mnli: 1 / 3,
  openbookqa: 0.25,
  piqa: 0.5,
  qnli: 0.5,
  sciq: 0.25,
  winogrande: 0.5,
  wnli: 0.5,
  wsc: 0.5,
};

/** Every task of every model: score ± one standard error, and chance. */
export function tasksFigure({ scores }: Material): Figure | null {
  if (scores.length === 0) return null;
  const tasks = [...new Set(scores.flatMap(({ tasks }) => tasks.map(({ task }) => task)))].sort();
  const rowHeight = 12 * scores.length + 14;
  const [left, right, top] = [150, 24, 8];
  const xOf = (score: number) => left + score * (figureWidth - left - right);
  const bottom = top + tasks.length * rowHeight;
  const grid = [0, 0.2, 0.4, 0.6, 0.8, 1].map(
    (share) =>
      element('path', { d: `M${xOf(share)} ${top}V${bottom}`, stroke: 'var(--grid)' }) +
      label(xOf(share), bottom + 16, String(Math.round(100 * share)), { 'text-anchor': 'middle' }),
  );
  const rows = tasks.map((task, row) => {
    const y = top + row * rowHeight;
    const chance = chanceOf(task);
    const marks = scores.flatMap(({ look, tasks: own }, index) => {
      const score = own.find((each) => each.task === task);
      if (!score) return [];
      const at = y + 13 + 12 * index;
      const error = score.standardError ?? 0;
      return (
        element('path', {
          d: `M${xOf(Math.max(0, score.value - error))} ${at}H${xOf(Math.min(1, score.value + error))}`,
          stroke: look.color,
          'stroke-width': 2,
        }) + element('circle', { cx: xOf(score.value), cy: at, r: 4, fill: look.color })
      );
    });
    const line =
      chance === null
        ? ''
        : element('path', {
            d: `M${xOf(chance)} ${y + 4}v${rowHeight - 8}`,
            stroke: 'currentColor',
            'stroke-width': 2,
            'stroke-dasharray': '3 3',
          });
    return (
      label(left - 10, y + rowHeight / 2 + 4, shortText(task, 20), { 'text-anchor': 'end' }) +
      line +
      marks.join('')
    );
  });
  const axis = label((left + figureWidth - right) / 2, bottom + 34, 'score (%)', { 'text-anchor': 'middle' });
  const drawing: Drawing = {
    width: figureWidth,
    height: bottom + 44,
    body: grid.join('') + rows.join('') + axis,
  };
  const unknown = tasks.filter((task) => chanceOf(task) === null);
  return figureOf(
    {
      name: 'downstream-tasks',
      title: 'Downstream tasks',
      caption: `Accuracy at each task (acc; acc_norm for HellaSwag), mean over its items, ± one standard error. Dashed: chance, one of the answers at random${unknown.length > 0 ? ` (not known for ${unknown.join(', ')})` : ''}. A constant answer can do better than chance where answers are uneven (63.5 % at WSC, 62.2 % at BoolQ).`,
      rows: scores.flatMap(({ label: model, tasks: own }) =>
        own.map(({ task, metric, value, standardError, samples }) => ({
          model,
          task,
          metric,
          score: value,
          standardError,
          samples,
          chance: chanceOf(task),
        })),
      ),
    },
    stacked([legend(legendOf(scores)), drawing]),
  );
}

/** The mean over the tasks that all models have, against the tokens each was trained on. */
export function averageFigure({ scores }: Material): Figure | null {
  const common = tasksOfAll(scores);
  const points = scores.flatMap(({ label: model, look, tokens, tasks }) => {
    if (tokens === null || common.length === 0) return [];
    const own = tasks.filter(({ task }) => common.includes(task));
    const { value, error } = averageOf(own);
    return [
      {
        model,
        look,
        tokens,
        value: 100 * value,
        error: 100 * error,
        low: 100 * (value - error),
        high: 100 * (value + error),
      },
    ];
  });
  if (points.length === 0) return null;
  const known = common.map(chanceOf).filter((chance) => chance !== null);
  const chance =
    known.length === common.length ? (100 * known.reduce((a, b) => a + b, 0)) / known.length : null;
  const drawing = chart({
    width: figureWidth,
    height: 320,
    marginLeft: 56,
    marginRight: 20,
    marginBottom: 42,
    x: {
      label: 'training tokens (with those of the reference and of earlier rounds)',
      labelAnchor: 'center',
      labelArrow: 'none',
      tickFormat: countTick,
      ticks: 7,
      zero: true,
      nice: true,
    },
    y: { label: 'mean score (%)', labelAnchor: 'top', labelArrow: 'none', grid: true, nice: true, inset: 8 },
    marks: [
      ...(chance === null ? [] : [Plot.ruleY([chance], { stroke: 'currentColor', strokeDasharray: '4 4' })]),
      ...points.map((point) =>
        Plot.ruleX([point], { x: 'tokens', y1: 'low', y2: 'high', stroke: point.look.color, strokeWidth: 2 }),
      ),
      ...points.map((point) => Plot.dot([point], { x: 'tokens', y: 'value', fill: point.look.color, r: 5 })),
    ],
  });
  return figureOf(
    {
      name: 'downstream-average',
      title: 'Mean downstream score against tokens',
      caption: `Plain mean over ${common.length} tasks that all models have (${common.join(', ')}), ± the standard error of that mean, tasks taken as independent.${chance === null ? '' : ' Dashed: chance.'}`,
      rows: points.map(({ model, tokens, value, error }) => ({
        model,
        tokens,
        meanScore: value,
        standardError: error,
        chance,
      })),
    },
    stacked([
      legend([
        ...legendOf(scores),
        ...(chance === null ? [] : [{ label: 'chance', color: 'currentColor', dash: '4 4' }]),
      ]),
      drawing,
    ]),
  );
}

/** Chance of a task by its name, with or without a variant behind it; null where it is not known. */
export function chanceOf(task: string): number | null {
  if (Object.hasOwn(chances, task)) return chances[task] ?? null;
  const known = Object.keys(chances).find((name) => task.startsWith(`${name}_`));
  return known === undefined ? null : (chances[known] ?? null);
}

/** Tasks that every model was scored at. */
export function tasksOfAll(scores: readonly Scores[]): string[] {
  const [first, ...others] = scores.map(({ tasks }) => tasks.map(({ task }) => task));
  return (first ?? []).filter((task) => others.every((each) => each.includes(task))).sort();
}

/** Mean of scores, and its standard error when they are independent. */
export function averageOf(tasks: readonly TaskScore[]): { value: number; error: number } {
  const sum = tasks.reduce((total, { value }) => total + value, 0);
  const variance = tasks.reduce((total, { standardError }) => total + (standardError ?? 0) ** 2, 0);
  return { value: sum / tasks.length, error: Math.sqrt(variance) / tasks.length };
}

function legendOf(scores: readonly Scores[]): LegendItem[] {
  return scores.map(({ label: text, look }) => ({ label: text, color: look.color, kind: 'box' }));
}
