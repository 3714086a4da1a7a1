// Errors that are the world's fault, with the exit code the process should end with. Prints nothing, ends nothing.

import { plainLine } from './format.ts';

/** Why a process ends, as one word. */
export type ExitName = 'usage' | 'data' | 'network' | 'internal' | 'locked' | 'disk' | 'stopped' | 'numerics';

/** The process exit codes; the first four after BSD's sysexits.h. A second signal leaves with 128 + its number. */
export const exitCodes: Readonly<Record<ExitName, number>> = {
  usage: 64,
  data: 65,
  network: 69,
  internal: 70,
  locked: 73,
  disk: 74,
  stopped: 75,
  numerics: 76,
};

/**
 * An error with the exit code it asks for.
 *
 * @param message  one line: `WHERE: what was expected, what was found; what to do`
 */
export function failure(exit: ExitName, message: string, options: { cause?: unknown } = {}): Error {
  const error = new Error(message, options);
  Object.defineProperty(error, 'exitCode', { value: exitCodes[exit] });
  return error;
}

/** An error that another thread told of, with its exit code. */
export function failureOfCode(exitCode: number, message: string): Error {
  return Object.defineProperty(new Error(message), 'exitCode', { value: exitCode });
}

/**
 * The exit code an error asks for: its own, its system error code's, that of its cause, else 70.
 * A RangeError of ours is the caller's mistake (64); V8's own (stack, string and array lengths) are not.
 */
export function exitCodeOf(error: unknown): number {
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 8;
    current = current.cause, depth += 1
  ) {
    if ('exitCode' in current && typeof current.exitCode === 'number') return current.exitCode;
    const code = systemCode(current);
    const exit = code === null ? undefined : exitOfSystemCode.get(code);
    if (exit) return exitCodes[exit];
    if (current instanceof RangeError && code === null && !engineLimits.test(current.message))
      return exitCodes.usage;
  }
  return exitCodes.internal;
}

/** What to print of an error: one line, without control characters. */
export function errorLine(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return plainLine(text).trim();
}

/** The system's name of an error (ENOSPC, ENOENT ...), or null. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return error.code;
}

const exitOfSystemCode: ReadonlyMap<string, ExitName> = new Map<string, ExitName>([
  ...['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'].map((code): [string, ExitName] => [code, 'disk']),
  ...['EACCES', 'EROFS', 'EPERM'].map((code): [string, ExitName] => [code, 'locked']),
  ...['ENOENT', 'ENOTDIR', 'EISDIR'].map((code): [string, ExitName] => [code, 'data']),
  ...['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT'].map((code): [string, ExitName] => [
    code,
    'network',
  ]),
]);

const engineLimits =
  /^(Maximum call stack|Invalid (string|array|typed array|array buffer) length|Array buffer allocation)/;
