/** The steps of one row: from the run's own file where that holds more than the row, else from the row. */

import type { CaseRow } from '../../counts/index.ts';
import { SlicewiseError } from '../../errors.ts';
import type { ExpectedTranscript, RowCells, TranscriptReader } from '../../sources/index.ts';
import { rowTexts } from '../cases/case-cells.ts';
import type { StudioSession } from '../session.ts';
import { canonicalStep, readSteps } from './read-steps.ts';
import type { SideSteps } from './trace-answer.ts';
import { traceId, traceLink } from './trace-link.ts';

/** The reader of a run's transcripts; undefined where its rows hold everything. */
export function readerOf(side: CaseRow['side'], { release }: StudioSession): TranscriptReader | undefined {
  return release.comparison[side]?.opened.imported?.transcripts;
}

/** What the run's file holds of a row beyond the row. */
export function expectedOf(row: CaseRow, session: StudioSession): ExpectedTranscript {
  return readerOf(row.side, session)?.expects(cellsOf(row)) ?? 'nothing';
}

const NO_STEPS = 'The file of the run holds no steps of this case.';

/** The steps of a row with where they are from; a file that cannot be read is told in the notes. */
export async function rowSteps(row: CaseRow, session: StudioSession): Promise<SideSteps> {
  const texts = rowTexts(row);
  const about = { link: traceLink(texts), id: traceId(texts) };
  const file = await fileSteps(row, session);
  if ('steps' in file) return { ...file, ...about };
  const own = readSteps(texts);
  if (own !== null) return { ...own, from: own.columns.join(', '), notes: file.notes, ...about };
  const isBare = file.notes.length === 0 && expectedOf(row, session) !== 'nothing';
  return { steps: [], from: null, notes: isBare ? [NO_STEPS] : file.notes, ...about };
}

async function fileSteps(
  row: CaseRow,
  session: StudioSession,
): Promise<Pick<SideSteps, 'steps' | 'from' | 'notes'> | { readonly notes: readonly string[] }> {
  const reader = readerOf(row.side, session);
  const cells = cellsOf(row);
  if (reader === undefined || reader.expects(cells) === 'nothing') return { notes: [] };
  try {
    const found = await alone(session, () => reader.read(cells));
    if (found !== null) return { ...found, steps: found.steps.map(canonicalStep) };
    return { notes: [] };
  } catch (error) {
    if (!(error instanceof SlicewiseError) || error.code === 'INTERNAL') throw error;
    return {
      notes: error.problems.map(({ message, hint, where }) =>
        [`${where?.file === undefined ? '' : `${where.file}: `}${message}`, hint].filter(Boolean).join('; '),
      ),
    };
  }
}

/** One transcript is read at a time, so that many questions at once need no more memory than one. */
async function alone<T>(session: StudioSession, work: () => Promise<T>): Promise<T> {
  const queue = await session.once('cases:transcripts', async () => ({
    last: Promise.resolve() as Promise<unknown>,
  }));
  const turn = queue.last.then(work);
  queue.last = turn.catch(() => {});
  return turn;
}

function cellsOf({ cells }: CaseRow): RowCells {
  return new Map(cells);
}
