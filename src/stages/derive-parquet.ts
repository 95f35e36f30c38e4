/** Parquet files with derived columns: a copy of each file, kept in the cache or for as long as the program runs. */

import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Cell } from '../cases/index.ts';
import { derivedColumns, deriveRows } from '../derived/index.ts';
import { readParquetCells, widenParquet } from '../engines/index.ts';
import type { DerivePlan } from './derive-plan.ts';
import { cacheKey } from './derived-cache.ts';
import { withVectors } from './derived-vectors.ts';

/** Paths of the copies, in the order of the files. */
export async function deriveParquet(files: readonly string[], plan: DerivePlan): Promise<readonly string[]> {
  const folder = await writableFolder(plan);
  const copies: string[] = [];
  for (const [index, file] of files.entries()) {
    const name = folder.isKept ? cacheKey([plan.facts, index]) : String(index);
    const copy = join(folder.path, `${name}.parquet`);
    if (!(folder.isKept && (await isWhole(copy)))) await writeCopy(file, copy, plan, folder.isKept);
    copies.push(copy);
  }
  return copies;
}

async function writeCopy(file: string, copy: string, plan: DerivePlan, isKept: boolean): Promise<void> {
  const { run, side, names, reads } = plan;
  const { mapping } = run.opened;
  const columns = new Map<string, Cell[]>(derivedColumns(names).map((name) => [name, []]));
  const model = await plan.model();
  const rows = readParquetCells({
    file,
    columns: reads,
    caseId: mapping.caseId ?? mapping.input ?? null,
    run: null,
  });
  const options = { ...(model === undefined ? {} : { model }), files: run.opened.files.length };
  for await (const { attributes } of deriveRows(
    withVectors(rows, plan.vectors),
    mapping,
    side,
    names,
    options,
  )) {
    for (const [name, cells] of columns) {
      for (const cell of attributes.get(name) ?? []) cells.push(cell);
    }
  }
  const temporary = `${copy}.${process.pid}.tmp`;
  try {
    await widenParquet(file, columns, temporary);
    if (isKept) await writeFile(`${copy}.sha256`, await digestOf(temporary));
    await rename(temporary, copy);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** A copy whose digest is not the one beside it is made again. */
async function isWhole(copy: string): Promise<boolean> {
  try {
    return (await readFile(`${copy}.sha256`, 'utf8')) === (await digestOf(copy));
  } catch {
    return false;
  }
}

async function digestOf(path: string): Promise<string> {
  const digest = createHash('sha256');
  await pipeline(createReadStream(path), digest);
  return digest.digest('hex');
}

async function writableFolder({
  cacheFolder,
  facts,
}: DerivePlan): Promise<{ path: string; isKept: boolean }> {
  if (cacheFolder !== null && facts !== null) {
    const made = await mkdir(cacheFolder, { recursive: true }).then(
      () => true,
      () => false,
    );
    if (made) return { path: cacheFolder, isKept: true };
  }
  const path = mkdtempSync(join(tmpdir(), 'slicewise-derived-'));
  process.once('exit', () => rmSync(path, { recursive: true, force: true }));
  return { path, isKept: false };
}
