/** Where a metric breaks along the length of the inputs. */

import type { CodedTable } from '../../counts/index.ts';
import { CHANGE_DEFAULTS, type CurveBucket, changePoints } from '../../discovery/index.ts';
import type { Engine } from '../../engines/index.ts';
import { binLabels, type Grouping } from '../../slices/index.ts';
import { toValue } from './error-scale.ts';
import type { LengthCurve } from './result.ts';
import type { SearchedCases } from './searched-cases.ts';

/** Powers of two, finer than the slices of a search and the same for all runs. */
const EDGES = Array.from({ length: 18 }, (_, power) => 2 ** (power + 3));

/** Columns that hold a length. */
const LENGTH =
  /(?:^|[._ -])(?:input_?)?(?:length|chars|characters|words|tokens|input_tokens|prompt_tokens)$/i;

/** Graded values are put into so many classes, so that shuffling them stays cheap. */
const CLASSES = 100;

const MOST_CURVES = 12;
const ALPHA = 0.05;

/** Columns of lengths among those that are searched. */
export function lengthColumns(columns: readonly string[]): readonly string[] {
  return columns.filter((column) => LENGTH.test(column));
}

/**
 * The curves of all cases, and of the values of gated columns, over each length, corrected over all of them.
 *
 * @param plan how the searched table was made, so that rows agree
 */
export async function lengthCurves(
  engine: Engine,
  cases: SearchedCases,
  names: readonly string[],
  gated: ReadonlySet<string>,
  plan: Pick<Parameters<Engine['table']>[0], 'measure' | 'split'>,
  settings: { readonly seed: number; readonly level: number },
): Promise<readonly LengthCurve[]> {
  if (names.length === 0 || cases.input.cluster !== null || cases.input.table.weight !== null) return [];
  const groupings = names.map(
    (column): Grouping => ({ kind: 'bins', id: column, column, of: 'number', edges: EDGES }),
  );
  const table = await engine.table({ ...plan, groupings, minCases: 1, maxValues: 1_000, fold: false });
  const curves = names.flatMap((column, at) => [
    { column, slice: 'all cases', buckets: bucketsOf(table, at, cases, null) },
    ...slicesOf(cases, gated, table.candidate.length).map(({ name, rows }) => ({
      ...{ column, slice: name, buckets: bucketsOf(table, at, cases, rows) },
    })),
  ]);
  const found = changePoints(curves, ALPHA, {
    ...{ ...CHANGE_DEFAULTS, ...settings },
    direction: 'rises',
  });
  return found.map(({ slice, cases: n, point, reason, adjustedP, confirmed }, i): LengthCurve => {
    const turn = (error: number | undefined) => (error === undefined ? null : toValue(error, cases.scale));
    const label = (at: number | undefined) =>
      at === undefined ? null : (curves[i]!.buckets[at]?.label ?? null);
    const ends =
      point === null ? [null, null] : [cases.scale.sign * point.lower, cases.scale.sign * point.upper];
    const [lower, upper] = cases.scale.sign === 1 ? ends : [ends[1], ends[0]];
    return {
      ...{ column: curves[i]!.column, slice, cases: n, between: point?.between ?? null },
      ...{ earliest: label(point?.earliest), latest: label(point?.latest) },
      ...{ rateBefore: turn(point?.before.mean), rateBeyond: turn(point?.beyond.mean) },
      ...{ lower: lower ?? null, upper: upper ?? null, adjustedP, confirmed, reason },
    };
  });
}

function slicesOf({ columns }: SearchedCases, gated: ReadonlySet<string>, rows: number) {
  const values = columns
    .filter(({ column, codes }) => gated.has(column) && codes.length === rows)
    .flatMap(({ values: own, codes }) => own.map(({ name }, i) => ({ name, rows: { codes, code: i + 1 } })));
  return values.slice(0, MOST_CURVES);
}

function bucketsOf(
  { columns }: CodedTable,
  at: number,
  { input }: SearchedCases,
  only: { readonly codes: ArrayLike<number>; readonly code: number } | null,
): readonly CurveBucket[] {
  const { values, codes } = columns[at]!;
  const { error, count } = input.table;
  const largest = error.reduce((most, value) => Math.max(most, value), 0);
  const isFine = error.some((value) => value !== 0 && value !== 1);
  const round = (value: number) =>
    isFine && largest > 0 ? (Math.round((value / largest) * CLASSES) / CLASSES) * largest : value;
  const cells = new Map<string, Map<number, number>>();
  for (let row = 0; row < codes.length; row++) {
    const value = values[codes[row]! - 1];
    if (value?.state !== 'value' || (only !== null && only.codes[row] !== only.code)) continue;
    const own = cells.get(value.value) ?? new Map<number, number>();
    const rounded = round(error[row]!);
    own.set(rounded, (own.get(rounded) ?? 0) + count[row]!);
    cells.set(value.value, own);
  }
  return binLabels(EDGES)
    .filter((label) => cells.has(label))
    .map((label) => ({ label, cells: [...cells.get(label)!].map(([value, n]) => ({ value, count: n })) }));
}
