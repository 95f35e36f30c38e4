/** The scale that all intervals of a table share. */

import type { MetricReading, SliceRow } from '../../../../src/studio/contract/index.ts';

/** From one end to the other, with round marks between. */
export interface StripScale {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
}

/** Share of intervals that may reach over an end; their ends are drawn as arrows. */
const BEYOND = 0.02;

/** Steps between round marks, about. */
const STEPS = 6;

/** What the strip shows: differences around zero, or values before and after. */
export type StripOf = 'change' | 'values';

/**
 * The scale of all rows of a metric, so that it stays when rows are filtered away. Slices that decide give it, where there are any:
 * the wide intervals of tiny ones would leave no room for them.
 *
 * @returns at least as wide as the margin on both sides of zero; for values within the metric's bounds
 */
export function stripScale(rows: readonly SliceRow[], metric: MetricReading, of: StripOf): StripScale {
  const deciding = rows.filter(({ role, verdict }) => role === 'gated' && verdict !== 'LOW-N');
  const own = deciding.length > 0 ? deciding : rows;
  const limits = own.flatMap((row) =>
    of === 'change'
      ? [row.deltaLower ?? row.delta, row.deltaUpper ?? row.delta]
      : [
          row.beforeLower ?? row.before,
          row.beforeUpper ?? row.before,
          row.afterLower ?? row.after,
          row.afterUpper ?? row.after,
          row.floor,
        ],
  );
  const known = Float64Array.from(limits.filter((limit) => limit !== null)).sort();
  const at = (share: number) => known[Math.round(share * (known.length - 1))] ?? 0;
  // Every dot of a slice that decides is on the scale, the worst one first of all; only intervals reach beyond.
  const dots = own.flatMap((row) => (of === 'change' ? [row.delta] : [row.before, row.after]));
  const marks = of === 'change' ? own.flatMap(({ margin }) => [-1.5 * margin, 1.5 * margin, 0]) : [];
  const shown = [...dots, ...marks].filter((value) => value !== null);
  const low = shown.reduce((least, value) => Math.min(least, value), at(BEYOND));
  const high = shown.reduce((most, value) => Math.max(most, value), at(1 - BEYOND));
  return rounded(low, high > low ? high : low + 1, of === 'values' ? metric.bounds : null);
}

/** Ends at round numbers, but not beyond the bounds. */
function rounded(low: number, high: number, bounds: readonly [number, number] | null): StripScale {
  const step = roundStep((high - low) / STEPS);
  const clamp = (value: number) =>
    bounds === null ? value : Math.min(bounds[1], Math.max(bounds[0], value));
  const from = clamp(Math.floor(low / step) * step);
  const to = clamp(Math.ceil(high / step) * step);
  const count = Math.round((to - from) / step);
  const ticks = Array.from({ length: count + 1 }, (_, i) => Number((from + i * step).toPrecision(10)));
  return { from, to, ticks };
}

/** The next of 1, 2, 5 times a power of ten. @example roundStep(0.13) // 0.2 */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((one) => one * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** Where a value stands, in percent of the width; `beyond` where it lies outside. */
export function placeOf(
  { from, to }: StripScale,
  value: number,
): { readonly x: number; readonly beyond: -1 | 0 | 1 } {
  const share = (value - from) / (to - from);
  return { x: Math.min(1, Math.max(0, share)) * 100, beyond: share < 0 ? -1 : share > 1 ? 1 : 0 };
}
