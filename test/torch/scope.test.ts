// Scopes: what they free, what they hand on, and what they refuse.

import { describe, expect, test } from 'vitest';
import { Tensor, autocast, keep, liveTensors, noGrad, ops, scope } from '../../src/torch/index.ts';
import { checkLiveTensors } from '../live-tensors.ts';

checkLiveTensors();

const ones = (): Tensor => ops.ones([2]);
const sum = (tensor: Tensor): number => scope(() => tensor.sum().item());
const released = (...tensors: Tensor[]): boolean[] => tensors.map((tensor) => tensor.released);

describe('what outlives a scope', () => {
  test('nothing but what is returned', () => {
    const before = liveTensors();
    let inner: Tensor | null = null;
    const result = scope(() => {
      inner = ones();
      return inner.add(1);
    });
    expect(liveTensors()).toBe(before + 1);
    expect(sum(result)).toBe(4);
    expect(() => inner?.shape).toThrow('shape: the tensor was released; return it from its scope to keep it');
    result.release();
  });

  test('arrays, plain objects and maps of tensors, however deep', () => {
    const result = scope(() => ({
      list: [ones(), [ones()]],
      tree: { weight: ones(), bias: null, size: 3 },
      bare: Object.assign(Object.create(null) as { one?: Tensor }, { one: ones() }),
      map: new Map([['a', ones()]]),
    }));
    const kept = [...result.list.flat(), result.tree.weight, result.bare.one, result.map.get('a')];
    expect(kept.length).toBe(5);
    for (const tensor of kept) {
      expect(tensor && sum(tensor)).toBe(2);
      tensor?.release();
    }
  });

  test('the same tensor returned twice is one tensor', () => {
    const before = liveTensors();
    const [a, b] = scope(() => {
      const one = ones();
      return [one, one] as const;
    });
    expect(a).toBe(b);
    expect(liveTensors()).toBe(before + 1);
    a.release();
  });

  test('a result passes to the scope outside, which frees it', () => {
    let passed: Tensor | null = null;
    scope(() => {
      const inner = scope(() => scope(() => ones()));
      passed = inner;
      expect(inner.released).toBe(false);
    });
    expect((passed as Tensor | null)?.released).toBe(true);
  });

  test('a tensor of the outer scope stays when an inner one returns it', () => {
    scope(() => {
      const outer = ones();
      const same = scope(() => outer.add_(1));
      expect(same).toBe(outer);
      scope(() => [outer]);
      expect(sum(outer)).toBe(4);
    });
  });

  test('keep takes a tensor out of all scopes', () => {
    const kept = scope(() => scope(() => ({ inside: [keep(ones())], other: 1 }))).inside[0];
    expect(kept && sum(kept)).toBe(2);
    let hidden: Tensor | null = null;
    scope(() => {
      scope(() => void (hidden = keep(ones())));
    });
    const found = hidden as Tensor | null;
    expect(found && sum(found)).toBe(2);
    found?.release();
    kept?.release();
  });

  test('a tensor that an object of a class holds is freed', () => {
    class Holder {
      tensor = ones();
    }
    expect(scope(() => new Holder()).tensor.released).toBe(true);
  });
});

describe('release', () => {
  test('twice is harmless, also inside the scope that made it', () => {
    scope(() => {
      const a = ones();
      a.release();
      a.release();
      expect(released(a, ones())).toEqual([true, false]);
    });
  });

  test('a slot that is used again does not revive the old handle', () => {
    scope(() => {
      const old = ones();
      old.release();
      const later = ones().add(5);
      expect(old.released).toBe(true);
      expect(() => old.add(1)).toThrow('the tensor was released');
      old.release();
      expect(sum(later)).toBe(12);
    });
  });

  test('a released tensor in a list or as an option is named', () => {
    scope(() => {
      const gone = ones();
      gone.release();
      expect(() => ops.cat([ones(), gone])).toThrow('aten::cat: the tensor was released');
      expect(() => ones().add(gone)).toThrow('aten::add.Tensor: the tensor was released');
      expect(() => gone.add(1)).toThrow('aten::add.Tensor: the tensor was released');
      expect(() => keep(gone)).toThrow('keep: expected a live Tensor');
      expect(() => gone.item()).toThrow('item: the tensor was released');
      expect(() => gone.data()).toThrow('data: the tensor was released');
    });
  });
});

describe('when something throws', () => {
  test('everything is freed, also across scopes, and the modes are restored', () => {
    const before = liveTensors();
    const thrown = new Error('in the middle');
    const body = (): void => {
      ones();
      scope(() => {
        const leaf = ones();
        leaf.requiresGrad = true;
        noGrad(() =>
          autocast('bfloat16', () => {
            ones();
            throw thrown;
          }),
        );
      });
    };
    expect(() => scope(body)).toThrow(thrown);
    expect(liveTensors()).toBe(before);
    scope(() => {
      const leaf = ops.ones([2, 2]);
      leaf.requiresGrad = true;
      const product = leaf.matmul(leaf);
      expect(product.dtype).toBe('float32');
      expect(product.requiresGrad).toBe(true);
    });
  });

  test('a result that cannot be walked is freed', () => {
    const before = liveTensors();
    const build = (): object => [
      ones(),
      {
        get second(): Tensor {
          throw new Error('from the getter');
        },
      },
    ];
    scope(() => {
      const inside = liveTensors();
      expect(() => scope(build)).toThrow('from the getter');
      expect(liveTensors()).toBe(inside);
    });
    expect(liveTensors()).toBe(before);
  });

  test('a promise is refused, by scope and by the modes', async () => {
    const before = liveTensors();
    const awaited = async (): Promise<number> => {
      ones();
      await Promise.resolve();
      return 1;
    };
    expect(() => scope(awaited)).toThrow('scope: the function returned a promise; compute is synchronous');
    expect(() => noGrad(awaited)).toThrow(TypeError);
    expect(() => autocast('bfloat16', awaited)).toThrow(TypeError);
    await Promise.resolve();
    scope(() => {
      expect(ops.ones([2, 2]).matmul(ops.ones([2, 2])).dtype).toBe('float32');
    });
    expect(liveTensors()).toBe(before + 2); // of the two that no scope was around: for the garbage collector
    await collect(before);
  });
});

/** Waits for the garbage collector to free what nothing holds. */
async function collect(wanted: number): Promise<void> {
  for (let round = 0; round < 20 && liveTensors() > wanted; round += 1) {
    globalThis.gc?.();
    await new Promise(setImmediate);
  }
}

test('what is dropped without a scope is left to the garbage collector', async () => {
  const before = liveTensors();
  for (let i = 0; i < 100; i += 1) ones();
  expect(liveTensors()).toBe(before + 100);
  await collect(before);
  expect(liveTensors()).toBe(before);
});

test('an empty Tensor is refused by name', () => {
  const empty = new Tensor();
  expect(() => empty.shape).toThrow('shape: expected a Tensor made by the engine');
  expect(() => empty.add(1)).toThrow(
    'aten::add.Tensor: self: expected Tensor, got a Tensor that the engine did not make',
  );
  expect(() => empty.release()).toThrow('release: expected a Tensor made by the engine');
});
