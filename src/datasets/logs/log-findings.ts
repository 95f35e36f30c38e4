/** What the audit comes to: alarms that need a person, notices, one verdict. */

import { percentText } from '../../reports/index.ts';
import type { LogFinding, LogsReport } from './logs-report.ts';

type Parts = Pick<LogsReport, 'floor' | 'dimensions' | 'windows' | 'topics' | 'coverage'> & {
  readonly rows: number;
  /** Null without an eval set. */
  readonly cases: number | null;
};

/** Fewer log rows or cases than this cannot show that the set has what production has. */
const LEAST = 20;

/** Slices that are named in a sentence. */
const NAMED = 5;

/** The findings with the verdict that follows: an alarm is REVIEW; nothing, or too little, to compare is UNTESTED; the rest is PASS. */
export function findingsOf(parts: Parts): Pick<LogsReport, 'verdict' | 'exitCode' | 'headline' | 'findings'> {
  const findings = [
    ...shareFindings(parts),
    ...windowFindings(parts),
    ...topicFindings(parts),
    ...coverageFindings(parts),
  ];
  const alarms = findings.filter(({ kind }) => kind === 'alarm');
  const isCompared =
    parts.cases !== null &&
    (parts.dimensions.some(({ audit }) => audit !== null) ||
      parts.windows.some(({ audit }) => audit !== null) ||
      parts.coverage !== null);
  if (alarms.length > 0) {
    return {
      verdict: 'REVIEW',
      exitCode: 3,
      headline: `REVIEW: ${alarms[0]!.text}${more(alarms.length - 1)}`,
      findings,
    };
  }
  if (parts.cases === null) {
    return {
      verdict: 'UNTESTED',
      exitCode: 4,
      headline: 'UNTESTED: no eval set is named (--eval), so this shows production alone',
      findings,
    };
  }
  if (!isCompared) {
    return {
      verdict: 'UNTESTED',
      exitCode: 4,
      headline: 'UNTESTED: logs and eval set have no dimension, time or text in common',
      findings,
    };
  }
  const [first] = findings;
  if (parts.rows < LEAST || parts.cases < LEAST) {
    const [count, what] = parts.rows < LEAST ? [parts.rows, 'log row'] : [parts.cases, 'case'];
    return {
      verdict: 'UNTESTED',
      exitCode: 4,
      headline: `UNTESTED: ${count} ${what}${count === 1 ? ' is' : 's are'} too few to compare, at least ${LEAST} are needed`,
      findings,
    };
  }
  return {
    verdict: 'PASS',
    exitCode: 0,
    headline:
      first === undefined
        ? 'PASS: the eval set has what production has'
        : `PASS: no alarm${findings.length === 1 ? '' : `, ${findings.length} notices`}; ${first.text}`,
    findings,
  };
}

function more(count: number): string {
  return count === 0 ? '' : ` (and ${count} more ${count === 1 ? 'alarm' : 'alarms'})`;
}

function shareFindings({ dimensions, floor, rows }: Parts): readonly LogFinding[] {
  return dimensions.flatMap(({ dimension, audit, missing, isKey }): readonly LogFinding[] => {
    const found: LogFinding[] = [];
    if (audit !== null && audit.alarms > 0) {
      const slices = audit.rows.filter(({ production }) => production > 0);
      const absent = slices.filter(({ state }) => state === 'absent');
      const low = slices.filter(({ state }) => state === 'absent' || state === 'under floor');
      const names = low.slice(0, NAMED).map(({ value, cases }) => `${JSON.stringify(value)} ${cases}`);
      found.push({
        practice: 'A-3',
        kind: isKey ? 'alarm' : 'notice',
        text: `${audit.alarms} of ${slices.length} slices of ${dimension} have fewer than ${floor} cases (${absent.length} have none): ${names.join(', ')}${low.length > NAMED ? ', ...' : ''}`,
      });
    }
    if (missing.alarm) {
      found.push({
        practice: 'A-3',
        kind: 'alarm',
        text: `${missing.rows} of ${rows} log rows (${percentText(missing.share)}%) have no ${dimension}, first at ${missing.at.slice(0, 3).join(', ')}`,
      });
    }
    const unreachable = isKey ? (audit?.rows.filter(({ state }) => state === 'cannot reach') ?? []) : [];
    if (unreachable.length > 0) {
      found.push({
        practice: 'A-3',
        kind: 'notice',
        text: `${unreachable.length} ${unreachable.length === 1 ? 'slice' : 'slices'} of ${dimension} cannot reach ${floor} cases, because production has fewer rows`,
      });
    }
    return found;
  });
}

function windowFindings({ windows }: Parts): readonly LogFinding[] {
  return windows.flatMap(({ by, audit }): readonly LogFinding[] => {
    if (audit === null || !audit.alarm) return [];
    const value = audit.valueShare === null ? '' : ` and ${percentText(audit.valueShare)}% of the value`;
    return [
      {
        practice: 'E-3',
        kind: 'alarm',
        text: `${percentText(audit.sampleShare)}% of the eval set is from ${by}s with ${percentText(audit.trafficShare)}% of the traffic${value}: ${audit.quiet.join(', ')}`,
      },
    ];
  });
}

function topicFindings({ topics, floor }: Parts): readonly LogFinding[] {
  return (topics?.audit.gaps ?? []).map(({ topic, period, share, cases, before }) => ({
    practice: 'E-4',
    kind: 'alarm',
    text: `COVERAGE GAP: topic ${JSON.stringify(topic)} is ${percentText(share.estimate!)}% of the traffic of ${period}${before.estimate === null ? '' : ` (${percentText(before.estimate)}% before)`} and has ${cases} of ${floor} cases`,
  }));
}

function coverageFindings({ coverage }: Parts): readonly LogFinding[] {
  if (coverage === null || !coverage.isGap) return [];
  const { uncovered, own } = coverage;
  return [
    {
      practice: 'B2',
      kind: 'notice',
      text: `${percentText(uncovered.estimate!)}% of production (${percentText(uncovered.lower!)} to ${percentText(uncovered.upper!)}%, n ${uncovered.n}) has no case near it; of the cases themselves ${percentText(own.estimate!)}%`,
    },
  ];
}
