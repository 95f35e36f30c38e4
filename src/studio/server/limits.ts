/** How much the server takes from whom; far more than people and their browsers need. */

import type { BucketRule } from './token-bucket.ts';

export const LIMITS = {
  /** Bytes of a body. */
  body: 256 * 1024,
  /** Bytes of a form with a password. */
  form: 8 * 1024,
  /** Characters of the parameters in an address. */
  query: 32 * 1024,
  /** Bytes of all headers, the address among them; a percent sign takes three bytes for one. */
  headers: 128 * 1024,
  /** Questions that are answered at the same time. */
  concurrent: 64,
  /** Milliseconds after which a question gets an answer, even if that is to ask again. */
  answerMs: 120_000,
} as const;

/** Requests of somebody at this machine, and of somebody elsewhere. */
export const RATES: Readonly<Record<'here' | 'elsewhere', BucketRule>> = {
  here: { burst: 1000, perSecond: 300 },
  elsewhere: { burst: 200, perSecond: 40 },
};

/** Passwords and tokens that were wrong, per client and of all clients together. */
export const GUESSES: Readonly<Record<'here' | 'elsewhere' | 'all', BucketRule>> = {
  here: { burst: 60, perSecond: 1 },
  elsewhere: { burst: 8, perSecond: 1 / 15 },
  all: { burst: 60, perSecond: 1 },
};
