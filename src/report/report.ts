// JOB report: reads the files of runs and writes a page, and every figure as SVG, PNG and CSV. Trains and measures nothing.

import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { commitFolder, exists, makeFolder, temporaryName } from '../run/atomic.ts';
import type { JobContext } from '../run/context.ts';
import { errorLine, exitCodeOf, exitCodes, failure } from '../run/failure.ts';
import { csvText } from './csv.ts';
import { drawFigures } from './figures/all.ts';
import type { ReportOptions } from './options.ts';
import { generatorMark, pageOf } from './page.ts';
import { hasFonts, pngOf } from './png.ts';
import { readMaterial } from './read-runs.ts';
import { standaloneSvg } from './svg.ts';
import { chosenCurves } from './upstream.ts';

export interface ReportResult {
  /** The folder of the report. */
  folder: string;
  /** Its page, index.html. */
  page: string;
  /** Names of the figures in it; each is figures/NAME.svg, .png and .csv. */
  figures: readonly string[];
}

/**
 * Writes the report of some folders. An older report in its place is replaced as a whole.
 *
 * @throws Error  with exit code 64 at an unknown curve, 65 when a folder has nothing to report or a file is damaged,
 *                73 when the place is taken by something else or cannot be written
 */
export async function report(
  { runs, out, upstream, smoothing, title }: ReportOptions,
  { console }: Pick<JobContext, 'console'>,
): Promise<ReportResult> {
  const curves = await chosenCurves(upstream);
  const material = await readMaterial(runs);
  const figures = drawFigures(material, { smoothing, upstream: curves });
  const all = Object.values(figures).flat();
  const page = pageOf(material, figures, title === undefined ? {} : { title });
  if (!hasFonts())
    console.warn('report: no font found, so the PNGs have no text; install one (Debian: fonts-dejavu-core)');

  const folder = out ?? join(runs[0] ?? '.', 'report');
  await replaceReport(folder, async (temporary) => {
    await mkdir(join(temporary, 'figures'));
    for (const { name, svg, rows } of all) {
      const file = join(temporary, 'figures', name);
      const alone = standaloneSvg(svg);
      await writeFile(`${file}.svg`, alone);
      await writeFile(`${file}.png`, pngOf(alone));
      await writeFile(`${file}.csv`, csvText(rows));
    }
    await writeFile(join(temporary, 'index.html'), page);
  });
  console.info(`${join(folder, 'index.html')}: ${all.length} figures, each as SVG, PNG and CSV in figures/`);
  return { folder, page: join(folder, 'index.html'), figures: all.map(({ name }) => name) };
}

/** Writes a folder beside its place and gives it its name. The older report goes last. */
async function replaceReport(folder: string, write: (temporary: string) => Promise<void>): Promise<void> {
  await checkPlace(folder);
  const beside = (name: string) => join(dirname(folder), temporaryName(name));
  const [temporary, old] = [beside(basename(folder)), beside(`${basename(folder)}-old`)];
  try {
    await makeFolder(dirname(folder));
    await mkdir(temporary);
    await write(temporary);
    const isReplaced = await exists(folder);
    if (isReplaced) await rename(folder, old);
    try {
      await commitFolder(temporary, folder);
    } catch (error) {
      if (isReplaced) await rename(old, folder);
      throw error;
    }
    await rm(old, { recursive: true, force: true });
  } catch (cause) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined); // the first error is the one to tell
    if (exitCodeOf(cause) === exitCodes.locked)
      throw failure('locked', `${folder}: not written: ${errorLine(cause)}; give another place with --out`, {
        cause,
      });
    throw cause;
  }
}

/** Whatever is there must be a report of ours: anything else would be lost. */
async function checkPlace(folder: string): Promise<void> {
  if (!(await exists(folder))) return;
  const page = await readFile(join(folder, 'index.html'), 'utf8').catch(() => '');
  if (!page.includes(generatorMark))
    throw failure(
      'locked',
      `${folder}: is there and is no report; move it away or give another place with --out`,
    );
}
