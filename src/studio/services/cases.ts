/** Answers the questions of `contract/cases.ts`. */

import type { CaseEndpoints } from '../contract/index.ts';
import type { Services } from './service.ts';

export const casesServices: Services<CaseEndpoints> = {};
