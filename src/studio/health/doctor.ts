/** The doctor's walk: the findings of the gate in the order in which people look for a cause, each with what to do. */

import { CHECKS } from '../../checks/index.ts';
import type { Finding, Verdict } from '../../findings/index.ts';
import type { Report } from '../../gate/index.ts';
import { quietChecks } from '../../reports/index.ts';
import type { DoctorStep, DoctorWalk, StepFamily, StepState } from '../contract/index.ts';

const FAMILIES: readonly StepFamily[] = ['data', 'evaluation', 'model', 'instrument'];
const STATES: readonly StepState[] = ['found', 'note', 'cannot tell', 'clear'];

/** Verdicts that ask for something. */
const ASKING: ReadonlySet<Verdict | null> = new Set(['BLOCK', 'INVALID', 'UNTESTED', 'STALE', 'REVIEW']);

/** Case ids that a step lists. */
const LISTED = 20;

/** Every finding and every check that found nothing, as steps. */
export function doctorWalk(report: Report): DoctorWalk {
  const seen = new Map<string, number>();
  const told = report.findings.map((finding): DoctorStep => {
    const times = (seen.get(finding.check) ?? 0) + 1;
    seen.set(finding.check, times);
    return stepOf(finding, `${finding.check}-${times}`);
  });
  const quiet = quietChecks(report).flatMap((check): readonly DoctorStep[] => {
    const known = Object.hasOwn(CHECKS, check) ? CHECKS[check as keyof typeof CHECKS] : null;
    return known === null || seen.has(check) ? [] : [clearStep(check, known.kind)];
  });
  const steps = [...told, ...quiet].toSorted(
    (a, b) =>
      FAMILIES.indexOf(a.family) - FAMILIES.indexOf(b.family) ||
      STATES.indexOf(a.state) - STATES.indexOf(b.state),
  );
  const count = (state: StepState) => steps.filter((step) => step.state === state).length;
  return {
    steps,
    counts: {
      found: count('found'),
      note: count('note'),
      clear: count('clear'),
      'cannot tell': count('cannot tell'),
    },
  };
}

function stepOf(finding: Finding, id: string): DoctorStep {
  const { check, kind, verdict, slice, reason, remedy, hides, method, estimate } = finding;
  return {
    ...{ id, check, family: kind, verdict, slice, reason, remedy, hides, method, estimate },
    title: titleOf(check),
    state: stateOf(finding),
    cases: finding.evidence.slice(0, LISTED),
    casesTotal: finding.evidenceTotal,
  };
}

function stateOf({ status, verdict }: Finding): StepState {
  if (status === 'not checkable') return 'cannot tell';
  if (verdict === 'PASS') return 'clear';
  return ASKING.has(verdict) ? 'found' : 'note';
}

function clearStep(check: string, family: StepFamily): DoctorStep {
  return {
    ...{ id: `${check}-clear`, check, family, title: titleOf(check), state: 'clear' },
    reason: 'The check had its inputs and found nothing.',
    ...{ verdict: null, slice: null, remedy: null, hides: null, method: null, estimate: null },
    ...{ cases: [], casesTotal: 0 },
  };
}

/** `split-overlap` as people say it. */
function titleOf(check: string): string {
  const words = check.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
