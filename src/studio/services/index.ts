/** Who answers which question: the one registry of services. */

import type { EndpointName } from '../contract/index.ts';
import { casesServices } from './cases.ts';
import { classesServices } from './classes.ts';
import { exploreServices } from './explore.ts';
import { healthServices } from './health.ts';
import { policyServices } from './policy.ts';
import { releaseServices } from './release.ts';
import { runsServices } from './runs.ts';
import type { Service } from './service.ts';
import { statusServices } from './status.ts';
import { workServices } from './work.ts';

export const SERVICES: { readonly [Name in EndpointName]: Service<Name> } = {
  ...statusServices,
  ...releaseServices,
  ...exploreServices,
  ...casesServices,
  ...workServices,
  ...classesServices,
  ...runsServices,
  ...healthServices,
  ...policyServices,
};
