/** Where the ranges of a histogram begin: round numbers of equal width, or quantiles where most cases would share one range. */

/** Ranges of a histogram, about. */
const RANGES = 20;

/** Share of the cases in one range from which equal widths show nothing. */
const CROWDED = 0.6;

/**
 * Edges of half-open ranges, without the first: strictly increasing, empty where all numbers are equal. The ends are open, so that
 * no case is out of range: widths are made for the middle 98 % of the cases.
 *
 * @param values without NaN, in any order
 * @example binEdges(Float64Array.of(0, 1, 2, 3, 4)) // [1, 2, 3, 4]
 */
export function binEdges(values: Float64Array): readonly number[] {
  const sorted = values.slice().sort();
  const n = sorted.length;
  if (n === 0 || sorted[0] === sorted[n - 1]) return [];
  const distinct = fewDistinct(sorted);
  if (distinct !== null) return distinct.slice(1);
  const low = sorted[Math.floor(0.01 * (n - 1))]!;
  const high = sorted[Math.ceil(0.99 * (n - 1))]!;
  const even = high > low ? roundSteps(low, high) : [];
  return even.length > 0 && largestShare(sorted, even) <= CROWDED ? even : quantiles(sorted);
}

/** All values where there are few enough to have a range each. */
function fewDistinct(sorted: Float64Array): readonly number[] | null {
  const distinct: number[] = [];
  for (const value of sorted) {
    if (distinct.at(-1) !== value) distinct.push(value);
    if (distinct.length > RANGES) return null;
  }
  return distinct;
}

/** Multiples of 1, 2, 2.5 or 5 times a power of ten, above `low` and at most `high`. */
function roundSteps(low: number, high: number): readonly number[] {
  const raw = (high - low) / RANGES;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((one) => one >= raw * (1 - 1e-9));
  if (step === undefined || !(step > 0) || !Number.isFinite(step)) return [];
  const edges: number[] = [];
  for (let k = Math.floor(low / step) + 1; k * step <= high; k++) {
    // 0.1 * 3 is no round number: digits beyond the step are noise.
    const edge = Number((k * step).toPrecision(12));
    if (edge > (edges.at(-1) ?? Number.NEGATIVE_INFINITY)) edges.push(edge);
    if (edges.length > 3 * RANGES) return [];
  }
  return edges;
}

function largestShare(sorted: Float64Array, edges: readonly number[]): number {
  let [most, from] = [0, 0];
  for (const edge of [...edges, Number.POSITIVE_INFINITY]) {
    let to = from;
    while (to < sorted.length && sorted[to]! < edge) to++;
    most = Math.max(most, to - from);
    from = to;
  }
  return most / sorted.length;
}

function quantiles(sorted: Float64Array): readonly number[] {
  const edges: number[] = [];
  for (let k = 1; k < RANGES; k++) {
    const edge = sorted[Math.floor((k * sorted.length) / RANGES)]!;
    if (edge > (edges.at(-1) ?? sorted[0]!)) edges.push(edge);
  }
  return edges;
}
