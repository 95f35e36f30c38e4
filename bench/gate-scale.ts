/**
 * The whole gate on large Parquet runs against the bare SQL that pairs and counts the same columns, each in a process of
 * its own: growth with rows and with columns, and with all columns gated together.
 *
 *   npm run build && node bench/gate-scale.ts [--cases 1000000,3000000,10000000] [--columns 12] [--gated 1] [--rounds 3]
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { inTurn, machine, runGate, runOnce } from './processes.ts';
import { keepResults } from './results.ts';

const { values: flags } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000000' },
    columns: { type: 'string', default: '12' },
    gated: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' },
    shuffled: { type: 'boolean', default: false },
  },
});

const REFERENCE = fileURLToPath(new URL('./reference/duckdb-grouping.mjs', import.meta.url));

for (const cases of flags.cases.split(',').map(Number)) {
  for (const columns of flags.columns.split(',').map(Number)) {
    for (const gated of flags.gated.split(',').map(Number)) await measure(cases, columns, gated);
  }
}

async function measure(cases: number, columns: number, gated: number): Promise<void> {
  const names = Array.from({ length: columns }, (_, k) => (k === 0 ? 'segment' : `column_${k + 1}`));
  const folder = mkdtempSync(join(tmpdir(), 'slicewise-bench-'));
  try {
    const files = await generate(folder, cases, names);
    const slices = names.slice(0, gated).flatMap((name) => ['--slice', name]);
    const { first, second, wallRatio, cpuRatio } = inTurn(
      () => runGate(['gate', ...files, ...slices]),
      () => runOnce([REFERENCE, ...files, ...names]),
      Number(flags.rounds),
    );
    const key = `${cases} cases, ${columns} columns, ${gated} gated${flags.shuffled ? ', shuffled' : ''}`;
    const row = {
      key,
      gate: first,
      bareSql: second,
      wallRatio,
      cpuRatio,
      gateNsPerCase: nsPerCase(first.wallMs, cases),
    };
    console.log(JSON.stringify(row));
    keepResults('gate-scale', { script: 'bench/gate-scale.ts', machine: machine() }, [row]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function nsPerCase(wallMs: number, cases: number): number {
  return Math.round((wallMs * 1e6) / cases);
}

/** Two runs of the same cases: 87 % and 88 % pass, about one case in ten flips, columns of 20 to 50 values. */
async function generate(
  folder: string,
  cases: number,
  names: readonly string[],
): Promise<readonly [string, string]> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: '3GB',
    temp_directory: join(folder, 'spill'),
  });
  const connection = await instance.connect();
  const columns = names.map(
    (name, k) => `'${name}_' || (hash(i * ${k + 7} + ${k * 1_000_003}) % ${20 + ((3 * k) % 31)}) AS ${name}`,
  );
  const files = ['old', 'new'].map((name) => join(folder, `${name}.parquet`)) as [string, string];
  // A case in ten is answered by luck; all others answer alike in both runs.
  const passed = (run: number) =>
    `CASE WHEN hash(i * 31) % 10 = 0 THEN hash(i * 37 + ${run}) % 100 < 50 ELSE hash(i * 41) % 100 < 92 END`;
  for (const [run, file] of files.entries()) {
    const order = flags.shuffled ? `ORDER BY hash(i + ${run})` : '';
    await connection.run(
      `COPY (SELECT 'case-' || lpad(CAST(i AS VARCHAR), 9, '0') AS case_id, ${passed(run)} AS passed, ${columns.join(', ')}
       FROM range(${cases}) AS t(i) ${order}) TO '${file}' (FORMAT parquet)`,
    );
  }
  instance.closeSync();
  return files;
}
