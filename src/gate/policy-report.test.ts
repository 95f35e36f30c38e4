/** What the report says of the error that is controlled must hold under the policy that ran. */

import { expect, test } from 'vitest';
import { type Config, DEFAULT_POLICY, EMPTY_CONFIG, type Policy } from '../config/index.ts';
import type { Scope } from '../scope/index.ts';
import { policyReport } from './policy-report.ts';

const scope: Scope = { groupings: [], metrics: [], from: 'none', notes: [] };
const budgets = { delta: 0.05, critical: 0, other: 0.05, floors: 0, review: 0.25 };
const rerun = { files: ['again.jsonl'], run: null };
const confirmation = { casesPerNominee: 150, directBudget: 0.02, confirmBudget: 0.03, nominateMidP: 0.1 };

function controls(policy: Partial<Policy>, withRerun = false): string {
  const config: Config = { ...EMPTY_CONFIG, policy: { ...DEFAULT_POLICY, ...policy } };
  const runs = { ...config.inputs.runs, rerun: withRerun ? rerun : null };
  return policyReport({ ...config, inputs: { ...config.inputs, runs } }, scope, budgets, '').controls;
}

test.each<[string, Partial<Policy>, boolean, string]>([
  [
    'the default',
    {},
    false,
    'family-wise error: of unchanged releases at most 5% BLOCK, 25% BLOCK or REVIEW',
  ],
  [
    'a declared confirmation, which nominates more than the review budget',
    { confirmation },
    false,
    'family-wise error: of unchanged releases at most 5% BLOCK, 2% directly and 3% on fresh cases; nominees for them have no budget',
  ],
  [
    'blocks by churn, which lean on a model',
    { churn: 'block' },
    true,
    'family-wise error: of unchanged releases at most 5% BLOCK, 25% BLOCK or REVIEW; blocks by the churn of the rerun lean on a model and come on top',
  ],
  [
    'churn: block without a rerun',
    { churn: 'block' },
    false,
    'family-wise error: of unchanged releases at most 5% BLOCK, 25% BLOCK or REVIEW',
  ],
  [
    'the always-valid mode, in which Holm combines whatever multiplicity says',
    { looks: 'always-valid', multiplicity: 'bh' },
    false,
    'family-wise error at every look: of unchanged releases at most 5% BLOCK, 25% BLOCK or REVIEW',
  ],
  [
    'a false discovery rate',
    { multiplicity: 'bh' },
    false,
    'false discovery rate of the slices named, not the share of releases that block',
  ],
  ['no correction', { multiplicity: 'none' }, false, 'no error over all slices: each is tested on its own'],
])('%s', (_, policy, withRerun, text) => {
  expect(controls(policy, withRerun)).toBe(text);
});
