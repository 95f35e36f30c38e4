/** Regular expressions of the predicate language: RE2 syntax, the part that every engine reads alike. */

import { createRequire } from 'node:module';

/** Longest accepted pattern, in UTF-16 units. */
export const MAX_PATTERN_LENGTH = 1000;

/** Why a pattern is not accepted, and the offset of the offending part. */
export interface PatternProblem {
  readonly message: string;
  readonly offset: number;
}

/** A compiled pattern. */
export interface Pattern {
  /** Whether the pattern matches anywhere in the text. */
  matches(text: string): boolean;
}

/**
 * Compiles a pattern with RE2's defaults for Perl syntax: case-sensitive, `.` does not match a newline, `^` and `$` are the
 * ends of the text unless `(?m)`, `\d \w \s \b` are ASCII, matching takes linear time.
 *
 * Left out, because engines differ: named groups, `\C`, and property names other than general categories and scripts.
 * What remains differs in two corners: `\p{...}` on characters that the newest Unicode versions added, and hundreds of
 * repeats of a large class (`\pL{500}`), which DuckDB refuses as too large.
 *
 * @example (compilePattern('^re') as Pattern).matches('refund') // true
 * @example compilePattern('a(b') // { message: 'missing closing )', offset: 0 }
 */
export function compilePattern(pattern: string): Pattern | PatternProblem {
  if (pattern.length > MAX_PATTERN_LENGTH) {
    return { message: `longer than ${MAX_PATTERN_LENGTH} characters`, offset: MAX_PATTERN_LENGTH };
  }
  const outside = findUnportable(pattern);
  if (outside !== null) return outside;
  const { RE2JS, RE2JSSyntaxException } = loadRe2();
  try {
    const compiled = RE2JS.compile(pattern);
    return { matches: (text) => compiled.matcher(text).find() };
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    const fragment = error.getPattern() ?? '';
    const at = fragment === '' ? 0 : pattern.indexOf(fragment);
    return { message: error.getDescription(), offset: Math.max(0, at) };
  }
}

let re2: typeof import('re2js') | null = null;

/** Loaded with the first pattern: most runs have none. */
function loadRe2(): typeof import('re2js') {
  re2 ??= createRequire(import.meta.url)('re2js') as typeof import('re2js');
  return re2;
}

/** The first construct that one engine accepts and another does not. */
function findUnportable(pattern: string): PatternProblem | null {
  // Pairs of a backslash and its character are consumed together, so that `\\p` is a backslash and a `p`.
  for (const match of pattern.matchAll(
    /\\Q[\s\S]*?(?:\\E|$)|\\[pP](?:\{\^?([^}]*)\}|([\s\S]))|\\[\s\S]|\(\?P?<(?![=!])/g,
  )) {
    const offset = match.index;
    const property = match[1] ?? match[2];
    if (property !== undefined) {
      if (!isPortableProperty(property)) {
        return { message: `unknown character class \\p{${property}}`, offset };
      }
    } else if (match[0].startsWith('(?')) {
      return { message: 'named groups are not supported, write (?:...)', offset };
    }
  }
  return null;
}

const GENERAL_CATEGORY = /^(?:Any|C[cfo]?|L[ulmto]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?)$/;

function isPortableProperty(name: string): boolean {
  if (GENERAL_CATEGORY.test(name)) return true;
  if (!/^[A-Z][A-Za-z_]*$/.test(name)) return false;
  try {
    new RegExp(`\\p{Script=${name}}`, 'u');
    return name.length > 4 || !/^[A-Z][a-z]{3}$/.test(name) || LONG_FOUR_LETTER_SCRIPTS.has(name);
  } catch {
    return false;
  }
}

/** Scripts whose full name has four letters; every other name of that length is an ISO code, which RE2 does not know. */
const LONG_FOUR_LETTER_SCRIPTS: ReadonlySet<string> = new Set([
  'Ahom',
  'Cham',
  'Kawi',
  'Lisu',
  'Modi',
  'Newa',
  'Thai',
  'Toto',
]);
