// Builds the addons with AddressSanitizer and runs on them the tests of what is written in C++: the boundary, the kernels, the
// tokenizer. A store of its own, inside the usual one.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot, storeFolder } from '../src/run/store.ts';
import { buildAddon } from '../src/setup/addon.ts';
import { runCommand } from '../src/setup/command.ts';
import { findCompiler } from '../src/setup/compiler.ts';
import { findLibtorch } from '../src/setup/libtorch.ts';

const asked = process.argv.slice(2);
const say = (line: string): void => void process.stderr.write(`asan: ${line}\n`);
const store = join(storeFolder(), 'asan');
const libtorch = await findLibtorch({ store: storeFolder(), say });
await buildAddon(libtorch, { store, say, sanitize: 'address' });

const { program } = await findCompiler();
const runtime = process.platform === 'darwin' ? 'libclang_rt.asan_osx_dynamic.dylib' : 'libasan.so';
const named = await runCommand(program, [`-print-file-name=${runtime}`]);
const preload = named?.stdout.trim() ?? '';
if (!preload.includes('/'))
  throw new Error(`${program}: expected ${runtime}, found none; install the compiler's sanitizers`);

const tests = [
  'test/native/boundary',
  'test/tokenizers/gpt2-native',
  'test/torch/allocator',
  'test/torch/activation-kernels',
  'test/torch/attention-kernel',
  'test/torch/linear-kernel',
  'test/torch/norm-kernel',
  'test/torch/rotary-kernel',
  'test/train/adamw-kernel',
  'test/train/loss',
  'test/model/fused',
  'test/analyze/rank',
];
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--maxWorkers=1', ...(asked.length > 0 ? asked : tests)],
  {
    cwd: packageRoot(),
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      [process.platform === 'darwin' ? 'DYLD_INSERT_LIBRARIES' : 'LD_PRELOAD']: preload,
      // Node and V8 keep what they allocate until the process ends: leaks are for the leak test to find.
      // A request for too much memory fails, as it does without ASan.
      ASAN_OPTIONS: 'detect_leaks=0:allocator_may_return_null=1',
      INHERITUNE_CACHE: store,
    },
  },
);
process.exitCode = status ?? 70;
