/** The largest probability of a rejection region of 2 x 2 tables over the common pass rate, which the null leaves open. */

import { logBinomialCoefficient } from '../special/index.ts';

/**
 * A set of tables: for x candidate passes, the tables with at least `atLeast[x]` or at most `atMost[x]` baseline passes.
 * `atLeast[x]` = baselineCases + 1 and `atMost[x]` = -1 hold no table.
 */
export interface TableRegion {
  readonly candidateCases: number;
  readonly baselineCases: number;
  readonly atLeast: ArrayLike<number>;
  readonly atMost: ArrayLike<number>;
}

const GRID = 1000;
/** Local maxima of the grid that are refined. */
const REFINED = 3;

/**
 * Maximises P(region | common pass rate) over [0, 1]: a grid of 1000 points, even in arcsin(sqrt(rate)) so that peaks near
 * 0 and 1 are met too, then golden sections around the best three local maxima. Cost: 1000 (candidateCases + baselineCases).
 *
 * @returns the maximum and the rate where it lies
 */
export function maximiseNuisance(region: TableRegion): {
  readonly probability: number;
  readonly rate: number;
} {
  const probabilityAt = evaluator(region);
  const values = Float64Array.from({ length: GRID + 1 }, (_, index) => probabilityAt(rateOf(index)));
  const peaks = Array.from(values.keys())
    .filter(
      (index) => values[index]! >= (values[index - 1] ?? 0) && values[index]! >= (values[index + 1] ?? 0),
    )
    .sort((left, right) => values[right]! - values[left]!)
    .slice(0, REFINED);
  let best = { probability: 0, rate: 0 };
  for (const peak of peaks) {
    const candidates = [
      { probability: values[peak]!, rate: rateOf(peak) },
      goldenSection(probabilityAt, rateOf(Math.max(0, peak - 1)), rateOf(Math.min(GRID, peak + 1))),
    ];
    for (const found of candidates) if (found.probability > best.probability) best = found;
  }
  return { probability: Math.min(1, best.probability), rate: best.rate };
}

function rateOf(index: number): number {
  if (index === GRID) return 1;
  const sine = Math.sin((index / GRID) * (Math.PI / 2));
  return sine * sine;
}

/** P(region | rate), with the binomial coefficients and all space prepared once. */
function evaluator({
  candidateCases,
  baselineCases,
  atLeast,
  atMost,
}: TableRegion): (rate: number) => number {
  const candidateLogs = logCoefficients(candidateCases);
  const baselineLogs = logCoefficients(baselineCases);
  const candidate = new Float64Array(candidateCases + 1);
  const baseline = new Float64Array(baselineCases + 1);
  const upper = new Float64Array(baselineCases + 2);
  const lower = new Float64Array(baselineCases + 2);
  return (rate) => {
    fillBinomial(candidate, candidateLogs, rate);
    fillBinomial(baseline, baselineLogs, rate);
    for (let x = baselineCases; x >= 0; x -= 1) upper[x] = upper[x + 1]! + baseline[x]!;
    for (let x = 0; x <= baselineCases; x += 1) lower[x + 1] = lower[x]! + baseline[x]!;
    let sum = 0;
    for (let x = 0; x <= candidateCases; x += 1) {
      sum += candidate[x]! * (upper[atLeast[x]!]! + lower[atMost[x]! + 1]!);
    }
    return sum;
  };
}

function logCoefficients(n: number): Float64Array {
  return Float64Array.from({ length: n + 1 }, (_, k) => logBinomialCoefficient(n, k));
}

function fillBinomial(out: Float64Array, logs: Float64Array, rate: number): void {
  const n = out.length - 1;
  if (rate === 0 || rate === 1) {
    out.fill(0);
    out[rate === 0 ? 0 : n] = 1;
    return;
  }
  const logRate = Math.log(rate);
  const logRest = Math.log1p(-rate);
  for (let k = 0; k <= n; k += 1) out[k] = Math.exp(logs[k]! + k * logRate + (n - k) * logRest);
}

function goldenSection(
  value: (rate: number) => number,
  from: number,
  to: number,
): { readonly probability: number; readonly rate: number } {
  const share = (Math.sqrt(5) - 1) / 2;
  let low = from;
  let high = to;
  let left = high - share * (high - low);
  let right = low + share * (high - low);
  let leftValue = value(left);
  let rightValue = value(right);
  for (let step = 0; step < 40; step += 1) {
    if (leftValue > rightValue) {
      high = right;
      right = left;
      rightValue = leftValue;
      left = high - share * (high - low);
      leftValue = value(left);
    } else {
      low = left;
      left = right;
      leftValue = rightValue;
      right = low + share * (high - low);
      rightValue = value(right);
    }
  }
  return leftValue > rightValue
    ? { probability: leftValue, rate: left }
    : { probability: rightValue, rate: right };
}
