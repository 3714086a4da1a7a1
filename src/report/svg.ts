// Small pieces of SVG as text, and line charts by Observable Plot. Knows nothing of runs.
// Colours are names of theme.ts; text that comes from files is escaped here.

import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { plainLine } from '../run/format.ts';
import { inLightColors } from './theme.ts';
import type { Look } from './material.ts';

const fonts = 'DejaVu Sans, Liberation Sans, Helvetica, Arial, sans-serif';
const namespace = 'http://www.w3.org/2000/svg';

/** Width of every figure. */
export const figureWidth = 760;

/** A drawing and its size. */
export interface Drawing {
  width: number;
  height: number;
  body: string;
}

/** An entry of a legend. */
export interface LegendItem extends Look {
  label: string;
  kind?: 'line' | 'box';
}

/** Text for HTML and XML, between tags or in a quoted attribute. Control characters, which XML cannot hold, go. */
export function escapeText(text: string): string {
  return plainLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A name that fits into a figure. */
export function shortText(text: string, length = 44): string {
  const plain = plainLine(text);
  return plain.length <= length ? plain : `${plain.slice(0, length - 1)}…`;
}

/** A number for an attribute: two decimals at most. */
export function at(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** `<name a="b">body</name>`; values are escaped, the body is not. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  body = '',
): string {
  const list = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? at(value) : escapeText(value)}"`)
    .join('');
  return body === '' ? `<${name}${list}/>` : `<${name}${list}>${body}</${name}>`;
}

/** A line of text. */
export function label(
  x: number,
  y: number,
  text: string,
  attributes: Readonly<Record<string, string | number>> = {},
): string {
  return element('text', { x, y, fill: 'currentColor', ...attributes }, escapeText(text));
}

/** The figure's own SVG: scales with the page, and names itself to those who cannot see it. */
export function svgOf({ width, height, body }: Drawing, name: string): string {
  return element(
    'svg',
    {
      xmlns: namespace,
      viewBox: `0 0 ${at(width)} ${at(height)}`,
      width,
      height,
      role: 'img',
      'aria-label': name,
      'font-family': fonts,
      'font-size': 12,
      color: 'var(--ink)',
    },
    body,
  );
}

/** The same for a file of its own: white paper, light colours. */
export function standaloneSvg(svg: string): string {
  const [, head = '', rest = ''] = /^(<svg[^>]*>)([^]*)$/.exec(svg) ?? [];
  return `${inLightColors(`${head}<rect width="100%" height="100%" fill="var(--surface)"/>${rest}`)}\n`;
}

/** Drawings below each other. */
export function stacked(drawings: readonly Drawing[], gap = 8): Drawing {
  let height = 0;
  const body = drawings.map((drawing) => {
    const placed = element('g', { transform: `translate(0 ${at(height)})` }, drawing.body);
    height += drawing.height + gap;
    return placed;
  });
  return {
    width: Math.max(...drawings.map(({ width }) => width)),
    height: height - gap,
    body: body.join(''),
  };
}

/** Drawings in rows of `columns`. */
export function tiled(drawings: readonly Drawing[], columns: number, gap = 12): Drawing {
  const rows: Drawing[] = [];
  for (let first = 0; first < drawings.length; first += columns) {
    let width = 0;
    const row = drawings.slice(first, first + columns);
    const body = row.map((drawing) => {
      const placed = element('g', { transform: `translate(${at(width)} 0)` }, drawing.body);
      width += drawing.width + gap;
      return placed;
    });
    rows.push({
      width: width - gap,
      height: Math.max(...row.map(({ height }) => height)),
      body: body.join(''),
    });
  }
  return stacked(rows, gap);
}

/** A legend in as many lines as it needs. */
export function legend(items: readonly LegendItem[], width = figureWidth, left = 8): Drawing {
  let [x, y] = [left, 0];
  const body = items.map(({ label: text, color, dash, kind = 'line' }) => {
    const shown = shortText(text, 60);
    const length = 34 + textWidth(shown);
    if (x > left && x + length > width) [x, y] = [left, y + 18];
    const mark =
      kind === 'box'
        ? element('rect', { x: x + 4, y: y + 5, width: 14, height: 10, fill: color })
        : element('path', {
            d: `M${at(x)} ${at(y + 10)}h22`,
            stroke: color,
            'stroke-width': 2.5,
            ...(dash ? { 'stroke-dasharray': dash } : {}),
          });
    const entry = mark + label(x + 27, y + 14, shown);
    x += length + 8;
    return entry;
  });
  return { width, height: items.length === 0 ? 0 : y + 22, body: body.join('') };
}

/** About how wide a text is, in units of the figure. */
export function textWidth(text: string, fontSize = 12): number {
  let width = 0;
  for (const letter of text)
    width += /[ilj.,:;'|! ()ftr[\]]/.test(letter) ? 0.4 : /[mwMW@%…]/.test(letter) ? 0.95 : 0.63;
  return width * fontSize;
}

/** A chart by Observable Plot, drawn without a browser. */
export function chart(options: Plot.PlotOptions & { width: number; height: number }): Drawing {
  const { width, height } = options;
  const page: unknown = parseHTML('<html></html>'); // typed by the browser's library, which this project leaves out
  const drawn: unknown = Plot.plot({
    ...options,
    document: Reflect.get(Object(page), 'document') as never,
    className: 'plot',
    style: { background: 'none' },
  });
  const text = String(drawn);
  const start = text.indexOf('>', text.indexOf('<svg')) + 1;
  const body = text.slice(start, text.lastIndexOf('</svg>')).replace(/<style>[^]*?<\/style>/, '');
  return { width, height, body: `<g fill="currentColor" text-anchor="middle">${body}</g>` };
}
