// The version of this package, as its package.json says it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Version of inheritune, e.g. 0.1.0. */
export function packageVersion(): string {
  const path = join(import.meta.dirname, '..', '..', 'package.json'); // of src/run/ and dist/run/ alike
  const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const version: unknown =
    typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, 'version') : null;
  return typeof version === 'string' ? version : 'unknown';
}
