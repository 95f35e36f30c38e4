/** ROC AUC of several classes: each class against the rest, or each pair of classes, averaged. */

import type { ClassAverageRule } from './auc.ts';
import { rocAuc } from './auc.ts';
import { scoreGroups } from './score-groups.ts';

/** Probabilities of n cases, case by case: `matrix[i * classes + c]`. */
export interface ClassProbabilities {
  readonly classes: number;
  readonly matrix: Float64Array;
  /** Index of the true class of each case; -1 where it is none of them. */
  readonly truth: Int32Array;
}

/**
 * Mean ROC AUC over classes, or over pairs of classes (the mean of both directions, Hand and Till). Weights are shares of cases: of the
 * class, or of both classes of a pair. Classes without a case (or without a case of another class) have no area and are left out.
 *
 * @returns null where no area is defined
 * @source Hand and Till 2001, Machine Learning 45:171; agrees with scikit-learn's roc_auc_score
 */
export function multiClassAuc(
  input: ClassProbabilities,
  { pairs, average }: ClassAverageRule,
): number | null {
  const counts = new Float64Array(input.classes);
  for (const c of input.truth) if (c >= 0) counts[c]! += 1;
  const areas = pairs === 'ovr' ? againstRest(input, counts) : betweenPairs(input, counts);
  let [sum, weights] = [0, 0];
  for (const { area, cases } of areas) {
    if (area === null) continue;
    const weight = average === 'macro' ? 1 : cases;
    sum += weight * area;
    weights += weight;
  }
  return weights === 0 ? null : sum / weights;
}

interface ClassArea {
  readonly area: number | null;
  readonly cases: number;
}

function againstRest({ classes, matrix, truth }: ClassProbabilities, counts: Float64Array): ClassArea[] {
  return Array.from({ length: classes }, (_, c) => {
    const scores = Float64Array.from(truth, (_true, i) => matrix[i * classes + c]!);
    const events = Uint8Array.from(truth, (is) => (is === c ? 1 : 0));
    return { area: rocAuc(scoreGroups(scores, events)), cases: counts[c]! };
  });
}

function betweenPairs({ classes, matrix, truth }: ClassProbabilities, counts: Float64Array): ClassArea[] {
  const members = Array.from({ length: classes }, (_, c) => [...truth.keys()].filter((i) => truth[i] === c));
  const areas: ClassArea[] = [];
  for (let a = 0; a < classes; a++) {
    for (let b = a + 1; b < classes; b++) {
      const cases = [...members[a]!, ...members[b]!];
      const direction = (c: number): number | null =>
        rocAuc(
          scoreGroups(
            cases.map((i) => matrix[i * classes + c]!),
            cases.map((i) => (truth[i] === c ? 1 : 0)),
          ),
        );
      const [forth, back] = [direction(a), direction(b)];
      const area = forth === null || back === null ? null : (forth + back) / 2;
      areas.push({ area, cases: counts[a]! + counts[b]! });
    }
  }
  return areas;
}
