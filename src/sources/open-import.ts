/** Opens files to show what an import of them understands: all runs, with rows to write. */

import { DataError } from '../errors.ts';
import { findImport } from './find-import.ts';
import { formatOf } from './format.ts';
import { IMPORTER_NAMES, type ImporterName } from './importers/importer.ts';
import type { ReadImport } from './importers/read-import.ts';
import type { RunRequest } from './opened-run.ts';

/** The results of another tool, read once. */
export interface OpenedImport {
  readonly format: ImporterName;
  /** What messages call the tool. */
  readonly label: string;
  readonly files: readonly string[];
  /** Size as stored. */
  readonly bytes: number;
  /** Files of a folder that are not the tool's. */
  readonly leftOut: readonly string[];
  readonly notes: readonly string[];
  readonly read: ReadImport;
}

/**
 * Opens the results of another tool with all of their runs.
 *
 * @throws DataError with every problem of the files, and where they are rows or nobody's
 */
export async function openImport(
  request: Pick<RunRequest, 'files' | 'cwd' | 'stdin' | 'from' | 'score'>,
): Promise<OpenedImport> {
  const { choice, probed, notes } = await findImport(request);
  if (choice === null) {
    for (const { probe, source } of probed) formatOf(probe, source.label);
    const [first] = probed;
    throw new DataError({
      message: 'the file holds plain rows and no results of a tool that is known',
      hint: `every command reads rows as they are; --from says what wrote the file: ${IMPORTER_NAMES.join(', ')}`,
      ...(first === undefined ? {} : { where: { file: first.source.label } }),
    });
  }
  const { readImport } = await import('./importers/read-import.ts');
  const { importer, files, leftOut } = choice;
  return {
    format: importer.name,
    label: importer.label,
    files: files.map(({ source }) => source.label),
    bytes: files.reduce((sum, { source }) => sum + source.size, 0),
    leftOut,
    notes,
    read: await readImport(importer, files, request.score ?? null),
  };
}
