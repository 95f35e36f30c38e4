/** Questions that an HTML report answers by computing, from other answers that it holds. */

import type { Answer, DataSource, Params, ReadName } from './source.ts';

/** Answers one question from what the file holds. @throws AskError where it holds too little */
export type LocalAnswer<Name extends ReadName> = (
  params: Params<Name>,
  source: DataSource,
) => Promise<Answer<Name>>;

/** By name of the endpoint; a question that is not here must be embedded as it stands. */
export const LOCAL_ANSWERS: { readonly [Name in ReadName]?: LocalAnswer<Name> } = {
  // The kernel is loaded when somebody filters.
  'explore-counts': async (params, source) =>
    (await import('../pages/explore/local-counts.ts')).localCounts(params, source),
  'explore-heatmap': async (params, source) =>
    (await import('../pages/explore/local-counts.ts')).localHeatmap(params, source),
};
