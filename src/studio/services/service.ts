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
  /**
   * What an HTML report holds of this endpoint; nothing without it. Ask for exactly what the page asks, or the page will not find
   * it. Nothing that a reader of the file should not see: names of people, paths of other files.
   */
  embed?(session: StudioSession): Promise<Embedding<Params<Name>>>;
}

/** Questions whose answers go into an HTML report. */
export interface Embedding<P> {
  /** The most wanted first: what does not fit is left out from the end, and the file says how much. */
  readonly asks: readonly P[];
  /** What the answers are about, in the plural, for that statement: `slices in detail`. */
  readonly what: string;
  /** How many there would be, where even the questions are too many to list; `asks.length` unless told. */
  readonly of?: number;
  /** Characters of JSON of the longest answer; longer ones are left out, and those after them are not. No bound of its own unless told. */
  readonly each?: number;
}

/** The embedding of an endpoint that is always asked without parameters. */
export function embedded(what: string): () => Promise<Embedding<Readonly<Record<never, never>>>> {
  return embeds(what, {});
}

/** The embedding of the same few questions in every report. */
export function embeds<P>(what: string, ...asks: readonly P[]): () => Promise<Embedding<P>> {
  return async () => ({ asks, what });
}

/** Services by the names of their endpoints. */
export type Services<Map> = { readonly [Name in keyof Map & EndpointName]: Service<Name> };
