/** From the codes that an engine has to those of a table: frequent values first, rare ones together, lists tag by tag. */

import type { CodedColumn, CodedTable, CodedValue, TablePlan } from '../counts/index.ts';
import { compareSliceKeys, compareText, type SliceKey } from '../slices/index.ts';
import type { Codes, GroupingCodes } from './grouping-codes.ts';

/** The columns of one grouping, and the tags that have none. */
export interface GroupingColumns {
  readonly columns: readonly CodedColumn[];
  readonly rareTags: CodedTable['rareTags'][number] | null;
}

type Limits = Pick<TablePlan, 'minCases' | 'maxValues'>;

/**
 * Codes one grouping over some cases.
 *
 * @param kept indexes of the cases of the table, ascending; null where it has all
 */
export async function codeGrouping(
  source: GroupingCodes,
  kept: Int32Array | null,
  limits: Limits,
): Promise<GroupingColumns> {
  const own = kept === null ? source.codes : gather(source.codes, kept);
  const counts = new Float64Array(source.size);
  for (let i = 0; i < own.length; i++) counts[own[i]!]!++;
  const met = [...counts.keys()].filter((code) => counts[code]! > 0);
  const named = source.isDistinct ? likelyCodes(counts, met, limits) : met;
  const slices = await source.slicesOf(named);
  if (slices.some(({ length }) => length > 1)) return codeTags(source, own, counts, named, slices, limits);
  const column = codeValues({ grouping: source.grouping, tag: null }, own, counts, limits, {
    named,
    keys: slices.map(([key]) => key!),
    unnamed: met.length - named.length,
  });
  return { columns: [column], rareTags: null };
}

/** The entries of a typed array at some indexes. */
export function gather<T extends Codes | Float64Array | Int32Array>(values: T, indexes: Int32Array): T {
  const found = new (values.constructor as new (length: number) => T)(indexes.length);
  for (let i = 0; i < indexes.length; i++) found[i] = values[indexes[i]!]!;
  return found;
}

/** The numbers that may keep a code, by their counts alone. */
function likelyCodes(counts: Float64Array, met: readonly number[], limits: Limits): readonly number[] {
  const frequent = met.filter((code) => counts[code]! >= limits.minCases);
  if (frequent.length <= limits.maxValues) return frequent;
  const least = Float64Array.from(frequent, (code) => counts[code]!).sort()[
    frequent.length - limits.maxValues
  ]!;
  return frequent.filter((code) => counts[code]! >= least);
}

interface Names {
  /** Numbers with a name, and the slice of each; several numbers may stand for one slice. */
  readonly named: readonly number[];
  readonly keys: readonly SliceKey[];
  /** Distinct values without a name, too rare to keep a code. */
  readonly unnamed: number;
}

function codeValues(
  about: Pick<CodedColumn, 'grouping' | 'tag'>,
  own: Codes,
  counts: Float64Array,
  { minCases, maxValues }: Limits,
  { named, keys, unnamed }: Names,
): CodedColumn {
  const slices = new Map<string, { key: SliceKey; cases: number; codes: number[] }>();
  named.forEach((code, i) => {
    const key = keys[i]!;
    const name = `${key.state}:${key.value}`;
    const slice = slices.get(name) ?? { key, cases: 0, codes: [] };
    slice.cases += counts[code]!;
    slice.codes.push(code);
    slices.set(name, slice);
  });
  const kept = [...slices.values()]
    .filter(({ cases }) => cases >= minCases)
    .sort((a, b) => b.cases - a.cases || compareSliceKeys(a.key, b.key))
    .slice(0, maxValues);
  const newCode = new Uint16Array(counts.length);
  kept.forEach(({ codes }, i) => {
    for (const code of codes) newCode[code] = i + 1;
  });
  const codes = kept.length < 256 ? new Uint8Array(own.length) : new Uint16Array(own.length);
  for (let i = 0; i < own.length; i++) codes[i] = newCode[own[i]!]!;
  return {
    ...about,
    values: kept.map(({ key, cases }): CodedValue => ({ state: key.state, value: key.value, cases })),
    codes,
    rareValues: slices.size + unnamed - kept.length,
    rareCases: own.length - kept.reduce((sum, { cases }) => sum + cases, 0),
  };
}

function codeTags(
  { grouping }: GroupingCodes,
  own: Codes,
  counts: Float64Array,
  named: readonly number[],
  slices: readonly (readonly SliceKey[])[],
  limits: Limits,
): GroupingColumns {
  const tags = new Map<string, number>();
  named.forEach((code, i) => {
    for (const { state, value } of slices[i]!) {
      if (state === 'value') tags.set(value, (tags.get(value) ?? 0) + counts[code]!);
    }
  });
  const kept = [...tags]
    .filter(([, cases]) => cases >= limits.minCases)
    .sort(([a, m], [b, n]) => n - m || compareText(a, b))
    .slice(0, limits.maxValues)
    .map(([tag]) => tag);
  const columns = kept.map((tag) => {
    const keys = slices.map((own) => tagKey(grouping, own, tag));
    return codeValues({ grouping, tag }, own, counts, limits, { named, keys, unnamed: 0 });
  });
  if (kept.length === tags.size) return { columns, rareTags: null };
  const rare = new Set(tags.keys());
  for (const tag of kept) rare.delete(tag);
  const cases = named.reduce(
    (sum, code, i) =>
      sum + (slices[i]!.some(({ state, value }) => state === 'value' && rare.has(value)) ? counts[code]! : 0),
    0,
  );
  return { columns, rareTags: { grouping, tags: rare.size, cases } };
}

/** Where a case stands towards one tag: `yes`, `no`, or the state that says that its list is not known. */
function tagKey(grouping: string, slices: readonly SliceKey[], tag: string): SliceKey {
  const [first] = slices;
  if (first!.state === 'missing' || first!.state === 'changed') return first!;
  const has = slices.some(({ state, value }) => state === 'value' && value === tag);
  return { grouping, state: 'value', value: has ? 'yes' : 'no' };
}
