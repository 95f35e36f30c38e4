/** The default policy; every number is printed in reports and documented in docs/guide/configuration.md. */

import type { Policy } from './types.ts';

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
