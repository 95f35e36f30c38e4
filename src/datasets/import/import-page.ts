/** Words and tables of `slicewise import`. */

import { type CsvTable, countOf, formatCount, type Page, type PageTable } from '../../reports/index.ts';
import { differs, type OwnNumber } from '../../sources/index.ts';
import type { ImportReport } from './import-report.ts';

const LISTED = 10;
const LISTED_TAGS = 20;

/** The page. */
export function importPage(report: ImportReport): Page {
  const { dropped, written } = report;
  const count = (of: (run: ImportReport['runs'][number]) => number): number =>
    report.runs.reduce((sum, run) => sum + of(run), 0);
  const lost = dropped.reduce((sum, one) => sum + one.count, 0);
  const usable = `${formatCount(count(({ scored }) => scored))} scored, ${formatCount(count(({ unscored }) => unscored))} unscored, ${countOf(
    count(({ errors }) => errors),
    'error',
  )}`;
  return {
    answers: [
      { label: 'Tool', text: `${report.tool} (${report.files.join(', ')})` },
      {
        label: 'Rows',
        text: `${formatCount(report.rows)} in ${countOf(
          report.runs.filter(({ rows }) => rows > 0).length,
          'run',
        )}: ${usable}${report.usableRows === 0 ? '; NO USABLE ROW, so no evidence for anything' : ''}`,
      },
      {
        label: 'Dropped',
        text: lost === 0 ? 'nothing' : `${countOf(lost, 'part')} gave no row (reasons below)`,
      },
      ...(written === null
        ? []
        : [{ label: 'Written', text: `${countOf(written.rows, 'row')} to ${written.file}` }]),
    ],
    tables: [
      runsTable(report),
      metricsTable(report),
      ownNumbersTable(report),
      droppedTable(report),
      tagsTable(report),
      unmappedTable(report),
      ...report.runs.map(factsTable),
    ],
    notes: [
      ...report.ownNumbers
        .filter((own) => own.reason !== null)
        .map((own) => `${nameOf(report, own.run, own.name)}: ${own.reason}`),
      ...(report.leftOut.length === 0
        ? []
        : [`not read, because they are no files of ${report.tool}: ${report.leftOut.join(', ')}`]),
      ...directionNotes(report),
      ...report.notes,
    ],
  };
}

/** One line for `--check`. */
export function importLine({ tool, files, runs, rows, usableRows }: ImportReport): string {
  const filled = runs.filter((run) => run.rows > 0).length;
  return `${files.join(', ')}: ${tool}, ${countOf(filled, 'run')}, ${countOf(rows, 'row')}, ${formatCount(usableRows)} usable`;
}

/** The runs as a table for spreadsheets. */
export function importCsv({ runs }: ImportReport): CsvTable {
  return [
    ['run', 'rows', 'cases', 'max_trials', 'scored', 'unscored', 'errors', 'passed'],
    ...runs.map((run) => [
      run.run,
      run.rows,
      run.cases,
      run.maxTrials,
      run.scored,
      run.unscored,
      run.errors,
      run.passed,
    ]),
  ];
}

const left = (header: string) => ({ header, align: 'left' as const });
const right = (header: string) => ({ header, align: 'right' as const });

function runsTable({ runs }: ImportReport): PageTable {
  return {
    title: 'Runs',
    columns: [
      left('run'),
      ...['rows', 'cases', 'trials', 'scored', 'unscored', 'errors', 'passed'].map(right),
    ],
    rows: runs.map(({ run, rows, cases, maxTrials, scored, unscored, errors, passed }) => [
      run,
      ...[rows, cases, maxTrials, scored, unscored, errors, passed].map(formatCount),
    ]),
    most: LISTED,
  };
}

function metricsTable(report: ImportReport): PageTable {
  return {
    title: 'Metrics (means over cases)',
    columns: [left('metric'), right('scored'), right('mean'), left('better'), left('decides')],
    rows: report.metrics.map(({ run, name, scored, mean, direction, primary }) => [
      nameOf(report, run, name),
      formatCount(scored),
      mean === null ? '-' : numberText(mean),
      direction === 'unknown' ? '?' : direction,
      primary ? 'yes' : '',
    ]),
    most: LISTED,
  };
}

function ownNumbersTable(report: ImportReport): PageTable {
  return {
    title: 'What the source states, and what its rows give',
    columns: [left('number'), right('stated'), right('rows'), left('')],
    rows: report.ownNumbers.map((own) => [
      nameOf(report, own.run, own.name),
      numberText(own.value),
      own.ours === null ? '-' : numberText(own.ours),
      agreement(own),
    ]),
    most: LISTED,
  };
}

function agreement(own: OwnNumber): string {
  if (own.ours === null) return 'cannot be compared';
  return differs(own) ? 'DIFFERS' : 'agrees';
}

function droppedTable({ dropped }: ImportReport): PageTable {
  return {
    title: 'Dropped: parts that gave no row',
    columns: [left('reason, and where'), right('parts')],
    rows: dropped.map(({ reason, count, examples }) => [
      examples.length === 0 ? reason : `${reason}: ${examples.join(', ')}`,
      formatCount(count),
    ]),
    most: LISTED,
  };
}

function tagsTable({ tagValues }: ImportReport): PageTable {
  return {
    title: 'Columns to slice by (--slice COLUMN)',
    columns: [left('column'), right('values')],
    rows: tagValues.map(({ tag, values, isMore }) => [
      `tags.${tag}`,
      `${isMore ? 'over ' : ''}${formatCount(values)}`,
    ]),
    most: LISTED_TAGS,
  };
}

function unmappedTable({ unmapped }: ImportReport): PageTable {
  return {
    title: 'Fields that nothing maps',
    columns: [left('field'), right('rows')],
    rows: unmapped.map(({ field, rows }) => [field, formatCount(rows)]),
    most: LISTED,
  };
}

function factsTable({ run, facts }: ImportReport['runs'][number]): PageTable {
  return {
    title: `Run ${run}`,
    columns: [left('fact')],
    rows: facts.map(([name, value]) => [`${name}: ${value}`]),
    most: LISTED,
  };
}

/** Names of several runs say which run is meant. */
function nameOf({ runs }: ImportReport, run: string, name: string): string {
  return runs.length > 1 ? `${name} of ${run}` : name;
}

/** A metric that decides and of which nobody says which way is better must be told before a gate trusts it. */
function directionNotes({ metrics, runs }: ImportReport): readonly string[] {
  const open = metrics.filter(
    ({ run, primary, direction, kind }) =>
      primary &&
      direction === 'unknown' &&
      kind === 'number' &&
      runs.some((one) => one.run === run && one.passed === 0),
  );
  const names = [...new Set(open.map(({ name }) => name))];
  return names.map(
    (name) =>
      `nothing says whether a higher ${name} is better; tell the gate with --metric mean:score:higher or --metric mean:score:lower`,
  );
}

function numberText(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
}
