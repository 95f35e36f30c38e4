/** Answers the questions of `contract/policy.ts`. */

import type { PolicyEndpoints } from '../contract/index.ts';
import type { Services } from './service.ts';

export const policyServices: Services<PolicyEndpoints> = {};
