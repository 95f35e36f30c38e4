/** Which verdicts decide a release, after waivers, debt and an earlier stage. */

import type { Finding, Verdict } from '../findings/index.ts';
import type { Settled } from './confirm.ts';
import type { Report, SliceReport } from './report.ts';
import { rollUp } from './roll-up.ts';
import { VOIDING_CHECK } from './void-slices.ts';
import { type WaiverEntry, waiverForFinding } from './waivers.ts';

/** What decides. */
export interface VerdictInput {
  readonly slices: readonly SliceReport[];
  /** Findings of the checks, not those that repeat slices. */
  readonly findings: readonly Finding[];
  readonly hasBaseline: boolean;
  readonly waivers: readonly WaiverEntry[];
  readonly runHash: string;
  /** ISO date. */
  readonly today: string;
  readonly stageOne?: { readonly report: Report; readonly nominees: readonly Settled[] };
}

/** A finding that a waiver took out. */
export interface WaivedFinding {
  readonly check: string;
  readonly owner: string;
  /** ISO date. */
  readonly expires: string;
}

/** What decides a release, and what waivers took out of it. */
export interface ReleaseVerdict {
  readonly verdict: Verdict;
  /** Slices and findings. */
  readonly waived: number;
  readonly waivedFindings: readonly WaivedFinding[];
}

/** The worst verdict that decides, and how many slices and findings a waiver took out. */
export function releaseVerdict(input: VerdictInput): ReleaseVerdict {
  const decidingFindings = input.findings.filter(({ verdict }) => verdict !== null);
  const waivedFindings = decidingFindings.filter((finding) => isWaived(finding, input));
  const waivedSlices = input.slices.filter(isWaivedSlice);
  const verdicts = [
    ...input.slices.map(decidingVerdict),
    ...decidingFindings
      .filter((finding) => !waivedFindings.includes(finding))
      .map(({ verdict }) => verdict as Verdict),
    ...(input.hasBaseline ? [] : (['UNTESTED'] as const)),
    ...carriedVerdicts(input),
  ];
  return {
    verdict: rollUp([...verdicts, nothingGated(input.slices) ? 'INVALID' : 'PASS']),
    waived: waivedSlices.length + waivedFindings.length,
    waivedFindings: waivedFindings.flatMap((finding) => {
      const waiver = waiverForFinding(finding, input.waivers, input.runHash, input.today);
      return waiver === null ? [] : [{ check: finding.check, owner: waiver.owner, expires: waiver.expires }];
    }),
  };
}

/** Findings with the waiver that covers them in their reason; waived ones keep their verdict. */
export function withWaivers(findings: readonly Finding[], input: VerdictInput): Finding[] {
  return findings.map((finding) => {
    const waiver = waiverForFinding(finding, input.waivers, input.runHash, input.today);
    return waiver === null || waiver.expired || finding.verdict === null
      ? finding
      : {
          ...finding,
          reason: `${finding.reason} (waived by ${waiver.owner} until ${waiver.expires}: ${waiver.reason})`,
        };
  });
}

/** The unwaived finding that voids the comparison; null where the runs can be compared. */
export function voidingFinding(input: Omit<VerdictInput, 'slices'>): Finding | null {
  const found = input.findings.find(
    (finding) =>
      finding.check === VOIDING_CHECK && finding.verdict === 'INVALID' && !isWaived(finding, input),
  );
  return found ?? null;
}

/** A release in which no slice had enough cases established nothing. */
function nothingGated(slices: readonly SliceReport[]): boolean {
  return !slices.some(
    ({ role, verdict, n }) => role === 'gated' && n > 0 && verdict !== null && verdict !== 'LOW-N',
  );
}

function isWaived(
  finding: Finding,
  { waivers, runHash, today }: Pick<VerdictInput, 'waivers' | 'runHash' | 'today'>,
): boolean {
  const waiver = waiverForFinding(finding, waivers, runHash, today);
  return waiver !== null && !waiver.expired;
}

/** Whether a waiver that holds takes a slice out of the decision. */
export function isWaivedSlice({ waiver }: SliceReport): boolean {
  return waiver?.kind === 'waiver' && !waiver.expired;
}

/**
 * A waived slice counts as passed; debt whose entry expired blocks; rows that do not gate stay neutral. A configured slice
 * without cases is decided by the finding about it, so that one waiver covers it.
 */
export function decidingVerdict(slice: SliceReport): Verdict {
  const { verdict, role, waiver, n } = slice;
  if (verdict === null || role !== 'gated' || n === 0) return 'LOW-N';
  if (isWaivedSlice(slice)) return 'PASS';
  return verdict === 'DEBT' && waiver?.kind === 'debt' && waiver.expired ? 'BLOCK' : verdict;
}

/** What stage one established apart from its nominees stays; a nominee without a fresh case stays open. */
function carriedVerdicts({ stageOne, waivers, today }: VerdictInput): Verdict[] {
  if (stageOne === undefined) return [];
  const nominated = new Set(stageOne.nominees.map(({ id }) => id));
  const others = stageOne.report.slices.filter(({ id }) => !nominated.has(id)).map(decidingVerdict);
  const findings = stageOne.report.findings
    .filter(({ check, verdict }) => check !== 'slice-losses' && verdict !== null)
    .filter((finding) => !isWaived(finding, { waivers, today, runHash: stageOne.report.runHash }))
    .map(({ verdict }) => verdict as Verdict);
  const open = stageOne.nominees.some(({ settled }) => settled === 'open');
  return [...others, ...findings, ...(open ? (['REVIEW'] as const) : [])];
}
