/** The one shape in which every estimator answers. */

/**
 * An estimate with its interval. `estimate` is null where it is undefined (never a number in its place), and then
 * `reason` says why; the limits are null where no interval can be given.
 */
export interface Estimate {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Confidence level of the two-sided interval, such as 0.95. */
  readonly level: number;
  /** Name of the method, such as `wilson`. */
  readonly method: string;
  /** Number of independent units behind the estimate. */
  readonly n: number;
  readonly reason?: string;
}
