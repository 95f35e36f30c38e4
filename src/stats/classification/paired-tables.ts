/** Per-class 2 x 2 x 2 tables of paired answers: what every paired test and interval of one class needs. */

import type { AnswerSpace } from './tally.ts';

/**
 * Counted pairs of answers as parallel arrays: `cases[i]` cases truly are `expected[i]` (code >= 0), were answered
 * `baseline[i]` before and `candidate[i]` now (below 0: no answer). Cases of one `cluster` are resampled together.
 */
export interface PairedAnswers {
  readonly expected: ArrayLike<number>;
  readonly baseline: ArrayLike<number>;
  readonly candidate: ArrayLike<number>;
  readonly cases: ArrayLike<number>;
  readonly cluster: ArrayLike<number> | null;
}

/** Place of a case in a class's table: 4 if truly of the class, 2 if so answered before, 1 if so answered now. */
export const CELLS_PER_CLASS = 8;

/**
 * The 8 cells of every class, at `8 * class`.
 *
 * Cost: one step per cell of the answers and label in it; no step per class and cell.
 * @example pairedClassTables({ expected: [0], baseline: [0], candidate: [1], cases: [3], cluster: null },
 *   { classes: 2, sets: null }) // 3 at place 6 (class 0: truth and before) and at place 9 (class 1: only now)
 */
export function pairedClassTables(answers: PairedAnswers, space: AnswerSpace): Float64Array {
  const tables = new Float64Array(CELLS_PER_CLASS * space.classes);
  let total = 0;
  const places = new Map<number, number>();
  for (let i = 0; i < answers.expected.length; i++) {
    const cases = answers.cases[i]!;
    total += cases;
    places.clear();
    mark(places, space, answers.expected[i]!, 4);
    mark(places, space, answers.baseline[i]!, 2);
    mark(places, space, answers.candidate[i]!, 1);
    for (const [index, place] of places) tables[CELLS_PER_CLASS * index + place]! += cases;
  }
  for (let index = 0; index < space.classes; index++) {
    let seen = 0;
    for (let place = 1; place < CELLS_PER_CLASS; place++) seen += tables[CELLS_PER_CLASS * index + place]!;
    tables[CELLS_PER_CLASS * index] = total - seen;
  }
  return tables;
}

function mark(places: Map<number, number>, space: AnswerSpace, code: number, bit: number): void {
  if (code < 0) return;
  if (space.sets === null) {
    places.set(code, (places.get(code) ?? 0) | bit);
    return;
  }
  const { offsets, items } = space.sets;
  for (let at = offsets[code]!; at < offsets[code + 1]!; at++) {
    places.set(items[at]!, (places.get(items[at]!) ?? 0) | bit);
  }
}
