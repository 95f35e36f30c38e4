/**
 * One measured search in this process; prints one line of JSON, with the processor time of the main thread plus that of the
 * busiest worker: the least time in which cores of their own could end it. Reading and making data is not measured, except for the
 * coding of Adult's texts. The built package is measured, as users run it (`npm run build` first): from sources a thread would
 * have to strip types before it can begin.
 *
 *   node bench/slice-search-run.ts adult|flights|made search|enumerate|reference LEVEL [THREADS] [ROWS]
 */

import { subscribe } from 'node:diagnostics_channel';
import type { Worker } from 'node:worker_threads';
import type * as Discovery from '../src/discovery/index.ts';
import type { SearchOptions, SearchTable } from '../src/discovery/index.ts';
import { adultTexts, codeTexts, flightsTable, madeTable } from './slice-search-data.ts';
import { exhaustive } from './slice-search-reference.ts';

const built = new URL('../dist/discovery/index.js', import.meta.url).href;
const { collectSlices, searchSlices }: typeof Discovery = await import(built);

const [data = 'adult', task = 'search', level = '3', threads = '1', rows = '5000000'] = process.argv.slice(2);

const load: Readonly<Record<string, () => Promise<(() => SearchTable) | null>>> = {
  adult: async () => {
    const texts = adultTexts();
    return texts && (() => codeTexts(texts.columns, texts.error));
  },
  flights: async () => {
    const table = await flightsTable();
    return table && (() => table);
  },
  made: async () => {
    const table = madeTable(Number(rows), 5);
    return () => table;
  },
};

/** Processor time of the workers that ended. */
const workerMs: number[] = [];
subscribe('worker_threads', (message) => {
  const { worker } = message as { readonly worker: Worker };
  const terminate = worker.terminate.bind(worker);
  worker.terminate = async () => {
    const { user, system } = await worker.cpuUsage();
    workerMs.push((user + system) / 1000);
    return terminate();
  };
});

const tableOf = await load[data]!();
if (tableOf === null) {
  console.log(JSON.stringify({ absent: true }));
} else {
  globalThis.gc?.();
  const loadedMb = process.memoryUsage.rss() / 2 ** 20;
  const cpu = process.cpuUsage();
  const own = process.threadCpuUsage();
  const started = performance.now();
  const table = tableOf();
  const coded = process.cpuUsage(cpu);
  const check = await run(table);
  const { user, system } = process.cpuUsage(cpu);
  const main = process.threadCpuUsage(own);
  const mainMs = (main.user + main.system) / 1000;
  const result = {
    codingCpuMs: Math.round((coded.user + coded.system) / 1000),
    cpuMs: Math.round((user + system) / 1000),
    mainMs: Math.round(mainMs),
    workerMs: Math.round(Math.max(0, ...workerMs)),
    wallMs: Math.round(performance.now() - started),
    loadedMb: Math.round(loadedMb),
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
    check,
  };
  console.log(JSON.stringify(result));
}

/** Scores of the best, or how many slices there are: the same for every way to get them. */
async function run(table: SearchTable): Promise<readonly number[]> {
  const options: SearchOptions = {
    ...{ mode: 'worst', order: 'sliceline', alpha: 0.95, maxLevel: Number(level) },
    ...{ minCases: Math.floor(table.rows / 100), top: 10, mostTies: 100, threads: Number(threads) },
  };
  const round = (score: number) => Math.round(score * 1e9) / 1e9;
  if (task === 'reference') return exhaustive(table, options).map(round);
  if (task === 'enumerate') return (await collectSlices(table, options)).perLevel;
  return (await searchSlices(table, options)).slices.map(({ score }) => round(score));
}
