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

/** What entries can be about in one run. */
export interface WaivableNames {
  readonly slices: readonly SliceNames[];
  readonly findings: readonly Pick<Finding, 'check' | 'slice'>[];
}

/**
 * Why waivers do not apply, so that a person sees it: meant for another run, expired, or about nothing that there is.
 *
 * @param today ISO date of the run
 */
export function waiverNotes(
  entries: readonly WaiverEntry[],
  runHash: string,
  today: string,
  names: WaivableNames,
): string[] {
  return entries
    .filter(({ kind }) => kind === 'waiver')
    .flatMap((entry) => {
      const what = `waiver for ${entry.slice ?? `check ${entry.check}`}`;
      if (entry.runHash !== runHash) {
        return [`${what} is for run ${entry.runHash}, this is run ${runHash}: not applied`];
      }
      if (entry.expires < today) return [`${what} expired ${entry.expires}: not applied`];
      return isAboutSomething(entry, names) ? [] : [`${what} names nothing in this run: not applied`];
    });
}

function isAboutSomething({ slice, check }: WaiverEntry, { slices, findings }: WaivableNames): boolean {
  if (
    findings.some((finding) => finding.check === check || (finding.slice && namesSlice(slice, finding.slice)))
  )
    return true;
  return slices.some(
    ({ id, dimension, value }) => slice === id || slice === `${dimension}=${value}` || slice === value,
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
