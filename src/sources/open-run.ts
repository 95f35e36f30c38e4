/** Opens the recorded results of one run: finds the files, and whether they are rows or the results of another tool. */

import { createProblemLog } from '../cases/index.ts';
import { DataError } from '../errors.ts';
import type { ByteSource } from './byte-source.ts';
import { collectAll } from './collect.ts';
import { expandFiles, folderProblem } from './expand-files.ts';
import { formatOf } from './format.ts';
import { chooseImporter, type ImportChoice } from './importers/choose-importer.ts';
import type { ImporterName, ImportFile } from './importers/importer.ts';
import { openParts } from './open-parts.ts';
import type { OpenedRun, RunRequest } from './opened-run.ts';
import { type Probe, probeFile } from './probe.ts';

/**
 * Opens a run. Rows are read when the source is iterated (as often as wanted), which throws a DataError with all problems
 * of all files at its end and hands on no row after the first problem.
 *
 * @throws DataError for files that are missing, empty, unreadable or no results, and for mappings that do not fit
 * @example (await openRun({ files: ['new.jsonl'], run: null, mapping: {}, cwd: '.' })).mapping.caseId // 'id'
 */
export async function openRun(request: RunRequest): Promise<OpenedRun> {
  const { sources, folders, notes } = await expandFiles(request.files, request.cwd, request.stdin);
  const log = createProblemLog();
  const probed = await collectAll(log, sources, async (source) => ({
    source,
    probe: await probeFile(source),
  }));
  log.throwIfAny();
  const choice = request.from === 'rows' ? null : await importOf(probed, folders, request.from ?? null);
  if (choice !== null) {
    const { openImported } = await import('./open-imported.ts');
    return openImported(choice, request, notes);
  }
  refuseFolders(folders);
  const parts = await collectAll(log, probed, ({ source, probe }) => ({
    source,
    format: formatOf(probe, source.label),
  }));
  log.throwIfAny();
  return openParts(parts, request, notes);
}

/** The importer for the files, if any. */
async function importOf(
  probed: readonly { readonly source: ByteSource; readonly probe: Probe }[],
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

/** Only results of other tools are read by the folder. */
function refuseFolders(folders: ReadonlyMap<string, string>): void {
  const names = [...new Set(folders.values())];
  if (names.length > 0) throw new DataError(names.map(folderProblem));
}
