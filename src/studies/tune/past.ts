/** What rules would have said of past releases, from the counts that the ledger keeps of their slices. */

import type { Config, Multiplicity, Policy } from '../../config/index.ts';
import type { Verdict } from '../../findings/index.ts';
import { type Judgement, REPORT_SCHEMA_VERSION, type Report, type SliceReport } from '../../gate/index.ts';
import type { RecordedReport } from '../../ledger/index.ts';
import { sliceId } from '../../slices/index.ts';
import { type Outcome, outcomeOf } from '../outcome.ts';
import { nameSlice } from '../slice-name.ts';
import { gatedRows, judgementUnder, shortId } from './judge-recorded.ts';
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
 * count as they were counted then; where a block may rest on them alone, the report cannot tell, and neither does this. A release
 * whose own verdicts do not come out again is not judged under other rules either.
 */
export function judgePast(
  { id, at, candidateName, unchanged, report }: RecordedReport,
  setting: PolicySetting,
  config: Config,
): PastRelease {
  const document = report as Report;
  const named = { id, at, name: candidateName, unchanged, recorded: document.verdict };
  const not = (why: string): PastRelease => ({ ...named, underOwn: null, underTried: null, named: [], why });
  const why = whyNot(document);
  if (why !== null) return not(why);
  const gated = gatedRows(document);
  const own = [true, false]
    .map((withErrors) => judgementUnder(document, ownPolicy(document, config), criticalOf(gated), withErrors))
    .find((judgement) => isAsRecorded(judgement, gated));
  if (own === undefined) return not('its own verdicts do not follow from what is recorded of its slices');
  const { policy } = withSetting(config, setting);
  const [all, clean] = [true, false].map((withErrors) =>
    judgementUnder(document, policy, new Set(setting.critical), withErrors),
  ) as [Judgement, Judgement];
  const { outcome, alarms } = outcomeOf(all);
  if (outcome !== outcomeOf(clean).outcome)
    return not('errors may be behind its losses, and the report does not say of which cases');
  return {
    ...named,
    underOwn: outcomeOf(own).outcome,
    underTried: outcome,
    named: alarms.map(({ slice }) => nameSlice(slice)).map(({ dimension, value }) => `${dimension}=${value}`),
    why: null,
  };
}

/** The rules that the release was gated with, as far as its report states them. */
function ownPolicy({ policy: recorded }: Report, { policy }: Config): Policy {
  const { margin, blockBudget, reviewBudget, minCases, requireEvidence, confirmation, budgets } = recorded;
  return {
    ...policy,
    ...{ margin, blockBudget, reviewBudget, minCases, requireEvidence, confirmation },
    ...{ level: recorded.level, looks: recorded.looks },
    multiplicity: multiplicityOf(recorded.multiplicity),
    floorShare: budgets.floors > 0 ? budgets.floors / blockBudget : policy.floorShare,
  };
}

/** A report names the correction in words, or by its name where nothing was corrected. */
function multiplicityOf(words: string): Multiplicity {
  const known = [/^holm/i, /^(benjamini-h|bh$)/i, /^(benjamini-y|by$)/i, /^none/, /^tarone/i] as const;
  return (
    (['holm', 'bh', 'by', 'none', 'tarone'] as const)[known.findIndex((name) => name.test(words))] ?? 'min-p'
  );
}

function criticalOf(rows: readonly SliceReport[]): ReadonlySet<string> {
  return new Set(rows.filter(({ critical }) => critical).map(shortId));
}

/** Whether every slice has the verdict that was recorded; what a check made void has none of its own. */
function isAsRecorded({ decisions }: Judgement, rows: readonly SliceReport[]): boolean {
  const recorded = new Map(rows.map((row) => [shortId(row), row.verdict]));
  return [...decisions].every(([{ key }, { verdict }]) => {
    const then = recorded.get(sliceId('', key));
    return then === 'INVALID' || then === 'STALE' || then === verdict;
  });
}

/** The test that needs no more than the counts of a report. */
const EXACT_TEST = 'exact McNemar';

/** In words that end the line of the release. */
function whyNot(report: Report): string | null {
  if (report.schemaVersion !== REPORT_SCHEMA_VERSION) return 'another version of slicewise wrote its report';
  const rows = gatedRows(report);
  if (report.counts.pairing !== 'paired') return 'its runs were not paired';
  if (rows.length === 0) return 'nothing was gated';
  if (rows.some(({ metric }) => metric !== 'passRate'))
    return 'it was gated on something else than the pass rate';
  if (report.candidate.maxTrials > 1 || (report.baseline?.maxTrials ?? 1) > 1)
    return 'its cases have several trials';
  const other = rows.find(({ test }) => test !== null && test !== EXACT_TEST);
  if (other !== undefined) return `its test was ${other.test}, which looks at single cases`;
  if (report.policy.looks !== 'fixed') return 'it was looked at while its cases grew';
  const whole = report.slices.filter(({ dimension }) => dimension === rows[0]!.dimension);
  const all = report.overall.find(({ metric }) => metric === 'passRate');
  const sum = whole.reduce((cases, { n }) => cases + n, 0);
  if (rows.some(({ dimension }) => dimension !== rows[0]!.dimension) || sum !== all?.n)
    return 'its slices share cases';
  return null;
}
