/** Passed cases of a run by split, where the split stands in a column of the results or in the file of the split builder. */

import { type Cell, foundText, foundTexts, type ResultChunk } from '../../cases/index.ts';
import { DataError, UsageError } from '../../errors.ts';
import type { SplitScore } from '../../evidence/index.ts';
import { type OpenedRun, openRecords, openRun } from '../../sources/index.ts';
import { rowsOf } from '../../stages/index.ts';
import type { CheckRequest } from './check-request.ts';

/** Scores of all splits of a run. */
export interface RunScores {
  readonly files: readonly string[];
  readonly cases: number;
  readonly unscored: number;
  readonly untagged: number;
  /** In code point order of names. */
  readonly scores: readonly SplitScore[];
  readonly notes: readonly string[];
}

/** One case: the share of its trials that passed, and its splits. */
interface CaseScore {
  passed: number;
  trials: number;
  readonly splits: Set<string>;
}

/** @throws DataError with every problem of the run, UsageError where nothing says which split a case is in */
export async function readScores(
  request: NonNullable<CheckRequest['results']>,
  { cwd, stdin }: Pick<CheckRequest, 'cwd' | 'stdin'>,
): Promise<RunScores> {
  const opened = await openRun({ ...request, cwd, stdin });
  const column = request.splits.kind === 'column' ? request.splits.column : null;
  if (column !== null && !opened.columns.includes(column)) {
    throw new UsageError({
      message: `the results have no column ${foundText(column)}; their columns are ${foundTexts(opened.columns, 20)}`,
      hint: 'name the column with the source, or --splits FILE as slicewise splits build writes it',
    });
  }
  const byId = request.splits.kind === 'file' ? await readSplitFile(request.splits.file, cwd) : null;
  const cases = await collectCases(opened, request.run, column);
  let unknown = 0;
  const scores = new Map<string, { passed: number; cases: number }>();
  const all = [...cases];
  let untagged = 0;
  let unscored = 0;
  for (const [id, { passed, trials, splits }] of all) {
    const own = byId === null ? splits : byId.get(id);
    if (own === undefined) unknown += 1;
    if (trials === 0) unscored += 1;
    else if (own === undefined || own.size === 0) untagged += 1;
    else {
      for (const name of own) {
        const known = scores.get(name) ?? { passed: 0, cases: 0 };
        known.passed += passed / trials;
        known.cases += 1;
        scores.set(name, known);
      }
    }
  }
  if (byId !== null && unknown === all.length) {
    throw new DataError({
      message: `no case of the results is in ${foundText(request.splits.kind === 'file' ? request.splits.file : '')}: no id is in both`,
      hint: 'give the results the ids of the rows that were split: --map caseId=COLUMN',
    });
  }
  return {
    files: opened.files,
    cases: all.length,
    unscored,
    untagged,
    scores: [...scores]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { passed, cases: count }]) => ({ name, passed, cases: count })),
    notes: [
      ...opened.notes,
      ...(unknown > 0 && byId !== null
        ? [`${unknown} cases of the results are not among the rows that were split`]
        : []),
    ],
  };
}

async function collectCases(
  opened: OpenedRun,
  run: string | null,
  column: string | null,
): Promise<Map<string, CaseScore>> {
  const loaded = { opened, run, name: null, recorded: null, ageDays: null };
  const { passed, score, error, predicted, expected } = opened.mapping;
  const reads = [column, passed, score, error, predicted, expected].filter(
    (one) => one !== null && one !== undefined,
  );
  const cases = new Map<string, CaseScore>();
  const { chunks } = rowsOf(loaded, reads);
  for await (const chunk of chunks as AsyncIterable<ResultChunk>) {
    const cells = column === null ? undefined : chunk.attributes.get(column);
    chunk.caseId.forEach((id, row) => {
      const known = cases.get(id) ?? { passed: 0, trials: 0, splits: new Set<string>() };
      cases.set(id, known);
      const outcome = chunk.status[row] === 'error' ? 0 : chunk.passed[row];
      if (outcome !== null && outcome !== undefined) {
        known.passed += outcome;
        known.trials += 1;
      }
      for (const name of namesIn(cells?.[row] ?? null)) known.splits.add(name);
    });
  }
  return cases;
}

function namesIn(cell: Cell): readonly string[] {
  if (cell === null || cell === '') return [];
  return typeof cell === 'string' ? [cell] : cell;
}

/** Splits by case id, from the file that `splits build` writes. */
async function readSplitFile(file: string, cwd: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const records = await openRecords({ files: [file], mapping: { caseId: 'id' }, cwd });
  if (!records.columns.includes('splits')) {
    throw new DataError({
      message: `${foundText(file)} has no column "splits", so it is not what slicewise splits build writes`,
      hint: 'slicewise splits build DATA ... -o splits.jsonl',
    });
  }
  const found = new Map<string, ReadonlySet<string>>();
  for await (const chunk of records.rows()) {
    const ids = chunk.columns.get('id') ?? [];
    const splits = chunk.columns.get('splits') ?? [];
    chunk.lines.forEach((_, row) => {
      const id = ids[row];
      if (typeof id === 'string') found.set(id, new Set(namesIn(splits[row] ?? null)));
    });
  }
  return found;
}
