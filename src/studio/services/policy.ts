/** Answers the questions of `contract/policy.ts`. */

import { z } from 'zod';
import type { PolicyEndpoints, PolicySetting } from '../contract/index.ts';
import { policyStart } from '../policy/policy-start.ts';
import { pastReleases, policyTrial } from '../policy/policy-trial.ts';
import { writePolicy } from '../policy/write-policy.ts';
import type { Services } from './service.ts';

/** Most slices that are critical at once. */
const MOST_CRITICAL = 2_000;

const share = z.number().gt(0).lt(1);
const setting = {
  margin: z.number().min(0).max(1e9),
  blockBudget: share,
  reviewBudget: share,
  minCases: z.int().min(1).max(1_000_000_000),
  critical: z.array(z.string().max(20_000)).max(MOST_CRITICAL),
};

/** Whatever blocks is also suspected. */
const consistent = ({ blockBudget, reviewBudget }: PolicySetting) => reviewBudget >= blockBudget;
const CONSISTENT = 'reviewBudget must be at least blockBudget: whatever blocks is also suspected';

export const policyServices: Services<PolicyEndpoints> = {
  policy: {
    params: z.strictObject({}),
    writes: false,
    answer: (_, session) => session.once('policy', () => policyStart(session)),
  },
  'policy-trial': {
    params: z
      .strictObject({ ...setting, releases: z.int().min(10).max(2_000), drop: share })
      .refine(consistent, CONSISTENT),
    writes: false,
    answer: (params, session) => policyTrial(params, session),
  },
  'policy-past': {
    params: z.strictObject(setting).refine(consistent, CONSISTENT),
    writes: false,
    answer: (params, session) => pastReleases(params, session),
  },
  'policy-write': {
    params: z.strictObject(setting).refine(consistent, CONSISTENT),
    writes: true,
    answer: (params, session) => writePolicy(params, session),
  },
};
