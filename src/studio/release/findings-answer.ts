/** The findings of a report by family, what could not be checked apart from what was. */

import type { Finding, FindingKind } from '../../findings/index.ts';
import type { Report, SliceReport } from '../../gate/index.ts';
import { quietChecks } from '../../reports/index.ts';
import type { FindingsAnswer, ToldFinding } from '../contract/index.ts';

/** In the order in which a person looks for a cause. */
const KINDS: readonly FindingKind[] = ['data', 'evaluation', 'model', 'instrument'];

/** Findings that decide come first, worst first; the order of a verdict is that of the roll-up. */
const ORDER = ['BLOCK', 'INVALID', 'UNTESTED', 'STALE', 'REVIEW', 'DEBT', 'LOW-N', null, 'PASS'] as const;

/** The findings of the report, all of them. */
export function findingsAnswer(report: Report): FindingsAnswer {
  const slices = sliceFinder(report.slices);
  const seen = new Map<string, number>();
  // Every check stands here once: also the one that reports tell beside the mean.
  const others = report.findings.filter(({ check }) => check !== 'slice-losses');
  const told = others.map((finding): ToldFinding => {
    const name = [finding.check, finding.slice ?? ''].filter(Boolean).join(' ');
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return {
      id: times === 1 ? name : `${name} ${times}`,
      finding,
      waived: isWaivedFinding(finding),
      sliceId: finding.slice === null ? null : slices(finding.slice),
    };
  });
  return {
    families: KINDS.map((kind) => {
      const own = told.filter(({ finding }) => finding.kind === kind);
      return {
        kind,
        open: own.filter(({ finding }) => finding.status === 'checked').sort(worstFirst),
        notCheckable: own.filter(({ finding }) => finding.status === 'not checkable'),
      };
    }),
    quiet: quietChecks(report),
    runHash: report.runHash,
  };
}

/** A waived finding keeps its verdict and says so in its reason. */
export function isWaivedFinding({ reason, verdict }: Finding): boolean {
  return verdict !== null && reason.includes('(waived by ');
}

function worstFirst(a: ToldFinding, b: ToldFinding): number {
  return ORDER.indexOf(a.finding.verdict) - ORDER.indexOf(b.finding.verdict);
}

/** Finds the slice that a finding names by `value`, `dimension=value` or its id; null where none or several have the name. */
function sliceFinder(slices: readonly SliceReport[]): (name: string) => string | null {
  const byName = new Map<string, string | null>();
  const metric = slices[0]?.metric;
  for (const { id, metric: own, dimension, value } of slices) {
    byName.set(id, id);
    if (own !== metric) continue;
    for (const name of [`${dimension}=${value}`, `${dimension} = ${value}`, value]) {
      byName.set(name, byName.has(name) ? null : id);
    }
  }
  return (name) => byName.get(name) ?? null;
}
