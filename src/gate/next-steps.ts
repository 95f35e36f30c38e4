/** At most three commands that would settle what the report leaves open, most useful first, and the one that shows it all. */

import type { Finding, Verdict } from '../findings/index.ts';
import { compareText } from '../slices/index.ts';
import { nomineesOf } from './confirm.ts';
import { counted, grouped } from './numbers.ts';
import type { NextStep, PolicyReport, ReportCounts, SliceReport } from './report.ts';
import { shortened } from './slice-name.ts';

/** What the advice depends on. */
export interface AdviceInput {
  readonly verdict: Verdict;
  readonly hasBaseline: boolean;
  /** Arguments that repeat this comparison, quoted for a shell, such as `old.jsonl new.jsonl --slice task`. */
  readonly inputs: string;
  /** The same without the runs: configuration and rules. */
  readonly rules: string;
  readonly slices: readonly SliceReport[];
  readonly findings: readonly Finding[];
  readonly counts: ReportCounts;
  /** Where the gated dimensions came from. */
  readonly dimensions: PolicyReport['dimensionsFrom'];
  readonly hasConfig: boolean;
  readonly hasRerun: boolean;
  readonly confirmationDeclared: boolean;
  /** In a second stage, the nominees that it left open: only those can be settled. Null in a first stage. */
  readonly openNominees: number | null;
  /** A metric is about classes, of which no unchanged releases are drawn. */
  readonly hasClassMetrics?: boolean;
}

const MOST = 3;

/** `17 undecided and 18 small slices`, `1 undecided slice`. */
function unsettled({ undecided, lowN }: ReportCounts): string {
  if (lowN === 0) return counted(undecided, 'undecided slice');
  if (undecided === 0) return counted(lowN, 'small slice');
  return `${grouped(undecided)} undecided and ${counted(lowN, 'small slice')}`;
}

/** Most columns named in one step. */
const LISTED = 6;

function listed(columns: readonly string[]): string {
  const names = columns.slice(0, LISTED).map((column) => shortened(column));
  return `${names.join(', ')}${columns.length > LISTED ? ` or ${columns.length - LISTED} more` : ''}`;
}

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
  if (input.dimensions === 'none') {
    // Slices come worst first: in that order these results would choose what they are judged by.
    const columns = [
      ...new Set(slices.filter(({ role }) => role === 'shown').map(({ dimension }) => dimension)),
    ].sort(compareText);
    if (columns.length > 0) {
      steps.push({
        command: `slicewise gate ${inputs} --slice COLUMN`,
        settles: `gates the slices of a column from the next results on; these must not choose it: ${listed(columns)}`,
      });
    }
  }
  const suspects = slices.filter(({ verdict, n }) => n > 0 && (verdict === 'BLOCK' || verdict === 'REVIEW'));
  const nominees = input.openNominees ?? (input.confirmationDeclared ? nomineesOf({ slices }).length : 0);
  if (nominees > 0) {
    const command = ['slicewise gate', input.rules, '--stage-one report.json'].filter((part) => part !== '');
    steps.push({
      command: `${command.join(' ')} --confirm-baseline FRESH_OLD --confirm-candidate FRESH_NEW`,
      settles: `decides ${nominees === 1 ? 'the nominee' : `the ${nominees} nominees`} on fresh cases`,
    });
  }
  if (input.openNominees !== null) return steps;
  if (
    nominees === 0 &&
    suspects.length > 0 &&
    input.hasBaseline &&
    !input.hasRerun &&
    counts.pairing === 'paired'
  ) {
    steps.push({
      command: `slicewise gate ${inputs} --rerun SECOND_RUN_OF_BASELINE`,
      settles: 'whether the lost cases flip by themselves when nothing changes',
    });
  }
  if (input.hasBaseline && (counts.undecided > 0 || counts.lowN > 0)) {
    steps.push({
      command: `slicewise power ${inputs}`,
      settles: `how many cases would settle the ${unsettled(counts)}`,
    });
  }
  if (!input.hasConfig) {
    steps.push({
      command: `slicewise init ${inputs}`,
      settles: 'writes slicewise.yaml, to name slices that must exist, critical ones, floors and owners',
    });
  }
  if (
    input.hasBaseline &&
    !input.hasClassMetrics &&
    input.findings.some(({ check, status }) => check === 'gate-self-check' && status !== 'checked')
  ) {
    steps.push({
      command: `slicewise aa ${inputs}`,
      settles: 'how often this gate would block or call for review if nothing had changed',
    });
  }
  return [...steps.slice(0, MOST), lookStep(input)];
}

/** Always last: the same comparison to look through, from the page on that the verdict asks for. */
function lookStep({ verdict, inputs, hasBaseline }: AdviceInput): NextStep {
  const decides = hasBaseline && (verdict === 'BLOCK' || verdict === 'REVIEW');
  return {
    command: ['slicewise studio', inputs, decides ? '--at /review' : '']
      .filter((part) => part !== '')
      .join(' '),
    settles: decides
      ? 'shows what fell case by case in the browser, and takes the decision down'
      : 'shows slices, cases and this verdict in the browser',
  };
}
