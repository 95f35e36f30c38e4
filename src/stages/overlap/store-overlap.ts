/** One set of data beside the eval set: what is close, what it does to the score, what should go. */

import type { DraftLabels, OverlapStore, StoreOverlap } from '../../checks/index.ts';
import { compareText } from '../../slices/index.ts';
import { gramName } from '../../text/index.ts';
import type { SaltedHashes } from './case-index.ts';
import { findClosePairs } from './close-pairs.ts';
import type { CaseValues, OverlapCase, OverlapRow } from './items.ts';
import { meanOf, scoreWithout } from './score.ts';
import type { OverlapSettings } from './settings.ts';

/** The other side. */
export interface OpenedStore {
  readonly store: OverlapStore;
  readonly files: readonly string[];
  readonly rows: AsyncIterable<OverlapRow>;
  /** Null where rows are texts. */
  readonly salted: SaltedHashes | null;
}

/**
 * @param values of the runs; null where there is no run
 * @param level of the intervals, such as 0.95
 */
export async function storeOverlap(
  cases: readonly OverlapCase[],
  { store, files, rows, salted }: OpenedStore,
  settings: OverlapSettings,
  values: CaseValues | null,
  level: number,
): Promise<StoreOverlap> {
  const found = await findClosePairs(cases, rows, settings, salted);
  const isCopied = (place: number) => ['exact', 'near'].includes(found.closest[place] ?? '');
  const copied = cases.flatMap((one, place) => (isCopied(place) ? [{ ...one, place }] : []));
  const conflicting = copied.filter(
    ({ label, place }) =>
      label !== null && [...(found.rowLabels.get(place) ?? [])].some((other) => other !== label),
  );
  const dirty = new Set(copied.map(({ id }) => id));
  const withoutText = cases.filter(({ text }) => text === null).length;
  const count = (closeness: string) => found.closest.filter((one) => one === closeness).length;
  const fates = copied.flatMap(({ id }) => values?.byCase.get(id) ?? []);
  const older = values?.hasBaseline ? 'baseline' : 'candidate';
  const failing = values?.isRate ? fates.filter((fate) => fate[older] < 1) : [];
  const scoreOf = (side: 'baseline' | 'candidate') =>
    values === null ? null : scoreWithout(values, side, dirty, level);
  return {
    store,
    files,
    rows: found.rows,
    cases: cases.length,
    compared: cases.length - withoutText - found.short - found.onlyBoilerplate,
    leftOut: {
      withoutText,
      short: found.short,
      shortEqual: found.shortEqual,
      onlyBoilerplate: found.onlyBoilerplate,
      rowsWithoutText: found.rowsWithoutText,
    },
    shortCopies: found.shortCopies,
    boilerplateGrams: found.boilerplateGrams,
    grams: gramName(settings.grams),
    threshold: settings.threshold,
    notice: settings.notice,
    minWords: settings.minTokens,
    boilerplateShare: settings.boilerplateShare,
    casesBy: { exact: count('exact'), near: count('near'), similar: count('similar') },
    pairsBy: found.pairsBy,
    overlapping: [...dirty].sort(compareText),
    conflicting: conflicting.map(({ id }) => id).sort(compareText),
    sameLabel: copied.filter(({ label, place }) => label !== null && found.rowLabels.get(place)?.has(label))
      .length,
    failing: failing.length,
    failingNowPass: values?.hasBaseline ? failing.filter(({ candidate }) => candidate === 1).length : null,
    pairs: found.pairs,
    remove: found.remove,
    metric: values?.metric ?? null,
    candidate: scoreOf('candidate'),
    baseline: values?.hasBaseline ? scoreOf('baseline') : null,
    verified: salted === null,
  };
}

/** How often the expected answer is what a model drafted, and what the candidate scores where it is and where it is not. */
export function draftLabels(
  cases: readonly OverlapCase[],
  values: CaseValues | null,
  level: number,
): readonly DraftLabels[] {
  const columns = [...new Set(cases.flatMap(({ drafts }) => [...drafts.keys()]))].sort(compareText);
  return columns.map((column) => {
    const drafted = cases.filter(({ label, drafts }) => label !== null && drafts.has(column));
    const equal = drafted.filter(({ label, drafts }) => drafts.get(column)!.trim() === label!.trim());
    const isEqual = new Set(equal);
    const changed = drafted.filter((one) => !isEqual.has(one));
    const passOf = (group: readonly OverlapCase[]) => {
      if (!values?.isRate) return null;
      const known = group
        .map(({ id }) => values.byCase.get(id)?.candidate ?? Number.NaN)
        .filter((value) => !Number.isNaN(value));
      return meanOf(
        known,
        known.every((value) => value === 0 || value === 1),
        level,
      );
    };
    return {
      column,
      cases: drafted.length,
      equal: equal.length,
      passEqual: passOf(equal),
      passChanged: passOf(changed),
    };
  });
}
