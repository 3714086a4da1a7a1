// A model by a path or by its name on the hub: the folder it is in, fetched when it is nowhere.

import { exists } from '../run/atomic.ts';
import type { JobConsole } from '../run/console.ts';
import { silentConsole } from '../run/console.ts';
import { errorLine, failure } from '../run/failure.ts';
import { cachedSnapshot, isWholeModel } from './cache.ts';
import { fetchModel, notCached } from './fetch.ts';
import { parseModelName } from './names.ts';
import { hubSettings } from './settings.ts';
import type { HubSettings } from './settings.ts';

/**
 * The folder of a model: the path itself where there is something, else the snapshot of ORG/NAME[@REVISION], from the
 * cache where it is whole (no request is made then: `fetchModel` asks for newer ones), else fetched.
 *
 * @throws Error  with exit code 65 when it is neither, 69 when the network fails or HF_HUB_OFFLINE forbids it
 */
export async function resolveModel(
  nameOrFolder: string,
  { console = silentConsole, settings }: { console?: JobConsole; settings?: HubSettings } = {},
): Promise<string> {
  if (await exists(nameOrFolder)) return nameOrFolder;
  const model = parseModelName(nameOrFolder);
  if (!model)
    throw failure(
      'data',
      `${nameOrFolder}: no such folder, and no name of the hub, which are ORG/NAME or ORG/NAME@REVISION`,
    );
  const known = settings ?? (await hubSettings());
  const cached = await cachedSnapshot(known.cache, model);
  if (cached && (await isWholeModel(cached))) return cached;
  try {
    if (known.offline) throw notCached(model, known);
    return await fetchModel({ model: nameOrFolder }, { console, settings: known });
  } catch (error) {
    // The cause has the exit code.
    throw new Error(`${nameOrFolder}: no such folder here; as a model of the hub: ${errorLine(error)}`, {
      cause: error,
    });
  }
}
