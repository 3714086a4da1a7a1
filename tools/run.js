// Runs `main` of a TypeScript tool, which Node 20 cannot read by itself: node tools/run.js tools/NAME.ts [ARGUMENTS]

import { runnerImport } from 'vite';

const [tool, ...args] = process.argv.slice(2);
if (!tool) throw new Error('usage: node tools/run.js tools/NAME.ts [ARGUMENTS]');
const { module } = await runnerImport(tool, { configFile: false, logLevel: 'error' });
await module.main(args);
