/** The trials of a case, those of both runs with the same label side by side. */

import type { CaseAnswer, CaseCell, CaseTrial, CutText } from '../../../../src/studio/contract/index.ts';

export interface TrialPair {
  /** `''` where trials have no labels. */
  readonly label: string;
  readonly before: CaseTrial | null;
  readonly after: CaseTrial | null;
}

/** Every trial of either run once, in the order of labels as the runs have them. */
export function trialPairs({ baseline, candidate }: CaseAnswer): readonly TrialPair[] {
  const labels = [...new Set([...candidate, ...baseline].map(({ trial }) => trial))];
  const find = (trials: readonly CaseTrial[], label: string) =>
    trials.find(({ trial }) => trial === label) ?? null;
  return labels.sort(byNumber).map((label) => ({
    label,
    before: find(baseline, label),
    after: find(candidate, label),
  }));
}

/** `2` before `10`; other labels by their characters. */
function byNumber(a: string, b: string): number {
  return Number(a) - Number(b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** The pair with one of these labels, the first that there is. */
export function pairOf(pairs: readonly TrialPair[], labels: readonly string[]): TrialPair {
  const named = labels.map((label) => pairs.find((pair) => pair.label === label));
  return named.find((pair) => pair !== undefined) ?? pairs[0] ?? { label: '', before: null, after: null };
}

/** The text of the cell that plays a role in a trial. */
export function roleText(trial: CaseTrial | null, role: string, texts: readonly CutText[]): FoundText | null {
  const cell = trial?.cells.find((one) => one.role === role);
  return cell === undefined ? null : textOf(cell, texts);
}

/** A text and the column that it stands in. */
export interface FoundText extends CutText {
  readonly column: string;
}

export function textOf(cell: CaseCell, texts: readonly CutText[]): FoundText {
  const text = cell.text === null ? null : texts[cell.text]!;
  const joined = cell.tags.join(', ');
  return { column: cell.column, ...(text ?? { text: joined, length: joined.length }) };
}

/** Signs and words for what became of one trial. */
export function outcomeOf(trial: CaseTrial | null): {
  readonly sign: string;
  readonly word: string;
  readonly tone: 'bad' | 'good' | 'plain';
} {
  if (trial === null) return { sign: '–', word: 'no row', tone: 'plain' };
  if (trial.status === 'error') return { sign: '!', word: 'error', tone: 'bad' };
  if (trial.passed === 1) return { sign: '✓', word: 'passed', tone: 'good' };
  if (trial.passed === 0) return { sign: '✕', word: 'failed', tone: 'bad' };
  return trial.status === 'scored'
    ? { sign: '#', word: 'graded', tone: 'plain' }
    : { sign: '?', word: 'unscored', tone: 'plain' };
}
