/** ROC AUC of several classes: each class against the rest, or each pair of classes, averaged. */

import type { AreaEstimate } from './area.ts';
import { delongAuc } from './auc.ts';

/** How the areas of several classes become one. `ovr`: each class against the rest; `ovo`: each pair of classes (Hand and Till). */
export interface ClassAverageRule {
  readonly pairs: 'ovr' | 'ovo';
  readonly average: 'macro' | 'weighted';
}

/** Probabilities of n cases, case by case: `matrix[i * classes + c]`. */
export interface ClassProbabilities {
  readonly classes: number;
  readonly matrix: Float64Array;
  /** Index of the true class of each case. */
  readonly truth: Int32Array;
}

/**
 * Mean ROC AUC over classes, or over pairs of classes (the mean of both directions), with the influence of every case by DeLong.
 * Weights are shares of cases (of the class, or of both classes of a pair), taken as given. Classes without a case, or without a case
 * of another class, have no area and are left out.
 *
 * @source Hand and Till 2001, Machine Learning 45:171; agrees with scikit-learn's roc_auc_score
 */
export function multiClassAuc(input: ClassProbabilities, { pairs, average }: ClassAverageRule): AreaEstimate {
  const n = input.truth.length;
  const members = Array.from({ length: input.classes }, (_, c) =>
    Int32Array.from([...input.truth.keys()].filter((i) => input.truth[i] === c)),
  );
  const parts = pairs === 'ovr' ? againstRest(input, members) : betweenPairs(input, members);
  const influence = new Float64Array(n);
  let [sum, weights] = [0, 0];
  for (const { area, cases, weight: share } of parts) {
    if (area.value === null) continue;
    const weight = average === 'macro' ? 1 : share;
    weights += weight;
    sum += weight * area.value;
    for (const [at, i] of cases.entries()) influence[i]! += weight * area.influence[at]!;
  }
  // So many cases can at least be paired with one of another class, each once.
  const largest = Math.max(0, ...members.map((own) => own.length));
  return {
    value: weights === 0 ? null : sum / weights,
    influence: influence.map((one) => one / weights),
    events: largest,
    others: n - largest,
  };
}

/** The area of one comparison, on these cases. */
interface PartArea {
  readonly area: AreaEstimate;
  readonly cases: Int32Array;
  readonly weight: number;
}

function areaOf({ classes, matrix, truth }: ClassProbabilities, cases: Int32Array, c: number): AreaEstimate {
  const scores = Float64Array.from(cases, (i) => matrix[i * classes + c]!);
  const events = Uint8Array.from(cases, (i) => (truth[i] === c ? 1 : 0));
  return delongAuc(scores, events);
}

function againstRest(input: ClassProbabilities, members: readonly Int32Array[]): readonly PartArea[] {
  const cases = Int32Array.from(input.truth.keys());
  return members.map((own, c) => ({ area: areaOf(input, cases, c), cases, weight: own.length }));
}

function betweenPairs(input: ClassProbabilities, members: readonly Int32Array[]): readonly PartArea[] {
  return members.flatMap((first, a) =>
    members.slice(a + 1).map((second, offset): PartArea => {
      const cases = Int32Array.of(...first, ...second);
      const [forth, back] = [areaOf(input, cases, a), areaOf(input, cases, a + 1 + offset)];
      const value = forth.value === null || back.value === null ? null : (forth.value + back.value) / 2;
      const influence = forth.influence.map((one, i) => (one + back.influence[i]!) / 2);
      return { area: { ...forth, value, influence }, cases, weight: cases.length };
    }),
  );
}
