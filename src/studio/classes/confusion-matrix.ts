/** The confusion matrix of one slice: the classes that matter most, the others together, so that every row sums to its support. */

import { type ClassPairing, comparedCells } from '../../classes/index.ts';
import { type LabelSlice, NO_LABEL } from '../../counts/index.ts';
import type { ConfusionMatrix, MatrixOrder, MatrixPlace } from '../contract/index.ts';

type Counts = number[][];

/** The cells of a matrix. */
export type MatrixCells = Pick<
  ConfusionMatrix,
  'rows' | 'columns' | 'baseline' | 'candidate' | 'othersRight' | 'n'
>;

/**
 * Counts true classes against answers.
 *
 * @param slice with codes of `labels`; one label per case
 * @param most classes with a row of their own, at least 2
 */
export function matrixCells(
  slice: LabelSlice,
  labels: readonly string[],
  pairing: ClassPairing,
  { most, by }: { readonly most: number; readonly by: MatrixOrder },
): MatrixCells {
  const { answers } = comparedCells(slice, pairing);
  const weights = classWeights(answers, by);
  const ranked = [...weights.keys()].sort((a, b) => weights.get(b)! - weights.get(a)! || a - b);
  const others = ranked.length > most ? ranked.length - most : 0;
  const shown = ranked.slice(0, most);
  const placeOf = new Map(shown.map((code, at) => [code, at]));
  const own: readonly MatrixPlace[] = [
    ...shown.map((code): MatrixPlace => ({ kind: 'class', label: labels[code]! })),
    ...(others > 0 ? [{ kind: 'others', classes: others } as const] : []),
  ];
  const width = own.length + 2;
  const columnOf = (answer: number): number => {
    if (answer === NO_LABEL.none) return own.length;
    if (answer === NO_LABEL.error) return own.length + 1;
    return placeOf.get(answer) ?? shown.length;
  };
  const count = (side: 'baseline' | 'candidate') => {
    const cells: Counts = own.map(() => new Array<number>(width).fill(0));
    let [n, othersRight] = [0, 0];
    for (let i = 0; i < answers.cases.length; i++) {
      const [truth, answer, cases] = [answers.expected[i]!, answers[side][i]!, answers.cases[i]!];
      if (answer === NO_LABEL.absent) continue;
      cells[placeOf.get(truth) ?? shown.length]![columnOf(answer)]! += cases;
      n += cases;
      if (truth === answer && !placeOf.has(truth)) othersRight += cases;
    }
    return { cells, n, othersRight };
  };
  const after = count('candidate');
  const before = pairing === 'single run' ? null : count('baseline');
  const kept = [...own.keys(), own.length, own.length + 1].filter(
    (at) =>
      at < own.length || [before?.cells, after.cells].some((cells) => cells?.some((row) => row[at]! > 0)),
  );
  const pick = (cells: Counts): Counts => cells.map((row) => kept.map((at) => row[at]!));
  const columns: readonly MatrixPlace[] = [...own, { kind: 'no answer' }, { kind: 'error' }];
  return {
    rows: own,
    columns: kept.map((at) => columns[at]!),
    baseline: before && pick(before.cells),
    candidate: pick(after.cells),
    othersRight: { baseline: before?.othersRight ?? null, candidate: after.othersRight },
    n: { baseline: before?.n ?? null, candidate: after.n },
  };
}

/** How much each class matters; the classes that occur in these cases alone. */
function classWeights(
  { expected, baseline, candidate, cases }: ReturnType<typeof comparedCells>['answers'],
  by: MatrixOrder,
): ReadonlyMap<number, number> {
  const weights = new Map<number, number>();
  const add = (code: number, weight: number) => {
    if (code >= 0) weights.set(code, (weights.get(code) ?? 0) + weight);
  };
  for (let i = 0; i < cases.length; i++) {
    const [truth, before, after, count] = [expected[i]!, baseline[i]!, candidate[i]!, cases[i]!];
    // A tiny part of the support breaks ties, and keeps classes in that are never mistaken.
    add(truth, by === 'support' ? count : count / 1e6);
    for (const answer of [before, after]) {
      const mistaken = answer !== truth && answer !== NO_LABEL.absent;
      const counts = by === 'confusion' ? mistaken : by === 'change' && mistaken && before !== after;
      add(truth, counts ? count : 0);
      add(answer, counts ? count : 0);
    }
  }
  return weights;
}
