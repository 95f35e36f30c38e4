/**
 * Speed of the DuckDB engine on paired Parquet files: profile, twelve columns counted and the first lost and gained cases,
 * against the bare SQL that pairs the two files by case id and counts the outcome cells over the same columns.
 *
 * `node bench/engine-1m.ts [cases] [shuffled]`: cases default to 1,000,000. Data is made in a temporary folder. Every measurement
 * runs in a process of its own; the median of five is taken, alternating.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { openDuckDb, type SideSource } from '../src/engines/index.ts';

const DIMENSIONS = Array.from({ length: 12 }, (_, k) => `d${k + 1}`);
const ROUNDS = 5;

/** Cost of one run in its own process. */
interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
  /** Something that depends on all counts, to see that both did the same work. */
  readonly check: string;
}

const OPTIONS = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  memory_limit: '3GB',
};

async function generate(cases: number, shuffled: boolean, folder: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', {
    ...OPTIONS,
    temp_directory: join(folder, 'spill'),
  });
  const connection = await instance.connect();
  const dimensions = DIMENSIONS.map((name, k) => {
    const values = 20 + Math.floor((30 * k) / 11);
    return `'${name}_value_' || (hash(i * ${k + 7} + ${k * 1_000_003}) % ${values}) AS ${name}`;
  });
  for (const [side, pass, seed] of [
    ['baseline', 87, 1],
    ['candidate', 88, 2],
  ] as const) {
    const id = `'case-' || lpad(CAST(i AS VARCHAR), ${String(cases - 1).length}, '0')`;
    const passed = `hash(i * 31 + ${seed}) % 100 < ${pass}`;
    const order = shuffled ? `ORDER BY hash(i + ${seed})` : '';
    await connection.run(
      `COPY (SELECT ${id} AS case_id, ${passed} AS passed, ${dimensions.join(', ')} FROM range(${cases}) AS t(i) ${order}) TO '${folder}/${side}.parquet' (FORMAT parquet)`,
    );
  }
  instance.closeSync();
}

/** The least that SQL has to do. */
async function bare(folder: string): Promise<string> {
  const instance = await DuckDBInstance.create(':memory:', {
    ...OPTIONS,
    temp_directory: join(folder, 'spill'),
  });
  const connection = await instance.connect();
  const side = (run: string, file: string): string =>
    `SELECT '${run}' AS run, case_id, passed, ${DIMENSIONS.join(', ')} FROM read_parquet('${folder}/${file}.parquet')`;
  const outcome = (run: string): string => `max(CASE WHEN run = '${run}' THEN CAST(passed AS INTEGER) END)`;
  const sets = DIMENSIONS.map((name) => `(${name}, b, c)`).join(', ');
  const result = await connection.runAndReadAll(
    `WITH paired AS (
       SELECT case_id, ${outcome('b')} AS b, ${outcome('c')} AS c, ${DIMENSIONS.map((name) => `max(${name}) AS ${name}`).join(', ')}
       FROM (${side('b', 'baseline')} UNION ALL ${side('c', 'candidate')}) GROUP BY case_id)
     SELECT ${DIMENSIONS.join(', ')}, b, c, count(*) FROM paired GROUP BY GROUPING SETS (${sets})`,
  );
  let lost = 0;
  for (const row of result.getRows()) {
    if (row[12] === 1 && row[13] === 0) lost += Number(row[14]);
  }
  instance.closeSync();
  return `${result.currentRowCount} cells, ${lost} lost`;
}

/** What the gate asks of the engine. */
async function engine(folder: string): Promise<string> {
  const side = (name: string): SideSource => ({
    kind: 'parquet',
    files: [join(folder, `${name}.parquet`)],
    mapping: { caseId: 'case_id', passed: 'passed' },
    run: null,
  });
  const opened = await openDuckDb({ baseline: side('baseline'), candidate: side('candidate') });
  await opened.profile();
  const slices = await opened.count({
    groupings: DIMENSIONS.map((column) => ({ kind: 'column', id: column, column })),
  });
  await opened.flips({
    groupings: [{ kind: 'column', id: 'd1', column: 'd1' }],
    measure: { kind: 'outcome', of: { kind: 'passRate' }, errors: 'fail' },
    limit: 20,
  });
  await opened.close();
  const cells = slices.flatMap((slice) => slice.cells);
  const lost = cells.filter(({ baseline, candidate }) => baseline?.passed === 1 && candidate?.passed === 0);
  return `${cells.length} cells, ${lost.reduce((sum, { cases }) => sum + cases, 0)} lost`;
}

async function measure(work: () => Promise<string>): Promise<Cost> {
  const started = performance.now();
  const check = await work();
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return {
    wallMs: performance.now() - started,
    cpuMs: (userCPUTime + systemCPUTime) / 1_000,
    peakMb: maxRSS / 1_024,
    check,
  };
}

function inOwnProcess(kind: string, folder: string): Cost {
  const script = fileURLToPath(import.meta.url);
  return JSON.parse(execFileSync(process.execPath, [script, kind, folder], { encoding: 'utf8' })) as Cost;
}

function median(costs: readonly Cost[], field: 'wallMs' | 'cpuMs' | 'peakMb'): number {
  return costs.map((cost) => cost[field]).toSorted((a, b) => a - b)[Math.floor(costs.length / 2)]!;
}

async function main(cases: number, shuffled: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'slicewise-bench-'));
  try {
    await generate(cases, shuffled, folder);
    const rounds = cases > 2_000_000 ? 1 : ROUNDS;
    const costs = { bare: [] as Cost[], engine: [] as Cost[] };
    for (let round = 0; round < rounds; round++) {
      for (const kind of ['bare', 'engine'] as const) costs[kind].push(inOwnProcess(kind, folder));
    }
    const [first] = costs.bare;
    for (const cost of costs.engine) {
      if (cost.check !== first!.check) throw new Error(`counted ${cost.check}, expected ${first!.check}`);
    }
    console.log(
      `${cases} paired cases x ${DIMENSIONS.length} columns${shuffled ? ', shuffled' : ''}: ${first!.check}`,
    );
    for (const kind of ['bare', 'engine'] as const) {
      const figure = (field: 'wallMs' | 'cpuMs' | 'peakMb'): string => median(costs[kind], field).toFixed(0);
      console.log(
        `${kind.padEnd(7)} wall ${figure('wallMs')} ms, cpu ${figure('cpuMs')} ms, peak ${figure('peakMb')} MB`,
      );
    }
    const ratio = (field: 'wallMs' | 'cpuMs'): string =>
      (median(costs.engine, field) / median(costs.bare, field)).toFixed(2);
    console.log(`ratio   wall ${ratio('wallMs')}, cpu ${ratio('cpuMs')} (bar: 1.50)`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [first = '1000000', second = ''] = process.argv.slice(2);
if (first === 'bare') console.log(JSON.stringify(await measure(() => bare(second))));
else if (first === 'engine') console.log(JSON.stringify(await measure(() => engine(second))));
else await main(Number(first), second === 'shuffled');
