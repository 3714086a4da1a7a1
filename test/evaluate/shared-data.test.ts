// Prompts and metrics over the real data of ../shared/evaldata against lm-eval 0.4.12's own (skips without ../shared).

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { prepareTasks } from '../../src/evaluate/prepare.ts';
import type { PreparedTask } from '../../src/evaluate/task.ts';

const dataDir = '../shared/evaldata';
const goldenFile = `${dataDir}/golden/lm_eval_0.4.12.json`;
const haveShared = existsSync(goldenFile);

interface GoldenTask {
  version: number;
  num_fewshot: number;
  docs: number;
  requests: number;
  requests_sha256: string;
  dummy: Record<string, number | string>;
}
interface Golden {
  tasks: Record<string, GoldenTask>;
  groups: Record<string, Record<string, number>>;
}
const golden: Golden = haveShared
  ? (JSON.parse(readFileSync(goldenFile, 'utf8')) as Golden)
  : { tasks: {}, groups: {} };

/** sha256 of json.dumps of all requests, non-ASCII escaped, without spaces. */
function requestsHash({ items }: PreparedTask): string {
  const list = items.flatMap(({ requests }) =>
    requests.map((request) =>
      request.kind === 'rolling' ? [request.text] : [request.context, request.continuation],
    ),
  );
  const ascii = JSON.stringify(list).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return createHash('sha256').update(ascii.replaceAll('\\u007f', '\u007f')).digest('hex');
}

describe.skipIf(!haveShared)('real data (skips without ../shared)', () => {
  const names = Object.entries(golden.tasks).map(([name]) => name);

  test.each(names.filter((name) => !name.startsWith('mmlu_')))('%s: requests', async (name) => {
    const { tasks } = await prepareTasks([name], { dataDir });
    expectGolden(tasks[0]);
  });

  test('mmlu with 5 examples: requests of the 57 subjects', async () => {
    const { tasks } = await prepareTasks(['mmlu'], { dataDir, shots: 5 });
    expect(tasks.length).toBe(57);
    for (const task of tasks) expectGolden(task);
  });

  function expectGolden(task: PreparedTask | undefined): void {
    if (!task) throw new Error('no task');
    const expected = golden.tasks[task.name];
    expect(task.items.length).toBe(expected?.docs);
    expect(task.items.flatMap(({ requests }) => requests).length).toBe(expected?.requests);
    expect([task.name, task.version, task.shots]).toEqual([
      task.name,
      expected?.version,
      expected?.num_fewshot,
    ]);
    expect([task.name, requestsHash(task)]).toEqual([task.name, expected?.requests_sha256]);
  }
});
