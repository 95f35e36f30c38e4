/** Opens one run of the results of another tool. */

import {
  type ColumnMapping,
  createProblemLog,
  detectRoles,
  foundText,
  foundTexts,
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
import { rowsOfRuns, runsNamed } from './importers/rows-of-runs.ts';
import { transcriptReader } from './importers/transcript-reader.ts';
import type { OpenedRun, RunRequest } from './opened-run.ts';
import { chooseRunHint } from './run-choice.ts';

/**
 * Opens the run that is asked for, or the only one. All rows are read once for their columns and the summary.
 *
 * @throws DataError with every problem of the files, and where the run or metric is not there or not clear
 */
export async function openImported(
  { importer, files, leftOut }: ImportChoice,
  request: Pick<RunRequest, 'run' | 'mapping' | 'passWords' | 'score' | 'side'>,
  notes: readonly string[],
): Promise<OpenedRun> {
  const read = await readImport(importer, files, request.score ?? null);
  const labels = files.map(({ source }) => source.label);
  const runs = chosenRuns(read.summary, request, labels);
  checkScore(read.summary, runs, request.score ?? null, labels[0]!);
  const mapping = mappingOf(read, runs, request);
  const about = { importer, files: labels, runs, leftOut };
  const transcripts = transcriptReader(importer, files, request.score ?? null);
  return {
    files: labels,
    format: importer.name,
    bytes: files.reduce((sum, { source }) => sum + source.size, 0),
    source: {
      kind: 'rows',
      chunks: chunksOf(read, mapping, runs, request.passWords),
      mapping,
      passWords: request.passWords,
    },
    mapping,
    detected: [],
    columns: read.columns,
    notes: [...notes, ...importNotes(read.summary, about)],
    imported: {
      format: importer.name,
      label: importer.label,
      run: runs.length === 1 ? runs[0]! : request.run,
      runs,
      summary: () => read.summary,
      ...(transcripts === null ? {} : { transcripts }),
    },
  };
}

/** The runs to read as one: the one of that name, those that a pattern matches, or the only one. */
function chosenRuns(
  { runs }: ImportSummary,
  { run, side = 'candidate' }: Pick<RunRequest, 'run' | 'side'>,
  files: readonly string[],
): readonly string[] {
  const counts: readonly RunCount[] = runs.filter(({ rows }) => rows > 0);
  const where = { file: files[0]! };
  if (run !== null) {
    const chosen = runsNamed(
      runs.map((one) => one.run),
      run,
    );
    if (chosen.length > 0) return chosen;
    throw new DataError({
      message: `there is no run ${foundText(run)}; ${counts.length === 0 ? 'the file has no rows' : `the runs are ${listRuns(counts)}`}`,
      hint: 'name one of these runs',
      where,
    });
  }
  if (counts.length > 1) {
    throw new DataError({
      message: `the ${files.length === 1 ? 'file holds' : 'files hold'} ${counts.length} runs, expected one: ${listRuns(counts)}`,
      hint: chooseRunHint(side, files, counts, true),
      where,
    });
  }
  return (counts.length === 1 ? counts : runs.slice(0, 1)).map((one) => one.run);
}

function checkScore(
  { metrics }: ImportSummary,
  runs: readonly string[],
  score: string | null,
  file: string,
): void {
  const own = metrics.filter(({ run }) => runs.includes(run));
  if (score === null || runs.length === 0 || own.some(({ name, primary }) => name === score || primary))
    return;
  const names = [...new Set(own.map(({ name }) => foundText(name)))];
  throw new DataError({
    message: `run ${foundTexts(runs, 3)} has no metric ${foundText(score)}; ${names.length === 0 ? 'it has none' : `its metrics are ${names.join(', ')}`}`,
    hint: 'name one of them with --score',
    where: { file },
  });
}

/** The roles of the import's own columns, with what the user said over them; other roles are found by name. */
function mappingOf(
  { columns, sample, summary }: ReadImport,
  runs: readonly string[],
  request: Pick<RunRequest, 'mapping'>,
): ColumnMapping {
  const present = new Set(columns);
  const isJudged = summary.runs.some(({ run, judged }) => runs.includes(run) && judged > 0);
  const own: Record<string, string> = {};
  for (const role of ROLES) {
    const column = IMPORTED_MAPPING[role];
    if (column === undefined) continue;
    // The rows of the run are chosen here, so nobody has to choose again.
    const isUsed = role === 'passed' ? isJudged : role !== 'run';
    own[role] = isUsed && present.has(column) ? column : '';
  }
  // Without a row there is nothing to find, and nothing that a mapping could be wrong about.
  if (columns.length === 0) return { caseId: IMPORTED_MAPPING.caseId!, passed: IMPORTED_MAPPING.passed! };
  return detectRoles(columns, { ...own, ...request.mapping }, { sample }).mapping;
}

function chunksOf(
  read: ReadImport,
  mapping: ColumnMapping,
  runs: readonly string[],
  passWords: RunRequest['passWords'],
): AsyncIterable<ResultChunk> {
  const isAll = read.summary.runs.every(({ run, rows }) => rows === 0 || runs.includes(run));
  return {
    async *[Symbol.asyncIterator]() {
      const log = createProblemLog();
      const rows = isAll ? read.rows(log) : rowsOfRuns(read.rows(log), new Set(runs));
      yield* interpretRows(rows, { mapping, passWords, run: null }, log);
      log.throwIfAny();
    },
  };
}
