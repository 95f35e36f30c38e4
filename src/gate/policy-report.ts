/** The policy as it was used, complete enough to repeat the gate. */

import type { Config } from '../config/index.ts';
import type { Scope } from '../scope/index.ts';
import type { Budgets } from './budgets.ts';
import type { PolicyReport } from './report.ts';

/** Copies the policy and says in words which error it controls. */
export function policyReport(
  config: Config,
  scope: Scope,
  budgets: Budgets,
  adjustment: string,
): PolicyReport {
  const { policy } = config;
  return {
    margin: policy.margin,
    floor: policy.floor,
    minCases: policy.minCases,
    blockBudget: policy.blockBudget,
    reviewBudget: policy.reviewBudget,
    budgets: { critical: budgets.critical, other: budgets.other, floors: budgets.floors },
    multiplicity: adjustment === '' ? policy.multiplicity : adjustment,
    controls: controls(config),
    errors: policy.errors,
    errorBudget: policy.errorBudget,
    unmatchedBudget: policy.unmatchedBudget,
    requireEvidence: policy.requireEvidence,
    allowChanged: policy.allowChanged,
    confirmation: policy.confirmation,
    looks: policy.looks,
    churn: policy.churn,
    level: policy.level,
    resamples: policy.resamples,
    seed: policy.seed,
    dimensions: scope.groupings.filter(({ role }) => role === 'gated').map(({ dimension }) => dimension),
    dimensionsFrom: scope.from,
    configFile: config.file,
  };
}

/**
 * Only what holds under this policy: nominees of a second stage, and a block by the churn model, have no such bound.
 * Always-valid values are combined by Holm, whatever else is configured.
 */
function controls({ policy, inputs }: Config): string {
  const { blockBudget, reviewBudget, confirmation, looks } = policy;
  const byChurn = policy.churn === 'block' && inputs.runs.rerun !== null;
  const beside = byChurn ? '; blocks by the churn of the rerun lean on a model and come on top' : '';
  switch (looks === 'always-valid' ? 'holm' : policy.multiplicity) {
    case 'bh':
    case 'by':
      return `false discovery rate of the slices named, not the share of releases that block${beside}`;
    case 'none':
      return `no error over all slices: each is tested on its own${beside}`;
    default: {
      const error = looks === 'always-valid' ? 'family-wise error at every look' : 'family-wise error';
      const blocks = `${error}: of unchanged releases at most ${percent(blockBudget)} BLOCK`;
      if (confirmation === null) return `${blocks}, ${percent(reviewBudget)} BLOCK or REVIEW${beside}`;
      const { directBudget, confirmBudget } = confirmation;
      return `${blocks}, ${percent(directBudget)} directly and ${percent(confirmBudget)} on fresh cases; nominees for them have no budget${beside}`;
    }
  }
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`;
}
