// Commands that look into token folders: data info, data show.

import { Option } from 'commander';
import type { Command } from 'commander';
import type { JobConsole } from '../run/console.ts';
import { failure } from '../run/failure.ts';
import type { StopWatch } from '../run/stop.ts';

interface InfoFlags {
  verify?: boolean;
  json?: boolean;
}

interface ShowFlags {
  document: string;
  split: 'train' | 'val';
  json?: boolean;
}

/** Adds them to the program. */
export function addDataCommands(
  program: Command,
  { console, stop }: { console: JobConsole; stop: StopWatch },
): void {
  const data = program.command('data').description('look into folders of token files');
  data
    .command('info')
    .description('what a token folder holds: tokens, documents, files, tokenizer, sources')
    .argument('<folder>', 'folder made by prepare, or by nanoGPT, llm.c, lit-gpt')
    .option('--verify', 'read every file: hashes, and ids below the vocabulary')
    .option('--json', 'print JSON')
    .action(async (folder: string, { verify, json }: InfoFlags) => {
      stop.dispose(); // nothing to save
      const { dataInfo, dataInfoText } = await import('../data/info.ts');
      const found = await dataInfo({ folder, verify }, { console });
      console.print(json ? JSON.stringify(found, null, 2) : dataInfoText(found));
    });
  data
    .command('show')
    .description('one document: its ids and its text')
    .argument('<folder>', 'a token folder')
    .requiredOption('--document <number>', 'which, from 0')
    .addOption(new Option('--split <name>', 'split to look in').choices(['train', 'val']).default('val'))
    .option('--json', 'print JSON')
    .action(async (folder: string, { json, document, split }: ShowFlags) => {
      stop.dispose();
      const { documentText, showDocument } = await import('../data/show.ts');
      const shown = await showDocument({ folder, split, document: documentNumber(document) }, { console });
      console.print(json ? JSON.stringify(shown, null, 2) : documentText(shown));
    });
}

function documentNumber(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number))
    throw failure('usage', `--document: expected a whole number from 0, got ${text}`);
  return number;
}
