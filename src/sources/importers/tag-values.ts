/** Counts the different values of the columns that cases can be sliced by, in bounded memory. */

import { createHash } from 'node:crypto';
import type { Cell } from '../../cases/index.ts';

/** Different values that are told apart per column. */
export const MOST_VALUES = 1_000;

/** Longer texts are remembered by their digest. */
const LONG_TEXT = 200;

/** A column to slice by. */
export interface TagValues {
  /** Without `tags.` before it. */
  readonly tag: string;
  /** Different values, a list counting as its tags; at most `MOST_VALUES`. */
  readonly values: number;
  /** There are more than were counted. */
  readonly isMore: boolean;
}

/** Takes the tags of one result after the other. */
export interface TagCounter {
  add(tags: Readonly<Record<string, Cell>>): void;
  /** In the order in which the columns were met. */
  summary(): readonly TagValues[];
}

/** A counter that has met nothing. */
export function createTagCounter(): TagCounter {
  const found = new Map<string, Set<string>>();
  return {
    add(tags) {
      for (const [tag, cell] of Object.entries(tags)) {
        const values = found.get(tag) ?? new Set<string>();
        found.set(tag, values);
        // One more than is said shows that there are more.
        for (const value of cell === null ? [] : typeof cell === 'string' ? [cell] : cell)
          if (values.size <= MOST_VALUES) values.add(keyOf(value));
      }
    },
    summary: () =>
      [...found].map(([tag, { size }]) => ({
        tag,
        values: Math.min(size, MOST_VALUES),
        isMore: size > MOST_VALUES,
      })),
  };
}

function keyOf(value: string): string {
  return value.length <= LONG_TEXT ? value : createHash('sha256').update(value).digest('hex');
}
