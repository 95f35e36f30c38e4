/** Opens the recorded results of one run: finds the files, and whether they are rows or the results of another tool. */

import { createProblemLog } from '../cases/index.ts';
import { DataError } from '../errors.ts';
import { collectAll } from './collect.ts';
import { folderProblem } from './expand-files.ts';
import { findImport, type ProbedFile } from './find-import.ts';
import { formatOf } from './format.ts';
import { openParts } from './open-parts.ts';
import type { OpenedRun, RunRequest } from './opened-run.ts';

/**
 * Opens a run. Rows are read when the source is iterated (as often as wanted), which throws a DataError with all problems
 * of all files at its end and hands on no row after the first problem.
 *
 * @throws DataError for files that are missing, empty, unreadable or no results, and for mappings that do not fit
 * @example (await openRun({ files: ['new.jsonl'], run: null, mapping: {}, cwd: '.' })).mapping.caseId // 'id'
 */
export async function openRun(request: RunRequest): Promise<OpenedRun> {
  const { probed, folders, notes, choice } = await findImport(request);
  if (choice !== null) {
    const { openImported } = await import('./open-imported.ts');
    return openImported(choice, request, notes);
  }
  refuseFolders(folders);
  const log = createProblemLog();
  const parts = await collectAll(log, probed, ({ source, probe }) => ({
    source,
    format: formatOf(probe, source.label),
  }));
  log.throwIfAny();
  return openParts(parts, request, [...notes, ...unusedScore(request, probed)]);
}

/** Only results of other tools are read by the folder. */
function refuseFolders(folders: ReadonlyMap<string, string>): void {
  const names = [...new Set(folders.values())];
  if (names.length > 0) throw new DataError(names.map(folderProblem));
}

/** `--score` is about both runs, and only one of them may be of another tool. */
function unusedScore({ score }: RunRequest, probed: readonly ProbedFile[]): readonly string[] {
  if (score == null) return [];
  const [first] = probed;
  return [
    `${first?.source.label ?? 'the file'} holds plain rows, so --score ${score} does not apply to it (--map score=COLUMN does)`,
  ];
}
