/** Tables of `slicewise discover`: what is not confirmed, dimensions, the error tree, two dimensions crossed, what was left out. */

import { formatCount, formatP, type PageTable, percentText, scaleOf } from '../../reports/index.ts';
import type { DiscoverResult } from '../discover/result.ts';

const left = (header: string) => ({ header, align: 'left' as const });
const right = (header: string) => ({ header, align: 'right' as const });

/** Columns of a crossed table that a page can hold. */
const MOST_CROSSED = 6;

/** All tables; those without rows are not printed. */
export function discoverTables(result: DiscoverResult): readonly PageTable[] {
  return [
    unconfirmed(result),
    dimensions(result),
    tree(result),
    ...crossed(result),
    rare(result),
    notSearched(result),
  ];
}

function unconfirmed({ slices, metric }: DiscoverResult): PageTable {
  const scale = scaleOf(metric);
  const value = (number: number | null | undefined) => (number == null ? '-' : scale.value(number));
  return {
    title: 'Not confirmed: chance until proven',
    columns: [left('slice'), left('mode'), right('n'), right('held out'), right('others'), right('p adj')],
    rows: slices
      .filter(({ state }) => state !== 'confirmed')
      .map(({ name, mode, cases, rate, rest, before, adjustedP, state }) => [
        name,
        mode,
        formatCount(cases),
        value(rate.estimate),
        value(rest === null ? before : rest.estimate),
        state === 'too few to confirm' ? 'too few' : formatP(adjustedP),
      ]),
    most: 8,
  };
}

function dimensions({ dimensions: ranked, metric }: DiscoverResult): PageTable {
  const scale = scaleOf(metric);
  const share = (value: number | null) => (value === null ? '-' : percentText(Math.max(0, value)));
  const hasGated = ranked.some(({ gated }) => gated);
  return {
    title: 'Dimensions by what they explain (percent of the variance)',
    columns: [
      left('dimension'),
      right('%'),
      right('interval'),
      left(hasGated ? 'gated' : ''),
      right('worst'),
      left(''),
    ],
    rows: ranked
      .filter(({ explained }) => explained.estimate !== null)
      .map(({ name, explained, gated, worst, proposed }) => [
        worst === null ? name : `${name} (${worst.label})`,
        share(explained.estimate),
        `${share(explained.lower)}-${share(explained.upper)}`,
        gated ? 'yes' : '',
        worst?.rate.estimate == null ? '-' : scale.value(worst.rate.estimate),
        proposed && hasGated ? 'gate on it' : proposed ? 'matters' : '',
      ]),
    most: 10,
  };
}

function tree({ tree: lines, metric }: DiscoverResult): PageTable {
  const scale = scaleOf(metric);
  const [root] = lines;
  const isLeaf = lines.length === 1;
  return {
    title:
      isLeaf && root !== undefined && root.stopped !== null
        ? `Error tree: no split, ${root.stopped}`
        : 'Error tree: splits of one half, rates of the other',
    columns: [left('cases that'), right('n'), right(scale.name), right('% of errors')],
    rows: lines.map(({ depth, condition, cases, rate, errorShare }) => [
      `${'. '.repeat(depth)}${condition}`,
      formatCount(cases),
      rate.estimate === null ? '-' : scale.value(rate.estimate),
      errorShare === null ? '-' : percentText(errorShare),
    ]),
    most: 15,
  };
}

function crossed({ crossed: table, metric }: DiscoverResult): readonly PageTable[] {
  if (table === null || table.columnLabels.length === 0) return [];
  const scale = scaleOf(metric);
  const flipped = table.columnLabels.length > MOST_CROSSED && table.rowLabels.length <= MOST_CROSSED;
  const [rows, columns] = flipped
    ? [table.columnLabels, table.rowLabels]
    : [table.rowLabels, table.columnLabels];
  const names = flipped ? [table.columns, table.rows] : [table.rows, table.columns];
  const shown = columns.slice(0, MOST_CROSSED);
  const cellOf = (row: number, column: number) =>
    flipped ? table.cells[column]![row]! : table.cells[row]![column]!;
  const legend = shown.map((label, i) => `${letter(i)} = ${label}`).join(', ');
  return [
    {
      title: `${names[0]} by ${names[1]} (${legend}): ${scale.name}, then n; a dot is no case`,
      columns: [left(''), ...shown.map((_, i) => right(letter(i)))],
      rows: rows.map((label, row) => [
        label,
        ...shown.map((_, column) => {
          const { rate, cases } = cellOf(row, column);
          return rate === null ? '.' : `${scale.value(rate)} ${formatCount(cases)}`;
        }),
      ]),
      most: 10,
    },
  ];
}

/** Headings are ours; the values themselves are foreign text and stand in the title. */
const letter = (i: number): string => 'ABCDEFGHIJ'[i]!;

function rare({ rare: list }: DiscoverResult): PageTable {
  return {
    title: 'Values with too few cases for a slice of their own',
    columns: [left('dimension'), right('values'), right('cases')],
    rows: list.map(({ column, values, cases }) => [column, formatCount(values), formatCount(cases)]),
    most: 8,
  };
}

function notSearched({ notSearched: list }: DiscoverResult): PageTable {
  return {
    title: 'Not searched',
    columns: [left('column: reason')],
    rows: list.map(({ column, reason }) => [`${column}: ${reason}`]),
    most: 12,
  };
}
