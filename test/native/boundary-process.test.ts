// What a process lives through with the engine in it: workers, exits, garbage collection, hostile re-entry.
// Each script runs in a process of its own.

import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { readAddonRecord } from '../../src/run/store.ts';

const prelude = `
  const table = require(process.argv[1]);
  class Tensor {}
  table.setTensorClass(Tensor);
  const op = (name) => table.resolve(name, [name], false);
  const ones = (...shape) => op('aten::ones')(shape);
  const add = op('aten::add.Scalar');
  const total = (tensor) => table.toTypedArray(tensor).reduce((sum, element) => sum + element, 0);
  const tick = () => new Promise(setImmediate);
  const scope = (body) => {
    const kept = [];
    table.openScope();
    try { const result = body(); kept.push(result); return result; } finally { table.closeScope(kept); }
  };
  const refusal = (body) => { try { body(); return 'accepted'; } catch (error) { return error.message; } };`;

/** Exit code (or signal) and output of a script behind the prelude: the bare addon, without src/torch. */
function run(script: string): { code: number | string; output: string } {
  const { stdout, stderr, status, signal } = spawnSync(
    process.execPath,
    ['--expose-gc', '-e', `${prelude}\n(async () => {${script}})();`, readAddonRecord().torch],
    { encoding: 'utf8' },
  );
  return { code: status ?? signal ?? 'unknown', output: (stdout + (status === 0 ? '' : stderr)).trim() };
}

const printed = (output: string) => ({ code: 0, output });

describe('loading', () => {
  test('a worker is refused, and the process lives', () => {
    const { code, output } = run(`
      const { Worker } = require('worker_threads');
      const body = \`const { workerData, parentPort } = require('worker_threads');
        try { require(workerData); parentPort.postMessage('loaded'); }
        catch (error) { parentPort.postMessage(error.message); }
        setInterval(() => {}, 1000);\`;
      for (let i = 0; i < 3; i += 1) {
        const worker = new Worker(body, { eval: true, workerData: process.argv[1] });
        console.log(await new Promise((resolve) => worker.once('message', resolve)));
        await worker.terminate();
      }
      console.log(total(ones(2)));`);
    const refused = 'the torch engine runs on the main thread only; use a process instead of a worker\n';
    expect({ code, output }).toEqual(printed(`${refused}${refused}${refused}2`));
  });

  test('a worker that is the first to load it is refused too', () => {
    const { code, output } = run(`
      const { execFileSync } = require('child_process');
      const script = \`const { Worker } = require('worker_threads');
        new Worker('require(process.argv[1])', { eval: true, argv: [] }).on('error', (error) => console.log(error.message));\`;
      console.log(execFileSync(process.execPath, ['-e', script.replace('process.argv[1]', JSON.stringify(process.argv[1]).replaceAll('"', '\\\\"'))], { encoding: 'utf8' }));`);
    expect(code).toBe(0);
    expect(output).toContain('the torch engine runs on the main thread only');
  });

  test('loading it twice in one process is refused', () => {
    const { code, output } = run(`
      delete require.cache[process.argv[1]];
      console.log(refusal(() => require(process.argv[1])), total(ones(2)));`);
    expect({ code, output }).toEqual(printed('the torch engine is loaded already; one process has one 2'));
  });
});

describe('leaving', () => {
  const hold = `globalThis.held = [ones(1000, 1000), ones(3)];
    const leaf = ones(64, 64);
    table.setRequiresGrad(leaf, true);
    globalThis.graph = op('aten::matmul')(leaf, leaf);
    table.openScope(); ones(5); globalThis.random = table.generator(1n);`;

  test.each([0, 1, 75])('process.exit(%i) with live tensors', (code) => {
    expect(run(`${hold} process.exit(${code});`)).toMatchObject({ code });
  });

  test('the end of the script with live tensors', () => {
    expect(run(`${hold} process.exitCode = 3;`)).toMatchObject({ code: 3 });
  });

  test('process.exit inside a scope, without gradients, under autocast', () => {
    const { code } = run(`table.setGradMode(false); table.setAutocast('cpu', 'bfloat16');
      scope(() => { op('aten::matmul')(ones(8, 8), ones(8, 8)); process.exit(74); });`);
    expect(code).toBe(74);
  });

  test('an uncaught error in a scope ends with 1 and its message', () => {
    const { code, output } = run(`scope(() => op('aten::matmul')(ones(2), ones(3)));`);
    expect(code).toBe(1);
    expect(output).toContain('aten::matmul([2], [3]): ');
  });
});

describe('garbage collection', () => {
  test('handles dropped without a scope are freed and counted', () => {
    const { output } = run(`
      const kept = ones(2);
      for (let i = 0; i < 1000; i += 1) ones(10);
      console.log(table.liveTensors(), table.collectedTensors());
      for (let i = 0; i < 10 && table.liveTensors() > 1; i += 1) { globalThis.gc(); await tick(); }
      console.log(table.liveTensors(), table.collectedTensors(), total(kept));`);
    expect(output).toBe('1001 0\n1 1000 2');
  });

  test('a collection while a scope is open, wrappers gone before their scope', () => {
    const { code, output } = run(`
      const result = scope(() => {
        for (let i = 0; i < 500; i += 1) { ones(16); if (i % 100 === 0) globalThis.gc(); }
        return add(ones(3), 1);
      });
      console.log(total(result), table.liveTensors());
      table.openScope();
      for (let i = 0; i < 500; i += 1) ones(16);
      globalThis.gc(); await tick(); globalThis.gc(); await tick();
      console.log(table.collectedTensors() > 400);
      const reused = []; // takes the freed slots, whose old handles the scope still lists
      for (let i = 0; i < 500; i += 1) reused.push(table.keep(ones(2)));
      table.closeScope([]);
      console.log(reused.every((tensor) => total(tensor) === 2), table.liveTensors());`);
    expect({ code, output }).toEqual(printed('6 1\ntrue\ntrue 501'));
  });

  test('what scopes freed is not counted as collected', () => {
    const { output } = run(`
      for (let i = 0; i < 100; i += 1) scope(() => { add(ones(4), 1); });
      for (let i = 0; i < 5; i += 1) { globalThis.gc(); await tick(); }
      console.log(table.liveTensors(), table.collectedTensors());`);
    expect(output).toBe('0 0');
  });

  test('operators and generators are collected while they are in use', () => {
    const { code, output } = run(`
      let sum = 0;
      for (let i = 0; i < 300; i += 1) {
        table.openScope();
        sum += total(op('aten::add.Tensor')(ones(2), ones(2)));
        op('aten::randn.generator')([2], { generator: table.generator(BigInt(i)) });
        table.closeScope([]);
        if (i % 50 === 0) { globalThis.gc(); await tick(); }
      }
      console.log(sum, table.liveTensors());`);
    expect({ code, output }).toEqual(printed('1200 0'));
  });
});

describe('JavaScript that runs in the middle of a call', () => {
  test('a getter of the shape detaches the data', () => {
    const { code, output } = run(`
      const data = new Float32Array(1 << 20).fill(7);
      const shape = Object.defineProperty([0], 0, { get() {
        structuredClone(data.buffer, { transfer: [data.buffer] });
        return 1 << 20;
      } });
      console.log(refusal(() => table.fromTypedArray(data, shape, 'float32', 'cpu')));`);
    expect({ code, output }).toEqual(printed("data: the typed array's buffer is detached"));
  });

  test('a getter of the options releases the arguments and makes others', () => {
    const { code, output } = run(`
      const a = ones(4); const b = ones(4);
      const options = { get alpha() { table.release(a); for (let i = 0; i < 2000; i += 1) ones(1); return 2; } };
      console.log(refusal(() => op('aten::add.Tensor')(a, b, options)));`);
    const released = 'aten::add.Tensor: the tensor was released; return it from its scope to keep it';
    expect({ code, output }).toEqual(printed(released));
  });

  test('a getter of a list answers differently the second time', () => {
    const { code, output } = run(`
      let reads = 0;
      const list = Object.defineProperty([1, 2], 1, { get: () => (reads++ === 0 ? 2 : ones(1)) });
      console.log(refusal(() => op('aten::zeros')(list)));`);
    expect({ code, output }).toEqual(printed('aten::zeros: size: expected a number'));
  });

  test('a getter of a list releases an element that was read', () => {
    const { code, output } = run(`
      const a = ones(4);
      let reads = 0;
      const list = Object.defineProperty([a, null], 1, { get: () => { if (reads++ === 1) table.release(a); return ones(4); } });
      console.log(refusal(() => op('aten::cat')(list)));
      console.log(refusal(() => table.backward(Object.defineProperty([ones(1), 0], 1, { get: () => ones(1) }), [])));`);
    expect(code).toBe(0);
    expect(output).toMatch(/^aten::cat: tensors: the tensor was released.*\n.*does not require grad/);
  });

  test('the Tensor class is replaced by one whose constructor does harm', () => {
    const { code, output } = run(`
      const a = ones(4);
      let depth = 0;
      const classes = [
        class { constructor() { throw new Error('from the constructor'); } },
        class { constructor() { return a; } },
        class { constructor() { return Object.freeze({}); } },
        class { constructor() { return new Proxy({}, {}); } },
        () => 1,
        class { constructor() { if (depth++ < 3) add(a, 1); } },
        class { constructor() { if (depth++ < 9) { table.openScope(); table.closeScope([]); } } },
      ];
      for (const one of classes) { table.setTensorClass(one); console.log(refusal(() => add(a, 1))); }
      table.setTensorClass(Tensor);
      console.log(total(add(a, 1)));`);
    expect(code).toBe(0);
    expect(output.split('\n')).toEqual([
      'from the constructor',
      'expected a new object',
      expect.any(String),
      expect.any(String),
      expect.any(String),
      'accepted',
      'accepted',
      '8',
    ]);
  });

  test('a scope is closed by what runs in it', () => {
    const { code, output } = run(`
      console.log(refusal(() => scope(() => { ones(2); table.closeScope([]); })), table.liveTensors());`);
    expect({ code, output }).toEqual(printed('closeScope: no scope is open 0'));
  });
});

describe('sizes and memory that no typed array has', () => {
  test('data of more than 2^32 - 1 elements', () => {
    const { code, output } = run(`
      const large = op('aten::expand')(ones(1), [2 ** 33]);
      console.log(refusal(() => table.toTypedArray(large)));`);
    expect({ code, output }).toEqual(
      printed('data: a typed array holds 2^32 - 1 elements at most, the tensor has 8589934592'),
    );
  });

  test('data of a tensor without memory', () => {
    const { code, output } = run(`
      console.log(refusal(() => table.toTypedArray(op('aten::_efficientzerotensor')([4]))));
      console.log(refusal(() => table.copyBytes(op('aten::_efficientzerotensor')([4]), 0, new Uint8Array(16))));
      console.log(refusal(() => table.toTypedArray(op('aten::empty.memory_format')([4], { device: 'meta' }))));`);
    expect(code).toBe(0);
    expect(output).toMatch(/^data: this tensor has no memory.*\ndata: this tensor has no memory.*\n.*meta/);
  });

  test('tensors of 2^50 bytes and more', () => {
    const { code, output } = run(`
      console.log(refusal(() => op('aten::zeros')([2 ** 48])));
      console.log(refusal(() => op('aten::zeros')([2 ** 52, 2 ** 52])));`);
    expect(code).toBe(0);
    expect(output).toMatch(/^aten::zeros\(\): .*alloca.*\naten::zeros\(\): .{10}/);
  });
});
