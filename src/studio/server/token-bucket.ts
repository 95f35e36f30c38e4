/** Limits how often somebody may ask: a bucket of tokens per client, filled at a steady rate. */

/** How much is allowed. */
export interface BucketRule {
  /** Requests at once. */
  readonly burst: number;
  /** Requests per second in the long run. */
  readonly perSecond: number;
}

/** Counts requests per client. */
export interface TokenBuckets {
  /** Takes one token; false where there is none. */
  take(client: string, nowMs: number): boolean;
  /** Whether there is one, without taking it. */
  has(client: string, nowMs: number): boolean;
}

/** More clients than this are not remembered: the longest unseen are forgotten. */
const MOST_CLIENTS = 10_000;

/**
 * Buckets that begin full.
 *
 * @example
 * const buckets = tokenBuckets({ burst: 2, perSecond: 1 });
 * [buckets.take('a', 0), buckets.take('a', 0), buckets.take('a', 0)] // [true, true, false]
 */
export function tokenBuckets({ burst, perSecond }: BucketRule): TokenBuckets {
  const buckets = new Map<string, { readonly tokens: number; readonly at: number }>();
  const fill = (client: string, nowMs: number): number => {
    const known = buckets.get(client);
    if (known === undefined) return burst;
    return Math.min(burst, known.tokens + (Math.max(0, nowMs - known.at) / 1000) * perSecond);
  };
  return {
    has: (client, nowMs) => fill(client, nowMs) >= 1,
    take: (client, nowMs) => {
      const tokens = fill(client, nowMs);
      const isAllowed = tokens >= 1;
      buckets.delete(client);
      buckets.set(client, { tokens: isAllowed ? tokens - 1 : tokens, at: nowMs });
      if (buckets.size > MOST_CLIENTS) buckets.delete(buckets.keys().next().value!);
      return isAllowed;
    },
  };
}
