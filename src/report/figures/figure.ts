// What every figure is: a name, words, a drawing, and the numbers in it. A figure's function gives null when it has nothing.

import type { Row } from '../csv.ts';
import { figureWidth, svgOf } from '../svg.ts';
import type { Drawing } from '../svg.ts';

export interface Figure {
  /** Of its files, and its anchor in the page. */
  name: string;
  title: string;
  /** What is drawn, and what was averaged over what. Plain text. */
  caption: string;
  /** With the colours of theme.ts by name. */
  svg: string;
  /** The numbers drawn. */
  rows: readonly Row[];
}

/** A figure of a drawing. */
export function figureOf({ name, title, caption, rows }: Omit<Figure, 'svg'>, drawing: Drawing): Figure {
  return {
    name,
    title,
    caption,
    svg: svgOf({ ...drawing, width: Math.max(figureWidth, drawing.width) }, title),
    rows,
  };
}

/** A name as part of a file's: letters, digits and dashes. */
export function slug(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return plain || 'unnamed';
}
