/** Results that are hard on the studio: very many slices, very many columns. Made once per machine. */

import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** Change it when the content changes: files are kept between runs. */
const VERSION = 1;

/** A folder with two runs, and the arguments of a command that runs in it. */
export interface HardComparison {
  readonly folder: string;
  readonly args: readonly string[];
}

/** Cases in so many slices of one column, as Parquet; one case in ten fails, one in a hundred changes. */
export async function manySlices(cases: number, slices: number): Promise<HardComparison> {
  const folder = await once(`slices-${cases}-${slices}`, async (fresh) => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const share = (salt: number) => `((hash(i * 1000003 + ${salt}) % 1000000) / 1000000.0)`;
    for (const [side, turns] of [
      ['old', 'FALSE'],
      ['new', `${share(2)} < 0.01`],
    ] as const) {
      await connection.run(`
        COPY (
          SELECT 'case-' || i AS case_id, 'group-' || (hash(i * 7919) % ${slices}) AS cell,
            (${share(1)} < 0.9) <> (${turns}) AS passed
          FROM range(${cases}) AS t(i)
        ) TO '${fresh}/${side}.parquet' (FORMAT parquet)`);
    }
    instance.closeSync();
  });
  return { folder, args: ['old.parquet', 'new.parquet', '--slice', 'cell'] };
}

/** CSV files with so many columns of few values. */
export async function manyColumns(cases: number, columns: number): Promise<HardComparison> {
  const folder = await once(`columns-${cases}-${columns}`, async (fresh) => {
    const names = Array.from({ length: columns }, (_, at) => `column_${at}`);
    for (const side of ['old', 'new'] as const) {
      const lines = [['case_id', 'passed', ...names].join(',')];
      for (let i = 0; i < cases; i++) {
        const passed = (i * 7919) % 10 === 0 || (side === 'new' && i % 97 === 0) ? 'false' : 'true';
        const cells = names.map((_, at) => `v${(i * 31 + at * 17 + ((i * at) % 13)) % (2 + (at % 9))}`);
        lines.push([`case-${i}`, passed, ...cells].join(','));
      }
      writeFileSync(`${fresh}/${side}.csv`, `${lines.join('\n')}\n`);
    }
  });
  return { folder, args: ['old.csv', 'new.csv', '--slice', 'column_0'] };
}

async function once(name: string, make: (fresh: string) => Promise<void>): Promise<string> {
  const folder = join(tmpdir(), `slicewise-hard-${name}-v${VERSION}`);
  if (existsSync(folder)) return folder;
  const fresh = mkdtempSync(`${folder}-`);
  await make(fresh);
  try {
    renameSync(fresh, folder);
  } catch {
    // Another process was first; its files are the same.
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}
