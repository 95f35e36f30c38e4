/** What rules would have said of past releases, from the counts that the ledger keeps of their slices. */

import type { Config } from '../../config/index.ts';
import type { OutcomeCell, SideOutcome, SliceCount } from '../../counts/index.ts';
import { columnGrouping } from '../../derived/index.ts';
import { InternalError } from '../../errors.ts';
import { collectEvidence } from '../../evidence/index.ts';
import type { Verdict } from '../../findings/index.ts';
import type { Report, SliceReport } from '../../gate/index.ts';
import type { RecordedReport } from '../../ledger/index.ts';
import { allCases, type ScopedGrouping } from '../../scope/index.ts';
import { sliceId } from '../../slices/index.ts';
import { gatedSlices, judgeSlices } from '../../stages/index.ts';
import { type Outcome, outcomeOf } from '../outcome.ts';
import { nameSlice } from '../slice-name.ts';
import { type PolicySetting, withSetting } from './setting.ts';

/** One recorded release under other rules. */
export interface PastRelease {
  readonly id: string;
  readonly at: string;
  readonly name: string | null;
  readonly unchanged: boolean;
  /** As recorded, with everything that decides a release: slices, other findings, waivers. */
  readonly recorded: Verdict;
  /** What its slices alone come to, under the rules that it was gated with and under the tried ones; null with `why`. */
  readonly underOwn: Outcome | null;
  readonly underTried: Outcome | null;
  /** Slices that block, or ask for review, under the tried rules: `dimension=value`. */
  readonly named: readonly string[];
  /** Why it cannot be judged anew from what is recorded. */
  readonly why: string | null;
}

/**
 * Judges a recorded release under its own rules and under others. A report keeps how many cases of a slice were lost and gained, which is
 * all that exact tests of single-trial pass rates over disjoint slices look at; other releases are listed with the reason. Errors
 * count as they were counted then.
 */
export function judgePast(
  { id, at, candidateName, unchanged, report }: RecordedReport,
  setting: PolicySetting,
  config: Config,
): PastRelease {
  const document = report as Report;
  const named = { id, at, name: candidateName, unchanged, recorded: document.verdict };
  const why = whyNot(document);
  if (why !== null) return { ...named, underOwn: null, underTried: null, named: [], why };
  const { margin, blockBudget, reviewBudget, minCases } = document.policy;
  const gated = gatedRows(document);
  const critical = gated.filter((row) => row.critical).map(shortId);
  const own = outcomeUnder(document, { margin, blockBudget, reviewBudget, minCases, critical }, config);
  const tried = outcomeUnder(document, setting, config);
  return {
    ...named,
    underOwn: own.outcome,
    underTried: tried.outcome,
    named: tried.alarms
      .map(({ slice }) => nameSlice(slice))
      .map(({ dimension, value }) => `${dimension}=${value}`),
    why: null,
  };
}

/** Rows that take part in the decision: values, and the cases without one. */
function gatedRows({ slices }: Report): readonly SliceReport[] {
  return slices.filter(({ verdict }) => verdict !== null);
}

function shortId({ dimension, value, state }: SliceReport): string {
  return sliceId('', { grouping: dimension, state, value });
}

/** In words that end the line of the release. */
function whyNot(report: Report): string | null {
  const rows = gatedRows(report);
  if (report.counts.pairing !== 'paired') return 'its runs were not paired';
  if (rows.length === 0) return 'nothing was gated';
  if (rows.some(({ metric }) => metric !== 'passRate'))
    return 'it was gated on something else than the pass rate';
  if (report.candidate.maxTrials > 1 || (report.baseline?.maxTrials ?? 1) > 1)
    return 'its cases have several trials';
  if (report.policy.looks !== 'fixed') return 'it was looked at while its cases grew';
  const whole = report.slices.filter(({ dimension }) => dimension === rows[0]!.dimension);
  const all = report.overall.find(({ metric }) => metric === 'passRate');
  const sum = whole.reduce((cases, { n }) => cases + n, 0);
  if (rows.some(({ dimension }) => dimension !== rows[0]!.dimension) || sum !== all?.n)
    return 'its slices share cases';
  return null;
}

function outcomeUnder(report: Report, setting: PolicySetting, config: Config) {
  const { policy } = withSetting(config, setting);
  const rows = gatedRows(report);
  const critical = new Set(setting.critical);
  const scoped: ScopedGrouping = {
    ...allCases('gated'),
    grouping: columnGrouping(rows[0]!.dimension),
    dimension: rows[0]!.dimension,
    values: new Map(
      rows.map((row) => [
        row.value,
        {
          critical: critical.has(shortId(row)),
          // A margin that was the slice's own stays its own.
          ...(row.margin === report.policy.margin ? {} : { margin: row.margin }),
          ...(row.floor === null ? {} : { floor: row.floor }),
        },
      ]),
    ),
  };
  const metric = {
    id: 'passRate',
    measure: { kind: 'passRate' },
    gate: true,
    floor: null,
    margin: null,
  } as const;
  const { slices } = collectEvidence({
    scope: { groupings: [scoped], metrics: [metric], from: 'configured', notes: [] },
    policy,
    pairing: 'paired',
    counts: rows.map((row) => countsOf(row, scoped.grouping.id)),
    units: new Map(),
    clustered: false,
    withoutIntervals: true,
  });
  const context = { policy, pairing: 'paired', disjoint: true, clustered: false, beyondChurn: null } as const;
  return outcomeOf(
    judgeSlices(gatedSlices(slices), null, context, { flips: policy.resamples, seed: policy.seed }),
  );
}

const PASSED: SideOutcome = { passed: 1, failed: 0, errors: 0, unscored: 0 };
const FAILED: SideOutcome = { passed: 0, failed: 1, errors: 0, unscored: 0 };

/** The four kinds of cases that a row sums up. */
function countsOf({ n, lost, gained, baseline, value, state }: SliceReport, grouping: string): SliceCount {
  if (state === 'ignored') throw new InternalError({ message: 'an ignored slice has a verdict' });
  const passedBefore = Math.round((baseline?.estimate ?? 0) * n);
  const cells: readonly OutcomeCell[] = [
    { baseline: PASSED, candidate: PASSED, edited: false, cases: passedBefore - lost },
    { baseline: PASSED, candidate: FAILED, edited: false, cases: lost },
    { baseline: FAILED, candidate: PASSED, edited: false, cases: gained },
    { baseline: FAILED, candidate: FAILED, edited: false, cases: n - passedBefore - gained },
  ];
  return {
    grouping,
    state,
    value: state === 'value' ? value : '',
    cells: cells.filter(({ cases }) => cases > 0),
  };
}
