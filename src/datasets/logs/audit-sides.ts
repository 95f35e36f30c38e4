/** Puts the tallies of logs and eval set side by side: shares, windows, topics and locales. */

import { compareText } from '../../slices/index.ts';
import { wilsonInterval } from '../../stats/index.ts';
import { auditSeasons } from '../audit/seasons.ts';
import { auditShares, type SliceTally } from '../audit/shares.ts';
import { auditWindow, type WindowAudit } from '../audit/window.ts';
import type { DimensionReport, LocaleReport, SliceTotals, TopicReport } from './logs-report.ts';
import { type Period, periodFor, topicTraffic } from './periods.ts';
import { isLocale, type LogDimension } from './side-columns.ts';
import type { DimensionTally, SideTally, TimeCell } from './side-tally.ts';
import { type SliceFacts, scoreOf } from './slice-facts.ts';

const LEVEL = 0.95;
/** Share of rows that may lack the key (practice A-3). */
const MISSING_BUDGET = 0.02;

const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
const WEEKDAYS = ['1 Mon', '2 Tue', '3 Wed', '4 Thu', '5 Fri', '6 Sat', '7 Sun'];

/** One dimension against the eval set, if there is one. */
export function dimensionReport(
  one: LogDimension,
  logs: SideTally,
  evalSet: SideTally | null,
  floor: number,
): DimensionReport {
  const own = logs.dimensions.get(one.name)!;
  const other = evalSet?.dimensions.get(one.name) ?? null;
  const reason =
    evalSet === null
      ? 'no eval set is named'
      : one.evalColumn === null
        ? `the eval set has no column for ${one.name}`
        : other!.slices.size === 0
          ? `no case of the eval set has ${one.name}`
          : null;
  const audit =
    reason === null
      ? auditShares(one.name, sliceTally(own), sliceTally(other!), { floor, missingBudget: MISSING_BUDGET })
      : null;
  const share = logs.rows === 0 ? 0 : own.missing / logs.rows;
  return {
    dimension: one.name,
    isKey: one.isKey,
    logColumn: one.logColumn,
    evalColumn: one.evalColumn,
    audit,
    reason,
    slices: [...own.slices]
      .map(([value, facts]) => totalsOf(value, facts, logs.rows))
      .toSorted((a, b) => b.rows - a.rows || compareText(a.value, b.value)),
    missing: { rows: own.missing, share, at: own.missingAt, alarm: one.isKey && share > MISSING_BUDGET },
  };
}

function sliceTally({ slices, missing }: DimensionTally): SliceTally {
  return { slices: new Map([...slices].map(([value, { rows }]) => [value, rows])), missing };
}

function totalsOf(value: string, facts: SliceFacts, rows: number): SliceTotals {
  return {
    value,
    rows: facts.rows,
    share: wilsonInterval(facts.rows, rows, LEVEL),
    score: scoreOf(facts, LEVEL),
    tokens: facts.tokenRows === 0 ? null : facts.tokens,
    costUsd: facts.costRows === 0 ? null : facts.cost,
    meanLatency: facts.latencyRows === 0 ? null : facts.latency / facts.latencyRows,
  };
}

/** Hours and weekdays of the eval set against those of the traffic; null where a side has no times. */
export function windowReports(
  logs: SideTally,
  evalSet: SideTally,
  hasValue: boolean,
): readonly { readonly by: 'hour' | 'weekday'; readonly audit: WindowAudit | null }[] {
  const audit = (
    buckets: readonly string[],
    traffic: ReadonlyMap<string, TimeCell>,
    sample: ReadonlyMap<string, TimeCell>,
  ): WindowAudit | null =>
    auditWindow({
      buckets,
      sample: buckets.map((bucket) => sample.get(bucket)?.rows ?? 0),
      traffic: buckets.map((bucket) => traffic.get(bucket)?.rows ?? 0),
      value: hasValue ? buckets.map((bucket) => traffic.get(bucket)?.value ?? 0) : null,
    });
  return [
    { by: 'hour', audit: audit(HOURS, logs.hours, evalSet.hours) },
    { by: 'weekday', audit: audit(WEEKDAYS, logs.weekdays, evalSet.weekdays) },
  ];
}

/** Topics by period; null without times or topics. */
export function topicReport(
  topic: string,
  logs: SideTally,
  evalSet: SideTally | null,
  floor: number,
  wanted: Period | null,
): TopicReport | null {
  if (logs.days.size === 0 || logs.topics.size === 0) return null;
  const period = wanted ?? periodFor([...logs.days.keys()]);
  const traffic = topicTraffic(logs.days, evalSet?.topics ?? new Map(), period);
  const audit = auditSeasons(traffic, { minCases: floor });
  return {
    topic,
    period,
    audit: evalSet === null ? { ...audit, gaps: [] } : audit,
    withoutTopic: logs.withoutTopic,
  };
}

/** Locales with their weights and scores; null where no dimension tells them apart. */
export function localeReport(
  dimensions: readonly LogDimension[],
  logs: SideTally,
  evalSet: SideTally | null,
): LocaleReport | null {
  const one = dimensions.find(isLocale);
  const own = one === undefined ? undefined : logs.dimensions.get(one.name);
  if (one === undefined || own === undefined || own.slices.size === 0) return null;
  const other = evalSet !== null && one.evalColumn !== null ? evalSet.dimensions.get(one.name)! : null;
  const names = new Set([...own.slices.keys(), ...(other?.slices.keys() ?? [])]);
  const rows = [...names]
    .map((locale) => {
      const traffic = own.slices.get(locale);
      const cases = other?.slices.get(locale);
      return {
        locale,
        production: traffic?.rows ?? 0,
        trafficWeight: wilsonInterval(traffic?.rows ?? 0, logs.rows, LEVEL),
        cases: cases?.rows ?? 0,
        evalShare: other === null ? null : wilsonInterval(cases?.rows ?? 0, evalSet!.rows, LEVEL),
        productionScore: traffic === undefined ? null : scoreOf(traffic, LEVEL),
        evalScore: cases === undefined ? null : scoreOf(cases, LEVEL),
      };
    })
    .toSorted((a, b) => b.production - a.production || b.cases - a.cases || compareText(a.locale, b.locale));
  const scored = rows.filter(({ evalScore, production }) => evalScore !== null && production > 0);
  const weight = scored.reduce((sum, { production }) => sum + production, 0);
  const weighted = scored.reduce((sum, row) => sum + row.production * row.evalScore!.estimate!, 0);
  return {
    dimension: one.name,
    rows,
    evalScore: evalSet === null ? null : (scoreOf(evalSet.all, LEVEL)?.estimate ?? null),
    weightedScore: weight === 0 ? null : weighted / weight,
    weightScored: logs.rows === 0 ? 0 : weight / logs.rows,
  };
}
