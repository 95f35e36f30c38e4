/** What a text is compared by: runs of n words, or of n characters. */

/** `word` 3: every run of three words; `char` 5: every run of five code points. */
export interface GramKind {
  readonly unit: 'word' | 'char';
  /** From 1 to 64. */
  readonly n: number;
}

/** Longest run that makes sense of either unit. */
const LONGEST = 64;

/**
 * A kind by its name.
 *
 * @returns null where the name means none
 * @example readGramKind('word3') // { unit: 'word', n: 3 }
 */
export function readGramKind(name: string): GramKind | null {
  const parts = /^(word|char)([1-9][0-9]?)$/.exec(name);
  const n = Number(parts?.[2]);
  if (parts === null || n > LONGEST) return null;
  return { unit: parts[1] as GramKind['unit'], n };
}

/** The name of a kind: `word3`. */
export function gramName({ unit, n }: GramKind): string {
  return `${unit}${n}`;
}

/** A kind in words: `runs of 3 words`. */
export function gramWords({ unit, n }: GramKind): string {
  const noun = unit === 'word' ? 'word' : 'character';
  return n === 1 ? `single ${noun}s` : `runs of ${n} ${noun}s`;
}
