// Reads the files of an npm tarball held in memory: gzip around ustar. No links, no long names, nothing is unpacked to disk.

import { gunzipSync } from 'node:zlib';

const block = 512;

/**
 * Regular files of a .tgz in the order they are packed.
 *
 * @throws Error  when the bytes are no gzip, or end inside a file
 */
export function* tarballFiles(tgz: Uint8Array): Iterable<{ name: string; bytes: Uint8Array }> {
  const tar = gunzipSync(tgz);
  for (let at = 0; at + block <= tar.length; ) {
    const header = tar.subarray(at, at + block);
    if (header[0] === 0) return; // the blocks of zeros at the end
    const size = Number.parseInt(field(header, 124, 12), 8);
    const end = at + block + size;
    if (!Number.isInteger(size) || end > tar.length)
      throw new Error(`tarball: ends inside ${field(header, 0, 100)}`);
    const type = field(header, 156, 1);
    if (type === '0' || type === '') {
      const prefix = field(header, 345, 155);
      yield {
        name: (prefix ? `${prefix}/` : '') + field(header, 0, 100),
        bytes: tar.subarray(at + block, end),
      };
    }
    at = end + ((block - (size % block)) % block);
  }
}

/** Text of a header's field, up to its first NUL. */
function field(header: Uint8Array, start: number, length: number): string {
  return Buffer.from(header.subarray(start, start + length))
    .toString('latin1')
    .replace(/\0.*$/s, '')
    .trim();
}
