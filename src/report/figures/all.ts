// All figures of a report, in the order of its page, by section. The list to add a new figure to.

import type { Material } from '../material.ts';
import { collapseFigure } from './collapse.ts';
import { averageFigure, tasksFigure } from './downstream.ts';
import type { Figure } from './figure.ts';
import { growthFigure } from './growth.ts';
import { headsFigure } from './heads.ts';
import { healthFigure } from './health.ts';
import { inheritanceFigure } from './inheritance.ts';
import { mainProfiles } from './layers.ts';
import { lossAgainstFlops, lossAgainstShare, lossAgainstSteps, lossAgainstTokens } from './loss.ts';
import type { LossOptions } from './loss.ts';
import { mapsFigure } from './maps.ts';
import { massFigure } from './mass.ts';
import { rankFigure } from './rank.ts';
import { tauFigure } from './tau.ts';
import { toyFigure } from './toy.ts';

export type SectionName = 'loss' | 'growth' | 'attention' | 'downstream' | 'toy' | 'health';

/** The figures there is something to draw for. Names are unique. */
export function drawFigures(material: Material, options: LossOptions): Record<SectionName, Figure[]> {
  const { grows, profiles, runs, toys } = material;
  const taken = new Set<string>();
  const there = (...figures: (Figure | null)[]): Figure[] =>
    figures
      .filter((figure) => figure !== null)
      .map((figure) => {
        let { name } = figure;
        for (let twin = 2; taken.has(name); twin++) name = `${figure.name}-${twin}`;
        taken.add(name);
        return { ...figure, name };
      });
  return {
    loss: there(
      lossAgainstSteps(material, options),
      lossAgainstShare(material, options),
      lossAgainstTokens(material, options),
      lossAgainstFlops(material, options),
    ),
    growth: there(
      ...grows.map((grow) => growthFigure(grow, grows.length === 1)),
      inheritanceFigure(material),
    ),
    attention: there(
      rankFigure(material),
      massFigure(material),
      headsFigure(material),
      ...mainProfiles(profiles).map(mapsFigure),
      tauFigure(material),
      ...runs.map(collapseFigure),
    ),
    downstream: there(averageFigure(material), tasksFigure(material)),
    toy: there(...toys.map(({ record, label }) => toyFigure(record, label))),
    health: there(healthFigure(material)),
  };
}
