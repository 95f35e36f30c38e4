/** What the readers of single sections share: the file's spelling, places, and the list of problems. */

import type { Problem } from '../errors.ts';
import { fieldName, type Path } from './path.ts';
import type { YamlSource } from './yaml-source.ts';

/** The reading of one file; problems are collected, not thrown. */
export interface Reading {
  readonly source: YamlSource;
  readonly problems: Problem[];
}

/** Adds `<field> <what>` with the place of the value. */
export function report(reading: Reading, path: Path, what: string, hint?: string): void {
  reading.problems.push({
    message: `${fieldName(path)} ${what}`,
    where: reading.source.where(path),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** The texts of a list as the file spells them; null where the key is absent. */
export function textsAt(
  reading: Reading,
  list: readonly unknown[] | null | undefined,
  path: Path,
): readonly string[] {
  return (list ?? []).map((_, index) => reading.source.text([...path, index]));
}

/** Reports every text that stands in a list for a second time. */
export function reportRepeats(reading: Reading, texts: readonly string[], path: Path): void {
  texts.forEach((text, index) => {
    const first = texts.indexOf(text);
    if (first < index)
      report(reading, [...path, index], `is ${JSON.stringify(text)}, as is ${fieldName([...path, first])}`);
  });
}
