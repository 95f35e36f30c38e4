/** The words of the predicate language. */

/** Words that a bare column name cannot be, in any spelling of upper and lower case. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'in',
  'is',
  'contains',
  'matches',
  'missing',
  'true',
  'false',
]);
