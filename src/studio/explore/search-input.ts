/** The cases of the page as the searches of discovery take them: errors in place of values, and two halves. */

import type { DiscoveryInput } from '../../discovery/index.ts';
import { type SearchedCases, searchedCases } from '../../studies/index.ts';
import type { ExploreCases } from './explore-cases.ts';

/** Dimensions of the page without the outcome, which explains itself. */
export interface SearchedDimensions {
  readonly cases: SearchedCases;
  readonly input: DiscoveryInput;
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
  const cases = searchedCases(coded, own, metric, shape.paired, null, false);
  return { cases, input: cases.input, dimensionOf: places.map(({ dimension }) => dimension) };
}
