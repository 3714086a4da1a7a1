// Parquet's run-length and bit-packed numbers: levels and places in a dictionary. Never writes past what was asked for.

/**
 * Reads numbers of `width` bits until `output` is full.
 *
 * @param begin  where they are in `bytes`; none is read at or after `end`
 * @throws Error  when the bytes end before `output` is full
 */
export function readRuns(
  bytes: Uint8Array,
  begin: number,
  end: number,
  width: number,
  output: Uint8Array | Uint32Array,
): void {
  if (width > 32 || end > bytes.length)
    throw new Error(`numbers of ${width} bits, ${end} of ${bytes.length} bytes`);
  let at = begin;
  let done = 0;
  while (done < output.length) {
    let header = 0;
    for (let scale = 1; ; scale *= 128) {
      if (at >= end || scale > 2 ** 28) throw new Error('numbers that end too early');
      const byte = bytes[at++] ?? 0;
      header += (byte & 127) * scale;
      if (byte < 128) break;
    }
    const count = Math.min(Math.floor(header / 2) * (header % 2 === 1 ? 8 : 1), output.length - done);
    if (header % 2 === 1) {
      const stop = at + Math.floor(header / 2) * width;
      if (at + Math.ceil((count * width) / 8) > end) throw new Error('numbers that end too early');
      unpackBits(bytes, at, width, output, done, count);
      at = stop;
    } else {
      const length = Math.ceil(width / 8);
      if (at + length > end) throw new Error('numbers that end too early');
      let value = 0;
      for (let i = length - 1; i >= 0; i -= 1) value = value * 256 + (bytes[at + i] ?? 0);
      output.fill(value, done, done + count);
      at += length;
    }
    done += count;
  }
}

function unpackBits(
  bytes: Uint8Array,
  begin: number,
  width: number,
  output: Uint8Array | Uint32Array,
  first: number,
  count: number,
): void {
  let at = begin;
  let held = 0; // bits that are read and not given out, fewer than 40: a double holds them exactly
  let bits = 0;
  const size = 2 ** width;
  for (let i = 0; i < count; i += 1) {
    while (bits < width) {
      held += (bytes[at++] ?? 0) * 2 ** bits;
      bits += 8;
    }
    const rest = Math.floor(held / size);
    output[first + i] = held - rest * size;
    held = rest;
    bits -= width;
  }
}
