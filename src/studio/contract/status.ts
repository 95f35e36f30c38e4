/** Questions about the studio itself: is the comparison read, what may be asked. */

import type { Endpoint, NoParams } from './endpoint.ts';

/** Where the studio is on its way; everything else is answered only when it is `ready`. */
export type StudioStatus =
  | { readonly state: 'reading'; readonly stage: string; readonly elapsedMs: number }
  | { readonly state: 'failed'; readonly problems: readonly string[] }
  | {
      readonly state: 'ready';
      /** Digest of results and policy: answers to another one do not stand beside this one's. */
      readonly runHash: string;
      /** Version of the program. */
      readonly version: string;
      /** Names of the runs, baseline null for a single run. */
      readonly baseline: string | null;
      readonly candidate: string;
      readonly cases: number;
      /** Whether decisions, tags and queues can be kept: a ledger is configured. */
      readonly ledger: boolean;
      /** The configuration that policies and slices are written to; null without one. */
      readonly configFile: string | null;
      /** Whether answers of classes stand beside true labels. */
      readonly classes: boolean;
      /** Arguments that repeat the comparison on the command line. */
      readonly inputs: string;
    };

export interface StatusEndpoints {
  readonly status: Endpoint<NoParams, StudioStatus>;
  /** Reads the comparison anew, such as after `failed`; ask `status` until it is read. */
  readonly reopen: Endpoint<NoParams, { readonly opening: boolean }, true>;
}
