/** In which order a person reads lost cases: what never flipped before says most, what flips by itself says least. */

import type { FlipMark, Standing } from '../contract/index.ts';

/** What the recorded comparisons of a case say about its loss. */
export function standingOf(history: readonly Pick<FlipMark, 'unchanged' | 'before' | 'after'>[]): Standing {
  if (history.length === 0) return 'new';
  const flips = history.filter(({ before, after }) => before !== after);
  if (flips.length === 0) return 'steady';
  return flips.some(({ unchanged }) => unchanged) ? 'flaky' : 'moved';
}

const ORDER: readonly Standing[] = ['steady', 'new', 'moved', 'flaky'];

interface Placed {
  readonly id: string;
  readonly standing: Standing;
  readonly history: readonly unknown[];
}

/** The cases in reading order; among alike, those with the longer past first, then by id. */
export function inReadingOrder<T extends Placed>(cases: readonly T[]): readonly T[] {
  return cases.toSorted(
    (a, b) =>
      ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing) ||
      b.history.length - a.history.length ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
}
