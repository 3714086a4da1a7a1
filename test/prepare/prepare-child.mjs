// Prepares in a process of its own, to be killed: node test/prepare/prepare-child.mjs OPTIONS GROUP_BYTES. Needs dist/.

import { prepare } from '../../dist/prepare/prepare.js';

const [options = '', groupBytes = ''] = process.argv.slice(2);
await prepare(JSON.parse(options), {}, { groupBytes: Number(groupBytes) });
