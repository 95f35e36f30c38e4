/** What the review keeps in its address, and how its words read. */

import type { DecideAnswer, FallenItem, Standing } from '../../../../src/studio/contract/index.ts';
import { countOf } from '../../format/numbers.ts';

/** Nothing is chosen beforehand: an exception least of all. */
export const REVIEW_VIEW = { item: '', case: '', decision: '' } as const;

export const DECISIONS = [
  { value: 'uphold', label: 'Uphold', key: 'u', means: 'The block stands: it is mended before it ships.' },
  {
    value: 'waive',
    label: 'Waive',
    key: 'w',
    means: 'It ships although this fell: an exception for this run alone, with a name and an end.',
  },
  {
    value: 'fresh',
    label: 'Ask for fresh cases',
    key: 'f',
    means: 'The evidence is too thin to decide: more cases of this slice are wanted first.',
  },
] as const;

export type DecisionWord = (typeof DECISIONS)[number]['value'];

/** What can be decided about an item. */
export function choicesFor({ slice, waivable }: FallenItem): readonly (typeof DECISIONS)[number][] {
  return DECISIONS.filter(({ value }) =>
    value === 'waive' ? waivable : value !== 'fresh' || slice !== null,
  );
}

/** The decision that an address names, where it can be taken about the item; null for none. */
export function decisionWord(text: string, item: FallenItem): DecisionWord | null {
  return choicesFor(item).find(({ value }) => value === text)?.value ?? null;
}

/** What the last step is called: done only where something was written. */
export function doneTitle({ waiver, ledger }: DecideAnswer): string {
  if (waiver !== null && waiver.file === null) return '4 Left to do: put the entry into a waiver file';
  return waiver === null && !ledger.recorded ? '4 Not recorded' : '4 Done';
}

/** How a case's past reads. */
export const STANDINGS: Readonly<Record<Standing, { readonly sign: string; readonly text: string }>> = {
  steady: { sign: '●', text: 'never flipped before' },
  new: { sign: '?', text: 'no past recorded' },
  moved: { sign: '±', text: 'flipped before, when something had changed' },
  flaky: { sign: '~', text: 'flaky: flips although nothing changed' },
};

/** What was decided about an item, in a few words; null where nothing was. */
export function decidedText({ waiver, decisions }: FallenItem): string | null {
  const last = decisions.at(-1);
  if (waiver !== null && !waiver.expired && (last === undefined || last.decision === 'waive')) {
    const kind = waiver.kind === 'debt' ? 'standing debt' : 'waived';
    return `${kind}: ${waiver.owner}, until ${waiver.expires}`;
  }
  if (last === undefined) return null;
  if (last.decision === 'waive') return 'waived in the ledger; no entry stands in the waiver file';
  if (last.decision === 'uphold') return `upheld: ${last.owner} mends it`;
  return `${countOf(last.cases ?? 0, 'fresh case')} asked for: ${last.owner}`;
}

/** ISO day so many days after another. */
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
