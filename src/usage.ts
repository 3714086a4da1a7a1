// Words for a mistake on the command line: commander's messages, turned into the form of all our errors.

/**
 * One line for a message of commander's: `--learning-rat: unknown option; did you mean --learning-rate?`
 *
 * @param message  e.g. "error: unknown option '--learning-rat'\n(Did you mean --learning-rate?)"
 */
export function usageLine(message: string): string {
  const [said = '', ...hints] = message
    .replace(/^error: /, '')
    .replace(/\.$/, '')
    .split('\n');
  const [, what, name] =
    /^(unknown option|unknown command|missing required argument) '(.+)'$/.exec(said) ?? [];
  const line = what === undefined || name === undefined ? said : `${name}: ${what}`;
  const hint = hints.join(' ').replace(/^\(Did you mean (.+)\?\)$/, 'did you mean $1?');
  return hint ? `${line}; ${hint}` : `${line}; see inheritune --help`;
}
