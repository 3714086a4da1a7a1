// Reads a pickle as data: a table of opcodes that builds records and calls nothing. Globals that are not on a short list
// are refused by name, so that a file can at worst be wrong. Format: Python's pickletools, protocols 2 to 5.

/** What stands for a tensor: where its elements lie in which storage. */
export interface PickledTensor {
  kind: 'tensor';
  storage: PickledStorage;
  offset: number;
  shape: readonly number[];
  stride: readonly number[];
}

export interface PickledStorage {
  kind: 'storage';
  /** Name of its class: FloatStorage, BFloat16Storage, ... */
  type: string;
  /** File of the archive that holds it: data/KEY. */
  key: string;
  elements: number;
}

/** A tuple, which dictionaries may be keyed by and lists are not. */
export interface PickledTuple {
  kind: 'tuple';
  items: readonly Pickled[];
}

/** The name of a class or function; nothing that could be called. */
export interface PickledGlobal {
  kind: 'global';
  name: string;
}

export type PickledDictionary = Map<Pickled, Pickled>;

export type Pickled =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Pickled[]
  | PickledDictionary
  | PickledTuple
  | PickledGlobal
  | PickledStorage
  | PickledTensor;

/** An error that names the file and says what is wrong with it. */
export type MalformedPickle = (problem: string) => Error;

/** What the values of these names stand for is built here; they are not called. */
const rebuilders: Readonly<Record<string, (items: readonly Pickled[]) => Pickled | undefined>> = {
  'collections.OrderedDict': (items) => (items.length === 0 ? new Map() : undefined),
  'torch.Size': ([sizes]) => sizes,
  'torch.device': ([device]) => device,
  'torch._utils._rebuild_parameter': ([tensor]) => (isRecord(tensor, 'tensor') ? tensor : undefined),
  'torch._utils._rebuild_tensor_v2': rebuildTensor,
};

const storages = /^torch\.(Double|Float|Half|BFloat16|Long|Int|Short|Char|Byte|Bool)Storage$/;
const dtypes = /^torch\.(float64|float32|float16|bfloat16|int64|int32|int16|int8|uint8|bool)$/;

/**
 * The object that a pickle describes.
 *
 * @param malformed  makes the error that is thrown for anything else than the above
 */
export function readPickle(bytes: Buffer, malformed: MalformedPickle): Pickled {
  const machine = new Machine(bytes, malformed);
  for (;;) {
    const code = machine.byte();
    if (code === 0x2e) return machine.result(); // STOP
    const run = opcodes[code];
    if (!run)
      throw malformed(
        `opcode 0x${code.toString(16)} at byte ${machine.at - 1} is none that data needs; it is refused`,
      );
    run(machine);
  }
}

const mark = Symbol('mark');

/** The stack machine's state: where it reads, its stack and its memo. */
class Machine {
  at = 0;
  readonly stack: (Pickled | typeof mark)[] = [];
  readonly memo = new Map<number, Pickled>();
  readonly bytes: Buffer;
  readonly malformed: MalformedPickle;

  constructor(bytes: Buffer, malformed: MalformedPickle) {
    this.bytes = bytes;
    this.malformed = malformed;
  }

  /** The next `count` bytes, which are there. */
  take(count: number): Buffer {
    if (!(count >= 0 && count <= this.bytes.length - this.at))
      throw this.malformed(
        `it ends at byte ${this.bytes.length}, where ${count} more were announced at ${this.at}`,
      );
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  byte(): number {
    if (this.at >= this.bytes.length) this.take(1); // says where it ends
    const byte = this.bytes[this.at];
    this.at += 1;
    return byte;
  }

  /** Length in 8 bytes. */
  length8(): number {
    return Number(this.take(8).readBigUInt64LE());
  }

  line(): string {
    const end = this.bytes.indexOf(10, this.at);
    if (end < 0) throw this.malformed(`a name that begins at byte ${this.at} has no end`);
    const text = this.take(end - this.at).toString('latin1');
    this.at += 1;
    return text;
  }

  push(value: Pickled): void {
    this.stack.push(value);
  }

  pop(): Pickled {
    const value = this.stack.pop();
    if (value === undefined || value === mark)
      throw this.malformed(`nothing to take from the stack at byte ${this.at}`);
    return value;
  }

  top(): Pickled {
    const value = this.pop();
    this.push(value);
    return value;
  }

  popToMark(): Pickled[] {
    const place = this.stack.lastIndexOf(mark);
    if (place < 0) throw this.malformed(`no mark on the stack at byte ${this.at}`);
    const items = this.stack.splice(place);
    return items.slice(1) as Pickled[]; // there is no other mark behind the last one
  }

  recall(key: number): Pickled {
    const value = this.memo.get(key);
    if (value === undefined)
      throw this.malformed(`nothing was kept under ${key}, which byte ${this.at} asks for`);
    return value;
  }

  result(): Pickled {
    const value = this.pop();
    if (this.stack.length > 0) throw this.malformed(`${this.stack.length} values are left over at its end`);
    return value;
  }
}

/** What each opcode does, by its byte. */
const opcodes: Readonly<Record<number, (machine: Machine) => void>> = {
  0x80: (m) => protocol(m), // PROTO
  0x95: (m) => void m.take(8), // FRAME
  0x28: (m) => void m.stack.push(mark), // MARK
  0x30: (m) => void m.pop(), // POP
  0x31: (m) => void m.popToMark(), // POP_MARK
  0x32: (m) => m.push(m.top()), // DUP
  0x4e: (m) => m.push(null), // NONE
  0x88: (m) => m.push(true), // NEWTRUE
  0x89: (m) => m.push(false), // NEWFALSE
  0x4a: (m) => m.push(m.take(4).readInt32LE()), // BININT
  0x4b: (m) => m.push(m.byte()), // BININT1
  0x4d: (m) => m.push(m.take(2).readUInt16LE()), // BININT2
  0x8a: (m) => m.push(long(m.take(m.byte()))), // LONG1
  0x47: (m) => m.push(m.take(8).readDoubleBE()), // BINFLOAT
  0x58: (m) => m.push(text(m, m.take(4).readUInt32LE())), // BINUNICODE
  0x8c: (m) => m.push(text(m, m.byte())), // SHORT_BINUNICODE
  0x8d: (m) => m.push(text(m, m.length8())), // BINUNICODE8
  0x43: (m) => m.push(m.take(m.byte())), // SHORT_BINBYTES
  0x42: (m) => m.push(m.take(m.take(4).readUInt32LE())), // BINBYTES
  0x8e: (m) => m.push(m.take(m.length8())), // BINBYTES8
  0x29: (m) => m.push(tuple([])), // EMPTY_TUPLE
  0x74: (m) => m.push(tuple(m.popToMark())), // TUPLE
  0x85: (m) => m.push(tuple([m.pop()])), // TUPLE1
  0x86: (m) => m.push(tuple([m.pop(), m.pop()].reverse())), // TUPLE2
  0x87: (m) => m.push(tuple([m.pop(), m.pop(), m.pop()].reverse())), // TUPLE3
  0x5d: (m) => m.push([]), // EMPTY_LIST
  0x61: (m) => append(m, [m.pop()]), // APPEND
  0x65: (m) => append(m, m.popToMark()), // APPENDS
  0x7d: (m) => m.push(new Map()), // EMPTY_DICT
  0x73: (m) => setItems(m, [m.pop(), m.pop()].reverse()), // SETITEM
  0x75: (m) => setItems(m, m.popToMark()), // SETITEMS
  0x68: (m) => m.push(m.recall(m.byte())), // BINGET
  0x6a: (m) => m.push(m.recall(m.take(4).readUInt32LE())), // LONG_BINGET
  0x71: (m) => void m.memo.set(m.byte(), m.top()), // BINPUT
  0x72: (m) => void m.memo.set(m.take(4).readUInt32LE(), m.top()), // LONG_BINPUT
  0x94: (m) => void m.memo.set(m.memo.size, m.top()), // MEMOIZE
  0x63: (m) => m.push(global(m, m.line(), m.line())), // GLOBAL
  0x93: (m) => stackGlobal(m),
  0x52: (m) => reduce(m),
  0x62: (m) => build(m),
  0x51: (m) => m.push(storage(m, m.pop())), // BINPERSID
};

function protocol(machine: Machine): void {
  const version = machine.byte();
  if (version < 2 || version > 5) throw machine.malformed(`protocol ${version}; 2 to 5 are read`);
}

function long(bytes: Buffer): number | bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  value = BigInt.asIntN(8 * bytes.length, value);
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function text(machine: Machine, length: number): string {
  return machine.take(length).toString('utf8');
}

function tuple(items: readonly Pickled[]): PickledTuple {
  return { kind: 'tuple', items };
}

function append(machine: Machine, items: readonly Pickled[]): void {
  const list = machine.top();
  if (!Array.isArray(list)) throw machine.malformed(`byte ${machine.at} appends to what is no list`);
  for (const item of items) list.push(item);
}

function setItems(machine: Machine, items: readonly Pickled[]): void {
  const dictionary = machine.top();
  if (!(dictionary instanceof Map))
    throw machine.malformed(`byte ${machine.at} sets items of what is no dictionary`);
  if (items.length % 2 !== 0) throw machine.malformed(`byte ${machine.at} sets a key without a value`);
  for (let i = 0; i < items.length; i += 2) dictionary.set(items[i] ?? null, items[i + 1] ?? null);
}

function global(machine: Machine, module: string, name: string): Pickled {
  const whole = `${module}.${name}`;
  if (Object.hasOwn(rebuilders, whole) || storages.test(whole)) return { kind: 'global', name: whole };
  if (dtypes.test(whole)) return name;
  throw machine.malformed(
    `it names ${JSON.stringify(whole.slice(0, 120))}, which is refused: only tensors and plain values are read, and nothing is called`,
  );
}

function stackGlobal(machine: Machine): void {
  const [name, module] = [machine.pop(), machine.pop()];
  if (typeof name !== 'string' || typeof module !== 'string')
    throw machine.malformed(`byte ${machine.at} names a class by what is no text`);
  machine.push(global(machine, module, name));
}

function reduce(machine: Machine): void {
  const [items, callee] = [machine.pop(), machine.pop()];
  if (!isRecord(callee, 'global') || !isRecord(items, 'tuple'))
    throw machine.malformed(`byte ${machine.at} calls what is no class`);
  const made = Object.hasOwn(rebuilders, callee.name) ? rebuilders[callee.name]?.(items.items) : undefined;
  if (made === undefined)
    throw machine.malformed(`byte ${machine.at} makes a ${callee.name} of what it cannot be made of`);
  machine.push(made);
}

/** The only state that data have: what a state dict remembers of its modules' versions, which nobody needs. */
function build(machine: Machine): void {
  machine.pop();
  if (!(machine.top() instanceof Map))
    throw machine.malformed(`byte ${machine.at} gives a state to what is no dictionary`);
}

function storage(machine: Machine, id: Pickled): PickledStorage {
  if (isRecord(id, 'tuple')) {
    const [word, type, key, , elements] = id.items;
    if (word === 'storage' && isRecord(type, 'global') && storages.test(type.name) && typeof key === 'string')
      if (isCount(elements))
        return { kind: 'storage', type: type.name.slice('torch.'.length), key, elements };
  }
  throw machine.malformed(`byte ${machine.at} refers to something that is no storage of numbers`);
}

function rebuildTensor([data, offset, shape, stride]: readonly Pickled[]): PickledTensor | undefined {
  if (!isRecord(data, 'storage') || !isCount(offset)) return undefined;
  const [sizes, steps] = [countsOf(shape), countsOf(stride)];
  if (!sizes || !steps || sizes.length !== steps.length) return undefined;
  return { kind: 'tensor', storage: data, offset, shape: sizes, stride: steps };
}

function countsOf(value: Pickled | undefined): number[] | null {
  const items = isRecord(value, 'tuple') ? value.items : null;
  return items?.every(isCount) ? [...items] : null;
}

function isCount(value: Pickled | undefined): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** Whether a value is one of the records above. */
export function isRecord<K extends 'tensor' | 'storage' | 'tuple' | 'global'>(
  value: Pickled | undefined,
  kind: K,
): value is Extract<Pickled, { kind: K }> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
}
