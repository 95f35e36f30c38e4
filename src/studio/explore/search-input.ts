/** The cases of the page as the searches of discovery take them: their dimensions but the outcome, which explains itself. */

import type { AsideCases } from './aside-jobs.ts';
import type { ExploreCases } from './explore-cases.ts';

/** Dimensions of the page without the outcome. */
export interface SearchedDimensions {
  readonly cases: AsideCases;
  /** Place of each column among the dimensions of the page. */
  readonly dimensionOf: readonly number[];
}

/** The same codes, so that rows and values are those of the page. */
export function searchedDimensions({
  coded,
  columns,
  placeOf,
  metric,
  shape,
}: ExploreCases): SearchedDimensions {
  const places = placeOf.flatMap((place, dimension) => (place === null ? [] : [{ place, dimension }]));
  const own = places.map(({ place }) => columns[place]!);
  return {
    cases: { coded: { ...coded, columns: [] }, columns: own, metric, paired: shape.paired },
    dimensionOf: places.map(({ dimension }) => dimension),
  };
}
