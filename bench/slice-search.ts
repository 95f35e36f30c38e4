/**
 * Speed and memory of slice search, each figure the median of three fresh processes, against a plain exhaustive count in the
 * same run. Level 2 and 3, minimum support 1 %, ten best slices; processor time includes the warm-up of the compiler.
 *
 * The figures also go into docs/methods/slice-search.md.
 *
 *   node bench/slice-search.ts [--rounds 3] [--rows 5000000] [--only adult,flights,made] [--tasks reference,search,enumerate]
 */

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machine } from './processes.ts';
import { keepResults } from './results.ts';

interface Figure {
  readonly codingCpuMs: number;
  readonly cpuMs: number;
  /** Of the calling thread, and of the busiest worker. */
  readonly mainMs: number;
  readonly workerMs: number;
  readonly wallMs: number;
  readonly loadedMb: number;
  readonly peakMb: number;
  readonly check: readonly number[];
}

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    rows: { type: 'string', default: '5000000' },
    only: { type: 'string', default: 'adult,flights,made' },
    tasks: { type: 'string', default: 'reference,search,enumerate' },
  },
});

type Row = { readonly key: string } & Omit<Figure, 'check'>;

const SCRIPT = fileURLToPath(new URL('./slice-search-run.ts', import.meta.url));

/** What is run on each table: task, level, threads. */
const TASKS: Readonly<Record<string, readonly (readonly [string, number, number])[]>> = {
  adult: [
    ['reference', 2, 1],
    ['search', 2, 1],
    ['reference', 3, 1],
    ['search', 3, 1],
    ['enumerate', 3, 1],
  ],
  flights: [
    ['reference', 2, 1],
    ['search', 2, 1],
    ['reference', 3, 1],
    ['search', 3, 1],
    ['enumerate', 3, 1],
  ],
  made: [
    ['reference', 3, 1],
    ['search', 3, 1],
    ['search', 3, 2],
    ['enumerate', 3, 1],
    ['enumerate', 3, 2],
  ],
};

for (const data of flags.only.split(',')) {
  const tasks = (TASKS[data] ?? []).filter(([task]) => flags.tasks.split(',').includes(task));
  const figures: Figure[][] = tasks.map(() => []);
  // In turn, so that a slow moment hits all of them.
  for (let round = 0; round < Number(flags.rounds); round++) {
    tasks.forEach((task, i) => {
      const figure = runOnce(data, task);
      if (figure !== null) figures[i]!.push(figure);
    });
  }
  const rows = tasks.flatMap((task, i) => (figures[i]!.length > 0 ? [rowOf(data, task, figures[i]!)] : []));
  if (rows.length === 0) console.log(`${data}: the data is absent`);
  expectSameScores(data, tasks, figures);
  for (const { key, ...row } of rows) console.log(`${key}: ${JSON.stringify(row)}`);
  keepResults('slice-search', { script: 'bench/slice-search.ts', machine: machine() }, rows);
}

writePage();

/** Puts all figures that are kept into the page. */
function writePage(): void {
  const path = fileURLToPath(new URL('../docs/methods/slice-search.md', import.meta.url));
  const results = fileURLToPath(new URL('./results/slice-search.json', import.meta.url));
  const rows: readonly Row[] = JSON.parse(readFileSync(results, 'utf8')).rows;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  const lines = rows.map(
    ({ key, cpuMs, codingCpuMs, wallMs, loadedMb, peakMb }) =>
      `| ${key} | ${seconds(cpuMs)} | ${codingCpuMs > 20 ? seconds(codingCpuMs) : ''} | ${seconds(wallMs)} | ${loadedMb} MB | ${peakMb} MB |`,
  );
  const table = [
    '| what | CPU | of it coding | wall clock | memory before | peak memory |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
  const text = readFileSync(path, 'utf8').replace(
    /(<!-- figures: slice-search -->\n)[\s\S]*?(\n<!-- end -->)/,
    (_all, open: string, close: string) => `${open}\n${table}\n${close}`,
  );
  writeFileSync(path, text);
}

function runOnce(data: string, [task, level, threads]: readonly [string, number, number]): Figure | null {
  const args = ['--expose-gc', SCRIPT, data, task, String(level), String(threads), flags.rows];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stderr}`);
  const figure: Figure | { readonly absent: true } = JSON.parse(stdout);
  return 'absent' in figure ? null : figure;
}

function rowOf(
  data: string,
  [task, level, threads]: readonly [string, number, number],
  figures: readonly Figure[],
): Row {
  const median = (field: Exclude<keyof Figure, 'check'>) =>
    figures.map((figure) => figure[field]).sort((a, b) => a - b)[Math.floor((figures.length - 1) / 2)]!;
  return {
    key: `${data} level ${level} ${task}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    codingCpuMs: median('codingCpuMs'),
    cpuMs: median('cpuMs'),
    mainMs: median('mainMs'),
    workerMs: median('workerMs'),
    wallMs: median('wallMs'),
    loadedMb: median('loadedMb'),
    peakMb: median('peakMb'),
  };
}

/** Figures only count when everything found the same. */
function expectSameScores(
  data: string,
  tasks: readonly (readonly [string, number, number])[],
  figures: readonly (readonly Figure[])[],
): void {
  const seen = new Map<string, string>();
  tasks.forEach(([task, level], i) => {
    for (const { check } of figures[i]!) {
      const key = `${task === 'enumerate' ? 'slices' : 'scores'} of level ${level}`;
      const text = JSON.stringify(check.map((number) => number.toFixed(8)));
      if ((seen.get(key) ?? text) !== text)
        throw new Error(`${data}: ${key} differ: ${seen.get(key)} and ${text}`);
      seen.set(key, text);
    }
  });
}
