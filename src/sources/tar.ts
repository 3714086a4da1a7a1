// Reads a tar as it streams by: ustar, GNU's long names and numbers, pax. Nothing is unpacked to disk, and no number in it is believed.

import { failure } from '../run/failure.ts';

const block = 512;
const longestHeader = 1 << 20; // of a long name, or of pax records

export interface TarMember {
  name: string;
  bytes: number;
  /** To be read before the next member is asked for; what is left is passed over. */
  content: AsyncGenerator<Buffer>;
}

/**
 * Regular files of a tar, in its order.
 *
 * @param source  as messages name it
 * @throws Error  with exit code 65 when it ends too early, or a header is damaged
 */
export async function* tarMembers(input: AsyncIterable<Buffer>, source: string): AsyncGenerator<TarMember> {
  const pieces = input[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  let position = 0;
  /** Up to `most` bytes; none at the end. */
  const take = async (most: number): Promise<Buffer> => {
    while (rest.length === 0) {
      const next = await pieces.next();
      if (next.done) return rest;
      rest = next.value;
    }
    const taken = rest.subarray(0, most);
    rest = rest.subarray(taken.length);
    position += taken.length;
    return taken;
  };
  const damaged = (found: string): Error =>
    failure(
      'data',
      `${source}: expected a tar, found ${found} at byte ${position}; it is damaged: fetch it again`,
    );
  const exactly = async (bytes: number, what: string): Promise<Buffer> => {
    const parts: Buffer[] = [];
    for (let left = bytes; left > 0; ) {
      const part = await take(left);
      if (part.length === 0) throw damaged(`its end inside ${what}`);
      parts.push(part);
      left -= part.length;
    }
    return Buffer.concat(parts);
  };

  try {
    let named: { name?: string; bytes?: number } = {}; // by the headers before
    for (;;) {
      const first = await take(block);
      if (first.length === 0) throw damaged('its end where a header or the mark of the end should be');
      const header = Buffer.concat([first, await exactly(block - first.length, 'a header')]);
      if (header.every((byte) => byte === 0)) return;
      if (!hasRightSum(header)) throw damaged('a header with a wrong checksum');
      const type = String.fromCharCode(header[156] ?? 0);
      const bytes = (type === 'x' || type === 'L' ? undefined : named.bytes) ?? numberAt(header, 124, 12);
      if (bytes === null) throw damaged('a size that is no number');
      const name = named.name ?? nameOf(header);
      const padding = (block - (bytes % block)) % block;
      if (type === 'x' || type === 'g' || type === 'L' || type === 'K') {
        if (bytes > longestHeader) throw damaged(`a header of ${bytes} bytes`);
        const content = await exactly(bytes, `the header of ${name}`);
        await exactly(padding, 'padding');
        if (type === 'L') named = { ...named, name: textAt(content, 0, content.length) };
        if (type === 'x') {
          const pax = paxRecords(content);
          if (pax === null) throw damaged('pax records that cannot be read');
          named = { ...named, ...pax };
        }
        continue;
      }
      named = {};
      let left = bytes;
      const content = async function* (): AsyncGenerator<Buffer> {
        while (left > 0) {
          const part = await take(Math.min(left, 1 << 20));
          if (part.length === 0) throw damaged(`its end inside ${name}, of which ${left} bytes are missing`);
          left -= part.length;
          yield part;
        }
      };
      if (type === '0' || type === '\0' || type === '7') yield { name, bytes, content: content() };
      for await (const part of content()) void part; // what was not read
      await exactly(padding, 'padding');
    }
  } finally {
    await pieces.return?.();
  }
}

/** Whether bytes are a tar's first block. */
export function isTar(bytes: Buffer): boolean {
  return bytes.length >= block && hasRightSum(bytes.subarray(0, block)) && bytes[0] !== 0;
}

function hasRightSum(header: Buffer): boolean {
  let sum = 0;
  for (let at = 0; at < block; at += 1) sum += at >= 148 && at < 156 ? 32 : (header[at] ?? 0);
  return numberAt(header, 148, 8) === sum;
}

/** An octal number, or one in GNU's base 256; null where it is none that is safe. */
function numberAt(header: Buffer, begin: number, length: number): number | null {
  if (((header[begin] ?? 0) & 0x80) !== 0) {
    let value = (header[begin] ?? 0) & 0x7f;
    for (let at = begin + 1; at < begin + length; at += 1) value = value * 256 + (header[at] ?? 0);
    return Number.isSafeInteger(value) ? value : null;
  }
  const text = textAt(header, begin, length).trim();
  return /^[0-7]*$/.test(text) ? Number.parseInt(text || '0', 8) : null;
}

function nameOf(header: Buffer): string {
  const isUstar = header.toString('latin1', 257, 262) === 'ustar';
  const prefix = isUstar && header[263] !== 0x20 ? textAt(header, 345, 155) : ''; // GNU has other things there
  return (prefix === '' ? '' : `${prefix}/`) + textAt(header, 0, 100);
}

/** Text up to its first NUL. */
function textAt(bytes: Buffer, begin: number, length: number): string {
  const end = bytes.indexOf(0, begin);
  return bytes.toString('utf8', begin, end < 0 ? begin + length : Math.min(end, begin + length));
}

/** Name and size of pax records (`LENGTH key=value` and a newline, over and over); null where they are none. */
function paxRecords(bytes: Buffer): { name?: string; bytes?: number } | null {
  const found: { name?: string; bytes?: number } = {};
  for (let at = 0; at < bytes.length; ) {
    const [all = '', digits = ''] = /^(\d{1,8}) /.exec(bytes.toString('latin1', at, at + 10)) ?? [];
    const end = at + Number(digits);
    if (all === '' || end > bytes.length || end <= at + all.length || bytes[end - 1] !== 10) return null;
    const [, key, value = ''] = /^([^=]*)=([^]*)\n$/.exec(bytes.toString('utf8', at + all.length, end)) ?? [];
    if (key === 'path') found.name = value;
    if (key === 'size') {
      if (!/^\d{1,15}$/.test(value)) return null;
      found.bytes = Number(value);
    }
    at = end;
  }
  return found;
}
