// A grow job in a process of its own, for tests that kill it: `grow-child.ts FOLDER`, every line on stdout.

import { writeSync } from 'node:fs';
import { grow } from '../../src/inherit/grow.ts';
import { listen, tinyGrow } from './rig.ts';

const [folder = ''] = process.argv.slice(2);
process.chdir(folder); // paths in model cards are then the same in every folder
const { context } = listen((line) => writeSync(1, `${line}\n`));
await grow({ ...tinyGrow('.'), tokens: '../tokens' }, context);
