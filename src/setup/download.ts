// Fetches the CPU build of torch's wheel with pip and unpacks the part that C++ needs. Knows no search order.

import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { failure } from '../run/failure.ts';
import { lastLines, runCommand } from './command.ts';

/** The torch this project is tested with. */
export const libtorchVersion = '2.13.0';

/** Folder of the downloaded libtorch inside the store. */
export const storeName = `torch-${libtorchVersion}+cpu`;

/** PyTorch's public index of CPU builds; asked only when pip's own sources have none. */
const cpuIndex = 'https://download.pytorch.org/whl/cpu';

/** The steps of one download. */
interface DownloadOptions {
  store: string;
  say: (line: string) => void;
  environment: NodeJS.ProcessEnv;
}

/**
 * Puts the CPU build into `store`. The caller holds the set-up lock.
 *
 * @returns what was tried and failed, one line each; empty when it is there
 * @throws failure 74 when the disk is full
 */
export async function downloadLibtorch({ store, say, environment }: DownloadOptions): Promise<string[]> {
  await sweep(store);
  const temporary = join(store, `download-${process.pid}`);
  const partial = join(store, `${storeName}.partial`);
  const tried: string[] = [];
  try {
    for (const { place, requirement, options } of sources()) {
      say(`fetching libtorch: pip download ${requirement} from ${place} (about 200 MB)`);
      await rm(temporary, { recursive: true, force: true });
      await mkdir(temporary, { recursive: true });
      const wheel = await pipDownload(temporary, requirement, options, environment);
      if (wheel.path === null) {
        tried.push(`${place}: ${wheel.reason}`);
        say(`  ${place}: ${wheel.reason}`);
        continue;
      }
      say('unpacking libtorch (0.5 GB)');
      const unpacked = await runCommand('python3', ['-c', unpackWheel, wheel.path, partial], { environment });
      if (unpacked?.code !== 0) {
        const reason = lastLines(unpacked?.stderr ?? 'there is no python3', 1);
        if (/No space left|Disk quota/.test(reason)) {
          throw failure(
            'disk',
            `${store}: expected room for libtorch (about 1 GB), found none left; free some, or set INHERITUNE_CACHE to another disk`,
          );
        }
        tried.push(`${place}: the wheel could not be unpacked: ${reason}`);
        continue;
      }
      await rename(partial, join(store, storeName));
      return [];
    }
    return tried;
  } finally {
    await rm(temporary, { recursive: true, force: true });
    await rm(partial, { recursive: true, force: true });
  }
}

interface Source {
  place: string;
  requirement: string;
  options: string[];
}

/** Linux's plain wheel is a CUDA build that needs packages beside it, so the CPU build is asked for by its full name. */
function sources(): Source[] {
  if (process.platform === 'darwin') {
    return [{ place: "pip's configured sources", requirement: `torch==${libtorchVersion}`, options: [] }];
  }
  const requirement = `torch==${libtorchVersion}+cpu`;
  // Libraries and headers are the same for every Python, so one file serves whatever Python is installed.
  const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const tags = [
    '--platform',
    `manylinux_2_28_${machine}`,
    '--python-version',
    '3.11',
    '--implementation',
    'cp',
    '--abi',
    'cp311',
  ];
  return [
    { place: "pip's configured sources", requirement, options: tags },
    { place: cpuIndex, requirement, options: [...tags, '--index-url', cpuIndex] },
  ];
}

async function pipDownload(
  folder: string,
  requirement: string,
  options: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<{ path: string; reason: '' } | { path: null; reason: string }> {
  const onTerminal = process.stderr.isTTY;
  const args = [
    '-m',
    'pip',
    'download',
    '--disable-pip-version-check',
    '--no-input',
    '--no-deps',
    '--only-binary=:all:',
  ];
  const look = onTerminal ? [] : ['--progress-bar', 'off'];
  const result = await runCommand('python3', [...args, ...look, ...options, '--dest', folder, requirement], {
    environment,
    stream: onTerminal,
  });
  if (result === null)
    return {
      path: null,
      reason: 'there is no python3 (Debian, Ubuntu: apt-get install python3 python3-pip)',
    };
  if (/No module named pip/.test(result.stderr)) {
    return { path: null, reason: 'python3 has no pip (Debian, Ubuntu: apt-get install python3-pip)' };
  }
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (result.code === 0 && wheel !== undefined) return { path: join(folder, wheel), reason: '' };
  const errors = result.stderr.split('\n').filter((line) => line.startsWith('ERROR:'));
  return { path: null, reason: errors.at(-1)?.slice('ERROR:'.length).trim() ?? lastLines(result.stderr, 1) };
}

// Libraries, headers, the version, the licences, and the operator list that tools/ops reads: 0.5 of 0.8 GB. One sync at the end, so that
// the rename that follows never shows a libtorch whose bytes a power cut lost.
const unpackWheel = `
import os, re, shutil, sys, zipfile
wheel, target = sys.argv[1:]
wanted = re.compile(r'torch/(lib|include)/|torch/version\\.py$|torch-[^/]*\\.dist-info/(METADATA$|licenses/|LICENSE|NOTICE)|torchgen/packaged/ATen/native/native_functions\\.yaml$')
shutil.rmtree(target, ignore_errors=True)
with zipfile.ZipFile(wheel) as archive:
    for member in archive.infolist():
        if wanted.match(member.filename):
            archive.extract(member, target)
os.sync()
`;

/** Removes what a killed download left. */
async function sweep(store: string): Promise<void> {
  for (const name of await readdir(store)) {
    if (name.startsWith('download-') || name.endsWith('.partial'))
      await rm(join(store, name), { recursive: true, force: true });
  }
}
