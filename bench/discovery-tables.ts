/** The tables of slice discovery and imports for the pages, from the figures that the benches kept. */

import { ms, number, percent, resultsOf, table } from './figures.ts';
import type { Cost } from './processes.ts';
import type { Share } from './simulation/share.ts';

function nullTable(): string {
  const rows = resultsOf<{ key: string; confirmed: Share; enumerated: number; tested: number }>(
    'discovery-null',
  );
  return table(
    [
      'data without a bad slice',
      'search',
      'runs with a confirmed slice',
      '99 % lower bound',
      'enumerated',
      'tested',
    ],
    rows.map(({ key, confirmed, enumerated, tested }) => {
      const [title = '', search = ''] = key.split(': ');
      return [
        title,
        search,
        `${percent(confirmed)} % of ${confirmed.of}`,
        `${number(100 * confirmed.lower99)} %`,
        enumerated.toLocaleString('en'),
        tested.toLocaleString('en'),
      ];
    }),
  );
}

function quietTable(): string {
  const rows = resultsOf<{ key: string; alarms: Share }>('discovery-dimensions');
  return table(
    ['data without an effect', 'runs with an alarm', '99 % lower bound'],
    rows.map(({ key, alarms }) => [
      key,
      `${percent(alarms)} % of ${alarms.of}`,
      `${number(100 * alarms.lower99)} %`,
    ]),
  );
}

/** Conditions and sizes down, drops across. */
function recallTable(mode: string, cases: number): string {
  const rows = resultsOf<{ key: string; found: number; searched: boolean }>('discovery-recall');
  const drops = [10, 15, 20, 30];
  const lines = [1, 2, 3].flatMap((level) => [50, 100, 200, 500].map((size) => ({ level, size })));
  return table(
    ['conditions', 'cases in the slice', ...drops.map((drop) => `${drop} points`)],
    lines.map(({ level, size }) => [
      String(level),
      String(size),
      ...drops.map((drop) => {
        const row = rows.find(
          ({ key }) => key === `${mode}, ${cases} cases, level ${level}, size ${size}, drop ${drop}`,
        );
        if (row === undefined) return '';
        return row.searched ? `${Math.round(100 * row.found)} %` : 'too small';
      }),
    ]),
  );
}

function falseTable(): string {
  const rows = resultsOf<{ key: string; falseShare: number; anyFalse: number; found: number }>(
    'discovery-recall',
  );
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const groups = Map.groupBy(rows, ({ key }) =>
    key.endsWith('bh') ? key : `${key.split(', ').slice(0, 2).join(', ')}, all slices above, halves`,
  );
  return table(
    ['search', 'mean share of confirmed slices that are false', 'runs with any false slice'],
    [...groups].map(([key, of]) => [
      key,
      `${number(100 * mean(of.map(({ falseShare }) => falseShare)))} %`,
      `${number(100 * mean(of.map(({ anyFalse }) => anyFalse)))} %`,
    ]),
  );
}

function speedTable(): string {
  const rows = resultsOf<{ key: string; discover: Cost; plainCount: Cost; cpuRatio: number }>(
    'discovery-speed',
  );
  return table(
    ['slicewise discover', 'wall clock', 'CPU', 'peak memory', 'plain counting, CPU', 'ratio of CPU'],
    rows.map(({ key, discover, plainCount, cpuRatio }) => [
      key,
      ms(discover.wallMs),
      ms(discover.cpuMs),
      `${discover.peakMb.toFixed(0)} MB`,
      ms(plainCount.cpuMs),
      String(cpuRatio),
    ]),
  );
}

function searchTable(): string {
  const rows = resultsOf<{ key: string; cpuMs: number; wallMs: number; peakMb: number }>('slice-search');
  return table(
    ['', 'CPU', 'wall clock', 'peak memory'],
    rows.map(({ key, cpuMs, wallMs, peakMb }) => [key, ms(cpuMs), ms(wallMs), `${peakMb.toFixed(0)} MB`]),
  );
}

function importTable(): string {
  const rows = resultsOf<{
    key: string;
    megabytes: number;
    rows: number;
    read: Cost;
    mbPerCpuSecond: number;
    parseMbPerCpuSecond: number | null;
  }>('import-speed');
  return table(
    ['file', 'size', 'rows', 'MB per CPU second', 'JSON.parse alone', 'peak memory'],
    rows.map((row) => [
      row.key,
      `${row.megabytes} MB`,
      row.rows.toLocaleString('en'),
      number(row.mbPerCpuSecond),
      row.parseMbPerCpuSecond === null ? '' : number(row.parseMbPerCpuSecond),
      `${row.read.peakMb.toFixed(0)} MB`,
    ]),
  );
}

export const DISCOVERY_FIGURES: Readonly<Record<string, () => string>> = {
  'planted null': nullTable,
  'quiet dimensions': quietTable,
  'recall worst 2000': () => recallTable('worst', 2000),
  'recall worst 10000': () => recallTable('worst', 10_000),
  'recall regressed 2000': () => recallTable('regressed', 2000),
  'recall regressed 10000': () => recallTable('regressed', 10_000),
  'false slices': falseTable,
  'discovery speed': speedTable,
  'slice search': searchTable,
  import: importTable,
};
