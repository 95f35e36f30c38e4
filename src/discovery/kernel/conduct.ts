/** How a search is carried out: a matter of time only. */

import type { Method } from './cost.ts';

/** For tests and benches: how a search is carried out, which its result does not depend on. */
export interface Conduct {
  readonly method?: Method;
  /** Row visits (rows times column subsets) from which on threads are started. */
  readonly worthThreads?: number;
  /** Whether to wait until all threads have started. */
  readonly awaitThreads?: boolean;
  readonly fold?: boolean;
}
