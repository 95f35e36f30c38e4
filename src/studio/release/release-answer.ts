/** The release as the verdict page tells it: what decided, what could not be told, and where every case went. */

import type { Verdict } from '../../findings/index.ts';
import { decidingVerdict, type Report, type SliceReport, type WaiverEntry } from '../../gate/index.ts';
import type { OpenRelease } from '../../pipeline.ts';
import { fewerThan, nomineeName, quietChecks, toldFindings } from '../../reports/index.ts';
import type { CasePart, ReleaseAnswer, Some, ToldSlice } from '../contract/index.ts';
import { isWaivedFinding } from './findings-answer.ts';
import { meansBeside, metricReadings, sliceRow } from './slice-row.ts';
import { waivedItems } from './waived-items.ts';

/** Rows listed of each kind; the totals beside them are complete. */
const LISTED = 20;
const PLOTTED = 12;

/**
 * The whole answer, made from the report and from what the gate measured.
 *
 * @param waivers the entries that the gate read
 */
export function releaseAnswer(release: OpenRelease, waivers: readonly WaiverEntry[] = []): ReleaseAnswer {
  const { report, scope, profile } = release;
  const told = toldFindings(report);
  const gated = report.slices.filter(({ role, n }) => role === 'gated' && n > 0);
  const isTold = ({ waiver }: SliceReport) => waiver === null || waiver.kind === 'debt' || waiver.expired;
  const deciding = gated.filter((slice) => isTold(slice) && decidingVerdict(slice) === report.verdict);
  const findings = told.filter((finding) => finding.verdict === report.verdict && !isWaivedFinding(finding));
  const small = report.slices.filter(({ role, verdict }) => role === 'gated' && verdict === 'LOW-N');
  const isBad = report.verdict !== 'PASS';
  const notCheckable = new Set(
    told.filter(({ status }) => status === 'not checkable').map(({ check }) => check),
  );
  return {
    ...{ verdict: report.verdict, exitCode: report.exitCode },
    ...{ ship: report.ship.text, belief: report.belief.text },
    ...waivedItems(gated, told.filter(isWaivedFinding), report, waivers),
    ...{ baseline: report.baseline, candidate: report.candidate },
    ...{ metrics: metricReadings(scope), level: report.policy.level, counts: report.counts },
    ...casesOf(release),
    overall: meansBeside(report),
    deciding: some(isBad ? deciding : [], toldSlice),
    decidingFindings: some(isBad ? findings : [], (finding) => finding),
    lesser: some(
      gated.filter((slice) => isTold(slice) && isLesser(decidingVerdict(slice), report.verdict)),
      toldSlice,
    ),
    undecided: some(
      gated.filter(
        ({ grade, verdict }) => grade === 'undecided' && verdict !== 'LOW-N' && verdict !== 'DEBT',
      ),
      sliceRow,
    ),
    // Without a usable case too: the line "Belief" counts them.
    lowN: { ...some(small, sliceRow), fewerThan: fewerThan(small, report.policy.minCases) },
    notCheckable: notCheckable.size,
    checks: checksOf(report),
    worst: gated
      .filter(({ metric }) => metric === gated[0]?.metric)
      .slice(0, PLOTTED)
      .map(sliceRow),
    evalSet: {
      baseline: profile.baseline?.fingerprints.dataset ?? [],
      candidate: profile.candidate.fingerprints.dataset,
      said: evalSetSaid(report, profile.candidate.fingerprints.dataset),
    },
    ...{ policy: report.policy, next: report.next, notes: report.notes, runHash: report.runHash },
    nominees:
      report.confirmation?.nominees.map((one) => ({ ...one, name: nomineeName(one.id, report) })) ?? null,
  };
}

/** Checks in all, as the line `Belief` counts them: what repeats the slices is none. */
function checksOf(report: Report): number {
  const checks = new Set([...report.findings.map(({ check }) => check), ...quietChecks(report)]);
  checks.delete('slice-losses');
  return checks.size;
}

/** Whether a slice asks for something although another verdict decides. */
function isLesser(own: Verdict, decided: Verdict): boolean {
  return own !== decided && own !== 'PASS' && own !== 'LOW-N' && own !== 'DEBT';
}

function toldSlice(slice: SliceReport): ToldSlice {
  return { row: sliceRow(slice), reason: slice.reason };
}

function some<T, U>(all: readonly T[], of: (one: T) => U): Some<U> {
  return { total: all.length, shown: all.slice(0, LISTED).map(of) };
}

/** Every case once; the parts sum to the total. */
function casesOf({ measured, report }: OpenRelease): Pick<ReleaseAnswer, 'cases' | 'parts'> {
  const [overall] = measured.overall;
  if (overall === undefined) return { cases: 0, parts: [] };
  const { cases, compared, onlyBaseline, onlyCandidate, edited, unscored } = overall.tally;
  const isSingle = report.baseline === null;
  const parts: readonly CasePart[] = isSingle
    ? [
        { label: 'scored', cases: overall.n },
        { label: 'without a usable score', cases: cases - overall.n },
      ]
    : [
        { label: 'compared in both runs', cases: compared },
        { label: 'only in the baseline', cases: onlyBaseline },
        { label: 'only in the candidate', cases: onlyCandidate },
        { label: 'edited between the runs', cases: edited },
        { label: 'without a usable score in one run', cases: unscored },
      ];
  return { cases, parts };
}

function evalSetSaid({ candidate }: Report, fingerprints: readonly string[]): string {
  if (fingerprints.length === 0) {
    return 'Age not known: no column names the version of the eval set. Map one with --map datasetFingerprint=COLUMN.';
  }
  const versions = `${fingerprints.length === 1 ? 'version' : 'versions'} ${fingerprints.join(', ')}`;
  return `${versions}, as the column ${candidate.columns.datasetFingerprint ?? ''} says; no date is recorded with it`;
}
