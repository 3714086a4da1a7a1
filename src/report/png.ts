// SVG to PNG by resvg, with the fonts of this machine, and what PNG files say of themselves.

import { Resvg } from '@resvg/resvg-js';

/** Pixels for each unit of the SVG. */
const zoom = 2;

const fontFamily = 'DejaVu Sans';

/** A PNG of an SVG without CSS variables. */
export function pngOf(svg: string): Buffer {
  const picture = new Resvg(svg, {
    background: '#ffffff',
    fitTo: { mode: 'zoom', value: zoom },
    font: { loadSystemFonts: true, defaultFontFamily: fontFamily, sansSerifFamily: fontFamily },
  });
  return picture.render().asPng();
}

/**
 * Whether any font draws text: without one resvg leaves text out and says nothing.
 *
 * @param loadSystemFonts  look for those of this machine
 */
export function hasFonts({ loadSystemFonts = true } = {}): boolean {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><text x="2" y="16" font-size="16">M</text></svg>`;
  return new Resvg(svg, { font: { loadSystemFonts, defaultFontFamily: fontFamily } }).getBBox() !== undefined;
}

/** Width and height that a PNG names, or null when the bytes are no PNG. */
export function pngSize(bytes: Buffer): { width: number; height: number } | null {
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  if (bytes.length < 24 || !bytes.subarray(0, 8).equals(signature)) return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}
