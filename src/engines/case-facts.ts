/** What an engine knows of every case apart from its slices, and the coded table that is made of it. */

import type { CodedColumn, CodedTable, TablePlan } from '../counts/index.ts';
import { codeGrouping, gather } from './coded-columns.ts';
import { foldRows } from './fold-rows.ts';
import type { Codes, GroupingCodes } from './grouping-codes.ts';

/** Whether a case is in the table, and else why not; the first reason that holds. */
export const FATES = {
  in: 0,
  onlyBaseline: 1,
  onlyCandidate: 2,
  edited: 3,
  unscored: 4,
  unweighted: 5,
} as const;

/** Every case of the comparison, in the order of the table. */
export interface CaseFacts {
  readonly cases: number;
  /** One of `FATES`. */
  readonly fate: Uint8Array;
  readonly baseline: Float64Array;
  readonly candidate: Float64Array;
  readonly weight: Float64Array | null;
  readonly half: Uint8Array | null;
  /** A number per cluster, whichever. */
  readonly cluster: Int32Array | null;
}

/** See `Engine.table`. */
export async function codedTable(
  facts: CaseFacts,
  groupings: AsyncIterable<GroupingCodes> | Iterable<GroupingCodes>,
  plan: TablePlan,
): Promise<CodedTable> {
  const left = new Array<number>(Object.keys(FATES).length).fill(0);
  for (let i = 0; i < facts.cases; i++) left[facts.fate[i]!]!++;
  const cases = left[FATES.in]!;
  const kept = cases === facts.cases ? null : indexesIn(facts.fate, cases);
  const pick = <T extends Codes | Float64Array | Int32Array>(values: T): T =>
    kept === null ? values : gather(values, kept);
  const columns: CodedColumn[] = [];
  const rareTags: CodedTable['rareTags'][number][] = [];
  for await (const source of groupings) {
    const found = await codeGrouping(source, kept, plan);
    columns.push(...found.columns);
    if (found.rareTags !== null) rareTags.push(found.rareTags);
  }
  const table: CodedTable = {
    cases,
    columns,
    rareTags,
    count: new Float64Array(cases).fill(1),
    weight: facts.weight && pick(facts.weight),
    half: facts.half && pick(facts.half),
    cluster: facts.cluster && renumber(pick(facts.cluster)),
    baseline: pick(facts.baseline),
    candidate: pick(facts.candidate),
    leftOut: {
      onlyBaseline: left[FATES.onlyBaseline]!,
      onlyCandidate: left[FATES.onlyCandidate]!,
      edited: left[FATES.edited]!,
      unscored: left[FATES.unscored]!,
      unweighted: left[FATES.unweighted]!,
    },
  };
  return plan.fold && table.cluster === null ? foldTable(table) : table;
}

function indexesIn(fate: Uint8Array, cases: number): Int32Array {
  const kept = new Int32Array(cases);
  let next = 0;
  for (let i = 0; i < fate.length; i++) if (fate[i] === FATES.in) kept[next++] = i;
  return kept;
}

/** Numbers clusters 0, 1, ... in the order in which they first occur. */
function renumber(clusters: Int32Array): Int32Array {
  const known = new Map<number, number>();
  return clusters.map((cluster) => {
    const before = known.get(cluster);
    if (before !== undefined) return before;
    known.set(cluster, known.size);
    return known.size - 1;
  });
}

function foldTable(table: CodedTable): CodedTable {
  const { columns, half, weight, baseline, candidate, cases } = table;
  const coded = columns.map(({ codes, values }) => ({ codes, size: values.length + 1 }));
  if (half !== null) coded.push({ codes: half, size: 2 });
  const fold = foldRows(cases, { codes: coded, values: [baseline, candidate] });
  if (fold === null) return table;
  const { first, into } = fold;
  const count = new Float64Array(first.length);
  const weights = weight && new Float64Array(first.length);
  for (let row = 0; row < cases; row++) {
    count[into[row]!]!++;
    if (weights && weight) weights[into[row]!]! += weight[row]!;
  }
  return {
    ...table,
    columns: columns.map((column) => ({ ...column, codes: gather(column.codes, first) })),
    count,
    weight: weights,
    half: half && gather(half, first),
    baseline: gather(baseline, first),
    candidate: gather(candidate, first),
  };
}
