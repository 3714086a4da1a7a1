// The colours of pages and figures, light and dark. Figures name them as var(--name); files get the light ones.

/** [light, dark] of each name. Full is green, same size blue, ours red, as in the paper's figures. */
export const colors: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  ink: ['#1f2328', '#e6edf3'],
  muted: ['#59636e', '#9da7b3'],
  grid: ['#d1d9e0', '#3d444d'],
  surface: ['#ffffff', '#151b23'],
  page: ['#f6f8fa', '#0d1117'],
  link: ['#0969da', '#4493f8'],
  reference: ['#2b7a3d', '#4cb564'],
  'target-1': ['#e8998d', '#b86a5e'],
  'target-2': ['#d1495b', '#e06878'],
  'target-3': ['#7a1f2b', '#ff9aa6'],
  'control-1': ['#3d6fb4', '#6ea2e8'],
  'control-2': ['#8fb0dc', '#46689a'],
  'run-1': ['#b35900', '#f0883e'],
  'run-2': ['#6f42c1', '#b392f0'],
  'run-3': ['#0b7285', '#3bc9db'],
  'run-4': ['#a8326e', '#f27fb2'],
  'run-5': ['#5f6b1e', '#b5c25a'],
  'run-6': ['#1864ab', '#74c0fc'],
  'run-7': ['#846358', '#c4a69b'],
  'run-8': ['#343a40', '#ced4da'],
  upstream: ['#8c959f', '#7d8590'],
  lazy: ['#f6c7c3', '#5c2b2b'],
  near: ['#fbe9d0', '#46361d'],
  unpublished: ['#eaeef2', '#262d36'],
  collapsed: ['#d1495b', '#d1495b'],
};

/** How many runs have a colour of their own. */
export const runColors = 8;

/** A colour for an SVG attribute that follows the reader's light or dark. */
export function color(name: string): string {
  return `var(--${name})`;
}

/** CSS that gives every name its value, light unless the reader asks for dark; paper is always light. */
export function colorRules(): string {
  const values = (index: 0 | 1) =>
    Object.entries(colors)
      .map(([name, pair]) => `--${name}:${pair[index]}`)
      .join(';');
  return `:root{color-scheme:light dark;${values(0)}}\n@media screen and (prefers-color-scheme:dark){:root{${values(1)}}}`;
}

/** An SVG text with the light colours in place of their names. */
export function inLightColors(svg: string): string {
  return svg
    .replace(/var\(--([a-z0-9-]+)\)/g, (_, name: string) => colors[name]?.[0] ?? '#000000')
    .replaceAll('currentColor', colors.ink?.[0] ?? '#000000');
}

/** Green by rank, pale at 1 and dark from `highest` on; the same in light and dark. */
export function rankColor(rank: number, highest: number): string {
  const share = Math.min(1, Math.max(0, Math.log(Math.max(1, rank)) / Math.log(Math.max(2, highest))));
  const [from, to] = [
    [214, 240, 208],
    [16, 84, 45],
  ];
  return `#${from.map((value, index) => hex(value + ((to[index] ?? value) - value) * share)).join('')}`;
}

function hex(value: number): string {
  return Math.round(value).toString(16).padStart(2, '0');
}
