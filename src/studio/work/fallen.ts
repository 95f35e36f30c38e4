/** What keeps a release from shipping: slices whose verdict decides, and checks that found something. */

import { isRate } from '../../counts/index.ts';
import { type Finding, VERDICTS, type Verdict } from '../../findings/index.ts';
import { type SliceReport, sliceLabel } from '../../gate/index.ts';
import type { OpenRelease } from '../../pipeline.ts';
import type { FallenItem, ReviewTarget } from '../contract/index.ts';

/** One thing that fell, before cases and decisions are looked up. */
export interface Fallen
  extends Pick<
    FallenItem,
    'key' | 'target' | 'title' | 'verdict' | 'reason' | 'remedy' | 'slice' | 'waivable'
  > {
  /** The slice as the report has it; null for checks. */
  readonly report: SliceReport | null;
  /** What a waiver entry can call it. */
  readonly names: readonly string[];
}

/** Verdicts of a slice that are its own. One that reads INVALID or STALE owes it to a check, which has a card of its own. */
const OWN: readonly Verdict[] = ['BLOCK', 'UNTESTED', 'REVIEW'];

/** Verdicts below which nothing ships. */
const STOPPING: readonly Verdict[] = ['BLOCK', 'INVALID', 'UNTESTED', 'STALE', 'REVIEW'];

/** Everything that decides against the release, waived or not; worst first. */
export function fallenItems({ report, scope }: OpenRelease): readonly Fallen[] {
  const rates = new Set(scope.metrics.filter(({ measure }) => isRate(measure)).map(({ id }) => id));
  const several = new Set(report.slices.filter(({ role }) => role === 'gated').map(({ metric }) => metric));
  const slices = report.slices.flatMap((slice) => {
    const verdict = stoppingVerdict(slice, report.baseline !== null);
    return verdict === null ? [] : [fallenSlice(slice, verdict, rates, several.size > 1)];
  });
  const byCheck = Map.groupBy(
    report.findings.filter(
      ({ check, verdict }) => check !== 'slice-losses' && verdict !== null && STOPPING.includes(verdict),
    ),
    ({ check }) => check,
  );
  const checks = [...byCheck].map(([check, findings]) => fallenCheck(check, findings));
  const rank = ({ verdict }: Fallen) => VERDICTS.indexOf(verdict);
  return [...slices, ...checks].toSorted((a, b) => rank(a) - rank(b));
}

/** The verdict that keeps a slice from shipping, its waiver left aside; null where it does not. */
function stoppingVerdict({ verdict, role, n, waiver }: SliceReport, hasBaseline: boolean): Verdict | null {
  if (role !== 'gated' || n === 0 || verdict === null) return null;
  if (verdict === 'DEBT') return waiver?.kind === 'debt' && waiver.expired ? 'BLOCK' : null;
  // Without a baseline the whole release is untested, whatever is waived.
  if (verdict === 'UNTESTED' && !hasBaseline) return null;
  return OWN.includes(verdict) ? verdict : null;
}

function fallenSlice(
  slice: SliceReport,
  verdict: Verdict,
  rates: ReadonlySet<string>,
  several: boolean,
): Fallen {
  const { id, metric, dimension, value, sameCasesAs } = slice;
  const target: ReviewTarget = { kind: 'slice', id };
  const isDebt = slice.verdict === 'DEBT';
  const same = sameCasesAs.length === 0 ? '' : `; the same cases as ${sameCasesAs.join(', ')}`;
  return {
    ...{ key: keyOf(target), target, verdict, report: slice },
    title: `${sliceLabel(slice, false)}${several ? ` (${metric})` : ''}`,
    reason: `${slice.reason}${same}`,
    remedy: isDebt
      ? `its debt entry expired ${slice.waiver!.expires}: renew that entry, or mend what it stands for`
      : 'read the lost cases beside what the baseline answered; no cause is claimed',
    waivable: !isDebt,
    slice: {
      ...{ metric, dimension, value, isRate: rates.has(metric), direction: slice.direction },
      ...{ owner: slice.owner, critical: slice.critical, grade: slice.grade, n: slice.n },
      ...{ before: slice.baseline, after: slice.candidate, delta: slice.delta },
      ...{ lost: slice.lost, gained: slice.gained, adjustedP: slice.adjustedPValue },
      ...{ margin: slice.margin, floor: slice.floor, detectable: slice.minimumDetectableDrop },
      needed: slice.casesNeeded,
    },
    names: [id, `${dimension}=${value}`, value],
  };
}

/** A check may find several things; one waiver covers them all. */
function fallenCheck(check: string, findings: readonly Finding[]): Fallen {
  const target: ReviewTarget = { kind: 'check', id: check };
  const worst = findings.toSorted((a, b) => VERDICTS.indexOf(a.verdict!) - VERDICTS.indexOf(b.verdict!))[0]!;
  const more = findings.length === 1 ? '' : ` (and ${findings.length - 1} more of this check)`;
  return {
    ...{ key: keyOf(target), target, title: check, verdict: worst.verdict!, report: null },
    reason: `${worst.reason}${more}`,
    remedy: worst.remedy ?? 'see the finding',
    ...{ slice: null, waivable: true, names: [check] },
  };
}

/** Part of a link. */
export function keyOf({ kind, id }: ReviewTarget): string {
  return `${kind}:${id}`;
}
