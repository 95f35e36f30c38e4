/** fast-check generators for the tests of engines: hostile tables, groupings of every kind, and predicates. */

import fc from 'fast-check';
import type { Cell, ColumnMapping } from '../cases/index.ts';
import type { Expression, Grouping, Literal, Operand } from '../slices/index.ts';
import type { TestRow } from './test-tables.ts';

/** Texts that break quoting, ordering, number parsing or caches. */
const TEXTS = [
  '',
  ' ',
  'a',
  'b',
  'A',
  'a x b',
  ' x',
  '"',
  "'; DROP TABLE cases; --",
  'a,b',
  '[a]',
  '\\',
  'line\nbreak',
  '\t',
  '\0',
  'nul\0l',
  '\u{1F600}',
  '\uFFFD',
  '\uFF5E',
  'é',
  'e\u0301',
  '007',
  '7',
  '7.0',
  '1e1',
  '-0',
  '0',
  '.5',
  '1e999',
  '1e-400',
  'NaN',
  'true',
  'True',
  'false',
  '2024-02-29T23:30:00Z',
  '2023-02-29',
  '2024-12-31 05:00',
  '2024-01',
  'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  'abc',
  'pay  the\u00a0refund',
  '12345678901234567890',
  '0.1',
  '0.2',
  '0.30000000000000004',
  '=1+1',
  '%s',
  '$1',
  '{x}',
  '--',
] as const;

/** Column names of the tables. */
const COLUMNS = ['tag', 'num', 'T"; --', 'list', 'mixed', 'when', 'Tag'] as const;

const text = fc.constantFrom(...TEXTS);
const few = fc.constantFrom('a', 'b', 'a x b', '', '7', '7.0');
const tags = fc.array(few, { maxLength: 3 });

const cellOf: Readonly<Record<string, fc.Arbitrary<Cell>>> = {
  tag: fc.option(few),
  num: fc.option(fc.constantFrom('1', '2', '0.1', '0.2', '0.3', '1e1', 'x', '-0', '7', '07')),
  'T"; --': fc.option(text),
  list: fc.option(tags),
  mixed: fc.oneof(fc.constant(null), few, tags),
  when: fc.option(
    fc.constantFrom('2024-02-29T23:30:00Z', '2023-02-29', '2024-12-31 05:00', '2024-01-01', 'x'),
  ),
  Tag: fc.option(fc.oneof(few, text)),
};

const ID = fc.constantFrom(
  '1',
  '2',
  '10',
  'a',
  'A',
  '\u{1F600}',
  '\uFF5E',
  "x'y",
  'nul\0l',
  'long '.repeat(9),
  '3',
  '4',
  '5',
);

/** The roles of the tables' columns, all optional but the case id and what says how a row was scored. */
const mapping = (graded: boolean): fc.Arbitrary<ColumnMapping> =>
  fc
    .record(
      {
        input: fc.constant('T"; --'),
        expected: fc.constantFrom('tag', 'mixed'),
        predicted: fc.constantFrom('Tag', 'mixed', 'list', 'num', 'T"; --'),
        output: fc.constantFrom('Tag', 'list'),
        cluster: fc.constantFrom('tag', 'list'),
        weight: fc.constantFrom('num', 'mixed'),
        judgeFingerprint: fc.constant('when'),
        // Never a column of texts, which are written as hashes unless asked for.
        codeFingerprint: fc.constantFrom('when', 'num'),
        ...(graded ? {} : { score: fc.constantFrom('num', 'when') }),
      },
      { requiredKeys: [] },
    )
    .map((roles) => ({
      caseId: 'id',
      trial: 'trial',
      ...(graded ? { score: 'num' } : { passed: 'verdict' }),
      ...roles,
    }));

/** A comparison in rows. */
export interface TestComparison {
  readonly baseline: readonly TestRow[] | null;
  readonly candidate: readonly TestRow[];
  readonly mappings: { readonly baseline: ColumnMapping; readonly candidate: ColumnMapping };
}

type Cells = Readonly<Record<string, Cell>>;

interface TableShape {
  readonly trials: readonly string[];
  readonly columns: readonly string[];
  /** Rows have scores and no verdicts. */
  readonly graded: boolean;
}

function cellsOf(columns: readonly string[]): fc.Arbitrary<Cells> {
  const cells = fc.record(Object.fromEntries(columns.map((name) => [name, cellOf[name]!])), {
    requiredKeys: [],
  });
  return cells as fc.Arbitrary<Cells>;
}

/** Rows that take the cells of their case, or with some chance their own. */
function rowsOf(shape: TableShape, base: ReadonlyMap<string, Cells>): fc.Arbitrary<readonly TestRow[]> {
  const row = fc.record({
    id: ID,
    trial: fc.constantFrom(...shape.trials),
    outcome: fc.constantFrom('pass', 'pass', 'fail', 'fail', 'error', 'unscored'),
    score: fc.constantFrom('0', '1', '0.5', null),
    own: fc.option(cellsOf(shape.columns), { freq: 3 }),
  });
  return fc.uniqueArray(row, { maxLength: 14, selector: ({ id, trial }) => `${trial}/${id}` }).map((rows) =>
    rows.map(({ id, trial, outcome, score, own }): TestRow => {
      const cells = { ...base.get(id), ...own };
      if (outcome === 'error') return { id, trial, status: 'error', cells };
      if (!shape.graded)
        return { id, trial, passed: { pass: 1, fail: 0, unscored: null }[outcome] as 0 | 1 | null, cells };
      return {
        id,
        trial,
        status: score === null ? 'unscored' : 'scored',
        passed: null,
        cells: { ...cells, num: score },
      };
    }),
  );
}

/** Comparisons of up to 14 rows a side. */
export const comparison: fc.Arbitrary<TestComparison> = fc
  .record({
    trials: fc.constantFrom([''], ['', '1', '2', '10']),
    columns: fc.subarray([...COLUMNS], { minLength: 2 }),
    graded: fc.boolean(),
    alone: fc.boolean(),
    same: fc.boolean(),
  })
  .chain(({ alone, same, ...shape }) =>
    fc.array(fc.tuple(ID, cellsOf(shape.columns)), { maxLength: 12 }).chain((cases) => {
      const rows = rowsOf(shape, new Map(cases));
      return fc.record({
        baseline: alone ? fc.constant(null) : rows,
        candidate: rows,
        mappings: fc
          .tuple(mapping(shape.graded), mapping(shape.graded))
          .map(([a, b]) => ({ baseline: a, candidate: same ? a : b })),
      });
    }),
  );

const column = fc.constantFrom(...COLUMNS, 'absent');

const scalar: fc.Arbitrary<Literal> = fc.oneof(
  few,
  text,
  fc.constantFrom(0, 1, 7, 0.1, -1, 10, 1e21),
  fc.boolean(),
);

const operand: fc.Arbitrary<Operand> = fc.oneof(
  { weight: 4, arbitrary: column.map((name): Operand => ({ kind: 'column', column: name })) },
  { weight: 2, arbitrary: scalar.map((value): Operand => ({ kind: 'literal', value })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('length', 'words'), column)
      .map(([kind, name]): Operand => ({ kind, column: name })),
  },
);

/** Predicates up to three levels deep; only such as the parser could make. */
const predicate: fc.Arbitrary<Expression> = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc
      .tuple(fc.constantFrom('==', '!=', '<', '<=', '>', '>='), operand, operand)
      .map(([op, left, right]): Expression => ({ kind: 'compare', op, left, right })),
    fc
      .tuple(operand, fc.array(scalar, { minLength: 1, maxLength: 3 }))
      .map(([found, values]): Expression => ({ kind: 'in', operand: found, values })),
    fc
      .tuple(operand, fc.oneof(few, text))
      .map(([found, part]): Expression => ({ kind: 'contains', operand: found, text: part })),
    fc
      .tuple(operand, fc.constantFrom('^a', 'b$', '[0-9]+', 'a.b', '(?i)A', '\\bpay\\b', '', '\\p{Lu}'))
      .map(([found, pattern]): Expression => ({ kind: 'matches', operand: found, pattern })),
    column.map((name): Expression => ({ kind: 'missing', column: name })),
    fc
      .tuple(fc.constantFrom('and', 'or'), fc.array(tie('expression'), { minLength: 2, maxLength: 3 }))
      .map(([kind, parts]): Expression => ({ kind, parts })),
    tie('expression').map((part): Expression => ({ kind: 'not', part })),
  ),
})).expression;

/** Groupings of every kind, nested up to two levels. */
export const grouping: fc.Arbitrary<Grouping> = fc.letrec<{ grouping: Grouping }>((tie) => ({
  grouping: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    fc.constant<Grouping>({ kind: 'all', id: 'g' }),
    column.map((name): Grouping => ({ kind: 'column', id: 'g', column: name })),
    predicate.map((where): Grouping => ({ kind: 'predicate', id: 'g', name: 'it\'s "so"', where })),
    fc
      .tuple(
        column,
        fc.constantFrom('number', 'characters', 'words'),
        fc.constantFrom([1], [0.1, 7], [-1, 0, 3]),
      )
      .map(([name, of, edges]): Grouping => ({ kind: 'bins', id: 'g', column: name, of, edges })),
    fc
      .tuple(fc.constantFrom('when', 'T"; --', 'list'), fc.constantFrom('hour', 'weekday', 'month'))
      .map(([name, by]): Grouping => ({ kind: 'time', id: 'g', column: name, by })),
    fc
      .array(tie('grouping'), { minLength: 1, maxLength: 3 })
      .map((parts): Grouping => ({ kind: 'cross', id: 'g', parts })),
    fc
      .tuple(
        tie('grouping'),
        fc.uniqueArray(fc.tuple(few, few), { maxLength: 3, selector: ([from]) => from }),
        fc.option(few),
      )
      .map(([of, values, other]): Grouping => ({ kind: 'map', id: 'g', of, values: new Map(values), other })),
  ),
})).grouping;

/** The ids `g0`, `g1`, ... */
export function withIds(groupings: readonly Grouping[]): readonly Grouping[] {
  return groupings.map((found, i) => ({ ...found, id: `g${i}` }));
}
