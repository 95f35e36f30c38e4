/** Applies waivers and debt entries: text in the user's repository, reviewed like code. */

import type { Waiver } from '../config/index.ts';
import type { Finding } from '../findings/index.ts';
import type { WaiverReport } from './report.ts';

/** One entry of the waiver file; where it stands in the file does not matter here. */
export type WaiverEntry = Omit<Waiver, 'line'>;

/** What a slice can be called in a waiver file. */
export interface SliceNames {
  readonly id: string;
  readonly dimension: string;
  readonly value: string;
}

/**
 * The entry that covers a slice: a waiver of exactly this run, or a standing debt entry.
 *
 * @param today ISO date of the run; an entry is valid through its last day
 */
export function waiverFor(
  slice: SliceNames,
  kind: WaiverEntry['kind'],
  entries: readonly WaiverEntry[],
  runHash: string,
  today: string,
): WaiverReport | null {
  const names = new Set([slice.id, `${slice.dimension}=${slice.value}`, slice.value]);
  const entry = entries.find(
    (candidate) =>
      candidate.kind === kind &&
      candidate.slice !== null &&
      names.has(candidate.slice) &&
      (kind === 'debt' || candidate.runHash === runHash),
  );
  return entry === undefined ? null : reportEntry(entry, today);
}

/** The waiver that covers a finding in this run, by its check or by the slice that it names. */
export function waiverForFinding(
  { check, slice }: Pick<Finding, 'check' | 'slice'>,
  entries: readonly WaiverEntry[],
  runHash: string,
  today: string,
): WaiverReport | null {
  const entry = entries.find(
    (candidate) =>
      candidate.kind === 'waiver' &&
      candidate.runHash === runHash &&
      (candidate.check === check || (slice !== null && namesSlice(candidate.slice, slice))),
  );
  return entry === undefined ? null : reportEntry(entry, today);
}

/** `VALUE` or `COLUMN=VALUE`. */
function namesSlice(entry: string | null, value: string): boolean {
  return entry === value || (entry?.endsWith(`=${value}`) ?? false);
}

/** Notes about waivers that were meant for another run, so that a person sees why they do not apply. */
export function staleWaiverNotes(entries: readonly WaiverEntry[], runHash: string): string[] {
  return entries
    .filter((entry) => entry.kind === 'waiver' && entry.runHash !== runHash)
    .map(
      (entry) =>
        `waiver for ${entry.slice ?? `check ${entry.check}`} is for run ${entry.runHash}, this is run ${runHash}: not applied`,
    );
}

function reportEntry(entry: WaiverEntry, today: string): WaiverReport {
  return {
    kind: entry.kind,
    reason: entry.reason,
    owner: entry.owner,
    reviewer: entry.reviewer,
    expires: entry.expires,
    expired: entry.expires < today,
  };
}
