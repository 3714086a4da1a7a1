// Prepares in a process of its own, to be killed, or to have no room: node test/prepare/prepare-child.mjs OPTIONS GROUP_BYTES.
// Needs dist/.

import { prepare } from '../../dist/prepare/prepare.js';
import { errorLine, exitCodeOf } from '../../dist/run/failure.js';

const [options = '', groupBytes = ''] = process.argv.slice(2);
try {
  await prepare(JSON.parse(options), {}, { groupBytes: Number(groupBytes) });
} catch (error) {
  console.error(errorLine(error));
  process.exitCode = exitCodeOf(error);
}
