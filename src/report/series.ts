// Series of points made ready to draw: smoothing as upstream's figures, thinning of long ones, an upper limit. Pure arithmetic.

export interface Point {
  x: number;
  y: number;
}

/** Evaluations in a mean of upstream's figures. */
export const upstreamWindow = 10;

/** Most points of one line that are drawn. */
export const mostPoints = 1000;

/**
 * Mean of each value and up to `window - 1` before it, at the place of the last: the way of upstream's published figures.
 * The first values are means of fewer.
 */
export function trailingMean(values: readonly number[], window: number): number[] {
  return values.map((_, index) => {
    const from = values.slice(Math.max(0, index + 1 - window), index + 1);
    return from.reduce((sum, value) => sum + value, 0) / from.length;
  });
}

/**
 * At most `most` points (and the first and last): the lowest and the highest of each stretch, so that no spike is lost.
 * Points that are not finite are left out.
 */
export function thinned<P extends Point>(points: readonly P[], most: number = mostPoints): P[] {
  const finite = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  if (finite.length <= most) return finite;
  const kept = new Set([0, finite.length - 1]);
  const stretches = Math.floor((most - 2) / 2);
  for (let stretch = 0; stretch < stretches; stretch++) {
    const first = Math.floor((stretch * finite.length) / stretches);
    const end = Math.floor(((stretch + 1) * finite.length) / stretches);
    let [lowest, highest] = [first, first];
    for (let index = first; index < end; index++) {
      if (yOf(finite, index) < yOf(finite, lowest)) lowest = index;
      if (yOf(finite, index) > yOf(finite, highest)) highest = index;
    }
    kept.add(lowest).add(highest);
  }
  return [...kept].sort((a, b) => a - b).flatMap((index) => finite[index] ?? []);
}

/** The parts of a line at or below `limit`, cut where it crosses. Each part is a line of its own. */
export function below(points: readonly Point[], limit: number): Point[][] {
  const parts: Point[][] = [];
  let part: Point[] = [];
  points.forEach((point, index) => {
    const before = points[index - 1];
    if (before && before.y > limit !== point.y > limit) {
      const share = (limit - before.y) / (point.y - before.y);
      part.push({ x: before.x + share * (point.x - before.x), y: limit });
    }
    if (point.y <= limit) part.push(point);
    else if (part.length > 0) {
      parts.push(part);
      part = [];
    }
  });
  return part.length > 0 ? [...parts, part] : parts;
}

/**
 * A height that shows what is worth seeing of falling curves: the highest loss after the first tenth of each curve, so that
 * the first evaluations do not flatten the rest. Infinity when all is worth seeing.
 */
export function usefulLimit(lines: readonly (readonly Point[])[]): number {
  const later = lines.flatMap((points) => {
    const [first, last] = [points[0], points.at(-1)];
    if (!first || !last) return [];
    const from = first.x + (last.x - first.x) / 10;
    return points.filter(({ x }) => x >= from && x > first.x).map(({ y }) => y);
  });
  return later.length === 0 ? Infinity : highestOf(later);
}

/** Highest value, of any number of values. */
export function highestOf(values: readonly number[]): number {
  return values.reduce((highest, value) => Math.max(highest, value), -Infinity);
}

/** Lowest value, of any number of values. */
export function lowestOf(values: readonly number[]): number {
  return values.reduce((lowest, value) => Math.min(lowest, value), Infinity);
}

function yOf(points: readonly Point[], index: number): number {
  return points[index]?.y ?? NaN;
}
