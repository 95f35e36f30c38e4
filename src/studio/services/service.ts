/** The shape of whatever answers an endpoint: what its parameters must be, and how it answers. */

import type { ZodType } from 'zod';
import type { Answer, EndpointName, Endpoints, Params } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';

/** Answers one endpoint. */
export interface Service<Name extends EndpointName> {
  /** What the parameters must be; everything else is refused before `answer` is called. Sizes are bounded. */
  readonly params: ZodType<Params<Name>>;
  readonly writes: Endpoints[Name]['writes'];
  /**
   * @throws SlicewiseError for everything that a user can cause; its problems are shown
   */
  answer(params: Params<Name>, session: StudioSession): Promise<Answer<Name>>;
}

/** Services by the names of their endpoints. */
export type Services<Map> = { readonly [Name in keyof Map & EndpointName]: Service<Name> };
