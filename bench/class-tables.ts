/** The tables of class figures for the pages, from the figures that the bench kept. */

import { resultsOf, table } from './figures.ts';

interface Row {
  readonly key: string;
  readonly cpuSeconds?: number;
  readonly covered?: string;
}

function costTable(): string {
  const rows = resultsOf<Row>('class-bootstrap').filter(({ cpuSeconds }) => cpuSeconds !== undefined);
  return table(
    ['rows', 'CPU seconds'],
    rows.map(({ key, cpuSeconds }) => [
      Number(key.slice('rows '.length)).toLocaleString('en'),
      String(cpuSeconds!.toFixed(1)),
    ]),
  );
}

function coverageTable(): string {
  const rows = resultsOf<Row>('class-bootstrap').flatMap(({ key, covered }) => {
    const [, n, name] = /^coverage n (\d+) (.*)$/.exec(key) ?? [];
    return n === undefined ? [] : [{ n, name: name!, covered: covered! }];
  });
  const sizes = [...new Set(rows.map(({ n }) => n))];
  const names = [...new Set(rows.map(({ name }) => name))].filter((name) => !name.endsWith('candidate'));
  return table(
    ['nominal 95 %', ...sizes.map((n) => `${n} cases`)],
    names.map((name) => [
      name,
      ...sizes.map(
        (n) => rows.find((row) => row.n === n && row.name === name)?.covered.split(' of ')[0] ?? '',
      ),
    ]),
  );
}

/** Tables by the name that a page asks for. */
export const CLASS_FIGURES: Readonly<Record<string, () => string>> = {
  'class bootstrap': costTable,
  'class coverage': coverageTable,
};
