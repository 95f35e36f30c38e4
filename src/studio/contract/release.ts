/** Questions about verdict, findings and slices of the gated release. */

export type ReleaseEndpoints = {};
