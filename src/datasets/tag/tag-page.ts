/** Words and tables of `slicewise tag`. */

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
import type { Estimate } from '../../stats/index.ts';
import type { TagReport } from './tag-definition.ts';

/** The report as text in one format. */
export function renderTags(report: TagReport, format: PageFormat, view: Partial<TerminalView> = {}): string {
  return renderPage(
    { page: () => tagPage(report), document: report, csv: () => tagCsv(report) },
    format,
    view,
  );
}

function tagPage(report: TagReport): Page {
  const { name, version, rulesHash, match, checked, worksheet, output } = report;
  const rule =
    match === 'first' ? 'the first rule that matches gives the tag' : 'every rule that matches adds its tag';
  return {
    answers: [
      { label: 'Dimension', text: `${name}, version ${version} (rules ${rulesHash}): ${rule}` },
      {
        label: 'Rows',
        text: `${formatCount(report.rows)} of ${countOf(report.cases, 'case')} (${report.files.join(', ')})`,
      },
      {
        label: 'Checked',
        text:
          checked === null
            ? 'by nobody yet: --sample N writes a worksheet, --check FILE reads it back'
            : `${countOf(checked.cases, 'case')} by hand (${checked.file})`,
      },
      ...(output === null ? [] : [{ label: 'Written', text: `${output}, ${output}.definition.json` }]),
      ...(worksheet === null
        ? []
        : [
            {
              label: 'Worksheet',
              text: `${countOf(worksheet.cases, 'case')} in ${worksheet.file}, seed ${worksheet.seed}`,
            },
          ]),
    ],
    tables: [countsTable(report), ...(checked === null ? [] : [accuracyTable(checked.accuracy)])],
    notes: [
      ...(report.unused.length === 0 ? [] : [`rules for ${report.unused.join(', ')} match no case`]),
      ...(report.changedCases === 0
        ? []
        : [
            `${countOf(report.changedCases, 'case')} have rows with different tags, so they are in no slice of ${name}`,
          ]),
      ...report.notes,
    ],
  };
}

function countsTable({ name, counts, cases }: TagReport): PageTable {
  return {
    title: `cases by ${name}`,
    columns: [
      { header: name, align: 'left' },
      { header: 'cases', align: 'right' },
      { header: 'share', align: 'right' },
    ],
    rows: counts.map((one) => [one.tag, formatCount(one.cases), `${percentText(one.cases / cases)}%`]),
    most: 30,
  };
}

function accuracyTable(accuracy: NonNullable<TagReport['checked']>['accuracy']): PageTable {
  return {
    title:
      'checked by hand: of the cases with the tag how many should have it (precision), of those that should how many have it (recall)',
    columns: [
      { header: 'tag', align: 'left' },
      ...['n', 'precision', '95% interval', 'n', 'recall', '95% interval'].map((header) => ({
        header,
        align: 'right' as const,
      })),
    ],
    rows: accuracy.map(({ tag, precision, recall }) => [
      tag,
      ...shareCells(precision),
      ...shareCells(recall),
    ]),
    most: 30,
  };
}

function shareCells({ estimate, lower, upper, n }: Estimate): readonly string[] {
  const count = Number.isInteger(n) ? formatCount(n) : n.toFixed(1);
  if (estimate === null || lower === null || upper === null) return [count, '-', '-'];
  return [count, `${percentText(estimate)}%`, `${percentText(lower)}-${percentText(upper)}%`];
}

function tagCsv({ counts, checked }: TagReport): CsvTable {
  const header = [
    'tag',
    'cases',
    ...['precision', 'recall'].flatMap((one) => [one, `${one}_lower`, `${one}_upper`, `${one}_n`]),
  ];
  const tags = [...new Set([...counts, ...(checked?.accuracy ?? [])].map(({ tag }) => tag))];
  return [
    header,
    ...tags.map((tag) => {
      const own = checked?.accuracy.find((one) => one.tag === tag);
      return [
        tag,
        counts.find((one) => one.tag === tag)?.cases ?? 0,
        ...[own?.precision, own?.recall].flatMap((one) => [
          one?.estimate ?? null,
          one?.lower ?? null,
          one?.upper ?? null,
          one?.n ?? null,
        ]),
      ];
    }),
  ];
}
