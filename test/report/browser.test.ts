// The page in a real browser: nothing on the console, nothing fetched, readable light and dark, on a phone and on paper.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportOptions } from '../../src/report/options.ts';
import { report } from '../../src/report/report.ts';
import { colors } from '../../src/report/theme.ts';
import { evaluation, listener, temporaryFolder, toyRecord, write, writeGrow } from './rig.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
);
if (!executablePath) console.warn('report in a browser: skipped, no chromium found in /usr/bin');

// What the code below asks of a page; this project leaves the browser's library out.
interface Measured {
  bodyWidth: number;
  screenWidth: number;
  background: string;
  ink: string;
  tickColor: string;
  wideBoxes: number;
}

describe.skipIf(!executablePath)('the page', () => {
  let browser: Browser;
  let path = '';
  beforeAll(async () => {
    const folder = join(temporaryFolder(), 'grown');
    writeGrow(folder, { steps: 100 });
    write(join(folder, 'analysis', 'toy.json'), toyRecord());
    write(join(folder, 'round-2', 'evaluation', 'a.json'), evaluation());
    const options = reportOptions.parse({ runs: [folder], upstream: ['openwebtext-medium'] });
    ({ page: path } = await report(options, listener()));
    browser = await chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  });
  afterAll(() => browser?.close());

  async function open(
    options: Parameters<Browser['newContext']>[0],
    use: (page: Page) => Promise<void>,
  ): Promise<{ console: string[]; requests: string[] }> {
    const context = await browser.newContext(options);
    const [console, requests]: [string[], string[]] = [[], []];
    try {
      const page = await context.newPage();
      page.on('console', (message) => console.push(message.text()));
      page.on('pageerror', (error) => console.push(error.message));
      page.on('request', (request) => requests.push(request.url()));
      await page.goto(pathToFileURL(path).href);
      await use(page);
    } finally {
      await context.close();
    }
    return { console, requests };
  }

  test.each([
    ['light', 1000],
    ['dark', 1000],
    ['light', 390],
    ['dark', 390],
  ] as const)(
    '%s, %d pixels wide: silent, alone, and no wider than the screen',
    async (colorScheme, width) => {
      const { console, requests } = await open(
        { colorScheme, viewport: { width, height: 844 } },
        async (page) => {
          const found = await page.evaluate<Measured>(measure);
          expect(found.bodyWidth).toBeLessThanOrEqual(found.screenWidth);
          const [paper, ink] = [colors.page ?? ['', ''], colors.ink ?? ['', '']];
          const index = colorScheme === 'light' ? 0 : 1;
          expect([found.background, found.ink]).toEqual([rgb(paper[index]), rgb(ink[index])]);
          expect(found.tickColor).toBe(rgb(ink[index])); // text of figures too
          if (width === 390) expect(found.wideBoxes).toBeGreaterThan(5); // these scroll inside
          const shot = await page.screenshot({ fullPage: true });
          expect(shot.length).toBeGreaterThan(50_000);
        },
      );
      expect(console).toEqual([]);
      expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([pathToFileURL(path).href]);
    },
  );

  test('is whole without scripts', async () => {
    await open({ javaScriptEnabled: false, viewport: { width: 1000, height: 800 } }, async (page) => {
      expect(await page.locator('figure svg').count()).toBe(await page.locator('figure').count());
      expect(await page.locator('figure').count()).toBeGreaterThan(14);
      expect(await page.locator('section h2').allTextContents()).toEqual([
        'Loss',
        'Growth',
        'Attention',
        'Downstream tasks',
        'Toy',
        'Health',
        'How to reproduce',
      ]);
    });
  });

  test('on paper: light colours, and it prints', async () => {
    await open({ colorScheme: 'dark', viewport: { width: 1000, height: 800 } }, async (page) => {
      await page.emulateMedia({ media: 'print' });
      const found = await page.evaluate<Measured>(measure);
      expect(found.ink).toBe(rgb(colors.ink?.[0] ?? ''));
      const pdf = await page.pdf({ format: 'A4' });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    });
  });

  test('the toy moves, and stands still where motion is not wanted', async () => {
    const moving = `[...document.querySelectorAll('svg clipPath rect, svg text')].filter((each) => getComputedStyle(each).animationDuration !== '0s').length`;
    await open({ reducedMotion: 'no-preference' }, async (page) => {
      expect(await page.evaluate(moving)).toBe(1 + 21);
      expect(await page.locator('g[clip-path]').count()).toBe(1 + 8); // one line, and one for each head
      expect(await page.evaluate<number>(uncoveredAt(4000))).toBeCloseTo(0.5, 2);
      expect(await page.evaluate<number>(uncoveredAt(9000))).toBe(1);
    });
    await open({ reducedMotion: 'reduce' }, async (page) => {
      expect(await page.evaluate(moving)).toBe(0);
    });
  });
});

/** Run inside the page. */
const measure = `(() => ({
  bodyWidth: document.documentElement.scrollWidth,
  screenWidth: document.documentElement.clientWidth,
  background: getComputedStyle(document.body).backgroundColor,
  ink: getComputedStyle(document.body).color,
  tickColor: getComputedStyle(document.querySelector('#figure-loss-steps [aria-label="y-axis tick label"] text')).fill,
  wideBoxes: [...document.querySelectorAll('.scroll')].filter((box) => box.scrollWidth > box.clientWidth).length,
}))()`;

/** Share of the toy's lines that is uncovered some milliseconds after the beginning of the animation. */
function uncoveredAt(ms: number): string {
  return `(() => {
    for (const animation of document.getAnimations()) { animation.pause(); animation.currentTime = ${ms}; }
    return new DOMMatrix(getComputedStyle(document.querySelector('svg clipPath rect')).transform).a;
  })()`;
}

function rgb(hex: string): string {
  const [, red = '', green = '', blue = ''] = /^#(..)(..)(..)$/.exec(hex) ?? [];
  return `rgb(${[red, green, blue].map((digits) => parseInt(digits, 16)).join(', ')})`;
}
