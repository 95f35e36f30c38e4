/** Which values of other columns the lost cases of a slice have more often than its other cases. */

import type { CodedColumn, CodedTable } from '../../counts/index.ts';
import { CONTRAST_DEFAULTS, contrastWords } from '../../discovery/index.ts';
import { exploredGroupings } from '../../scope/index.ts';
import { groupingColumns } from '../../slices/index.ts';
import { unitMeasureOf } from '../../stages/index.ts';
import type { SliceCausesAnswer } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import type { KnownSlice } from './known-slice.ts';

/** Values listed, and the z from which one is worth it. */
const LISTED = 12;
const LEAST_Z = 2;

/** Most values of a column that keep their own code. */
const MOST_VALUES = 65_000;

/** Of more cases than this, cuts that the gate has not counted take too long: lengths of texts, ranges of numbers. */
const MOST_EXPLORED = 200_000;

type Features = NonNullable<SliceCausesAnswer['features']>;

/** A column of the table with what its grouping reads. */
interface ReadColumn extends CodedColumn {
  readonly name: string;
  readonly reads: readonly string[];
}

interface FeatureTable {
  readonly leftOut: readonly string[];
  readonly table: CodedTable;
  readonly columns: readonly ReadColumn[];
}

/** Null for metrics that no single case has, and for slices that no code stands for. */
export async function sliceFeatures(
  { evidence }: KnownSlice,
  session: StudioSession,
): Promise<SliceCausesAnswer['features']> {
  if (evidence === null) return null;
  const { key, metric, direction, scoped } = evidence;
  const own = await session.once(`release:features:${metric.id}`, () => readTable(metric.id, session));
  const inSlice = own && membersOf(own.columns, key);
  if (own === null || inSlice === null) return null;
  const { baseline, candidate, count } = own.table;
  const isSingle = session.release.report.baseline === null;
  const turned = direction === 'higher' ? 1 : -1;
  const isLost = (row: number) =>
    (isSingle ? candidate[row]! - 1 : candidate[row]! - baseline[row]!) * turned < 0;
  const taken = new Set(groupingColumns(scoped.grouping));
  const columns = own.columns.filter(({ reads }) => !reads.some((column) => taken.has(column)));
  const cells = { lost: new Map<string, number>(), others: new Map<string, number>() };
  const cases = { lost: 0, others: 0 };
  for (let row = 0; row < count.length; row++) {
    if (!inSlice(row)) continue;
    const side = isLost(row) ? 'lost' : 'others';
    cases[side] += count[row]!;
    for (const [place, { codes }] of columns.entries()) {
      const token = `${place}:${codes[row]}`;
      cells[side].set(token, (cells[side].get(token) ?? 0) + count[row]!);
    }
  }
  const telling = contrastWords(cells.lost, cells.others, { ...CONTRAST_DEFAULTS, top: LISTED * 2 });
  return {
    what: isSingle ? 'failed' : 'lost',
    ...cases,
    ranked: telling.ranked,
    columns: columns.length,
    leftOut: own.leftOut,
    found: telling.words
      .filter(({ z }) => z >= LEAST_Z)
      .flatMap(named(columns))
      .slice(0, LISTED),
  };
}

/** Names a token; rare values and what a case lacks say nothing. */
function named(columns: readonly ReadColumn[]) {
  return (word: Features['found'][number] | ReturnType<typeof contrastWords>['words'][number]) => {
    const [place, code] = word.token.split(':').map(Number) as [number, number];
    const { name, tag, values } = columns[place]!;
    const value = values[code - 1];
    if (value === undefined || (tag !== null && value.value !== 'yes')) return [];
    const text = value.state === 'value' ? (tag ?? value.value) : `(${value.state})`;
    return [{ ...word, token: `${name} = ${text}`, column: name, value: text }];
  };
}

/** All dimensions and lengths of one metric as codes; null where its cases have no values one by one. */
async function readTable(metricId: string, { release, inTurn }: StudioSession): Promise<FeatureTable | null> {
  const { scope, config, profile, comparison } = release;
  const metric = scope.metrics.find(({ id }) => id === metricId);
  const measure = metric === undefined ? null : unitMeasureOf(metric.measure, config.policy.errors);
  if (measure === null) return null;
  const own = scope.groupings.map(({ grouping, dimension }) => ({ grouping, name: dimension }));
  const isLarge = profile.paired + profile.onlyBaseline + profile.onlyCandidate > MOST_EXPLORED;
  const others = exploredGroupings(scope, profile, comparison.mappings);
  const explored = (isLarge ? [] : others).map((grouping) => ({
    grouping,
    name: grouping.id,
  }));
  const named = new Map([...own, ...explored].map((one) => [one.grouping.id, one]));
  const groupings = [...named.values()].map(({ grouping }) => grouping);
  const plan = { groupings, measure, minCases: 1, maxValues: MOST_VALUES, split: null, fold: true };
  const table = await inTurn(({ comparison: { engine } }) => engine.table(plan));
  const columns = table.columns.map((column): ReadColumn => {
    const { grouping, name } = named.get(column.grouping)!;
    return { ...column, name, reads: groupingColumns(grouping) };
  });
  return { table, columns, leftOut: isLarge ? others.map(({ id }) => id) : [] };
}

/** Which rows belong to the slice; null where it has no code. */
function membersOf(
  columns: readonly ReadColumn[],
  key: { readonly grouping: string; readonly state: string; readonly value: string },
): ((row: number) => boolean) | null {
  for (const { grouping, tag, values, codes } of columns) {
    if (grouping !== key.grouping) continue;
    if (tag !== null && (key.state !== 'value' || tag !== key.value)) continue;
    const wanted = tag === null ? key.value : 'yes';
    const code = 1 + values.findIndex(({ state, value }) => state === key.state && value === wanted);
    if (code > 0) return (row) => codes[row] === code;
  }
  return null;
}
