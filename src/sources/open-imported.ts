/** Opens one run of the results of another tool. */

import {
  type ColumnMapping,
  createProblemLog,
  detectRoles,
  foundText,
  interpretRows,
  listRuns,
  type ResultChunk,
  ROLES,
  type RunCount,
} from '../cases/index.ts';
import { DataError } from '../errors.ts';
import type { ImportChoice } from './importers/choose-importer.ts';
import { importNotes } from './importers/import-notes.ts';
import { IMPORTED_MAPPING } from './importers/imported-columns.ts';
import type { ImportSummary } from './importers/notebook.ts';
import { type ReadImport, readImport } from './importers/read-import.ts';
import type { OpenedRun, RunRequest } from './opened-run.ts';
import { chooseRunHint } from './run-choice.ts';

/**
 * Opens the run that is asked for, or the only one. All rows are read once for their columns and the summary.
 *
 * @throws DataError with every problem of the files, and where the run or metric is not there or not clear
 */
export async function openImported(
  { importer, files, leftOut }: ImportChoice,
  request: Pick<RunRequest, 'run' | 'mapping' | 'score' | 'side'>,
  notes: readonly string[],
): Promise<OpenedRun> {
  const read = await readImport(importer, files, request.score ?? null);
  const labels = files.map(({ source }) => source.label);
  const run = chosenRun(read.summary, request, labels);
  checkScore(read.summary, run, request.score ?? null, labels[0]!);
  const mapping = mappingOf(read, run, request);
  const about = { importer, files: labels, run, leftOut };
  return {
    files: labels,
    format: importer.name,
    bytes: files.reduce((sum, { source }) => sum + source.size, 0),
    source: { kind: 'rows', chunks: chunksOf(read, mapping, request.run), mapping },
    mapping,
    detected: [],
    columns: read.columns,
    notes: [...notes, ...importNotes(read.summary, about)],
    imported: { format: importer.name, label: importer.label, run, summary: () => read.summary },
  };
}

/** The run to read; null where the files hold no row. */
function chosenRun(
  { runs }: ImportSummary,
  { run, side = 'candidate' }: Pick<RunRequest, 'run' | 'side'>,
  files: readonly string[],
): string | null {
  const counts: readonly RunCount[] = runs.filter(({ rows }) => rows > 0);
  const where = { file: files[0]! };
  if (run !== null) {
    if (runs.some((one) => one.run === run)) return run;
    throw new DataError({
      message: `there is no run ${foundText(run)}; ${counts.length === 0 ? 'the file has no rows' : `the runs are ${listRuns(counts)}`}`,
      hint: 'name one of these runs',
      where,
    });
  }
  if (counts.length > 1) {
    throw new DataError({
      message: `the ${files.length === 1 ? 'file holds' : 'files hold'} ${counts.length} runs, expected one: ${listRuns(counts)}`,
      hint: chooseRunHint(side, files, counts),
      where,
    });
  }
  return counts[0]?.run ?? runs[0]?.run ?? null;
}

function checkScore(
  { metrics }: ImportSummary,
  run: string | null,
  score: string | null,
  file: string,
): void {
  const own = metrics.filter((metric) => metric.run === run);
  if (score === null || run === null || own.some(({ name, primary }) => name === score || primary)) return;
  const names = own.map(({ name }) => foundText(name));
  throw new DataError({
    message: `run ${foundText(run)} has no metric ${foundText(score)}; ${names.length === 0 ? 'it has none' : `its metrics are ${names.join(', ')}`}`,
    hint: 'name one of them with --score',
    where: { file },
  });
}

/** The roles of the import's own columns, with what the user said over them; other roles are found by name. */
function mappingOf(
  { columns, sample, summary }: ReadImport,
  run: string | null,
  request: Pick<RunRequest, 'run' | 'mapping'>,
): ColumnMapping {
  const present = new Set(columns);
  const judged = summary.runs.find((one) => one.run === run)?.judged ?? 0;
  const own: Record<string, string> = {};
  for (const role of ROLES) {
    const column = IMPORTED_MAPPING[role];
    if (column === undefined) continue;
    const isUsed = role === 'passed' ? judged > 0 : role !== 'run' || request.run !== null;
    own[role] = isUsed && present.has(column) ? column : '';
  }
  // Without a row there is nothing to find, and nothing that a mapping could be wrong about.
  if (columns.length === 0) return { caseId: IMPORTED_MAPPING.caseId!, passed: IMPORTED_MAPPING.passed! };
  return detectRoles(columns, { ...own, ...request.mapping }, { sample }).mapping;
}

function chunksOf(read: ReadImport, mapping: ColumnMapping, run: string | null): AsyncIterable<ResultChunk> {
  return {
    async *[Symbol.asyncIterator]() {
      const log = createProblemLog();
      yield* interpretRows(read.rows(log), { mapping, run }, log);
      log.throwIfAny();
    },
  };
}
