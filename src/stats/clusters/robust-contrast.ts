/** Difference of two means, or one mean, of weighted and clustered cases, with a standard error that holds for both. */

import type { Estimate } from '../estimate.ts';
import { studentTQuantile, studentTSf } from '../special/student-t.ts';
import type { Contrast, ContrastInput } from './contrast.ts';
import { independentContrast } from './independent-contrast.ts';

/** Sums of one side: weight, squared weight, weight times value; per unit and in total. */
interface Side {
  readonly weight: Float64Array;
  readonly squares: Float64Array;
  readonly residual: Float64Array;
  readonly mean: number;
  readonly total: number;
  readonly totalSquares: number;
  readonly units: number;
}

/**
 * Difference of the weighted means of two sides with the CR2 sandwich standard error. Without weights and clusters the
 * standard error is Welch's; with one side and clusters it is that of `clusterMean`.
 *
 * @throws RangeError when lists differ in length
 * @source Bell and McCaffrey 2002, Survey Methodology 28:169; Pustejovsky and Tipton 2018, JBES 36:672
 * @example
 * robustContrast({ values: [1, 0, 0, 0], side: [1, 1, 2, 2], counts: null, weights: null, clusters: null }).estimate // 0.5
 */
export function robustContrast(input: ContrastInput): Contrast {
  const n = input.values.length;
  for (const list of [input.side, input.counts, input.weights, input.clusters]) {
    if (list !== null && list.length !== n) throw new RangeError(`${n} values and ${list.length} entries`);
  }
  if (input.clusters === null && input.weights === null) return independentContrast(input);
  const { unitOf, copies } = unitsOf(input);
  const first = sumSide(input, 1, unitOf, copies);
  const second = sumSide(input, 2, unitOf, copies);
  const none = { se: null, pooledSe: null, df: null, units: [first.units, second.units] } as const;
  const means = {
    first: first.total > 0 ? first.mean : null,
    second: second.total > 0 ? second.mean : null,
  };
  if (means.first === null) return { ...means, estimate: null, ...none };
  const estimate = means.first - (means.second ?? 0);
  if (first.units < 2 || second.units === 1) return { ...means, estimate, ...none };
  const pooledSe = second.units === 0 ? null : pooledError(first, second, copies);
  return { ...means, estimate, ...sandwich([first, second], copies), pooledSe, units: none.units };
}

/**
 * Few units that happen to agree show no spread of their own, and the sandwich then takes them as proof. Here the mean of a unit
 * has one variance on both sides, and one covariance where a unit has cases on both.
 */
function pooledError(first: Side, second: Side, copies: Float64Array): number {
  let [spread, size, shared, sharedSize] = [0, 0, 0, 0];
  for (let g = 0; g < copies.length; g++) {
    for (const { weight, residual, total } of [first, second]) {
      if (weight[g] === 0) continue;
      spread += (copies[g]! * residual[g]! ** 2) / (1 - weight[g]! / total);
      size += copies[g]! * weight[g]! ** 2;
    }
    shared += copies[g]! * first.residual[g]! * second.residual[g]!;
    sharedSize += copies[g]! * first.weight[g]! * second.weight[g]!;
  }
  const variance = spread / size;
  const covariance = sharedSize === 0 ? 0 : Math.min(variance, Math.max(-variance, shared / sharedSize));
  const part = ({ weight, total }: Side) =>
    weight.reduce((sum, own, g) => sum + copies[g]! * own * own, 0) / total ** 2;
  const both = sharedSize / (first.total * second.total);
  return Math.sqrt(Math.max(0, variance * (part(first) + part(second)) - 2 * covariance * both));
}

/** The unit of each entry, and how many equal units it stands for. */
function unitsOf({ values, counts, clusters }: ContrastInput): { unitOf: Int32Array; copies: Float64Array } {
  const n = values.length;
  if (clusters === null) {
    const copies = Float64Array.from({ length: n }, (_, i) => (counts === null ? 1 : counts[i]!));
    return { unitOf: Int32Array.from({ length: n }, (_, i) => i), copies };
  }
  const places = new Map<number, number>();
  const unitOf = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const place = places.get(clusters[i]!) ?? places.size;
    places.set(clusters[i]!, place);
    unitOf[i] = place;
  }
  return { unitOf, copies: new Float64Array(places.size).fill(1) };
}

function sumSide(input: ContrastInput, which: number, unitOf: Int32Array, copies: Float64Array): Side {
  const { values, side, counts, weights } = input;
  const weight = new Float64Array(copies.length);
  const squares = new Float64Array(copies.length);
  const residual = new Float64Array(copies.length);
  const weightOf = (i: number) => (weights === null ? (counts === null ? 1 : counts[i]!) : weights[i]!);
  let total = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    if (side[i] !== which) continue;
    total += weightOf(i);
    sum += weightOf(i) * values[i]!;
  }
  const mean = sum / total;
  for (let i = 0; i < values.length; i++) {
    if (side[i] !== which) continue;
    const unit = unitOf[i]!;
    // Sums of one unit: an entry without a cluster is `copies` units of equal size.
    const share = weightOf(i) / copies[unit]!;
    weight[unit]! += share;
    squares[unit]! += ((weightOf(i) / (counts === null ? 1 : counts[i]!)) * weightOf(i)) / copies[unit]!;
    residual[unit]! += share * (values[i]! - mean);
  }
  let totalSquares = 0;
  let units = 0;
  for (let u = 0; u < copies.length; u++) {
    totalSquares += copies[u]! * squares[u]!;
    if (weight[u]! > 0) units += copies[u]!;
  }
  return { weight, squares, residual, mean, total, totalSquares, units };
}

/**
 * The variance sum of u_g^2 and its degrees of freedom (trace P)^2 / trace(P^2), where P is the covariance of the u_g when
 * cases are independent with equal variance. Off the diagonal P has rank 4, so its squares sum without a pair loop.
 */
function sandwich(sides: readonly Side[], copies: Float64Array): { se: number | null; df: number | null } {
  const used = sides.filter((side) => side.units > 0);
  const form = used.map(({ total, totalSquares }) => ({
    both: totalSquares / total ** 4,
    cross: -1 / total ** 3,
  }));
  const size = 2 * used.length;
  const moments = new Float64Array(size * size);
  const v = new Float64Array(size);
  let variance = 0;
  let trace = 0;
  let diagonal = 0;
  for (let g = 0; g < copies.length; g++) {
    let u = 0;
    let own = 0;
    let common = 0;
    used.forEach((side, s) => {
      const a = side.weight[g] === 0 ? 0 : 1 / Math.sqrt(1 - side.weight[g]! / side.total);
      u += ((side === sides[0] ? 1 : -1) * a * side.residual[g]!) / side.total;
      v[2 * s] = a * side.weight[g]!;
      v[2 * s + 1] = a * side.squares[g]!;
      own += (a * a * side.squares[g]!) / side.total ** 2;
      common += form[s]!.both * v[2 * s]! ** 2 + 2 * form[s]!.cross * v[2 * s]! * v[2 * s + 1]!;
    });
    variance += copies[g]! * u * u;
    trace += copies[g]! * (own + common);
    diagonal += copies[g]! * ((own + common) ** 2 - common ** 2);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) moments[i * size + j]! += copies[g]! * v[i]! * v[j]!;
    }
  }
  const product = Float64Array.from(moments, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    const { both, cross } = form[i >> 1]!;
    const partner = moments[(i ^ 1) * size + j]!;
    return i % 2 === 0 ? both * moments[at]! + cross * partner : cross * partner;
  });
  let squares = diagonal;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) squares += product[i * size + j]! * product[j * size + i]!;
  }
  return { se: Math.sqrt(variance), df: (trace * trace) / squares };
}

/** The larger of the two standard errors: what tests and intervals divide by. */
const errorOf = ({ se, pooledSe }: Contrast): number | null =>
  se === null ? null : Math.max(se, pooledSe ?? 0);

/**
 * P-value that the contrast is above 0, by Student's t with the larger of both standard errors; null without one, and where
 * nothing varies but the means differ.
 *
 * @example contrastP(robustContrast({ values: [0, 0], side: [1, 1], counts: null, weights: null, clusters: null })) // 1
 */
export function contrastP(contrast: Contrast): number | null {
  const { estimate, df } = contrast;
  const se = errorOf(contrast);
  if (estimate === null || se === null || df === null) return null;
  if (se === 0) return estimate > 0 ? null : 1;
  return studentTSf(estimate / se, df);
}

/**
 * Two-sided t interval of a contrast; no limits where the standard error is undefined or 0.
 *
 * @param level confidence level in (0, 1)
 */
export function contrastInterval(contrast: Contrast, level: number): Estimate {
  const { estimate, df, units } = contrast;
  const se = errorOf(contrast);
  const base = { estimate, level, method: 'cluster-robust-t', n: units[0] + units[1] };
  if (estimate === null)
    return { ...base, lower: null, upper: null, reason: 'undefined: there are no cases' };
  if (se === null || df === null) {
    return { ...base, lower: null, upper: null, reason: 'fewer than two independent units on a side' };
  }
  // Units that all agree show no spread, which proves little.
  if (se === 0) return { ...base, lower: null, upper: null, reason: 'no value varies' };
  const half = studentTQuantile((1 + level) / 2, df) * se;
  return { ...base, lower: estimate - half, upper: estimate + half };
}
