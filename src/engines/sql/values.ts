/** What text means, in SQL: the same numbers, words, hashes and lists as `slices/attribute.ts` and `engines/cell.ts`. */

import { NUMBER_PATTERN } from '../../cases/index.ts';
import { WORD_PATTERN } from '../../slices/index.ts';
import { TAG_ESCAPES } from '../cell.ts';
import { textLiteral } from './literal.ts';

/** The number that a text spells, else NULL (`parseDecimal`). */
export function numberOf(text: string): string {
  const value = `TRY_CAST(${text} AS DOUBLE)`;
  const finite = `CASE WHEN isfinite(${value}) THEN ${value} + 0 END`;
  const matches = `CASE WHEN regexp_full_match(${text}, ${textLiteral(NUMBER_PATTERN)}) THEN ${finite} END`;
  // A number begins with a sign, a point or a digit; CASE looks at no other text further.
  return `CASE WHEN ${text} >= '+' AND ${text} < ':' THEN ${matches} END`;
}

/** Code points of a text (`characterCount`). */
export function charactersOf(text: string): string {
  return `length(${text})`;
}

/** Words of a text (`wordCount`). */
export function wordsOf(text: string): string {
  return `len(regexp_extract_all(${text}, ${textLiteral(WORD_PATTERN)}))`;
}

/** A canonical list as one text (`cellText`). */
export function listText(list: string): string {
  let tag = 'tag';
  for (const [found, written] of TAG_ESCAPES) {
    tag = `replace(${tag}, ${textLiteral(found)}, ${textLiteral(written)})`;
  }
  const joined = `array_to_string(list_transform(${list}, lambda tag: '"' || ${tag} || '"'), ',')`;
  return `CASE WHEN len(${list}) = 1 THEN ${list}[1] WHEN ${list} IS NOT NULL THEN '[' || coalesce(${joined}, '') || ']' END`;
}

/** Whether a text is a hash that stands for another text (`isHashedText`). */
export function isHashed(text: string): string {
  return `CASE WHEN starts_with(${text}, 'sha256:') THEN regexp_full_match(${text}, 'sha256:[0-9a-f]{64}') ELSE FALSE END`;
}

/** A text as its hash (`hashedText`). */
export function hashed(text: string): string {
  return `CASE WHEN ${isHashed(text)} THEN ${text} ELSE 'sha256:' || sha256(${text}) END`;
}

/** A list as a set: distinct tags in UTF-8 byte order. */
export function canonicalList(list: string): string {
  return `list_sort(list_distinct(${list}))`;
}
