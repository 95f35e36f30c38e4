/** Counts answers that a program holds in memory, for those who want figures of classes without files. */

import { type LabelCounts, type LabelSlice, NO_LABEL } from '../counts/index.ts';
import { compareText } from '../slices/index.ts';

/** One entry per case, all of the same length; null is an unlabelled case or no answer. */
export interface GivenAnswers {
  readonly expected: readonly (string | null)[];
  readonly candidate: readonly (string | null)[];
  /** Answers of the old run to the same cases. */
  readonly baseline?: readonly (string | null)[];
  /** What a case belongs to, where cases of one cluster are alike. */
  readonly clusters?: readonly string[];
}

/** What `classFigures` takes: the one slice of all cases, and its labels. */
export interface CountedAnswers {
  readonly slice: LabelSlice;
  readonly labels: readonly string[];
  readonly counts: LabelCounts;
}

/**
 * Counts the answers of one run, or of two.
 *
 * @throws RangeError where the lists differ in length
 * @example countAnswers({ expected: ['a', 'b'], candidate: ['a', null] }).labels // ['a', 'b']
 */
export function countAnswers({ expected, candidate, baseline, clusters }: GivenAnswers): CountedAnswers {
  for (const [name, list] of Object.entries({ candidate, baseline, clusters })) {
    if (list !== undefined && list.length !== expected.length)
      throw new RangeError(`${name} has ${list.length} entries, expected has ${expected.length}`);
  }
  const texts = [...expected, ...candidate, ...(baseline ?? [])].filter((text) => text !== null);
  const labels = [...new Set(texts)].sort(compareText);
  const codes = new Map(labels.map((label, code) => [label, code]));
  const codeOf = (text: string | null) => (text === null ? NO_LABEL.none : codes.get(text)!);
  const clusterNames = new Map([...new Set(clusters ?? [])].map((name, code) => [name, code]));
  const cells = expected
    .map((truth, at) => [
      clusters === undefined ? 0 : clusterNames.get(clusters[at]!)!,
      codeOf(truth),
      baseline === undefined ? NO_LABEL.absent : codeOf(baseline[at]!),
      codeOf(candidate[at]!),
    ])
    .sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]! || a[3]! - b[3]!);
  const groups = [...Map.groupBy(cells, (cell) => cell.join(' ')).values()];
  const column = (at: number) => Int32Array.from(groups, ([cell]) => cell![at]!);
  const slice: LabelSlice = {
    ...{ grouping: '(all cases)', state: 'value', value: '(all)', edited: 0 },
    cells: {
      ...{ expected: column(1), baseline: column(2), candidate: column(3) },
      cases: Float64Array.from(groups, (group) => group.length),
      cluster: clusters === undefined ? null : column(0),
    },
  };
  const counts = { labels, tooMany: null, hasLists: false, severalTrials: 0, slices: [slice] };
  return { slice, labels, counts };
}
