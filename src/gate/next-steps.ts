/** At most three commands that would settle what the report leaves open, most useful first. */

import type { Finding, Verdict } from '../findings/index.ts';
import type { NextStep, ReportCounts, SliceReport } from './report.ts';

/** What the advice depends on. */
export interface AdviceInput {
  readonly verdict: Verdict;
  readonly hasBaseline: boolean;
  /** Arguments that repeat this comparison, quoted for a shell, such as `old.jsonl new.jsonl --slice task`. */
  readonly inputs: string;
  readonly slices: readonly SliceReport[];
  readonly findings: readonly Finding[];
  readonly counts: ReportCounts;
  readonly hasConfig: boolean;
  readonly hasRerun: boolean;
  readonly confirmationDeclared: boolean;
}

const MOST = 3;

/** Picks the steps; the order of the rules is their worth. */
export function nextSteps(input: AdviceInput): NextStep[] {
  const { inputs, slices, counts } = input;
  const steps: NextStep[] = [];
  if (!input.hasBaseline) {
    steps.push({
      command: `slicewise gate ${inputs} --baseline OLD_RESULTS`,
      settles: 'add a baseline: whether any slice got worse than the system it replaces',
    });
  }
  const suspects = slices.filter(({ verdict }) => verdict === 'BLOCK' || verdict === 'REVIEW');
  if (suspects.length > 0 && input.confirmationDeclared) {
    steps.push({
      command: `slicewise gate --stage-one report.json --confirm-baseline FRESH_OLD --confirm-candidate FRESH_NEW`,
      settles: `fresh cases for ${suspects.length} nominee${suspects.length === 1 ? '' : 's'} decide them`,
    });
  } else if (suspects.length > 0 && input.hasBaseline && !input.hasRerun && counts.pairing === 'paired') {
    steps.push({
      command: `slicewise gate ${inputs} --rerun SECOND_RUN_OF_BASELINE`,
      settles: 'whether the lost cases flip by themselves when nothing changes',
    });
  }
  if (input.hasBaseline && (counts.undecided > 0 || counts.lowN > 0)) {
    steps.push({
      command: `slicewise power ${inputs}`,
      settles: `how many cases would settle the ${counts.undecided} undecided and ${counts.lowN} small slices`,
    });
  }
  if (!input.hasConfig) {
    steps.push({
      command: `slicewise init ${inputs}`,
      settles: 'writes slicewise.yaml: names the slices that must exist, critical ones, floors and owners',
    });
  }
  if (
    input.hasBaseline &&
    input.findings.some(({ check, status }) => check === 'gate-self-check' && status !== 'checked')
  ) {
    steps.push({
      command: `slicewise aa ${inputs}`,
      settles: 'how often this gate would block or call for review if nothing had changed',
    });
  }
  return steps.slice(0, MOST);
}
