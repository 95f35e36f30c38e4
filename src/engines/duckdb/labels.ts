/** Counts true labels and predictions. */

import { type LabelCounts, type LabelPlan, type LabelSlice, NO_LABEL } from '../../counts/index.ts';
import { compareSliceKeys, type SliceKey } from '../../slices/index.ts';
import { type LabelCodes, labelCodes, orderedCells } from '../label-codes.ts';
import { refuseRepeatedIds } from '../plan.ts';
import { ANSWERS, type AnswerRole, type Answers, answerFinder } from './answers.ts';
import type { WideColumns } from './attributes.ts';
import type { CaseTable } from './case-table.ts';
import type { DatabaseValue } from './database.ts';
import { type Slicing, slicingOf } from './slicing.ts';
import { outcomeList, roleRangeSql } from './values.ts';

const ROLES: readonly AnswerRole[] = ['expected', 'baseline', 'candidate'];

/** See `Engine.labels`; what plans share is worked out once. */
export function labelCounter(table: CaseTable, wide: WideColumns): (plan: LabelPlan) => Promise<LabelCounts> {
  const find = answerFinder(table);
  let clusters: Promise<string | null> | null = null;
  return async ({ groupings, maxLabels }) => {
    refuseRepeatedIds(groupings);
    const hasLists = table.relations.some(({ mapping }) =>
      [mapping.expected, mapping.predicted].some((name) => name !== undefined && table.lists.has(name)),
    );
    const answers = await find(maxLabels);
    const texts = answers && (await textsThatOccur(table, answers));
    if (answers === null || texts === null || texts.size > maxLabels)
      return { labels: [], tooMany: maxLabels + 1, hasLists, severalTrials: 0, slices: [] };
    const { labels, codeOf } = labelCodes(texts);
    clusters ??= joinClusters(table);
    const counting: Counting = { answers, cluster: await clusters, codes: codesOf(answers, texts, codeOf) };
    const slices: LabelSlice[] = [];
    for (const grouping of groupings)
      slices.push(...(await countSlices(table, wide, await slicingOf(table, wide, grouping), counting)));
    return {
      labels,
      tooMany: null,
      hasLists,
      severalTrials: answers.severalTrials,
      slices: slices.sort(compareSliceKeys),
    };
  };
}

/** The texts of cases that are not edited. */
async function textsThatOccur(table: CaseTable, { join, sql, texts }: Answers): Promise<ReadonlySet<string>> {
  const unedited = outcomeList(table, (o) => !table.outcomes[o]!.edited);
  const rows = await table.database.rows(
    `SELECT DISTINCT ${ROLES.map((role) => sql[role]).join(', ')} FROM cases AS c${join} WHERE c.o IN ${unedited}`,
  );
  const found = new Set<string>();
  for (const row of rows) {
    ROLES.forEach((role, i) => {
      const number = row[i] as number;
      const text = number < ANSWERS.text ? '' : texts[role][number - ANSWERS.text]!;
      if (text !== '') found.add(text);
    });
  }
  return found;
}

interface Counting {
  readonly answers: Answers;
  /** The join that gives `lk.k`, or null without clusters. */
  readonly cluster: string | null;
  /** The code of an answer by its number. */
  readonly codes: Readonly<Record<AnswerRole, readonly number[]>>;
}

function codesOf(
  { texts }: Answers,
  occurring: ReadonlySet<string>,
  codeOf: LabelCodes['codeOf'],
): Counting['codes'] {
  const own = (role: AnswerRole): readonly number[] => [
    NO_LABEL.none,
    NO_LABEL.error,
    NO_LABEL.absent,
    ...texts[role].map((text) => (occurring.has(text) ? codeOf(text) : NO_LABEL.none)),
  ];
  return { expected: own('expected'), baseline: own('baseline'), candidate: own('candidate') };
}

/** Numbers the clusters by the lowest id of their cases; a case without one is a cluster of its own. */
async function joinClusters(table: CaseTable): Promise<string | null> {
  const range = roleRangeSql(table, 'cluster');
  if (range === null) return null;
  const unedited = outcomeList(table, (o) => !table.outcomes[o]!.edited);
  const own = `SELECT c.id, CASE WHEN k.low = k.high THEN 'k' || k.low ELSE 'i' || c.id END AS name FROM cases AS c LEFT JOIN ${range} AS k ON k.id = c.id WHERE c.o IN ${unedited}`;
  await table.database.run(
    `CREATE TEMP TABLE label_clusters AS WITH own AS (${own}), named AS (SELECT name, CAST(row_number() OVER (ORDER BY min(id)) - 1 AS INTEGER) AS k FROM own GROUP BY name) SELECT id, k FROM own JOIN named USING (name)`,
  );
  return ' LEFT JOIN label_clusters AS lk ON lk.id = c.id';
}

interface OpenSlice {
  readonly key: SliceKey;
  readonly expected: number[];
  readonly baseline: number[];
  readonly candidate: number[];
  readonly cases: number[];
  readonly cluster: number[];
  edited: number;
}

async function countSlices(
  table: CaseTable,
  wide: WideColumns,
  { expressions, columns, keysOf }: Slicing,
  { answers, cluster, codes }: Counting,
): Promise<readonly LabelSlice[]> {
  const edited = `c.o IN ${outcomeList(table, (o) => table.outcomes[o]!.edited)}`;
  const unlessEdited = (sql: string): string => `CASE WHEN ${edited} THEN 0 ELSE ${sql} END`;
  const select = [
    ...ROLES.map((role) => unlessEdited(answers.sql[role])),
    cluster === null ? '0' : unlessEdited('lk.k'),
    edited,
    'count(*)',
    ...expressions,
  ];
  const found = await table.database.columns(
    `SELECT ${select.join(', ')} FROM ${wide.from(columns)}${answers.join}${cluster ?? ''} GROUP BY ALL`,
  );
  const [expected, baseline, candidate, clusters, isEdited, cases = []] = found as readonly number[][];
  const keys = found.slice(select.length - expressions.length);
  const slices = new Map<string, OpenSlice>();
  for (let row = 0; row < cases.length; row++) {
    for (const key of keysOf(keys.map((column): DatabaseValue => column[row]!))) {
      const slice = openSlice(slices, key);
      if (isEdited![row]) {
        slice.edited += cases[row]!;
        continue;
      }
      slice.expected.push(codes.expected[expected![row]!]!);
      slice.baseline.push(codes.baseline[baseline![row]!]!);
      slice.candidate.push(codes.candidate[candidate![row]!]!);
      slice.cases.push(cases[row]!);
      slice.cluster.push(clusters![row]!);
    }
  }
  return [...slices.values()].map(({ key, edited: n, ...cells }) => ({
    ...key,
    cells: orderedCells({ ...cells, cluster: cluster === null ? null : cells.cluster }),
    edited: n,
  }));
}

function openSlice(slices: Map<string, OpenSlice>, key: SliceKey): OpenSlice {
  const name = `${key.state}:${key.value}`;
  const before = slices.get(name);
  if (before !== undefined) return before;
  const slice = { key, expected: [], baseline: [], candidate: [], cases: [], cluster: [], edited: 0 };
  slices.set(name, slice);
  return slice;
}
