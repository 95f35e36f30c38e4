/** Questions about cross-filtered counts over all cases, error tree, found slices. */

export type ExploreEndpoints = {};
