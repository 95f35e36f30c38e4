/** Tables of `slicewise logs` beside the shares: locales, hours and weekdays, topics over time, coverage. */

import { formatCount, type PageTable, percentText } from '../../reports/index.ts';
import type { WindowAudit } from '../audit/window.ts';
import type { Coverage } from './coverage.ts';
import type { LocaleReport, TopicReport } from './logs-report.ts';
import { left, right, shareText } from './page-cells.ts';

const LISTED = 15;
/** Periods that have a column; the last ones. */
const PERIODS = 4;

const NO_TABLE: PageTable = { title: null, columns: [left('')], rows: [], most: 0 };

/** Share and traffic weight per locale, with scores where there are some (practice E-2). */
export function localeTable(report: LocaleReport | null): PageTable {
  if (report === null) return NO_TABLE;
  const hasEval = report.rows.some(({ evalShare }) => evalShare !== null);
  const hasLogScore = report.rows.some(({ productionScore }) => productionScore !== null);
  const hasScore = report.rows.some(({ evalScore }) => evalScore !== null);
  const weighted =
    report.weightedScore === null
      ? ''
      : `; score of the set ${percentText(report.evalScore ?? 0)}%, weighed by traffic ${percentText(report.weightedScore)}% (locales of ${percentText(report.weightScored)}% of the traffic)`;
  return {
    title: `Locales (${report.dimension}): share, traffic weight and score, %${weighted}`,
    columns: [
      left('locale'),
      right('traffic weight'),
      ...(hasEval ? [right('cases'), right('eval share')] : []),
      ...(hasLogScore ? [right('score in logs'), right('n')] : []),
      ...(hasScore ? [right('score in set'), right('n')] : []),
    ],
    rows: report.rows.map((row) => [
      row.locale,
      shareText(row.trafficWeight),
      ...(hasEval ? [formatCount(row.cases), shareText(row.evalShare)] : []),
      ...(hasLogScore ? [shareText(row.productionScore), formatCount(row.productionScore?.n ?? 0)] : []),
      ...(hasScore ? [shareText(row.evalScore), formatCount(row.evalScore?.n ?? 0)] : []),
    ]),
    most: LISTED,
  };
}

/** Hours or weekdays of the eval set and of the traffic (practice E-3). */
export function windowTable(by: 'hour' | 'weekday', audit: WindowAudit | null): PageTable {
  if (audit === null) return NO_TABLE;
  const { buckets, sample, traffic, value } = audit.mix;
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  const share = (counts: readonly number[], at: number) =>
    total(counts) === 0 ? '-' : percentText(counts[at]! / total(counts));
  return {
    title: `${by === 'hour' ? 'Hours' : 'Weekdays'}: eval set against traffic, %${audit.alarm ? ' (ALARM)' : ''}`,
    columns: [
      left(by),
      right('cases'),
      right('eval set'),
      right('rows'),
      right('traffic'),
      ...(value === null ? [] : [right('value')]),
    ],
    rows: buckets.flatMap((bucket, at) => {
      if (sample[at] === 0 && traffic[at] === 0) return [];
      const name = audit.alarm && audit.quiet.includes(bucket) ? `${bucket} (quiet)` : bucket;
      return [
        [
          name,
          formatCount(sample[at]!),
          share(sample, at),
          formatCount(traffic[at]!),
          share(traffic, at),
          ...(value === null ? [] : [share(value, at)]),
        ],
      ];
    }),
    most: audit.alarm ? 24 : 7,
  };
}

/** Topic shares over time (practice E-4). */
export function topicTable(report: TopicReport | null, hasEval: boolean): PageTable {
  if (report === null) return NO_TABLE;
  const { audit, topic, period } = report;
  const shown = audit.periods.map((name, at) => ({ name, at })).slice(-PERIODS);
  const gaps = new Set(audit.gaps.map((gap) => gap.topic));
  return {
    title: `Topics (${topic}) by ${period}, % of rows${audit.periods.length > PERIODS ? `, last ${PERIODS} of ${audit.periods.length} ${period}s` : ''}`,
    columns: [
      left('topic'),
      ...shown.map(({ name }) => right(name)),
      ...(hasEval ? [right('cases'), left('')] : []),
    ],
    rows: [
      [
        'all rows',
        ...shown.map(({ at }) => `n ${formatCount(audit.totals[at]!)}`),
        ...(hasEval ? ['', ''] : []),
      ],
      ...audit.topics.map((one) => [
        one.topic,
        ...shown.map(({ at }) => {
          const share = one.shares[at]!.estimate;
          return share === null ? '-' : percentText(share);
        }),
        ...(hasEval ? [formatCount(one.cases), gaps.has(one.topic) ? 'COVERAGE GAP' : ''] : []),
      ]),
    ],
    most: LISTED,
  };
}

/** How much of production has a case near it, in one sentence (practice B2). */
export function coverageAnswer(
  coverage: Coverage | null,
): readonly { readonly label: string; readonly text: string }[] {
  if (coverage === null) return [];
  const { uncovered, rows, cases, distance, radius, neighbours } = coverage;
  const sampled =
    rows.seen > rows.compared + rows.wordless
      ? `a random sample of ${formatCount(rows.compared)} of ${formatCount(rows.seen)} rows`
      : `${formatCount(rows.compared)} rows`;
  const wordless = rows.wordless === 0 ? '' : `, ${formatCount(rows.wordless)} without words left out`;
  return [
    {
      label: 'Coverage',
      text:
        `${shareText(uncovered)}% of production has no case near it (cosine of words under ${radius.toFixed(2)}); ` +
        `${sampled}${wordless} against ${formatCount(cases.compared)} of ${formatCount(cases.distinct)} distinct cases` +
        `${neighbours === 'exact' ? '' : ', by an index that may miss a near one'}; ` +
        `distance to the nearest case, quartiles: ${distance.map((one) => one.toFixed(2)).join(', ')}`,
    },
  ];
}

/** The same by topic. */
export function coverageTable(coverage: Coverage | null): PageTable {
  if (coverage === null) return NO_TABLE;
  return {
    title: 'Rows without a case near them, by topic, %',
    columns: [left('topic'), right('rows compared'), right('uncovered')],
    rows: coverage.topics.map((one) => [one.topic, formatCount(one.rows), shareText(one.uncovered)]),
    most: 10,
  };
}
