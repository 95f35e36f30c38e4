/** Reads a report of the gate back from its JSON. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { foundText } from '../../../cases/index.ts';
import { DataError } from '../../../errors.ts';
import { REPORT_SCHEMA_VERSION, type Report } from '../../../gate/index.ts';

/** A report, and the bytes that it stood in. */
export interface ReadReport {
  readonly report: Report;
  readonly bytes: Uint8Array;
}

const PARTS = [
  'verdict',
  'ship',
  'belief',
  'candidate',
  'counts',
  'slices',
  'overall',
  'runHash',
  'tool',
] as const;

/** @throws DataError where the file is no report, or one of another version */
export async function readGateReport(file: string, cwd: string): Promise<ReadReport> {
  const where = { file };
  const bytes = await readFile(resolve(cwd, file)).catch((error: NodeJS.ErrnoException) => {
    const message = error.code === 'ENOENT' ? 'does not exist' : `cannot be read (${error.code})`;
    throw new DataError({ message, where });
  });
  const hint = 'slicewise gate --out report.json writes one';
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new DataError({ message: 'is no JSON, expected a report of the gate', hint, where });
  }
  const found =
    typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const missing = PARTS.filter((part) => !(part in found));
  if (missing.length > 0 || !Array.isArray(found.slices) || !Array.isArray(found.overall))
    throw new DataError({
      message: `is no report of the gate: it lacks ${missing.join(', ') || 'lists of slices'}`,
      hint,
      where,
    });
  if (found.schemaVersion !== REPORT_SCHEMA_VERSION)
    throw new DataError({
      message: `is a report of version ${foundText(String(found.schemaVersion))}, expected ${REPORT_SCHEMA_VERSION}`,
      hint: 'write it again with this version of slicewise',
      where,
    });
  return { report: value as Report, bytes };
}
