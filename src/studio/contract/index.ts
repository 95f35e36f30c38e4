/** Everything that the front end may ask the studio, by name. The one border between `src` and `web`. */

import type { CaseEndpoints } from './cases.ts';
import type { ClassEndpoints } from './classes.ts';
import type { ExploreEndpoints } from './explore.ts';
import type { HealthEndpoints } from './health.ts';
import type { PolicyEndpoints } from './policy.ts';
import type { ReleaseEndpoints } from './release.ts';
import type { RunEndpoints } from './runs.ts';
import type { StatusEndpoints } from './status.ts';
import type { WorkEndpoints } from './work.ts';

export type * from './cases.ts';
export type * from './classes.ts';
export type { Endpoint, Failure, NoParams } from './endpoint.ts';
export type * from './explore.ts';
export type * from './explore-finds.ts';
export type * from './explore-selection.ts';
export type * from './health.ts';
export type * from './overlap.ts';
export type * from './policy.ts';
export type * from './release.ts';
export type * from './review.ts';
export type * from './runs.ts';
export type * from './status.ts';
export type * from './thresholds.ts';
export type * from './traces.ts';
export type * from './work.ts';

export interface Endpoints
  extends StatusEndpoints,
    ReleaseEndpoints,
    ExploreEndpoints,
    CaseEndpoints,
    WorkEndpoints,
    ClassEndpoints,
    RunEndpoints,
    HealthEndpoints,
    PolicyEndpoints {}

export type EndpointName = keyof Endpoints;
export type Params<Name extends EndpointName> = Endpoints[Name]['params'];
export type Answer<Name extends EndpointName> = Endpoints[Name]['answer'];
/** Endpoints that change something, and those that only look. */
export type WriteName = {
  [N in EndpointName]: Endpoints[N]['writes'] extends true ? N : never;
}[EndpointName];
export type ReadName = Exclude<EndpointName, WriteName>;
