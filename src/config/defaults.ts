/** The default policy; every number is printed in reports and documented in docs/guide/configuration.md. */

import type { Config, Policy } from './types.ts';

export const DEFAULT_POLICY: Policy = {
  floor: null,
  margin: 0.05,
  minCases: 20,
  blockBudget: 0.05,
  reviewBudget: 0.25,
  floorShare: 0.2,
  criticalShare: 0.8,
  multiplicity: 'min-p',
  errors: 'fail',
  errorBudget: 0.05,
  unmatchedBudget: 0.01,
  requireEvidence: false,
  allowChanged: [],
  confirmation: null,
  looks: 'fixed',
  churn: 'nominate',
  maxBaselineAgeDays: null,
  level: 0.95,
  resamples: 10_000,
  seed: 20_250_101,
};

/**
 * The confirmation stage where the policy declares one: two fifths of the block budget for direct blocks (.02 of .05), the
 * rest for the confirmation (.03), and nomination at mid-p .10.
 */
export function defaultConfirmation(blockBudget: number): {
  readonly directBudget: number;
  readonly confirmBudget: number;
  readonly nominateMidP: number;
} {
  if (blockBudget === 0.05) return { directBudget: 0.02, confirmBudget: 0.03, nominateMidP: 0.1 };
  const directBudget = (blockBudget * 2) / 5;
  return { directBudget, confirmBudget: blockBudget - directBudget, nominateMidP: 0.1 };
}

/** Outcome files of a run name that a ledger keeps unless told. */
export const DEFAULT_KEEP_RUNS = 50;

/** What holds where neither a file nor a flag says anything. */
export const EMPTY_CONFIG: Config = {
  file: null,
  inputs: {
    runs: { baseline: null, candidate: null, rerun: null },
    train: [],
    trainBaseline: [],
    fewShot: [],
    logs: [],
    labels: [],
    judgeGold: [],
    releases: [],
    prompts: [],
    lineage: [],
    experiments: [],
  },
  columns: { both: {}, baseline: {}, candidate: {} },
  slices: [],
  metrics: [],
  policy: DEFAULT_POLICY,
  waivers: null,
  ledger: null,
  notes: [],
};
