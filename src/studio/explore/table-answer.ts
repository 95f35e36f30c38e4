/** The table itself, small enough for a file: the HTML report filters it without a studio behind it. */

import type { ExploreTable } from '../contract/explore.ts';
import type { ExploreCases } from './explore-cases.ts';

/** Cases up to which the table is put into a file. */
export const MOST_EMBEDDED = 50_000;

/** Codes as bytes; too large or too graded a table is said to be so. */
export function tableAnswer({ filtered, outcome, shape, coded }: ExploreCases): ExploreTable {
  const rows = outcome.length;
  const none = (tooLarge: string): ExploreTable => ({ tooLarge, rows, codes: [], outcome: '', outcomes: [] });
  if (rows > MOST_EMBEDDED) {
    return none(`the ${rows} cases are too many for this file, which can hold ${MOST_EMBEDDED}`);
  }
  if (shape.outcomes === null)
    return none('the metric has too many different values to be put into this file');
  if (shape.clustered || coded.weight !== null) {
    return none('intervals of clustered or weighted cases need the results themselves');
  }
  const bytes = (values: Uint8Array | Uint16Array) => Buffer.from(Uint8Array.from(values)).toString('base64');
  return {
    tooLarge: null,
    rows,
    codes: filtered.map(({ codes }) => bytes(codes)),
    outcome: bytes(outcome),
    outcomes: shape.outcomes,
  };
}
