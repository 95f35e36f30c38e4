/** Tests slices that were found on some cases on other cases, and on nothing else: the candidates are the whole family. */

import { type Correction, correctFamily } from './corrections.ts';
import { measureSlices, type SliceItem } from './kernel/index.ts';
import type { RowTest, RowTestOptions } from './row-test.ts';
import { testSlice, testStandOut } from './row-tests.ts';
import type { ClusteredTable } from './rows.ts';
import { againstOthers, errorKind, type SliceQuestion } from './slice-tests.ts';

/** How candidates are confirmed. */
export interface ConfirmOptions {
  readonly question: SliceQuestion;
  /** A change from the other run must also be larger than that of the rest (`testStandOut`). */
  readonly standOut: boolean;
  /** Error of the family of candidates, in (0, 1): family-wise with `holm` and `bonferroni`, false discovery rate with `bh`, `by`. */
  readonly alpha: number;
  readonly correction: Correction;
  /** Least cases of a slice among the held-out rows; with clusters least clusters too. Below it nothing is tested. */
  readonly minCases: number;
  readonly minClusters: number;
  /** Confidence level of intervals, in (0, 1). */
  readonly level: number;
  readonly flips: number;
  readonly seed: number;
}

/** The options that are used where nothing is said. */
export const CONFIRM_DEFAULTS: ConfirmOptions = {
  question: 'worse',
  standOut: false,
  alpha: 0.05,
  correction: 'holm',
  minCases: 10,
  minClusters: 5,
  level: 0.95,
  flips: 9_999,
  seed: 1,
};

export type ConfirmState = 'confirmed' | 'not confirmed' | 'too few to confirm';

/** Whether a conjunction is worse than each of its parents without it, on the same held-out rows. */
export interface ParentTest {
  /** Largest of the p-values against the parents; null where one could not be tested. */
  readonly p: number | null;
  /** Corrected over all conjunctions among the candidates. */
  readonly adjustedP: number | null;
  readonly holds: boolean;
  /** Smallest difference to what is left of a parent; null where one could not be measured. */
  readonly difference: number | null;
  /** Place of the item without which the slice differs least. */
  readonly weakestItem: number;
}

/** A candidate with its numbers where it was found and where it was tested. */
export interface ConfirmedSlice {
  readonly items: readonly SliceItem[];
  /** Numbers of the half that it was chosen on: too good to be true, shown beside the others only. */
  readonly discovery: RowTest;
  readonly confirmation: RowTest;
  /** Corrected over the candidates; null where it was not tested. */
  readonly adjustedP: number | null;
  readonly state: ConfirmState;
  /** Why it was not tested. */
  readonly reason: string | null;
  /** Null for single conditions. */
  readonly parents: ParentTest | null;
}

/** The outcome of a confirmation, in order of the candidates. */
export interface Confirmation {
  readonly slices: readonly ConfirmedSlice[];
  readonly candidates: number;
  readonly tested: number;
  readonly confirmed: number;
}

/**
 * Tests exactly these candidates on held-out rows, one-sided, corrected over the candidates. Rows of the two tables must not
 * share a case, nor a cluster.
 *
 * @param found rows on which the candidates were chosen
 * @param heldOut rows that had no part in choosing them; columns and codes as in `found`
 */
export function confirmSlices(
  found: ClusteredTable,
  heldOut: ClusteredTable,
  candidates: readonly (readonly SliceItem[])[],
  options: ConfirmOptions,
): Confirmation {
  const kinds = [errorKind(found.table), errorKind(heldOut.table)];
  const kind = kinds.includes('graded') ? 'graded' : 'pass-fail';
  const rowOptions = { ...options, kind } as const;
  const drafts = candidates.map((items) => {
    const confirmation = options.standOut
      ? testStandOut(heldOut, items, rowOptions)
      : testSlice(heldOut, items, [], rowOptions);
    const reason = whyUntested(confirmation, heldOut, options);
    return {
      items,
      discovery: testSlice(found, items, [], rowOptions),
      confirmation,
      reason,
      parents: items.length < 2 || reason !== null ? null : parentTest(heldOut, items, rowOptions),
    };
  });
  const own = correctOver(
    drafts.map(({ confirmation, reason }) => (reason === null ? confirmation.p : null)),
    options,
  );
  const parents = correctOver(
    drafts.map((draft) => draft.parents?.p ?? null),
    options,
  );
  const slices = drafts.map((draft, i): ConfirmedSlice => {
    const adjustedP = own[i]!;
    const state =
      adjustedP === null ? 'too few to confirm' : adjustedP <= options.alpha ? 'confirmed' : 'not confirmed';
    const parent = draft.parents && {
      ...draft.parents,
      adjustedP: parents[i]!,
      holds: parents[i] !== null && parents[i]! <= options.alpha,
    };
    return { ...draft, adjustedP, state, parents: parent };
  });
  return {
    slices,
    candidates: slices.length,
    tested: slices.filter(({ adjustedP }) => adjustedP !== null).length,
    confirmed: slices.filter(({ state }) => state === 'confirmed').length,
  };
}

/** Says what keeps a slice from being tested; looks at numbers of cases and at what could be reached, never at its p-value. */
function whyUntested(test: RowTest, { cluster }: ClusteredTable, options: ConfirmOptions): string | null {
  if (test.cases < options.minCases) return `${test.cases} held-out cases, ${options.minCases} are needed`;
  if (cluster !== null && test.units < options.minClusters) {
    return `${test.units} held-out clusters, ${options.minClusters} are needed`;
  }
  if (test.p === null) return test.reason ?? 'no test is possible';
  if (test.smallestP > options.alpha) return 'no outcome of so few cases could be significant';
  return null;
}

/**
 * Tests a conjunction against what is left of each parent (the conjunction without one item). All must hold, so the largest
 * p-value is a p-value of the whole claim without a correction over the parents.
 *
 * @param items at least two
 */
export function parentTest(
  data: ClusteredTable,
  items: readonly SliceItem[],
  options: RowTestOptions,
): Pick<ParentTest, 'p' | 'weakestItem' | 'difference'> {
  const question = againstOthers(options.question);
  const tests = items.map((_, dropped) => {
    const parent = items.filter((_, i) => i !== dropped);
    const [own, whole] = measureSlices(data.table, [items, parent]);
    // A parent without other cases is the same slice: nothing is added by the item.
    if (own!.cases === whole!.cases) return { p: 1, difference: 0 };
    const { p, difference } = testSlice(data, items, parent, { ...options, question });
    return { p, difference: difference.estimate };
  });
  const worst = tests.map(({ p }) => p ?? 2);
  const weakestItem = worst.indexOf(Math.max(...worst));
  const differences = tests.map(({ difference }) => difference);
  return {
    p: tests[weakestItem]?.p ?? null,
    difference: differences.includes(null) ? null : Math.min(...(differences as number[])),
    weakestItem,
  };
}

/** Adjusted p-values, null staying null. */
function correctOver(p: readonly (number | null)[], options: ConfirmOptions): (number | null)[] {
  const family = correctFamily(
    Float64Array.from(p, (value) => value ?? Number.NaN),
    options.correction,
    options.alpha,
  );
  return p.map((value) => (value === null ? null : family.adjust(value)));
}
