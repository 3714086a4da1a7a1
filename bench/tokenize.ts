// bench:tokenize: GPT-2 ids of real text on one core, ours beside tiktoken's encode_ordinary and gpt-tokenizer, each in a process
// of its own, in turns; the ids of all are compared on the whole text.
//
//   npm run bench:tokenize [-- --text GLOB,... --python .venv/bin/python --rounds 3]
//
// Needs a Python with tiktoken: npm run test:oracle makes .venv. The text's default lies beside the checkout, not in it.

import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { table } from '../src/run/format.ts';
import { planUnits } from '../src/sources/plan.ts';
import { readUnit } from '../src/sources/read.ts';
import { gpt2Tokenizer } from '../src/tokenizers/gpt2-tokenizer.ts';
import { startPeer } from './peer.ts';

/** What a process says of one pass over the text. */
interface Answer {
  /** Wall clock, and the processor time of the encoding thread: on a machine with other work only the second says something. */
  wallMs: number;
  cpuMs: number;
  ids: number;
}

interface Pass extends Answer {
  hash: string;
}

const { values } = parseArgs({
  options: {
    text: { type: 'string', default: '../shared/corpora/{enwiki*,standardebooks,openstax*}/train.jsonl.*' },
    python: { type: 'string', default: process.env.INHERITUNE_ORACLE_PYTHON ?? '.venv/bin/python' },
    rounds: { type: 'string', default: '3' },
    'gpt-tokenizer': { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const folder = mkdtempSync(join(tmpdir(), 'inheritune-tokenize-'));
try {
  const documents = await collect(values.text.split(/,(?![^{]*\})/), folder);
  for (const [name, text] of (await gpt2Tokenizer()).files()) writeFileSync(join(folder, name), text);
  const megabytes = documents.bytes / 1e6;
  console.log(
    `${documents.count} documents, ${megabytes.toFixed(1)} MB of text; ${cpus()[0]?.model ?? ''}, load ${loadavg()[0]?.toFixed(1)}`,
  );
  const javascript = (name: string): [string, ...string[]] => [
    process.execPath,
    '--import',
    './tools/typescript.mjs',
    'bench/tokenize-process.ts',
    name,
    folder,
  ];
  const peers: [name: string, command: [string, ...string[]]][] = [
    ['inheritune', javascript('inheritune')],
    ['tiktoken', [values.python, 'bench/peer_tokenize.py', folder]],
    ...(values['gpt-tokenizer']
      ? [['gpt-tokenizer', javascript('gpt-tokenizer')] as [string, [string, ...string[]]]]
      : []),
  ];
  const best = new Map<string, Pass>();
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [name, command] of peers) {
      const isSlow = name === 'gpt-tokenizer';
      if (isSlow && round > 0) continue;
      const peer = startPeer(name, command); // a new process: nothing is remembered
      for (const pass of ['text seen once', 'the same text again']) {
        if (isSlow && pass !== 'text seen once') continue;
        const answer = await peer.ask<Answer>({ cmd: 'encode' });
        const hash = createHash('sha256')
          .update(readFileSync(join(folder, `${name}.ids`)))
          .digest('hex');
        const key = `${name}, ${pass}`;
        const known = best.get(key);
        if (!known || answer.cpuMs < known.cpuMs) best.set(key, { ...answer, hash });
        console.log(
          `round ${round + 1}: ${key}: ${answer.wallMs.toFixed(0)} ms, processor ${answer.cpuMs.toFixed(0)} ms`,
        );
      }
      await peer.end();
    }
  }
  const reference = best.get('tiktoken, text seen once');
  const rows = [...best].map(([name, { cpuMs, wallMs, ids, hash }]) => [
    name,
    (documents.bytes / wallMs / 1e3).toFixed(1),
    (documents.bytes / cpuMs / 1e3).toFixed(1),
    `${((reference?.cpuMs ?? NaN) / cpuMs).toFixed(1)}x`,
    `${ids}`,
    hash === reference?.hash ? 'equal' : 'differ',
  ]);
  const head = [
    'best of its rounds',
    'MB/s, clock',
    'MB/s, processor',
    'over tiktoken',
    'ids',
    "tiktoken's ids",
  ];
  console.log(`\n${table([head, ...rows])}`);
} finally {
  rmSync(folder, { recursive: true });
}

/** All documents into FOLDER/text, and where each ends into FOLDER/ends (32-bit numbers). */
async function collect(sources: string[], target: string): Promise<{ count: number; bytes: number }> {
  const texts: Uint8Array[] = [];
  const ends: number[] = [];
  let bytes = 0;
  for (const unit of (await planUnits(sources)).units) {
    for await (const batch of readUnit(unit)) {
      texts.push(batch.text.slice());
      for (const end of batch.ends) ends.push(bytes + end);
      bytes += batch.text.length;
    }
  }
  writeFileSync(join(target, 'text'), Buffer.concat(texts));
  writeFileSync(join(target, 'ends'), Uint32Array.from(ends));
  return { count: ends.length, bytes };
}
