/** Lists of cases to ask for in the tests of engines: every condition and order, over slices that occur. */

import type { CaseOrder, CasePlan, SliceCount, UnitMeasure } from '../counts/index.ts';
import type { Grouping } from '../slices/index.ts';

const ALL: CasePlan = {
  within: [],
  classes: null,
  withErrors: false,
  words: [],
  ids: null,
  measure: { kind: 'outcome', of: { kind: 'passRate' }, errors: 'fail' },
  order: { by: 'id', descending: false },
  offset: 0,
  limit: 500,
  columns: ['tag', 'num', 'T"; --', 'list', 'mixed', 'absent', 'id'],
};

const COLUMN_ORDERS: readonly CaseOrder[] = ['num', 'list', 'T"; --', 'mixed', 'absent', 'Tag'].flatMap(
  (column) => [false, true].map((descending) => ({ by: 'column', column, descending }) as const),
);

const SEARCHES: readonly (readonly string[])[] = [
  [''],
  ['A'],
  ['x', '7'],
  ['É'],
  ['PAY  the\u00a0refund'],
  ["'; drop"],
  ['nul\0L'],
  ['no such text'],
];

const ORDERS: readonly CaseOrder[] = [false, true].flatMap((descending) => [
  { by: 'id', descending } as const,
  { by: 'drop', descending } as const,
]);

/** Plans for a comparison in which these slices of the groupings occur. */
export function casePlans(
  groupings: readonly Grouping[],
  slices: readonly SliceCount[],
  measures: readonly UnitMeasure[],
): readonly CasePlan[] {
  const within = slices.map(({ state, value, grouping: id }) => {
    const grouping = groupings.find((one) => one.id === id)!;
    return { grouping, state, value };
  });
  return [
    ALL,
    { ...ALL, offset: 2, limit: 3, columns: [] },
    ...within.map((filter) => ({ ...ALL, within: [filter], columns: [] })),
    { ...ALL, within: within.slice(0, 3) },
    ...SEARCHES.map((words) => ({ ...ALL, words, columns: [] })),
    ...measures.flatMap((measure) => ORDERS.map((order) => ({ ...ALL, measure, order, columns: [] }))),
    ...COLUMN_ORDERS.map((order) => ({ ...ALL, order, columns: ['num'] })),
    { ...ALL, classes: ['lost', 'unscored', 'onlyBaseline'], withErrors: true },
    { ...ALL, classes: ['passed', 'failed', 'between', 'edited'] },
    { ...ALL, ids: ['a', "x'y", 'nul\0l', 'never'], order: { by: 'drop', descending: false } },
    { ...ALL, ids: [] },
  ];
}
