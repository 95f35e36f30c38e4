/** Answers the questions of `contract/work.ts`. */

import type { WorkEndpoints } from '../contract/index.ts';
import type { Services } from './service.ts';

export const workServices: Services<WorkEndpoints> = {};
