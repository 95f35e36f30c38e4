/** Counts the outcome cells of every slice. */

import { type CountPlan, compareCells, type OutcomeCell, type SliceCount } from '../../counts/index.ts';
import { compareSliceKeys, type SliceKey } from '../../slices/index.ts';
import { refuseRepeatedIds } from '../plan.ts';
import type { WideColumns } from './attributes.ts';
import type { CaseTable } from './case-table.ts';
import type { DatabaseValue } from './database.ts';
import { type Slicing, slicingOf } from './slicing.ts';

/** So many cases have these values of a slicing's expressions and this number of a pair of outcomes. */
interface TupleCount {
  readonly values: readonly DatabaseValue[];
  readonly o: number;
  readonly cases: number;
}

/** Counts of combinations that were asked for before: profiles and plans ask for the same ones. */
export type CountCache = Map<string, readonly TupleCount[]>;

/** See `Engine.count`. */
export async function countCells(
  table: CaseTable,
  wide: WideColumns,
  cache: CountCache,
  plan: CountPlan,
): Promise<readonly SliceCount[]> {
  refuseRepeatedIds(plan.groupings);
  const slicings: Slicing[] = [];
  for (const grouping of plan.groupings) slicings.push(await slicingOf(table, wide, grouping));
  const counted = await countTuples(table, wide, cache, slicings);
  const slices = slicings.flatMap((slicing, i) => sumSlices(table, slicing, counted[i]!));
  return slices.sort(compareSliceKeys);
}

/** Counts every combination of values with every pair of outcomes, all slicings in one statement. */
export async function countTuples(
  table: CaseTable,
  wide: WideColumns,
  cache: CountCache,
  slicings: readonly Pick<Slicing, 'expressions' | 'columns'>[],
): Promise<readonly (readonly TupleCount[])[]> {
  const names = slicings.map(({ expressions }) => expressions.join(' , '));
  const coded = slicings.filter(({ columns }, i) => columns.length === 0 && !cache.has(names[i]!));
  const others = slicings.filter(({ columns }, i) => columns.length > 0 && !cache.has(names[i]!));
  if (coded.length > 0) {
    const width = Math.max(...coded.map(({ expressions }) => expressions.length));
    const branches = coded.map(({ expressions }, i) => {
      const codes = Array.from({ length: width }, (_, at) => expressions[at] ?? '0');
      return `SELECT ${[i, ...codes, 'c.o', 'count(*)'].join(', ')} FROM cases AS c GROUP BY ALL`;
    });
    const found: TupleCount[][] = coded.map(() => []);
    for (const row of await table.database.rows(branches.join(' UNION ALL '))) {
      const i = row[0] as number;
      found[i]!.push(tupleOf(row.slice(1), coded[i]!.expressions.length, width));
    }
    coded.forEach(({ expressions }, i) => {
      cache.set(expressions.join(' , '), found[i]!);
    });
  }
  for (const { expressions, columns } of others) {
    const rows = await table.database.rows(
      `SELECT ${[...expressions, 'c.o', 'count(*)'].join(', ')} FROM ${wide.from(columns)} GROUP BY ALL`,
    );
    cache.set(
      expressions.join(' , '),
      rows.map((row) => tupleOf(row, expressions.length, expressions.length)),
    );
  }
  return names.map((name) => cache.get(name)!);
}

function tupleOf(row: readonly DatabaseValue[], length: number, width: number): TupleCount {
  return { values: row.slice(0, length), o: row[width] as number, cases: row[width + 1] as number };
}

function sumSlices(table: CaseTable, slicing: Slicing, tuples: readonly TupleCount[]): SliceCount[] {
  const slices = new Map<string, { key: SliceKey; counts: Map<number, number> }>();
  for (const { values, o, cases } of tuples) {
    for (const key of slicing.keysOf(values)) {
      const name = `${key.state}:${key.value}`;
      let slice = slices.get(name);
      if (slice === undefined) {
        slice = { key, counts: new Map() };
        slices.set(name, slice);
      }
      slice.counts.set(o, (slice.counts.get(o) ?? 0) + cases);
    }
  }
  return [...slices.values()].map(({ key, counts }) => {
    const cells = [...counts].map(([o, cases]): OutcomeCell => ({ ...table.outcomes[o]!, cases }));
    return { ...key, cells: cells.sort(compareCells) };
  });
}
