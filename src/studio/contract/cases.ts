/** Questions about single cases: search, texts, trials, traces. */

export type CaseEndpoints = {};
