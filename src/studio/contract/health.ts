/** Questions about data health: overlap, coverage, label suspects. */

export type HealthEndpoints = {};
