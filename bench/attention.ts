// Our attention kernel beside ATen's flash attention on the CPU, forward and backward, in bfloat16. They take turns; the median
// of the processor's time is printed on one thread (others' work does not count), of the clock's on more.
//
//   node --import ./tools/typescript.mjs bench/attention.ts [THREADS] [ROUNDS]

import { table } from '../src/run/format.ts';
import { noGrad, op, ops, scope, setThreads } from '../src/torch/index.ts';
import type { Tensor } from '../src/torch/index.ts';
import { attention, attentionBackward } from '../src/torch/kernels.ts';

const threads = Number(process.argv[2] ?? 1);
const rounds = Number(process.argv[3] ?? 21);
const cases = [
  { B: 8, H: 4, T: 256, D: 64 },
  { B: 1, H: 12, T: 1024, D: 64 },
  { B: 1, H: 4, T: 2048, D: 128 },
];

const flash = op('aten::_scaled_dot_product_flash_attention_for_cpu') as (
  ...values: unknown[]
) => [Tensor, Tensor];
const flashBackward = op('aten::_scaled_dot_product_flash_attention_for_cpu_backward');

function measure(work: () => void): number {
  const [start, before] = [performance.now(), process.cpuUsage()];
  scope(work);
  const used = process.cpuUsage(before);
  return threads > 1 ? performance.now() - start : (used.user + used.system) / 1000;
}

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[times.length >> 1];
}

/** Milliseconds of our forward, ATen's, our backward, ATen's. */
function compare({ B, H, T, D }: (typeof cases)[number]): number[] {
  const heads = (joint: Tensor) =>
    [0, 1, 2].map((part) => joint.narrow(2, part * H * D, H * D).view([B, T, H, D]));
  const turned = (x: Tensor) => x.transpose(1, 2); // [B, H, T, D], as ATen wants it
  const joint = ops.randn([B, T, 3 * H * D]).to('bfloat16');
  const [queries, keys, values] = heads(joint);
  const [queryGradient, keyGradient, valueGradient] = heads(ops.emptyLike(joint));
  const gradient = ops.randn([B, T, H, D]).to('bfloat16');
  const scale = 1 / Math.sqrt(D);
  const [out, logSums] = attention(queries, keys, values, scale);
  const atenInputs = [queries, keys, values].map(turned);
  const [atenOut, atenSums] = flash(...atenInputs, 0, true, { scale });
  const works = [
    () => void attention(queries, keys, values, scale),
    () => void flash(...atenInputs, 0, true, { scale }),
    () =>
      attentionBackward(
        ...[queryGradient, keyGradient, valueGradient, gradient, queries, keys, values, out, logSums, scale],
      ),
    () => void flashBackward(turned(gradient), ...atenInputs, atenOut, atenSums, 0, true, { scale }),
  ];
  const times = works.map((): number[] => []);
  for (let round = -2; round < rounds; ++round)
    for (const [i, work] of works.entries()) {
      const time = measure(work);
      if (round >= 0) times[i].push(time);
    }
  return times.map(median);
}

setThreads(threads);
const rows = noGrad(() =>
  cases.map((sizes) =>
    scope(() => {
      const { B, H, T, D } = sizes;
      const [forward, atenForward, back, atenBack] = compare(sizes);
      const product = B * H * D * T * (T + 1); // floating point operations of one product, without what is masked
      const cells = (ours: number, theirs: number, products: number) => [
        ours.toFixed(2),
        ((products * product) / ours / 1e9).toFixed(3),
        (theirs / ours).toFixed(2),
      ];
      return [`${B} x ${H} x ${T} x ${D}`, ...cells(forward, atenForward, 2), ...cells(back, atenBack, 5)];
    }),
  ),
);
const head = ['B x H x T x D', 'forward ms', 'TFLOP/s', 'times ATen', 'backward ms', 'TFLOP/s', 'times ATen'];
console.log(table([head, ...rows]));
