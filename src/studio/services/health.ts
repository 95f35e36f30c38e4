/** Answers the questions of `contract/health.ts`. */

import type { HealthEndpoints } from '../contract/index.ts';
import type { Services } from './service.ts';

export const healthServices: Services<HealthEndpoints> = {};
