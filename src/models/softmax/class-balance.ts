/** What is done about classes of different sizes: weights in the loss, rows repeated, rows left out. */

import { createRandom } from '../../stats/index.ts';
import type { ClassifierOptions } from '../types.ts';

/** Rows per class among these. */
export function classSizes(classes: Int32Array, rows: Int32Array, classCount: number): Float64Array {
  const sizes = new Float64Array(classCount);
  for (const row of rows) sizes[classes[row]!]!++;
  return sizes;
}

/**
 * Weight of each class in the loss: 1, or with `balanced` rows / (classes with rows x rows of the class), as scikit-learn has it.
 */
export function classWeights(sizes: Float64Array, choice: ClassifierOptions['classWeight']): Float64Array {
  if (choice === 'none') return new Float64Array(sizes.length).fill(1);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const present = sizes.filter((size) => size > 0).length;
  return sizes.map((size) => (size > 0 ? total / (present * size) : 0));
}

/**
 * The rows to learn from. `up`: each class as often as the largest, every row equally often but for a drawn remainder; `down`: each
 * class as often as the smallest, drawn without replacement.
 *
 * @returns rows grouped by class, in their order within a class; without sampling the rows as they are
 */
export function sampleRows(
  classes: Int32Array,
  rows: Int32Array,
  classCount: number,
  choice: ClassifierOptions['sample'],
  seed: number,
): Int32Array {
  if (choice === 'none') return rows;
  const byClass: number[][] = Array.from({ length: classCount }, () => []);
  for (const row of rows) byClass[classes[row]!]!.push(row);
  const sizes = byClass.map(({ length }) => length).filter((size) => size > 0);
  const goal = sizes.reduce(
    (best, size) => (choice === 'up' ? Math.max(best, size) : Math.min(best, size)),
    sizes[0] ?? 0,
  );
  const random = createRandom(seed, SAMPLING_STREAM);
  return Int32Array.from(
    byClass.flatMap((members) => {
      if (members.length === 0) return [];
      const whole = Math.floor(goal / members.length);
      const rest = drawn(members, goal - whole * members.length, random);
      return [...Array.from({ length: whole }, () => members).flat(), ...rest];
    }),
  );
}

const SAMPLING_STREAM = 7_001;

/** `count` of these without replacement, in their order. */
function drawn(
  members: readonly number[],
  count: number,
  random: { nextBelow(n: number): number },
): number[] {
  const pool = [...members];
  for (let i = 0; i < count; i++) {
    const other = i + random.nextBelow(pool.length - i);
    const kept = pool[i]!;
    pool[i] = pool[other]!;
    pool[other] = kept;
  }
  return pool.slice(0, count).sort((a, b) => a - b);
}
