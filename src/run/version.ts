// The version of this package, as its package.json says it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './store.ts';

/** Version of inheritune, e.g. 0.1.0. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8'));
  const version: unknown =
    typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, 'version') : null;
  return typeof version === 'string' ? version : 'unknown';
}
