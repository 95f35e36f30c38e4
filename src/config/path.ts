/** Paths into a configuration, and keys that no JavaScript object can confuse with its own. */

/** Keys of maps and positions in lists, outermost first. */
export type Path = readonly (string | number)[];

const ESCAPE = '\u0000';

/** Keeps a key such as `__proto__` from meaning something to JavaScript. */
export function escapeKey(key: string): string {
  return key === '__proto__' || key.startsWith(ESCAPE) ? `${ESCAPE}${key}` : key;
}

/** The key as the file spells it. */
export function originalKey(key: string): string {
  return key.startsWith(ESCAPE) ? key.slice(1) : key;
}

/**
 * A path as text; keys that are no plain names stand in brackets.
 *
 * @example fieldName(['slices', 1, 'values', 'a b']) // 'slices[1].values["a b"]'
 */
export function fieldName(path: Path): string {
  let name = '';
  for (const part of path) {
    if (typeof part === 'number') name += `[${part}]`;
    else if (/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(part)) name += name === '' ? part : `.${part}`;
    else name += `[${JSON.stringify(originalKey(part))}]`;
  }
  return name === '' ? 'the file' : name;
}
