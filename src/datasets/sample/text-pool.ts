/** Keeps the texts of so many rows, drawn by their own numbers, in bounded memory. */

import { permanentNumber } from '../../sampling/index.ts';
import { MOST_DISTANCES } from './distances.ts';

const CHARACTERS = 2_000;

/** A growing sample of texts. */
export interface TextPool {
  /** @param key what the row is called, so that the choice does not depend on the order of rows */
  add(row: number, key: string, text: string): void;
  /** The texts that are kept, by position in a list of rows. */
  at(rows: readonly number[]): ReadonlyMap<number, string>;
}

/** An empty pool of at most `MOST_DISTANCES` texts. */
export function createTextPool(seed: number): TextPool {
  let kept: { readonly row: number; readonly number: number; readonly text: string }[] = [];
  let limit = Number.POSITIVE_INFINITY;
  const shrink = (): void => {
    kept = kept.toSorted((a, b) => a.number - b.number).slice(0, MOST_DISTANCES);
    limit = kept.length === MOST_DISTANCES ? kept.at(-1)!.number : limit;
  };
  return {
    add(row, key, text) {
      const number = permanentNumber(seed, 'distances', key);
      if (number > limit) return;
      kept.push({ row, number, text: text.slice(0, CHARACTERS) });
      if (kept.length >= 2 * MOST_DISTANCES) shrink();
    },
    at(rows) {
      shrink();
      const texts = new Map(kept.map(({ row, text }) => [row, text]));
      return new Map(
        rows.flatMap((row, position) => {
          const text = texts.get(row);
          return text === undefined ? [] : [[position, text] as const];
        }),
      );
    },
  };
}
