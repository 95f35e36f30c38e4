/** A predicate as a dimension: who meets it, and who does not. */

import { foundText } from '../../cases/index.ts';
import { UsageError } from '../../errors.ts';
import { columnsOf, formatExpression, parseExpression } from '../../slices/index.ts';
import { measureOf } from '../../studies/index.ts';
import type { ExploreDimension } from '../contract/explore.ts';
import type { StudioSession } from '../session.ts';
import { crossFilter } from './cross-filter.ts';
import type { ExploreCases } from './explore-cases.ts';

/** Id of the dimension. */
const CONDITION = '(condition)';

/**
 * The same cases with the predicate as their first dimension.
 *
 * @throws UsageError where it is no predicate, names a column that the results do not have, or cases cannot be matched
 */
export async function withCondition(
  cases: ExploreCases,
  text: string,
  session: StudioSession,
): Promise<ExploreCases> {
  const where = parseExpression(text);
  const missing = columnsOf(where).filter((column) => !cases.known.has(column));
  if (missing.length > 0) {
    throw new UsageError(
      missing.map((column) => ({
        message: `the results have no column ${foundText(column)}, so the condition cannot be looked at`,
        hint: 'clear the condition, or name a column of the results',
      })),
    );
  }
  const coded = await session.inTurn(({ comparison, config }) =>
    comparison.engine.table({
      groupings: [{ kind: 'predicate', id: CONDITION, name: 'in', where }],
      measure: measureOf(cases.metric, config.policy.errors),
      ...{ minCases: 1, maxValues: 4, split: null, fold: false },
    }),
  );
  const [column] = coded.columns;
  if (column === undefined || column.codes.length !== cases.outcome.length) {
    throw new UsageError({
      message: 'the condition cannot be looked at here: these runs share no case',
      hint: 'compare runs of the same cases',
    });
  }
  const inside = column.values.findIndex(({ state }) => state === 'value') + 1;
  const codes = new Uint8Array(column.codes.length);
  for (let row = 0; row < codes.length; row++)
    codes[row] = inside > 0 && column.codes[row] === inside ? 1 : 0;
  const own = codes.reduce((sum, code) => sum + code, 0);
  const dimension: ExploreDimension = {
    id: CONDITION,
    label: formatExpression(where),
    kind: 'condition',
    definition: 'the condition that this page was opened with',
    edges: null,
    values: [
      { key: '=in', label: 'holds', state: 'value', cases: own, code: 1, where },
      {
        key: '!out',
        label: 'does not hold',
        state: 'other',
        cases: codes.length - own,
        code: 0,
        where: null,
      },
    ],
    otherValues: 0,
  };
  const filtered = [{ codes, size: 2 }, ...cases.filtered];
  return {
    ...cases,
    answer: { ...cases.answer, dimensions: [dimension, ...cases.answer.dimensions] },
    placeOf: [null, ...cases.placeOf],
    filtered,
    filter: crossFilter({ ...cases.filter.table, columns: filtered }),
  };
}
