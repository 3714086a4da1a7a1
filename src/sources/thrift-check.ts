// Walks over a struct of Thrift's compact protocol without building it: parquet's headers are checked so before anything believes them.

const deepest = 64;

/**
 * Bytes of the struct that begins at `begin`.
 *
 * @returns its length, or null where the bytes end before it does
 * @throws Error  for what is no such struct: an unknown type, a list of more elements than bytes, a number of more than 64 bits
 */
export function thriftLength(bytes: Uint8Array, begin = 0): number | null {
  const walk: Walk = { bytes, at: begin };
  return passStruct(walk, 0) ? walk.at - begin : null;
}

interface Walk {
  bytes: Uint8Array;
  at: number;
}

/** Each of these is false where the bytes end too early. */
function passStruct(walk: Walk, depth: number): boolean {
  if (depth > deepest) throw new Error('structs too deep inside one another');
  for (;;) {
    const head = walk.bytes[walk.at];
    if (head === undefined) return false;
    walk.at += 1;
    const type = head & 15;
    if (type === 0) return true;
    if (head >> 4 === 0 && varint(walk) === null) return false;
    if (!passValue(walk, type, depth)) return false;
  }
}

function passValue(walk: Walk, type: number, depth: number): boolean {
  switch (type) {
    case 1: // true and false of a field are in its type
    case 2:
      return true;
    case 3:
      return pass(walk, 1);
    case 4:
    case 5:
    case 6:
      return varint(walk) !== null;
    case 7:
      return pass(walk, 8);
    case 8: {
      const length = varint(walk);
      return length !== null && pass(walk, length);
    }
    case 9:
      return passList(walk, depth);
    case 12:
      return passStruct(walk, depth + 1);
    default:
      throw new Error(`a value of unknown type ${type}`);
  }
}

function passList(walk: Walk, depth: number): boolean {
  const head = walk.bytes[walk.at];
  if (head === undefined) return false;
  walk.at += 1;
  const size = head >> 4 === 15 ? varint(walk) : head >> 4;
  if (size === null) return false;
  if (depth > deepest) throw new Error('lists too deep inside one another');
  const type = head & 15;
  for (let i = 0; i < size; i += 1) {
    // An element takes a byte at least, true and false too: a list cannot be longer than what is there.
    if (!(type === 1 || type === 2 ? pass(walk, 1) : passValue(walk, type, depth + 1))) return false;
  }
  return true;
}

function pass(walk: Walk, bytes: number): boolean {
  walk.at += bytes;
  return walk.at <= walk.bytes.length;
}

/** A number of 64 bits at most, above 2^53 not exact; null where the bytes end. */
function varint(walk: Walk): number | null {
  let value = 0;
  for (let scale = 1, count = 0; count < 10; scale *= 128, count += 1) {
    const byte = walk.bytes[walk.at];
    if (byte === undefined) return null;
    walk.at += 1;
    value += (byte & 127) * scale;
    if (byte < 128) return value;
  }
  throw new Error('a number of more than 64 bits');
}
