/** Answers the questions of `contract/runs.ts`. */

import type { RunEndpoints } from '../contract/index.ts';
import type { Services } from './service.ts';

export const runsServices: Services<RunEndpoints> = {};
