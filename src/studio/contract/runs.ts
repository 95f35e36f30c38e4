/** Questions about recorded runs, trends, experiments. */

export type RunEndpoints = {};
