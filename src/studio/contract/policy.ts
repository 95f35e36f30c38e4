/** Questions about the policy tuner. */

export type PolicyEndpoints = {};
