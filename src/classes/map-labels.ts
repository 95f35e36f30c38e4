/** Renames the labels of counted answers, each side in its own way, and joins cells that become the same. */

import { type LabelCells, type LabelCounts, NO_LABEL } from '../counts/index.ts';
import { compareText } from '../slices/index.ts';

/** The new label of an old one; null makes it no label (an abstention, or an unlabelled case). */
export type Rename = (label: string) => string | null;

/** How the labels of each side are renamed. */
export interface Renames {
  readonly expected: Rename;
  readonly baseline: Rename;
  readonly candidate: Rename;
}

/**
 * The same answers under other labels. Two framings of one task are compared so: each run's labels become outcomes that both
 * share, and the true labels become outcomes as well.
 *
 * @example mapLabels(counts, sameFor((label) => (label === 'refund' ? 'billing' : label)))
 */
export function mapLabels(counts: LabelCounts, renames: Renames): LabelCounts {
  const sides = ['expected', 'baseline', 'candidate'] as const;
  const renamed = sides.map((side) => counts.labels.map((label) => renames[side](label)));
  // A label that a side never has does not become one by its renaming.
  const used = sides.map((side) => new Set(counts.slices.flatMap(({ cells }) => [...new Set(cells[side])])));
  const found = renamed.flatMap((names, at) => names.filter((_, code) => used[at]!.has(code)));
  const labels = [...new Set(found)].filter((label) => label !== null).sort(compareText);
  const codes = new Map(labels.map((label, code) => [label, code]));
  const [expected, baseline, candidate] = renamed.map((side) =>
    Int32Array.from(side, (label) => (label === null ? NO_LABEL.none : (codes.get(label) ?? NO_LABEL.none))),
  ) as [Int32Array, Int32Array, Int32Array];
  const tables = { expected, baseline, candidate };
  return {
    ...counts,
    labels,
    slices: counts.slices.map((slice) => ({ ...slice, cells: mapCells(slice.cells, tables) })),
  };
}

/** The same renaming for all sides. */
export function sameFor(rename: Rename): Renames {
  return { expected: rename, baseline: rename, candidate: rename };
}

/** Answers that mean "I do not know" become no answer; as a true label they stay a label. */
export function withAbstentions(counts: LabelCounts, texts: readonly string[]): LabelCounts {
  if (texts.length === 0) return counts;
  const silent = new Set(texts);
  const answer: Rename = (label) => (silent.has(label) ? null : label);
  return mapLabels(counts, { expected: (label) => label, baseline: answer, candidate: answer });
}

type Side = 'expected' | 'baseline' | 'candidate';

function mapCells(cells: LabelCells, tables: Readonly<Record<Side, Int32Array>>): LabelCells {
  const code = (side: Side, i: number): number => {
    const old = cells[side][i]!;
    return old < 0 ? old : tables[side][old]!;
  };
  const order = Int32Array.from(cells.cases.keys());
  const sides = ['expected', 'baseline', 'candidate'] as const;
  const mapped = Object.fromEntries(sides.map((side) => [side, order.map((i) => code(side, i))])) as Record<
    Side,
    Int32Array
  >;
  const compare = (a: number, b: number): number =>
    (cells.cluster === null ? 0 : cells.cluster[a]! - cells.cluster[b]!) ||
    mapped.expected[a]! - mapped.expected[b]! ||
    mapped.baseline[a]! - mapped.baseline[b]! ||
    mapped.candidate[a]! - mapped.candidate[b]!;
  order.sort(compare);
  const first = order.filter((at, i) => i === 0 || compare(order[i - 1]!, at) !== 0);
  const cases = new Float64Array(first.length);
  let cell = -1;
  order.forEach((at, i) => {
    if (i === 0 || compare(order[i - 1]!, at) !== 0) cell++;
    cases[cell]! += cells.cases[at]!;
  });
  return {
    expected: first.map((at) => mapped.expected[at]!),
    baseline: first.map((at) => mapped.baseline[at]!),
    candidate: first.map((at) => mapped.candidate[at]!),
    cases,
    cluster: cells.cluster === null ? null : first.map((at) => cells.cluster![at]!),
  };
}
