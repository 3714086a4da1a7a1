// What the report's tests share: folders as jobs leave them, with made-up but plausible numbers that are the same each time.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll } from 'vitest';
import { attentionSchema } from '../../src/analyze/attention-record.ts';
import type { AttentionRecord, Spread } from '../../src/analyze/attention-record.ts';
import { toySchema } from '../../src/analyze/toy-record.ts';
import type { ToyRecord } from '../../src/analyze/toy-record.ts';
import { silentConsole } from '../../src/run/console.ts';

/** A folder of its own for a test file, removed at its end. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inheritune-report-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A console that keeps what is said. */
export function listener(): { console: typeof silentConsole; lines: string[] } {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  return { console: { ...silentConsole, info: say, warn: say }, lines };
}

/** Writes a file, and the folders above it. */
export function write(path: string, content: string | Buffer | object): void {
  mkdirSync(dirname(path), { recursive: true });
  const isRaw = typeof content === 'string' || Buffer.isBuffer(content);
  writeFileSync(path, isRaw ? content : JSON.stringify(content));
}

/** Numbers in [0, 1) that are the same each time (Park and Miller). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** An attention.json: ranks as in the paper's figure 1, high early and near 1 past the middle. */
export function plausibleAttention({
  layers = 12,
  heads = 12,
  seed = 1,
  collapse = 1,
  hasMaps = false,
  tokens = 'tokens/text',
} = {}): AttentionRecord {
  const random = randomNumbers(seed);
  const spread = (mean: number): Spread => ({
    mean,
    std: mean === 1 ? 0 : 0.25 * (mean - 0.9),
    p10: Math.max(1, 0.7 * mean),
    p90: 1.3 * mean,
  });
  const taus = [0.8, 0.85, 0.9, 0.95];
  const list = Array.from({ length: layers }, (_, layer) => {
    const depth = layer / layers;
    const height = Math.max(
      0,
      34 * Math.exp(-(((depth - 0.22) / 0.13) ** 2)) + 5 * (1 - depth * 1.7 * collapse),
    );
    const isLazy = collapse >= 1 && depth > 0.6 && layer % 3 === 0;
    const cells = Array.from({ length: heads }, (_, head) => {
      const rank = isLazy ? 1 : 1 + Math.round(100 * height * random() ** 2) / 100;
      return {
        head,
        rank: spread(rank),
        rankAtTaus: taus.map((tau) => 1 + (rank - 1) * (1 + 4 * (tau - 0.9))),
        columns: spread(1 + (rank - 1) * 1.3),
        sink: { mean: 1 / rank, std: 0.05, p10: 0.8 / rank, p90: Math.min(1, 1.1 / rank) },
        entropy: { mean: Math.log(rank), std: 0.1, p10: 0, p90: 1.2 * Math.log(rank) },
      };
    });
    const highest = cells.reduce((best, cell) => (cell.rank.mean > best.rank.mean ? cell : best));
    const meanOf = (values: readonly number[]) =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    return {
      layer,
      heads: cells,
      maxRank: {
        value: highest.rank.mean,
        head: highest.head,
        atTaus: taus.map((_, index) => Math.max(...cells.map(({ rankAtTaus }) => rankAtTaus[index] ?? 0))),
        ofHead: highest.rank,
        ofMax: spread(highest.rank.mean * 1.1),
      },
      mass: spread(meanOf(cells.map(({ columns }) => columns.mean))),
      massOtherOrder: meanOf(cells.map(({ columns }) => columns.mean)) * 1.2,
      sink: spread(meanOf(cells.map(({ sink }) => sink.mean))),
      entropy: spread(meanOf(cells.map(({ entropy }) => entropy.mean))),
    };
  });
  const ranks = list.flatMap(({ heads: cells }) => cells.map(({ rank }) => rank.mean));
  const lazy = list.filter(({ maxRank }) => maxRank.value === 1).map(({ layer }) => layer);
  return attentionSchema.parse({
    version: 1,
    model: {
      path: 'runs/model',
      family: 'gpt2',
      layers,
      heads,
      width: 16 * heads,
      context: 128,
      parameters: 1_000_000,
      scaleAttentionByInverseLayer: true,
      step: 1000,
    },
    data: { tokens, split: 'val', sequences: 100, length: 100, seed: 1 },
    measure: {
      tau: 0.9,
      taus,
      eta: 0.9,
      columnOrder: 'sorted',
      causal: true,
      collapsedBelow: 1.5,
      nearLazyBelow: 1.5,
    },
    layers: list,
    lazy: {
      strict: lazy,
      near: list.filter(({ maxRank }) => maxRank.value < 1.5).map(({ layer }) => layer),
      groups:
        lazy.length > 0 ? [{ first: Math.ceil(layers * 0.6), last: layers - 1, averageRank: 1.62 }] : [],
      collapsedShare: [1.1, 1.5, 2].map((below) => ({
        below,
        share: ranks.filter((rank) => rank < below).length / ranks.length,
      })),
    },
    nullValues: [
      { name: 'causal uniform', rank: 5, rankAtTaus: [3, 4, 5, 8], columns: 30 },
      { name: 'identity', rank: 90, rankAtTaus: [80, 85, 90, 95], columns: 90 },
      { name: 'pure sink', rank: 1, rankAtTaus: [1, 1, 1, 1], columns: 1 },
    ],
    suggestion: { layers: Math.ceil(layers / 2), reason: 'half of the layers; the last third is near-lazy' },
    maps: hasMaps
      ? {
          sheet: 'maps.png',
          values: 'maps.safetensors',
          length: 12,
          sequences: 3,
          causal: true,
          side: 24,
          gap: 4,
        }
      : null,
  });
}

/** Writes analysis/ of a folder: the record, and a sheet of causal maps where it names one. */
export function writeAnalysis(folder: string, record: AttentionRecord): void {
  write(join(folder, 'analysis', 'attention.json'), record);
  const { maps, model, layers } = record;
  if (!maps) return;
  const pitch = maps.side + maps.gap;
  const png = new PNG({ width: model.heads * pitch - maps.gap, height: layers.length * pitch - maps.gap });
  png.data.fill(255);
  for (const { layer, heads } of layers)
    for (const { head, rank } of heads)
      for (let y = 0; y < maps.side; y++)
        for (let x = 0; x <= y; x++) {
          const share = x < 2 ? 1 / rank.mean : (1 - 1 / rank.mean) * Math.exp((x - y) / 3);
          const grey = Math.round(255 * (1 - Math.min(1, share)));
          const pixel = 4 * ((layer * pitch + y) * png.width + head * pitch + x);
          png.data.set([grey, grey, grey, 255], pixel);
        }
  // stored, so that no version of zlib matters
  write(join(folder, 'analysis', maps.sheet), PNG.sync.write(png, { colorType: 0, deflateLevel: 0 }));
}

/** run.json of one start. */
export function runRecord({
  state = 'done',
  command = ['inheritune', 'train'],
}: {
  state?: string;
  command?: string[];
} = {}) {
  return {
    version: 1,
    id: '00000000-0000-4000-8000-000000000001',
    state,
    parents: [],
    starts: [
      {
        at: '2026-01-02T03:04:05.000Z',
        command,
        commit: '0123456789abcdef0123456789abcdef01234567',
        host: 'somewhere',
        pid: 1,
        device: 'cpu',
        versions: { inheritune: '0.1.0', node: 'v20.0.0', libtorch: '2.13.0' },
      },
    ],
  };
}

/** Writes a training run: a loss that falls to `floor`, every quantity of health, attention measured now and then. */
export function writeRun(
  folder: string,
  {
    steps = 200,
    every = 20,
    start = 4.8,
    floor = 2.8,
    layers = 12,
    flopsPerToken = 6e6,
    tokensPerStep = 4096,
    state = 'done',
    attention = false,
    seed = 1,
  } = {},
): void {
  const random = randomNumbers(seed);
  const lossAt = (step: number) =>
    floor + (start - floor) * Math.exp(-step / (steps / 6)) + 0.02 * (random() - 0.5);
  const lines: object[] = [];
  for (let step = 0; step <= steps; step++) {
    if (step > 0)
      lines.push({
        type: 'train',
        step,
        loss: lossAt(step) + 0.1 * (random() - 0.5),
        learningRate: 1e-3 * Math.min(1, step / 20) * (0.5 + 0.5 * Math.cos((Math.PI * step) / steps)),
        gradientNorm: 0.3 + 5 * Math.exp(-step / 20) * random(),
        updated: true,
        tokens: step * tokensPerStep,
        stepMs: 800,
        tokensPerSecond: 5000 + 300 * random(),
        flopsPerSecond: 0,
        rssBytes: 6e8 + 1e6 * step,
      });
    if (step % every === 0)
      lines.push({ type: 'evaluation', step, validationLoss: lossAt(step), trainLoss: null });
    if (attention && step % (2 * every) === 0) {
      const { layers: measured } = plausibleAttention({
        layers,
        heads: 4,
        seed: 3,
        collapse: (1.2 * step) / steps,
      });
      lines.push({
        type: 'attention',
        step,
        maxRank: measured.map(({ maxRank }) => maxRank.value),
        mass: measured.map(({ mass }) => mass.mean),
        sink: measured.map(({ sink }) => sink.mean),
        collapsedShare: 0.1,
      });
    }
  }
  for (const line of lines)
    if ('tokensPerSecond' in line)
      Object.assign(line, { flopsPerSecond: Number(line.tokensPerSecond) * flopsPerToken });
  write(join(folder, 'metrics.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  write(join(folder, 'run.json'), runRecord({ state }));
  const config = `model:\n  layers: ${layers}\ntokensPerStep: ${tokensPerStep}\nseed: 1337\n`;
  write(join(folder, 'config.resolved.yaml'), config);
  write(join(folder, 'config.yaml'), config);
}

/** What a round of a grow job is, in grow.json. */
function contender(name: string, layers: number, loss: number, difference: number | null) {
  return {
    name,
    run: name,
    layers,
    parameters: 1_000_000 + 200_000 * layers,
    tokens: 819_200,
    flops: 819_200 * layers * 5e5,
    loss,
    difference:
      difference === null
        ? null
        : { mean: difference, standardError: 0.0031, upperBound: difference + 0.0055, blocks: 64 },
  };
}

/** Writes a finished grow job: a reference of 12 layers, rounds of 6 and 8, a control; and its analyses if asked for. */
export function writeGrow(folder: string, { analyses = true, hasMaps = true, steps = 200 } = {}): void {
  write(join(folder, 'run.json'), runRecord({ command: ['inheritune', 'grow', '--out', 'runs/grown job'] }));
  write(join(folder, 'config.resolved.yaml'), 'growth: reference\nreferenceTraining:\n  steps: 200\n');
  write(join(folder, 'config.yaml'), '# half of the layers first\nfirst: 6\nadd: 2\n');
  const rounds = [
    { round: 1, layers: 6, loss: 2.8704, difference: 0.0517, matched: false },
    { round: 2, layers: 8, loss: 2.8108, difference: -0.0079, matched: true },
  ];
  write(join(folder, 'grow.json'), {
    version: 1,
    stop: { rule: 'paired', tolerance: 0.01, confidence: 0.95, windows: 1024, block: 16 },
    reference: contender('reference', 12, 2.8187, null),
    referenceLosses: [2.8, 2.83],
    rounds: rounds.map(({ round, layers, loss, difference, matched }) => ({
      ...contender(`round-${round}`, layers, loss, difference),
      round,
      matched,
    })),
    controls: [contender('same-steps-8-layers', 8, 2.8693, 0.0506)],
  });
  writeRun(join(folder, 'reference'), {
    steps,
    every: steps / 10,
    floor: 2.82,
    layers: 12,
    attention: true,
    seed: 11,
  });
  writeRun(join(folder, 'same-steps-8-layers'), {
    steps,
    every: steps / 10,
    floor: 2.87,
    layers: 8,
    seed: 14,
  });
  for (const { round, layers, loss } of rounds) {
    writeRun(join(folder, `round-${round}`), {
      steps,
      every: steps / 10,
      start: 3.6,
      floor: loss,
      layers,
      seed: 11 + round,
    });
    write(join(folder, `round-${round}-start`, 'inheritance.json'), inheritance(layers));
  }
  if (!analyses) return;
  writeAnalysis(join(folder, 'reference'), plausibleAttention({ seed: 5, hasMaps }));
  writeAnalysis(join(folder, 'round-1-start'), plausibleAttention({ layers: 6, seed: 6 }));
  writeAnalysis(join(folder, 'round-1'), plausibleAttention({ layers: 6, seed: 7, collapse: 0.4 }));
  writeAnalysis(join(folder, 'round-2-start'), plausibleAttention({ layers: 8, seed: 8 }));
  writeAnalysis(join(folder, 'round-2'), plausibleAttention({ layers: 8, seed: 9, collapse: 0.4, hasMaps }));
}

/** inheritance.json of the first layers of a reference, the final norm at random. */
export function inheritance(layers: number): object {
  const outside = ['tokenEmbedding', 'positionEmbedding'].map((target) => ({
    target,
    source: target,
    queryFactor: 1,
  }));
  const blocks = Array.from({ length: layers }, (_, layer) =>
    ['attention.queryKeyValue.weight', 'mlp.up.weight'].map((name) => ({
      target: `blocks.${layer}.${name}`,
      source: `blocks.${layer}.${name}`,
      queryFactor: 1,
    })),
  ).flat();
  const norm = { target: 'finalNorm.weight', source: null, queryFactor: 1 };
  return {
    origin: `Layers 0-${layers - 1} of the reference (without finalNorm, seed 1337)`,
    tensors: [...outside, ...blocks, norm],
  };
}

/** A toy.json as upstream's notebook has it: mean rank 45.25 at first, 1 from step 500 on. */
export function toyRecord(): ToyRecord {
  const steps = Array.from({ length: 21 }, (_, index) => Math.min(999, index * 50));
  const rankPerHead = steps.map((step) =>
    Array.from({ length: 8 }, (_, head) =>
      Math.max(1, Math.round((44 + (head % 4)) * Math.exp(-step / (90 + 12 * head)))),
    ),
  );
  const meanRank = rankPerHead.map((ranks) => ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length);
  return toySchema.parse({
    version: 1,
    seed: 42,
    demo1: {
      tokens: 1024,
      hidden: 2048,
      heads: 4,
      batch: 8,
      tau: 0.9,
      ranksBefore: [274, 275, 276, 275],
      ranksAfter: [1, 1, 1, 1],
      meanRanksAfter: [1, 1, 1, 1],
      logitDeviation: 0.031,
    },
    demo2: {
      tokens: 128,
      hidden: 512,
      heads: 8,
      batch: 16,
      tau: 0.9,
      steps,
      meanRank,
      rankPerHead,
      meanOfRanks: meanRank.map((rank) => rank + 2),
      entropy: steps.map((step) => 4.852 - 1.2 * Math.exp(-step / 200)),
      loss: steps.map((step) => 1 + 0.2 * Math.exp(-step / 100)),
    },
  });
}

/** An evaluation file in lm-evaluation-harness's shape. */
export function evaluation(shift = 0): object {
  const score = (value: number, error: number) => ({
    'acc,none': value + shift,
    'acc_stderr,none': error,
    alias: 'x',
  });
  return {
    results: {
      arc_easy: score(0.5038, 0.0103),
      piqa: score(0.667, 0.011),
      hellaswag: { ...score(0.29, 0.0046), 'acc_norm,none': 0.3365 + shift, 'acc_norm_stderr,none': 0.0047 },
      lambada_openai: { ...score(0.399, 0.0068), 'perplexity,none': 20.24 },
      wsc: score(0.3654, 0.0474),
      wikitext: { 'word_perplexity,none': 25.46 },
    },
    'n-samples': { arc_easy: { original: 2376, effective: 2376 }, wsc: { original: 104, effective: 104 } },
  };
}
