/** The folder of per-case outcomes beside the ledger: written under another name, then renamed; swept when left over. */

import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ColumnMapping } from '../cases/index.ts';

/** What tells one outcome file from another, byte for byte. */
export interface OutcomeFile {
  readonly mapping: ColumnMapping;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

/** Where the outcomes of a run are; ids are hex, so no name of a run ever reaches the file system. */
export function outcomePath(casesFolder: string, runId: string): string {
  return join(casesFolder, `${runId}.parquet`);
}

/**
 * Has the caller write the outcomes of a run and puts the whole file in place at once.
 *
 * @param write writes the Parquet file at the path given and returns the columns by role
 * @throws whatever `write` throws; nothing is left behind then
 */
export async function writeOutcomes(
  casesFolder: string,
  runId: string,
  write: (file: string) => Promise<ColumnMapping>,
): Promise<OutcomeFile> {
  await mkdir(casesFolder, { recursive: true });
  const temporary = join(casesFolder, `${runId}.${randomUUID()}.tmp`);
  try {
    const mapping = await write(temporary);
    const bytes = await flush(temporary);
    const sha256 = await digest(temporary);
    await rename(temporary, outcomePath(casesFolder, runId));
    return { mapping, bytes, sha256 };
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Puts the file on the disk, so that a power cut cannot leave a renamed file without content; returns its bytes. */
async function flush(file: string): Promise<number> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}

/** SHA-256 of a file, hex. */
export async function digest(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}

const ORPHAN_AGE_MS = 24 * 60 * 60 * 1000;

/**
 * Deletes what killed processes left: temporary files, and outcomes that belong to no run. Young files are left alone,
 * since another process may be about to record them.
 *
 * @param keep ids of the runs whose outcomes are in use
 */
export async function sweepOrphans(casesFolder: string, keep: ReadonlySet<string>, now: Date): Promise<void> {
  for (const name of await readdir(casesFolder).catch(() => [])) {
    const owned = /^([0-9a-f]{32})\.(parquet|[0-9a-f-]{36}\.tmp)$/.exec(name);
    if (owned === null || (owned[2] === 'parquet' && keep.has(owned[1]!))) continue;
    const file = join(casesFolder, name);
    const modifiedMs = (await stat(file).catch(() => null))?.mtimeMs ?? Number.POSITIVE_INFINITY;
    if (now.getTime() - modifiedMs > ORPHAN_AGE_MS) await rm(file, { force: true });
  }
}
