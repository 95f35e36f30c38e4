/** The range of every number of a configuration, for the file, the flags and the schema alike. */

/** `min` and `max` belong to the range; `above` and `below` do not. */
export interface Limit {
  readonly min?: number;
  readonly above?: number;
  readonly max?: number;
  readonly below?: number;
  readonly integer?: true;
}

const RATE: Limit = { min: 0, max: 1 };
const SHARE: Limit = { above: 0, below: 1 };

export const POLICY_LIMITS = {
  floor: RATE,
  margin: RATE,
  minCases: { min: 1, max: 1_000_000_000, integer: true },
  blockBudget: SHARE,
  reviewBudget: SHARE,
  floorShare: SHARE,
  criticalShare: SHARE,
  errorBudget: RATE,
  unmatchedBudget: RATE,
  maxBaselineAgeDays: { above: 0 },
  level: SHARE,
  resamples: { min: 100, max: 10_000_000, integer: true },
  seed: { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true },
} as const satisfies Readonly<Record<string, Limit>>;

export const CONFIRMATION_LIMITS = {
  casesPerNominee: { min: 1, max: 1_000_000_000, integer: true },
  directBudget: SHARE,
  confirmBudget: SHARE,
  nominateMidP: SHARE,
} as const satisfies Readonly<Record<string, Limit>>;

/** Outcome files that a ledger keeps of each line of runs. */
export const KEEP_RUNS_LIMIT: Limit = { min: 1, max: 1_000_000, integer: true };

/** Recall that a class must have, and the cost of a mistake. */
export const CLASSES_LIMITS = {
  floor: RATE,
  cost: { min: 0, max: 1e12 },
} as const satisfies Readonly<Record<string, Limit>>;

/** Copies of cases in training data; thresholds have at most 9 decimals. */
export const OVERLAP_LIMITS = {
  threshold: { min: 0.01, max: 1 },
  notice: { min: 0.01, max: 1 },
  minWords: { min: 1, max: 1_000_000, integer: true },
  boilerplate: { above: 0, max: 1 },
  invalidShare: { above: 0, max: 1 },
} as const satisfies Readonly<Record<string, Limit>>;

/** Clusters of inputs. */
export const CLUSTERS_LIMIT = { min: 2, max: 200, integer: true } as const satisfies Limit;

/** A margin in a metric's own unit, trials of pass@k, and the probability of a quantile. */
export const MARGIN_LIMIT: Limit = { min: 0 };
export const TRIALS_LIMIT: Limit = { min: 1, max: 1000, integer: true };
export const QUANTILE_LIMIT: Limit = SHARE;

/**
 * What is wrong with a number, as the end of a sentence that begins with where it stands; null where nothing is.
 *
 * @example limitProblem(-3, POLICY_LIMITS.minCases) // 'is -3, must be at least 1'
 */
export function limitProblem(value: number, limit: Limit): string | null {
  if (!Number.isFinite(value)) return `is ${value}, must be a finite number`;
  if (limit.integer && !Number.isInteger(value)) return `is ${value}, must be a whole number`;
  if (limit.min !== undefined && value < limit.min) return `is ${value}, must be at least ${limit.min}`;
  if (limit.above !== undefined && value <= limit.above) return `is ${value}, must be above ${limit.above}`;
  if (limit.max !== undefined && value > limit.max) return `is ${value}, must be at most ${limit.max}`;
  if (limit.below !== undefined && value >= limit.below) return `is ${value}, must be below ${limit.below}`;
  return null;
}

/** `0.85 is 85 %`: what to write where a rate was given in per cent; undefined elsewhere. */
export function percentHint(value: number, limit: Limit): string | undefined {
  const isRate = limit.max === 1 || limit.below === 1;
  return isRate && value > 1 && value <= 100 ? `${value / 100} is ${value} %` : undefined;
}
