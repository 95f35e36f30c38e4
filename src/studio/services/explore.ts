/** Answers the questions of `contract/explore.ts`. */

import type { ExploreEndpoints } from '../contract/index.ts';
import type { Services } from './service.ts';

export const exploreServices: Services<ExploreEndpoints> = {};
