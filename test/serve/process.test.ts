// `inheritune serve` as a user meets it: the compiled command line in a process of its own.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { byteTokenizer } from '../../src/tokenizers/byte-tokenizer.ts';
import { writeModelFolder } from '../../src/model/folder.ts';
import { releaseWeights } from '../../src/model/weights.ts';
import { smallModel } from '../inherit/models.ts';
import { checkLiveTensors } from '../live-tensors.ts';
import { compiledRun } from '../run/child.ts';

checkLiveTensors();
const folder = mkdtempSync(join(tmpdir(), 'inheritune-serve-process-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('says where it listens, answers, and ends with 0 on SIGTERM', async () => {
  const path = join(folder, 'model');
  mkdirSync(path);
  const model = smallModel(3, { layers: 2, vocab: 257, paddedVocab: 320, context: 48 });
  const tokenizerFiles = byteTokenizer().files();
  await writeModelFolder(path, model, { tokenizerFiles, endOfText: 256, card: '# A model\n' });
  releaseWeights(model.weights);

  const cli = join(dirname(compiledRun()), 'cli.js');
  const child = spawn(process.execPath, [cli, 'serve', path, '--port', '0', '--set', 'threads=1']);
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  const ended = once(child, 'exit');
  try {
    while (!said.includes('Ctrl-C')) {
      if (child.exitCode !== null) throw new Error(said);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(said).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/v1\/completions: .*GPT-2 of 2 layers.*tokenizer bytes; Ctrl-C ends it\n$/,
    );
    const [url = ''] = said.split(': ');
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"prompt": "a", "max_tokens": 2}',
    });
    expect(answer.status).toBe(200);
    await answer.text();
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(said).toContain('SIGTERM: finishing what runs');
  } finally {
    child.kill('SIGKILL');
  }
});
