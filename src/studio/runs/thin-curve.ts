/** Thins a curve to what a chart can show, without losing a spike. */

/** A curve with gaps: null where the value is no number. */
export interface ThinCurve {
  readonly steps: readonly number[];
  readonly values: readonly (number | null)[];
}

/**
 * Keeps the first, lowest, highest and last point of every stretch, and each place where values stop being numbers.
 *
 * @param stretches at least 1; at most five points of each are kept
 * @example thinCurve({ steps: Float64Array.of(1, 2), values: Float64Array.of(3, NaN) }, 10) // { steps: [1, 2], values: [3, null] }
 */
export function thinCurve(
  { steps, values }: { readonly steps: Float64Array; readonly values: Float64Array },
  stretches: number,
): ThinCurve {
  const kept = new Set<number>();
  const width = Math.max(1, Math.ceil(steps.length / stretches));
  for (let start = 0; start < steps.length; start += width) {
    const end = Math.min(steps.length, start + width);
    let low = -1;
    let high = -1;
    let broken = -1;
    for (let i = start; i < end; i += 1) {
      const value = values[i]!;
      if (!Number.isFinite(value)) {
        if (broken < 0) broken = i;
        continue;
      }
      if (low < 0 || value < values[low]!) low = i;
      if (high < 0 || value > values[high]!) high = i;
    }
    for (const i of [start, low, high, broken, end - 1]) if (i >= 0) kept.add(i);
  }
  const places = [...kept].sort((a, b) => a - b);
  return {
    steps: places.map((i) => steps[i]!),
    values: places.map((i) => (Number.isFinite(values[i]!) ? values[i]! : null)),
  };
}
