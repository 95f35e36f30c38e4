/** The cases that a run lost or gained. */

import { directionOfChange, type FlipPlan, type FlippedCase } from '../../counts/index.ts';
import { compareSliceKeys, compareText, type SliceKey } from '../../slices/index.ts';
import { isHashedText } from '../cell.ts';
import { refuseRepeatedIds } from '../plan.ts';
import { listLiteral } from '../sql/literal.ts';
import type { WideColumns } from './attributes.ts';
import type { CaseTable } from './case-table.ts';
import { type Relation, roleSql } from './relation.ts';
import { slicingOf } from './slicing.ts';
import { meansSql, outcomeList, outcomeValues } from './values.ts';

type Direction = 'lost' | 'gained';

/** Up to so many lowest ids an aggregate keeps in a heap; more are sorted. */
const HEAP_LIMIT = 1_000;

/** See `Engine.flips`. */
export async function flippedCases(
  table: CaseTable,
  wide: WideColumns,
  plan: FlipPlan,
): Promise<readonly FlippedCase[]> {
  refuseRepeatedIds(plan.groupings);
  if (table.baseline === null || plan.limit <= 0) return [];
  const { direction, values, where } = directionSql(table, plan);
  const slices = new Map<string, { key: SliceKey; ids: Record<Direction, string[]> }>();
  for (const grouping of plan.groupings) {
    const { expressions, columns, keysOf } = await slicingOf(table, wide, grouping);
    const lowest =
      plan.limit <= HEAP_LIMIT ? `min(c.id, ${plan.limit})` : `list_sort(list(c.id))[1:${plan.limit}]`;
    const rows = await table.database.rows(
      `SELECT ${[...expressions, direction, lowest].join(', ')} FROM ${wide.from(columns)}${values} WHERE ${where} GROUP BY ALL`,
    );
    for (const row of rows) {
      const to = row[expressions.length] === 1 ? 'lost' : 'gained';
      for (const key of keysOf(row.slice(0, expressions.length))) {
        const name = JSON.stringify([key.grouping, key.state, key.value]);
        const slice = slices.get(name) ?? { key, ids: { lost: [], gained: [] } };
        slice.ids[to].push(...(row[expressions.length + 1] as string[]));
        slices.set(name, slice);
      }
    }
  }
  const found = [...slices.values()]
    .sort((a, b) => compareSliceKeys(a.key, b.key))
    .flatMap(({ key, ids }) =>
      (['lost', 'gained'] as const).flatMap((to) =>
        ids[to]
          .sort(compareText)
          .slice(0, plan.limit)
          .map((id) => ({ ...key, id, direction: to })),
      ),
    );
  const texts = await readTexts(table, [...new Set(found.map(({ id }) => id))]);
  return found.map((flip) => ({ ...flip, ...texts(flip.id) }));
}

/** 1 for lost, 2 for gained, over `cases AS c` joined with `values`. */
function directionSql(
  table: CaseTable,
  { measure }: FlipPlan,
): { readonly direction: string; readonly values: string; readonly where: string } {
  const unedited = outcomeList(table, (o) => !table.outcomes[o]!.edited);
  if (measure.kind === 'number') {
    return {
      direction: 'CASE WHEN v.c < v.b THEN 1 ELSE 2 END',
      values: ` JOIN ${meansSql(table, measure)} AS v ON v.id = c.id`,
      where: `v.b <> v.c AND c.o IN ${unedited}`,
    };
  }
  const shares = outcomeValues(table, measure.of, measure.errors);
  const going = (to: Direction): string =>
    outcomeList(
      table,
      (o) =>
        !table.outcomes[o]!.edited && directionOfChange(shares[o]!.baseline, shares[o]!.candidate) === to,
    );
  return {
    direction: `CASE WHEN c.o IN ${going('lost')} THEN 1 ELSE 2 END`,
    values: '',
    where: `(c.o IN ${going('lost')} OR c.o IN ${going('gained')})`,
  };
}

type Texts = Pick<FlippedCase, 'input' | 'baselineOutput' | 'candidateOutput'>;

async function readTexts(table: CaseTable, ids: readonly string[]): Promise<(id: string) => Texts> {
  const inputs = new Map<string, string[]>();
  const outputs = { baseline: new Map<string, string>(), candidate: new Map<string, string>() };
  for (const relation of ids.length === 0 ? [] : table.relations) {
    for (const [id, input, output] of await readRows(table, relation, ids)) {
      if (input !== null) inputs.set(id, [...(inputs.get(id) ?? []), input]);
      if (output !== null && !outputs[relation.side].has(id)) outputs[relation.side].set(id, output);
    }
  }
  return (id) => {
    const [first] = (inputs.get(id) ?? []).sort(
      (a, b) => Number(isHashedText(a)) - Number(isHashedText(b)) || compareText(a, b),
    );
    return {
      input: first ?? null,
      baselineOutput: outputs.baseline.get(id) ?? null,
      candidateOutput: outputs.candidate.get(id) ?? null,
    };
  };
}

/** Id, input and output of the rows of some cases, by trial. */
async function readRows(
  table: CaseTable,
  relation: Relation,
  ids: readonly string[],
): Promise<readonly [string, string | null, string | null][]> {
  const input = roleSql(relation, 'input', table.lists);
  const output = roleSql(relation, 'output', table.lists);
  if (input === null && output === null) return [];
  const rows = await table.database.rows(
    `SELECT ${relation.caseId}, ${input ?? 'NULL'}, ${output ?? 'NULL'}, ${relation.trial} AS t FROM ${relation.from} AND ${relation.caseId} IN (SELECT unnest(${listLiteral(ids)})) ORDER BY t`,
  );
  return rows as readonly unknown[] as readonly [string, string | null, string | null][];
}
