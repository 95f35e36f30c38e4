/** What the pages of runs keep in their address, and how names read. */

import { countOf } from '../../format/numbers.ts';
import { harmless } from '../../ui/foreign-name.ts';

export const RUNS_VIEW = {
  tab: 'runs',
  sort: '',
  chosen: [] as readonly string[],
  open: '',
  slices: [] as readonly string[],
  gates: 50,
  axis: 'gate',
  source: '',
  metric: '',
  curve: '',
} as const;

/** A slice in a sentence, a title or a choice: harmless as it is, and short. */
export function sliceText({
  dimension,
  value,
  role,
}: {
  readonly dimension: string;
  readonly value: string;
  readonly role: string;
}): string {
  return role === 'overall' ? 'all cases' : harmless(`${dimension}=${value}`, 80);
}

/** A fingerprint as far as a person compares it. */
export function shortPrint(text: string): string {
  return text.length > 12 && /^[0-9a-f]+$/.test(text) ? text.slice(0, 10) : text;
}

/** `3 days`, `5 hours`. */
export function ageText(days: number): string {
  if (days >= 1) return `${days.toFixed(days < 10 ? 1 : 0)} days`;
  const hours = days * 24;
  return hours >= 1 ? `${hours.toFixed(1)} hours` : countOf(Math.max(0, Math.round(hours * 60)), 'minute');
}

/** `2026-01-31 12:00`, in UTC as the ledger has it. */
export function timeText(at: string): string {
  return at.slice(0, 16).replace('T', ' ');
}
