/** Words and tables of `slicewise forecast`. */

import {
  type CsvTable,
  countOf,
  formatCount,
  type Page,
  type PageFormat,
  type PageTable,
  percentText,
  renderPage,
  type TerminalView,
} from '../../reports/index.ts';
import type { ForecastReport } from './run-forecast.ts';

/** The report as text in one format. */
export function renderForecast(
  report: ForecastReport,
  format: PageFormat,
  view: Partial<TerminalView> = {},
): string {
  return renderPage(
    { page: () => forecastPage(report), document: report, csv: () => forecastCsv(report) },
    format,
    view,
  );
}

function forecastPage(report: ForecastReport): Page {
  const { expected, refusal, chosen, records, distances, distance } = report;
  const record = records.find(({ name }) => name === chosen);
  return {
    answers: [
      expected === null
        ? { label: 'Refused', text: refusal ?? 'nothing can be foreseen' }
        : {
            label: 'Expected',
            text: `${percentText(expected.estimate!)} % pass, 95 % prediction interval ${percentText(expected.lower!)} to ${percentText(expected.upper!)} %`,
          },
      {
        label: 'New',
        text: `${countOf(report.asked, 'case')} without a verdict (${report.inputs.join(', ')})`,
      },
      {
        label: 'Known',
        text: `${countOf(report.cases, 'case')} (${report.files.join(', ')}), ${formatCount(report.inDomain)} of them outside of the held-out splits`,
      },
      ...(record?.meanError == null
        ? []
        : [
            {
              label: 'By',
              text: `${record.text}; off by ${percentText(record.meanError)} points on average over ${countOf(record.heldOut.length, 'held-out split')}`,
            },
          ]),
      ...(distance?.mean.estimate == null
        ? []
        : [
            {
              label: 'Range',
              text: `mean distance to the nearest known text ${distance.mean.estimate.toFixed(2)}; of the held-out splits ${(distances.at(-1)?.mean.estimate ?? Number.NaN).toFixed(2)} to ${(distances[0]?.mean.estimate ?? Number.NaN).toFixed(2)}`,
            },
          ]),
    ],
    tables: [recordsTable(report)],
    notes: [
      ...records
        .filter(({ meanError, forecast }) => meanError === null || forecast === null)
        .map(
          ({ name }) =>
            `${name} cannot tell here: it lacks ${name === 'confidence' ? '--confidence COLUMN' : 'texts, or passed and failed cases'}`,
        ),
      ...(report.small.length === 0
        ? []
        : [
            `left out with too few cases: ${report.small.map(({ name, cases }) => `${name} (${cases})`).join(', ')}`,
          ]),
      ...(report.unscored === 0 ? [] : [`${countOf(report.unscored, 'known case')} have no verdict`]),
      ...(report.withoutText === 0 ? [] : [`${countOf(report.withoutText, 'new case')} have no text`]),
      'a forecast is no measurement: label some of the new cases before anything depends on it',
      ...report.notes,
    ],
  };
}

function recordsTable({ records, distances }: ForecastReport): PageTable {
  const usable = records.filter(({ heldOut }) => heldOut.some(({ forecast }) => forecast !== null));
  const [first] = records;
  return {
    title: 'held-out splits: what happened, what each way had foreseen, how far its texts are',
    columns: [
      { header: 'split', align: 'left' },
      ...['n', 'actual', ...usable.map(({ name }) => name), 'distance'].map((header) => ({
        header,
        align: 'right' as const,
      })),
    ],
    rows: (first?.heldOut ?? []).map(({ split, cases, actual }, at) => [
      split,
      formatCount(cases),
      `${percentText(actual)}%`,
      ...usable.map(({ heldOut }) => {
        const { forecast } = heldOut[at]!;
        return forecast === null ? '-' : `${percentText(forecast)}%`;
      }),
      distances.find(({ name }) => name === split)?.mean.estimate?.toFixed(2) ?? '-',
    ]),
    most: 30,
  };
}

function forecastCsv({ records, distances }: ForecastReport): CsvTable {
  return [
    ['forecaster', 'split', 'cases', 'actual', 'forecast', 'distance'],
    ...records.flatMap(({ name, heldOut, forecast }) => [
      ...heldOut.map((one) => [
        name,
        one.split,
        one.cases,
        one.actual,
        one.forecast,
        distances.find((found) => found.name === one.split)?.mean.estimate ?? null,
      ]),
      [name, '(new cases)', null, null, forecast, null],
    ]),
  ];
}
