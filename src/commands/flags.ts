// Flags that commands share.

export const recipeFlag = ['--recipe <file>', 'options from a YAML file'] as const;

export const setFlag = [
  '--set <key=value>',
  'set one option, for example learningRate.peak=1e-3; repeatable',
  collect,
  [] as string[],
] as const;

/** Flags every job with a recipe has. */
export interface RecipeFlags {
  recipe?: string;
  set: string[];
}

/** For flags that may be given more than once. */
export function collect(value: string, before: string[]): string[] {
  return [...before, value];
}
