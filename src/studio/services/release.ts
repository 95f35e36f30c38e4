/** Answers the questions of `contract/release.ts`. */

import type { ReleaseEndpoints } from '../contract/index.ts';
import type { Services } from './service.ts';

export const releaseServices: Services<ReleaseEndpoints> = {};
