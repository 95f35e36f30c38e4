/** Short names for rows in tables: a path would make them wider than a screen, and a cut line number would be another line. */

import { foundText } from '../cases/index.ts';

/** A row of a file. */
export interface RowPlaceName {
  readonly file: string;
  readonly line: number;
}

/** How the rows of one table are named. */
export interface RowNames {
  /** `1729` in one file, `2:1729` in several. */
  of(place: RowPlaceName): string;
  /** What the names are of, to stand behind the table's title: `lines of train.csv`, or `1: a.csv, 2: b.csv`. */
  readonly legend: string;
}

/** Files that a legend names. */
const NAMED = 20;

/**
 * Names for rows of these places; files are numbered as they first occur.
 *
 * @example rowNames([{ file: 'a.csv', line: 7 }]).of({ file: 'a.csv', line: 7 }) // '7'
 */
export function rowNames(places: readonly RowPlaceName[]): RowNames {
  const numbers = new Map<string, number>();
  for (const { file } of places) if (!numbers.has(file)) numbers.set(file, numbers.size + 1);
  const files = [...numbers.keys()].map((file) => foundText(file).slice(1, -1));
  if (files.length <= 1)
    return { of: ({ line }) => String(line), legend: `lines of ${files[0] ?? 'no file'}` };
  const named = files.slice(0, NAMED).map((file, at) => `${at + 1}: ${file}`);
  const more = files.length > NAMED ? ` and ${files.length - NAMED} more` : '';
  return { of: ({ file, line }) => `${numbers.get(file)}:${line}`, legend: `${named.join(', ')}${more}` };
}
