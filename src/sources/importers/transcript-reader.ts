/** Reads the transcript of one row again from the files of its run: nothing of it was kept when the run was opened. */

import { stat } from 'node:fs/promises';
import { createProblemLog } from '../../cases/index.ts';
import { type ByteSource, explainReadFailure } from '../byte-source.ts';
import { createNotebook } from './create-notebook.ts';
import { IMPORTED_COLUMNS } from './imported-columns.ts';
import type { ImportedResult } from './imported-result.ts';
import type { Importer, ImportFile } from './importer.ts';
import type { ExpectedTranscript, ResultPlace, RowCells, Transcript } from './transcript.ts';

/** Reads transcripts of the rows of one run. */
export interface TranscriptReader {
  /** Bytes that one reading looks at, at most, roughly. */
  readonly bytesPerRead: number;
  /** What the files may hold of a row beyond the row; looks at its cells alone. */
  expects(cells: RowCells): ExpectedTranscript;
  /**
   * The transcript of a row; null where the files hold none.
   *
   * @throws DataError where the files are gone, were changed since the run was opened, or are broken
   */
  read(cells: RowCells): Promise<Transcript | null>;
}

/** An archive is read at a few places: its directory, and one member. */
const ARCHIVE_BYTES = 1 << 21;

/** The reader of an importer's files; null where its rows hold everything. */
export function transcriptReader(
  importer: Importer,
  files: readonly ImportFile[],
  score: string | null,
): TranscriptReader | null {
  const { transcripts } = importer;
  if (transcripts === undefined) return null;
  return {
    bytesPerRead: files.reduce(
      (sum, { kind, source }) => sum + (kind === 'zip' ? Math.min(source.size, ARCHIVE_BYTES) : source.size),
      0,
    ),
    expects: (cells) => (placeOf(cells) === null ? 'nothing' : transcripts.expects(cells)),
    async read(cells) {
      const place = placeOf(cells);
      if (place === null) return null;
      await checkUnchanged(files);
      const log = createProblemLog();
      const found =
        transcripts.find === undefined
          ? await scan(importer, files, score, place, cells)
          : await transcripts.find(files, place, log);
      log.throwIfAny();
      return found;
    },
  };
}

function placeOf(cells: RowCells): ResultPlace | null {
  const of = (column: string): string | null => {
    const cell = cells.get(column);
    return typeof cell === 'string' ? cell : null;
  };
  const [run, caseId] = [of(IMPORTED_COLUMNS.run), of(IMPORTED_COLUMNS.caseId)];
  return run === null || caseId === null ? null : { run, caseId, trial: of(IMPORTED_COLUMNS.trial) };
}

/** What was read from another file would be another case's. */
async function checkUnchanged(files: readonly ImportFile[]): Promise<void> {
  const log = createProblemLog();
  for (const { source } of files) {
    const problem = await changeOf(source);
    if (problem !== null) log.add({ ...problem, where: { file: source.label } });
  }
  log.throwIfAny();
}

async function changeOf({
  path,
  size,
  modified,
  label,
}: ByteSource): Promise<{ message: string; hint?: string } | null> {
  if (path === null) return null;
  try {
    const now = await stat(path);
    if (now.size === size && (modified === undefined || now.mtimeMs === modified)) return null;
    return {
      message: 'the file was changed after the run was opened, so its transcripts may be of other results',
      hint: 'open the comparison again',
    };
  } catch (error) {
    const { message } = explainReadFailure(error as NodeJS.ErrnoException, label, 'none');
    const isGone = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    return isGone
      ? { message: 'the file is gone since the run was opened', hint: 'put it back where it was' }
      : { message };
  }
}

/** Reads results as the import did until the one that is meant. */
async function scan(
  importer: Importer,
  files: readonly ImportFile[],
  score: string | null,
  place: ResultPlace,
  cells: RowCells,
): Promise<Transcript | null> {
  const log = createProblemLog();
  let found: Transcript | null = null;
  for await (const result of importer.read(files, { log, notebook: createNotebook(), score })) {
    if (!isMeant(result, place, cells)) continue;
    found = result.transcript?.() ?? null;
    break;
  }
  if (found === null) log.throwIfAny();
  if (found === null || found.steps.length === 0) return null;
  const [{ source }] = files as [ImportFile];
  const isNamed = files.length > 1 || found.from.startsWith(source.label);
  return isNamed ? found : { ...found, from: `${source.label}, ${found.from}` };
}

/** Rows hold texts with whole characters only, and several traces of a case are told apart by their ids. */
function isMeant(result: ImportedResult, place: ResultPlace, cells: RowCells): boolean {
  const traceId = cells.get('trace_id') ?? null;
  return (
    result.run.toWellFormed() === place.run &&
    result.caseId.toWellFormed() === place.caseId &&
    (result.trial?.toWellFormed() ?? null) === place.trial &&
    (traceId === null || (result.extra?.trace_id ?? traceId) === traceId)
  );
}
