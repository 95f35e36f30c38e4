/** Finds out which files are meant, and whether they are the results of another tool. */

import { createProblemLog } from '../cases/index.ts';
import { DataError } from '../errors.ts';
import type { ByteSource } from './byte-source.ts';
import { collectAll } from './collect.ts';
import { expandFiles } from './expand-files.ts';
import { chooseImporter, type ImportChoice } from './importers/choose-importer.ts';
import type { ImporterName, ImportFile } from './importers/importer.ts';
import type { RunRequest } from './opened-run.ts';
import { type Probe, probeFile } from './probe.ts';

/** One file and what its first bytes say. */
export interface ProbedFile {
  readonly source: ByteSource;
  readonly probe: Probe;
}

/** The files that are meant. */
export interface FoundFiles {
  readonly probed: readonly ProbedFile[];
  /** Folders that were named, by the labels of the files in them. */
  readonly folders: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
  /** Null where the files are rows, or nothing that anybody knows. */
  readonly choice: ImportChoice | null;
}

/** @throws DataError for files that are missing, empty, unreadable, or of different tools */
export async function findImport({
  files,
  cwd,
  stdin,
  from = null,
  ofRows = false,
}: Pick<RunRequest, 'files' | 'cwd' | 'stdin' | 'from'> & {
  /** Folders stand for files of rows as well. */
  readonly ofRows?: boolean;
}): Promise<FoundFiles> {
  const { sources, folders, notes } = await expandFiles(files, cwd, stdin, ofRows);
  const log = createProblemLog();
  const probed = await collectAll(log, sources, async (source) => ({
    source,
    probe: await probeFile(source),
  }));
  log.throwIfAny();
  const choice = from === 'rows' ? null : await importOf(probed, folders, from);
  return { probed, folders, notes, choice };
}

/** The importer for the files, if any. */
async function importOf(
  probed: readonly ProbedFile[],
  folders: ReadonlyMap<string, string>,
  from: ImporterName | null,
): Promise<ImportChoice | null> {
  const files = probed.flatMap(({ source, probe }) =>
    probe.kind === 'parquet' ? [] : [importFile(source, probe)],
  );
  if (from !== null && files.length < probed.length) {
    throw new DataError({
      message: `${probed.find(({ probe }) => probe.kind === 'parquet')!.source.label} is Parquet, and --from ${from} reads that tool's own files`,
      hint: 'leave --from out',
    });
  }
  return files.length < probed.length ? null : chooseImporter(files, from, new Set(folders.keys()));
}

function importFile(source: ByteSource, probe: Exclude<Probe, { kind: 'parquet' }>): ImportFile {
  return probe.kind === 'zip'
    ? { source, compression: 'none', kind: 'zip', head: '', isWhole: false }
    : { source, ...probe };
}
