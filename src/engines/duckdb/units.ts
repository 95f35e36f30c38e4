/** Values case by case. */

import { directionOfChange, type UnitPlan, type UnitTable } from '../../counts/index.ts';
import { compareSliceKeys, type SliceKey } from '../../slices/index.ts';
import { refuseRepeatedIds } from '../plan.ts';
import type { WideColumns } from './attributes.ts';
import type { CaseTable } from './case-table.ts';
import type { DatabaseValue } from './database.ts';
import { type Slicing, slicingOf } from './slicing.ts';
import { meansSql, outcomeList, outcomeValues, roleRangeSql } from './values.ts';

/** See `Engine.units`. */
export async function unitTable(table: CaseTable, wide: WideColumns, plan: UnitPlan): Promise<UnitTable> {
  refuseRepeatedIds(plan.groupings);
  const slicings: Slicing[] = [];
  for (const grouping of plan.groupings) slicings.push(await slicingOf(table, wide, grouping));
  const { measure, onlyDiscordant } = plan;
  const shares = measure.kind === 'outcome' ? outcomeValues(table, measure.of, measure.errors) : null;
  const kept = outcomeList(table, (o) => {
    if (table.outcomes[o]!.edited) return false;
    if (!onlyDiscordant || shares === null) return true;
    return directionOfChange(shares[o]!.baseline, shares[o]!.candidate) !== null;
  });
  const cluster = roleRangeSql(table, 'cluster');
  const weight = roleRangeSql(table, 'weight');
  const select = ['c.id', 'c.o'];
  const from = [wide.from(slicings.flatMap(({ columns }) => columns))];
  const where = [`c.o IN ${kept}`];
  if (measure.kind === 'number') {
    select.push('v.b', 'v.c');
    from.push(`LEFT JOIN ${meansSql(table, measure)} AS v ON v.id = c.id`);
    if (onlyDiscordant) where.push('v.b <> v.c');
  } else select.push('NULL', 'NULL');
  select.push(...rangeOf('k', cluster, from), ...rangeOf('w', weight, from));
  const offsets: number[] = [];
  for (const { expressions } of slicings) {
    offsets.push(select.length);
    select.push(...expressions);
  }
  const columns = await table.database.columns(
    `SELECT ${select.join(', ')} FROM ${from.join(' ')} WHERE ${where.join(' AND ')} ORDER BY c.id`,
  );
  const numbers = (at: number): Float64Array =>
    Float64Array.from(columns[at] ?? [], (x) => (x === null ? Number.NaN : (x as number)));
  const side = (name: 'baseline' | 'candidate', at: number): Float64Array =>
    shares === null ? numbers(at) : Float64Array.from(columns[1] ?? [], (o) => shares[o as number]![name]);
  const ids = (columns[0] ?? []) as readonly string[];
  return {
    ids,
    baseline: side('baseline', 2),
    candidate: side('candidate', 3),
    cluster: cluster === null ? null : clusterCodes(columns[4] ?? []),
    weight: weight === null ? new Float64Array(ids.length).fill(1) : numbers(5),
    ...members(slicings, offsets, columns, ids.length),
  };
}

/** Adds a role's table; its value is NULL where a case has none or several. */
function rangeOf(alias: 'k' | 'w', source: string | null, from: string[]): readonly string[] {
  if (source === null) return ['NULL'];
  from.push(`LEFT JOIN ${source} AS ${alias} ON ${alias}.id = c.id`);
  return [`CASE WHEN ${alias}.low = ${alias}.high THEN ${alias}.low END`];
}

function clusterCodes(texts: readonly DatabaseValue[]): Int32Array {
  const codes = new Map<DatabaseValue, number>();
  let next = 0;
  const found = texts.map((text) => {
    const known = text === null ? undefined : codes.get(text);
    if (known !== undefined) return known;
    if (text !== null) codes.set(text, next);
    return next++;
  });
  return Int32Array.from(found);
}

function members(
  slicings: readonly Slicing[],
  offsets: readonly number[],
  columns: readonly (readonly DatabaseValue[])[],
  cases: number,
): Pick<UnitTable, 'slices' | 'members'> {
  const found: { key: SliceKey; members: number[] }[] = [];
  slicings.forEach(({ expressions, keysOf }, at) => {
    const slices = new Map<string, { key: SliceKey; members: number[] }>();
    const own = expressions.map((_, i) => columns[offsets[at]! + i]!);
    for (let row = 0; row < cases; row++) {
      for (const key of keysOf(own.map((column) => column[row]!))) {
        const name = `${key.state}:${key.value}`;
        const slice = slices.get(name);
        if (slice) slice.members.push(row);
        else slices.set(name, { key, members: [row] });
      }
    }
    found.push(...slices.values());
  });
  found.sort((a, b) => compareSliceKeys(a.key, b.key));
  return {
    slices: found.map(({ key }) => key),
    members: found.map((slice) => Int32Array.from(slice.members)),
  };
}
