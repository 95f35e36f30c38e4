/** Points of many dimensions brought to two: the two directions along which they differ most, found the same way every time. */

import type { Vectors } from '../../text/index.ts';

/** Rounds of the power iteration: more change nothing that can be seen. */
const ROUNDS = 60;

/**
 * Principal components by power iteration. The sign of a direction is that of its largest entry; points without any spread lie at 0.
 *
 * @returns x and y per point
 */
export function principalPlane({
  count,
  dimensions,
  values,
}: Vectors): readonly [Float64Array, Float64Array] {
  const centred = centre(values, count, dimensions);
  const first = direction(centred, count, dimensions, null);
  const second = direction(centred, count, dimensions, first);
  return [project(centred, count, dimensions, first), project(centred, count, dimensions, second)];
}

function centre(values: Float32Array, count: number, dimensions: number): Float64Array {
  const means = new Float64Array(dimensions);
  for (let i = 0; i < count; i++)
    for (let d = 0; d < dimensions; d++) means[d]! += values[i * dimensions + d]!;
  const centred = new Float64Array(count * dimensions);
  for (let i = 0; i < count; i++) {
    for (let d = 0; d < dimensions; d++) {
      centred[i * dimensions + d] = values[i * dimensions + d]! - means[d]! / count;
    }
  }
  return centred;
}

function direction(
  centred: Float64Array,
  count: number,
  dimensions: number,
  without: Float64Array | null,
): Float64Array {
  // Any start that is not chosen by chance will do.
  let own = Float64Array.from({ length: dimensions }, (_, d) => 1 / (1 + ((d * 37) % dimensions)));
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Float64Array(dimensions);
    const along = project(centred, count, dimensions, own);
    for (let i = 0; i < count; i++) {
      const by = along[i]!;
      for (let d = 0; d < dimensions; d++) next[d]! += by * centred[i * dimensions + d]!;
    }
    if (without !== null) {
      const shared = next.reduce((sum, value, d) => sum + value * without[d]!, 0);
      for (let d = 0; d < dimensions; d++) next[d]! -= shared * without[d]!;
    }
    const length = Math.hypot(...next);
    if (!(length > 1e-12)) return new Float64Array(dimensions);
    own = next.map((value) => value / length);
  }
  const largest = own.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return largest < 0 ? own.map((value) => -value) : own;
}

function project(centred: Float64Array, count: number, dimensions: number, onto: Float64Array): Float64Array {
  const along = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let d = 0; d < dimensions; d++) sum += centred[i * dimensions + d]! * onto[d]!;
    along[i] = sum;
  }
  return along;
}
