/** Opens `.eval` archives and reads their members as JSON; whatever cannot be read is a problem that names the member. */

import { isUtf8 } from 'node:buffer';
import type { ProblemLog } from '../../../cases/index.ts';
import { DataError } from '../../../errors.ts';
import { JsonFault } from '../../json-cursor.ts';
import { parseJsonValue } from '../../json-value.ts';
import type { ImportFile } from '../importer.ts';
import { openZip, type ZipArchive } from '../zip/index.ts';

/** The open archive; null, with the reason in the log of problems, where it cannot be opened. */
export async function openArchive({ source }: ImportFile, log: ProblemLog): Promise<ZipArchive | null> {
  try {
    return await openZip(source);
  } catch (error) {
    report(error, log);
    return null;
  }
}

/** The JSON value of a member; undefined where there is none, or, with the reason in the log of problems, none that can be read. */
export function readMember(zip: ZipArchive, name: string, log: ProblemLog): unknown {
  if (!zip.has(name)) return undefined;
  const file = `${zip.label}/${name}`;
  try {
    const bytes = zip.read(name);
    if (!isUtf8(bytes)) throw new DataError({ message: 'the member is not UTF-8', where: { file } });
    return parseMember(bytes.toString('utf8'), file);
  } catch (error) {
    report(error, log);
    return undefined;
  }
}

function parseMember(text: string, file: string): unknown {
  try {
    return parseJsonValue(text, { nonFinite: true });
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    const lines = text.slice(0, error.at).split('\n');
    throw new DataError(
      {
        message: error.message,
        ...(error.hint === undefined ? {} : { hint: error.hint }),
        where: { file, line: lines.length, column: lines.at(-1)!.length + 1 },
      },
      { cause: error },
    );
  }
}

function report(error: unknown, log: ProblemLog): void {
  if (!(error instanceof DataError)) throw error;
  for (const problem of error.problems) log.add(problem);
}
