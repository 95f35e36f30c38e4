/** Counts true labels and predictions. */

import { type LabelCounts, type LabelPlan, type LabelSlice, NO_LABEL } from '../../counts/index.ts';
import { compareSliceKeys, type SliceKey } from '../../slices/index.ts';
import { type LabelCodes, labelCodes, orderedCells } from '../label-codes.ts';
import { refuseRepeatedIds } from '../plan.ts';
import { type AnswerRole, type Answers, answerFinder } from './answers.ts';
import type { WideColumns } from './attributes.ts';
import type { CaseTable } from './case-table.ts';
import type { DatabaseValue } from './database.ts';
import { joinClusters, type LabelKeys, labelKeys } from './label-keys.ts';
import { type Slicing, slicingOf } from './slicing.ts';

/** What questions about labels share: which combinations of labels there are, worked out once. */
export interface LabelFinder {
  /** Null where there are more than `most` texts. */
  keysOf(most: number): Promise<{ readonly answers: Answers; readonly keys: LabelKeys } | null>;
}

/** Finds the labels of a comparison. */
export function labelFinder(table: CaseTable): LabelFinder {
  const find = answerFinder(table);
  let numbered: Promise<LabelKeys> | null = null;
  return {
    async keysOf(most) {
      const answers = await find(most);
      if (answers === null) return null;
      numbered ??= labelKeys(table, answers);
      const keys = await numbered;
      if (keys.texts.size > most) return null;
      await keys.attach();
      return { answers, keys };
    },
  };
}

/** See `Engine.labels`; what plans share is worked out once. */
export function labelCounter(
  table: CaseTable,
  wide: WideColumns,
  finder: LabelFinder,
): (plan: LabelPlan) => Promise<LabelCounts> {
  let clusters: Promise<string | null> | null = null;
  return async ({ groupings, maxLabels }) => {
    refuseRepeatedIds(groupings);
    const hasLists = table.relations.some(({ mapping }) =>
      [mapping.expected, mapping.predicted].some((name) => name !== undefined && table.lists.has(name)),
    );
    const found = await finder.keysOf(maxLabels);
    if (found === null) return { labels: [], tooMany: maxLabels + 1, hasLists, severalTrials: 0, slices: [] };
    const { answers, keys } = found;
    clusters ??= joinClusters(table);
    const { labels, codeOf } = labelCodes(keys.texts);
    const counting = { cluster: await clusters, codes: codesOf(answers, keys, codeOf) };
    const slices: LabelSlice[] = [];
    for (const grouping of groupings)
      slices.push(...(await countSlices(table, wide, await slicingOf(table, wide, grouping), counting)));
    const { severalTrials } = answers;
    return { labels, tooMany: null, hasLists, severalTrials, slices: slices.sort(compareSliceKeys) };
  };
}

interface Counting {
  /** The join that gives `lc.k`, or null without clusters. */
  readonly cluster: string | null;
  /** The codes of a combination by its number. */
  readonly codes: Readonly<Record<AnswerRole, Int32Array>>;
}

/** The codes of each combination, by its number. */
export function codesOf(
  { texts }: Answers,
  { answers, texts: occurring }: LabelKeys,
  codeOf: LabelCodes['codeOf'],
): Counting['codes'] {
  const own = (role: AnswerRole): Int32Array => {
    const byAnswer = [
      NO_LABEL.none,
      NO_LABEL.error,
      NO_LABEL.absent,
      ...texts[role].map((text) => (occurring.has(text) ? codeOf(text) : NO_LABEL.none)),
    ];
    return Int32Array.from(answers[role], (answer) => byAnswer[answer]!);
  };
  return { expected: own('expected'), baseline: own('baseline'), candidate: own('candidate') };
}

interface OpenSlice {
  readonly key: SliceKey;
  readonly keys: number[];
  readonly cases: number[];
  readonly cluster: number[];
  edited: number;
}

/** One grouping's slices. */
async function countSlices(
  { database }: CaseTable,
  wide: WideColumns,
  { expressions, columns, keysOf }: Slicing,
  { cluster, codes }: Counting,
): Promise<readonly LabelSlice[]> {
  const own = cluster === null ? '0' : 'CASE WHEN c.lk = 0 THEN 0 ELSE lc.k END';
  const select = ['c.lk', own, 'count(*)', ...expressions];
  // Up to so many bits of combinations are counted in a table.
  await database.run('SET perfect_ht_threshold = 20');
  const [keys = [], clusters = [], cases = [], ...parts] = (await database.columns(
    `SELECT ${select.join(', ')} FROM ${wide.from(columns)}${cluster ?? ''} GROUP BY ALL`,
  )) as readonly [number[], number[], number[], ...DatabaseValue[][]];
  await database.run('RESET perfect_ht_threshold');
  const slices = new Map<string, OpenSlice>();
  for (let row = 0; row < cases.length; row++) {
    for (const key of keysOf(parts.map((part): DatabaseValue => part[row]!))) {
      const slice = openSlice(slices, key);
      if (keys[row] === 0) slice.edited += cases[row]!;
      else {
        slice.keys.push(keys[row]!);
        slice.cases.push(cases[row]!);
        slice.cluster.push(clusters[row]!);
      }
    }
  }
  return [...slices.values()].map((slice) => {
    const pick = (values: Int32Array): readonly number[] => slice.keys.map((key) => values[key]!);
    const cells = orderedCells({
      expected: pick(codes.expected),
      baseline: pick(codes.baseline),
      candidate: pick(codes.candidate),
      cases: slice.cases,
      cluster: cluster === null ? null : slice.cluster,
    });
    return { ...slice.key, cells, edited: slice.edited };
  });
}

function openSlice(slices: Map<string, OpenSlice>, key: SliceKey): OpenSlice {
  const name = `${key.state}:${key.value}`;
  const before = slices.get(name);
  if (before !== undefined) return before;
  const slice = { key, keys: [], cases: [], cluster: [], edited: 0 };
  slices.set(name, slice);
  return slice;
}
