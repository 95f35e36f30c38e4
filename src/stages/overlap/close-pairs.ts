/** Holds every row of some data against the cases of an eval set; only the cases stay in memory. */

import type { Closeness, OverlapPair, RowPlace, ShortCopy } from '../../checks/index.ts';
import {
  compareGrams,
  createGramReader,
  exactRatio,
  flatText,
  type HashedText,
  reaches,
} from '../../text/index.ts';
import { type CaseVariant, indexCases, type SaltedHashes } from './case-index.ts';
import type { OverlapCase, OverlapRow } from './items.ts';
import type { OverlapSettings } from './settings.ts';

/** Pairs of each closeness that are kept for people to read; all are counted. */
const KEPT_PAIRS = 10_000;

/** Everything that is close. */
export interface ClosePairs {
  readonly rows: number;
  readonly rowsWithoutText: number;
  readonly short: number;
  readonly shortEqual: number;
  readonly shortCopies: readonly ShortCopy[];
  readonly onlyBoilerplate: number;
  readonly boilerplateGrams: number;
  /** The closest that any row is to each case, by place of the case. */
  readonly closest: readonly (Closeness | null)[];
  readonly pairsBy: Readonly<Record<Closeness, number>>;
  readonly pairs: readonly OverlapPair[];
  /** Labels of the rows that are exact or near, by place of the case. */
  readonly rowLabels: ReadonlyMap<number, ReadonlySet<string>>;
  readonly remove: readonly RowPlace[];
}

/** Closest first. */
export const CLOSENESS: readonly Closeness[] = ['exact', 'near', 'similar'];

/** What a pair shares. */
type Share = Pick<OverlapPair, 'intersection' | 'union' | 'smaller'>;

/**
 * @param salted null where rows are texts
 * @throws DataError with every problem of the rows' files
 */
export async function findClosePairs(
  cases: readonly OverlapCase[],
  rows: AsyncIterable<OverlapRow>,
  settings: OverlapSettings,
  salted: SaltedHashes | null,
): Promise<ClosePairs> {
  const { index, variants, shortPlaces, ...left } = indexCases(cases, settings, salted);
  const reader = createGramReader(settings.grams);
  const compared = compareGrams(createGramReader(settings.grams), index.boilerplate);
  const threshold = exactRatio(settings.threshold);
  const notice = exactRatio(Math.min(settings.notice, settings.threshold));
  const pairsBy = { exact: 0, near: 0, similar: 0 };
  const pairs: OverlapPair[] = [];
  const remove: RowPlace[] = [];
  const shortFound = new Map<string, OverlapRow>();
  let count = 0;
  let rowsWithoutText = 0;

  /** How close a row is to a variant; null where the texts say less than the hashes did. */
  const closenessOf = (row: OverlapRow, flat: string, variant: CaseVariant, hashed: Share) => {
    if (variant.flat === flat) return { closeness: 'exact' as const, ...hashed };
    const { content } = row;
    const share =
      content?.kind === 'text' ? { ...hashed, ...compared.share(content.text, variant.text) } : hashed;
    if (!reaches(notice, share.intersection, share.union)) return null;
    const isNear = reaches(threshold, share.intersection, share.union);
    return { closeness: isNear ? ('near' as const) : ('similar' as const), ...share };
  };

  const add = (row: OverlapRow, variant: CaseVariant, pair: Share & { readonly closeness: Closeness }) => {
    const { closeness } = pair;
    if (variant.closest === null || CLOSENESS.indexOf(closeness) < CLOSENESS.indexOf(variant.closest)) {
      variant.closest = closeness;
    }
    if (closeness !== 'similar' && row.label !== null) variant.rowLabels.add(row.label);
    for (const place of variant.places.slice(0, Math.max(0, KEPT_PAIRS - pairsBy[closeness]))) {
      const { id, label, text } = cases[place]!;
      pairs.push({
        ...pair,
        caseId: id,
        row: { file: row.file, line: row.line },
        caseLabel: label,
        rowLabel: row.label,
        caseText: text,
        rowText: row.content?.kind === 'text' ? row.content.text : null,
      });
    }
    pairsBy[closeness] += variant.places.length;
  };

  const countShort = (row: OverlapRow, flat: string): void => {
    if (shortPlaces.has(flat) && !shortFound.has(flat)) shortFound.set(flat, row);
  };

  /** @returns whether the row is exact or near to any case */
  const hold = (row: OverlapRow, flatOf: () => string, hashed: HashedText): boolean => {
    const close = index.probe(hashed);
    if (close.length === 0) return false;
    const flat = flatOf();
    let isCopy = false;
    for (const { set, size, ...shared } of close) {
      const smaller = Math.min(size, shared.intersection + shared.union - size);
      for (const variant of variants[set]!) {
        const pair = closenessOf(row, flat, variant, { ...shared, smaller });
        if (pair === null) continue;
        isCopy ||= pair.closeness !== 'similar';
        add(row, variant, pair);
      }
    }
    return isCopy;
  };

  for await (const row of rows) {
    count++;
    const { content } = row;
    if (content === null) {
      rowsWithoutText++;
      continue;
    }
    if (content.kind === 'text') reader.read(content.text);
    const hashed = content.kind === 'text' ? reader : content.hashed;
    const flatOf = () => (content.kind === 'text' ? flatText(content.text) : content.flat);
    if (hashed.tokens >= settings.minTokens) {
      if (hold(row, flatOf, hashed)) remove.push({ file: row.file, line: row.line });
    } else if (shortPlaces.size > 0) countShort(row, flatOf());
  }
  const closest: (Closeness | null)[] = new Array(cases.length).fill(null);
  const rowLabels = new Map<number, ReadonlySet<string>>();
  for (const variant of variants.flat()) {
    for (const place of variant.places) {
      closest[place] = variant.closest;
      rowLabels.set(place, variant.rowLabels);
    }
  }
  return {
    rows: count,
    rowsWithoutText,
    ...left,
    ...shortCopiesOf(cases, shortFound, shortPlaces),
    boilerplateGrams: index.boilerplate.size,
    closest,
    pairsBy,
    pairs: closestFirst(pairs),
    rowLabels,
    remove,
  };
}

function shortCopiesOf(
  cases: readonly OverlapCase[],
  found: ReadonlyMap<string, OverlapRow>,
  places: ReadonlyMap<string, readonly number[]>,
): Pick<ClosePairs, 'shortEqual' | 'shortCopies'> {
  const all = [...found].flatMap(([flat, { file, line, label }]) =>
    places.get(flat)!.map((place): ShortCopy => {
      const { id, label: caseLabel } = cases[place]!;
      return { caseId: id, row: { file, line }, caseLabel, rowLabel: label };
    }),
  );
  return { shortEqual: all.length, shortCopies: all.slice(0, KEPT_PAIRS) };
}

/** Exact pairs first, then by Jaccard index; otherwise in the order of rows. */
function closestFirst(pairs: readonly OverlapPair[]): readonly OverlapPair[] {
  return pairs.toSorted(
    (a, b) =>
      CLOSENESS.indexOf(a.closeness) - CLOSENESS.indexOf(b.closeness) ||
      b.intersection / b.union - a.intersection / a.union,
  );
}
