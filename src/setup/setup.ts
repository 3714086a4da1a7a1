// JOB setup: libtorch and the built addons, found or made. Nothing to do takes a fraction of a second.

import { storeFolder } from '../run/store.ts';
import { type BuiltAddon, buildAddon } from './addon.ts';
import { findLibtorch, type Libtorch } from './libtorch.ts';

/** What set-up found or made. */
export interface SetupResult {
  libtorch: Libtorch;
  addon: BuiltAddon;
}

/** Options of setup. */
export interface SetupOptions {
  /** Takes each line of progress. */
  say?: (line: string) => void;
  /** Folder for libtorch and the addons. */
  store?: string;
}

/**
 * Makes the engine ready: finds or fetches libtorch and compiles the addons where that was not done yet.
 *
 * @throws Error  saying what to install, with the exit code to end with
 */
export async function setup({
  say = () => {},
  store = storeFolder(),
}: SetupOptions = {}): Promise<SetupResult> {
  const libtorch = await findLibtorch({ store, say });
  say(libtorchLine(libtorch));
  return { libtorch, addon: await buildAddon(libtorch, { store, say }) };
}

/** One line on where libtorch is. */
export function libtorchLine({ folder, version, cuda, source }: Libtorch): string {
  const places = { LIBTORCH: 'from LIBTORCH', python: "the active Python's torch", store: 'our own copy' };
  return `libtorch ${version}${cuda ? ` (CUDA ${cuda})` : ''}: ${folder} (${places[source]})`;
}
