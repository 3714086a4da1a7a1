// MANIFEST.json: the list of a folder's files with sizes and hashes. A folder without a whole one does not count.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { errorLine, systemCode } from './failure.ts';

/** Name of the manifest in its folder. */
export const manifestName = 'MANIFEST.json';

const entry = z.strictObject({
  name: z.string().min(1),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
const layout = z.looseObject({ version: z.literal(1), files: z.array(entry), sha256: entry.shape.sha256 });

/** The files of a folder, what the writer added (step, fingerprint ...), and the hash of all that. */
export type Manifest = z.infer<typeof layout>;

/** What was found of a folder: whole, or the first thing wrong with it. */
export type Verdict = { ok: true; manifest: Manifest } | { ok: false; reason: string };

/**
 * Writes the manifest of what is in `folder`, subfolders included. Equal files and fields give equal bytes.
 *
 * @param extra  fields beside version, files and sha256; must survive JSON
 */
export async function writeManifest(folder: string, extra: Record<string, unknown> = {}): Promise<Manifest> {
  for (const name of ['version', 'files', 'sha256'])
    if (name in extra) throw new TypeError(`manifest: ${name} is its own field; name yours otherwise`);
  const files = [];
  for (const name of await fileNames(folder)) {
    const { bytes, sha256 } = await fingerprint(join(folder, name));
    files.push({ name, bytes, sha256 });
  }
  const content = { version: 1, ...extra, files };
  const text = JSON.stringify({ ...content, sha256: contentHash(content) }, null, 2);
  await writeFile(join(folder, manifestName), `${text}\n`, { flag: 'wx' });
  return parseManifest(text);
}

/**
 * Compares a folder with its manifest: no file missing, none too many, sizes, and with `hashes` (the default) the bytes.
 * Problems of the folder are an answer, not an error.
 */
export async function verifyManifest(
  folder: string,
  { hashes = true }: { hashes?: boolean } = {},
): Promise<Verdict> {
  try {
    const manifest = parseManifest(await readFile(join(folder, manifestName), 'utf8'));
    const names = await fileNames(folder);
    const present = new Set(names);
    const listed = new Set(manifest.files.map((file) => file.name));
    if (listed.size !== manifest.files.length) throw new Error(`${manifestName}: lists a file twice`);
    for (const name of names) if (!listed.has(name)) throw new Error(`${name}: not in ${manifestName}`);
    for (const file of manifest.files) {
      if (!present.has(file.name)) throw new Error(`${file.name}: missing`);
      const path = join(folder, file.name);
      const { size } = await lstat(path);
      if (size !== file.bytes) throw new Error(`${file.name}: expected ${file.bytes} bytes, found ${size}`);
      if (!hashes) continue;
      const { sha256 } = await fingerprint(path);
      if (sha256 !== file.sha256)
        throw new Error(`${file.name}: expected sha256 ${short(file.sha256)}, found ${short(sha256)}`);
    }
    return { ok: true, manifest };
  } catch (error) {
    return { ok: false, reason: systemCode(error) === 'ENOENT' ? `no ${manifestName}` : errorLine(error) };
  }
}

/** Bytes of all files that a manifest lists. */
export function manifestBytes({ files }: Manifest): number {
  return files.reduce((sum, file) => sum + file.bytes, 0);
}

function parseManifest(text: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${manifestName}: damaged or cut off (${text.length} characters)`);
  }
  const parsed = layout.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${manifestName}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a manifest'}`);
  }
  // JSON keeps the order of fields (zod does not), so what was hashed can be written again from what was read.
  const { sha256, ...content } = value as Record<string, unknown>;
  const found = contentHash(content);
  if (found !== sha256)
    throw new Error(
      `${manifestName}: expected its own sha256 ${short(parsed.data.sha256)}, found ${short(found)}`,
    );
  return parsed.data;
}

function contentHash(content: Record<string, unknown>): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/** Every file below `folder` but the manifest, with `/` between names, in the order of their bytes. */
async function fileNames(folder: string): Promise<string[]> {
  const names: string[] = [];
  const visit = async (prefix: string): Promise<void> => {
    for (const found of await readdir(join(folder, prefix), { withFileTypes: true })) {
      const name = prefix + found.name;
      if (found.isDirectory()) await visit(`${name}/`);
      else if (!found.isFile()) throw new Error(`${name}: expected a file or folder, found a link or device`);
      else if (name !== manifestName) names.push(name);
    }
  };
  await visit('');
  return names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

async function fingerprint(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

function short(sha256: string): string {
  return `${sha256.slice(0, 12)}...`;
}
