// The unpacked bytes of a stream, and a look at its front without losing it.

import type { Compression } from './units.ts';
import { gunzip } from './gunzip.ts';
import { unxz } from './unxz.ts';
import { unzstd } from './unzstd.ts';

/** Unpacks. @throws Error  with exit code 65 for what is damaged or cut */
export function unpack(
  input: AsyncGenerator<Buffer>,
  compression: Compression,
  source: string,
): AsyncGenerator<Buffer> {
  switch (compression) {
    case 'none':
      return input;
    case 'gzip':
      return gunzip(input, source);
    case 'zstd':
      return unzstd(input, source);
    case 'xz':
      return unxz(input, source);
  }
}

/** The first bytes, as many as asked for if there are so many, and a stream that begins with them. */
export async function lookAhead(
  input: AsyncGenerator<Buffer>,
  bytes: number,
): Promise<{ head: Buffer; stream: AsyncGenerator<Buffer> }> {
  const parts: Buffer[] = [];
  let held = 0;
  while (held < bytes) {
    const next = await input.next();
    if (next.done) break;
    parts.push(next.value);
    held += next.value.length;
  }
  const front = Buffer.concat(parts);
  async function* stream(): AsyncGenerator<Buffer> {
    try {
      if (front.length > 0) yield front;
      yield* input;
    } finally {
      await input.return(undefined);
    }
  }
  return { head: front.subarray(0, bytes), stream: stream() };
}
