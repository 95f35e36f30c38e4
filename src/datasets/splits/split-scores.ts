/** Passed cases of a run by split, where the split stands in a column of the results or in the file of the split builder. */

import { type Cell, foundText, foundTexts, parseDecimal, type ResultChunk } from '../../cases/index.ts';
import { allOrProblems, DataError, UsageError } from '../../errors.ts';
import type { SplitScore } from '../../evidence/index.ts';
import { compareText } from '../../slices/index.ts';
import { type OpenedRun, openRecords, openRun } from '../../sources/index.ts';
import { rowsOf } from '../../stages/index.ts';
import { textOf } from './cell-text.ts';
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

/** One case of a run with its splits. */
export interface SplitCase {
  readonly id: string;
  /** Share of its trials that passed; null where none has a verdict. */
  readonly passed: number | null;
  readonly splits: ReadonlySet<string>;
  /** Input text, where the run has one. */
  readonly text: string | null;
  /** The asked column as a number, the mean of the trials; null where it is absent or no number. */
  readonly number: number | null;
}

/** All cases of a run, in code point order of their ids. */
export interface RunCases {
  readonly files: readonly string[];
  readonly cases: readonly SplitCase[];
  readonly notes: readonly string[];
}

type ResultsRequest = NonNullable<CheckRequest['results']>;

/** @throws DataError with every problem of the run, UsageError where nothing says which split a case is in */
export async function readScores(
  request: ResultsRequest,
  ports: Pick<CheckRequest, 'cwd' | 'stdin'>,
): Promise<RunScores> {
  const { files, cases, notes } = await readCases(request, null, ports);
  const scores = new Map<string, { passed: number; cases: number }>();
  for (const { passed, splits } of cases) {
    if (passed === null) continue;
    for (const name of splits) {
      const known = scores.get(name) ?? { passed: 0, cases: 0 };
      known.passed += passed;
      known.cases += 1;
      scores.set(name, known);
    }
  }
  return {
    files,
    cases: cases.length,
    unscored: cases.filter(({ passed }) => passed === null).length,
    untagged: cases.filter(({ passed, splits }) => passed !== null && splits.size === 0).length,
    scores: [...scores]
      .toSorted(([a], [b]) => compareText(a, b))
      .map(([name, { passed, cases: count }]) => ({ name, passed, cases: count })),
    notes,
  };
}

/**
 * Reads the cases with their splits.
 *
 * @param number column of numbers to read beside, or null
 * @throws as `readScores`
 */
export async function readCases(
  request: ResultsRequest,
  number: string | null,
  { cwd, stdin }: Pick<CheckRequest, 'cwd' | 'stdin'>,
): Promise<RunCases> {
  const [opened, byId] = await allOrProblems(
    () => openRun({ ...request, cwd, stdin }),
    async () => (request.splits.kind === 'file' ? readSplitFile(request.splits.file, cwd) : null),
  );
  const column = request.splits.kind === 'column' ? request.splits.column : null;
  const problems = [column, number].flatMap((one) =>
    one === null || opened.columns.includes(one)
      ? []
      : [
          {
            message: `the results have no column ${foundText(one)}; their columns are ${foundTexts(opened.columns, 20)}`,
            hint: 'name a column of the results',
          },
        ],
  );
  if (problems.length > 0) throw new UsageError(problems);
  const read = await collectCases(opened, request.run, column, number);
  const cases = [...read]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(
      ([id, { passed, trials, splits, text, numbers }]): SplitCase => ({
        id,
        passed: trials === 0 ? null : passed / trials,
        splits: byId === null ? splits : (byId.get(id) ?? new Set()),
        text,
        number: meanOf(numbers),
      }),
    );
  const unknown = byId === null ? 0 : cases.filter(({ id }) => !byId.has(id)).length;
  if (byId !== null && unknown === cases.length) {
    throw new DataError({
      message: `no case of the results is in ${foundText(request.splits.kind === 'file' ? request.splits.file : '')}: no id is in both`,
      hint: 'give the results the ids of the rows that were split: --map caseId=COLUMN',
    });
  }
  return {
    files: opened.files,
    cases,
    notes: [
      ...opened.notes,
      ...(unknown > 0 ? [`${unknown} cases of the results are not among the rows that were split`] : []),
    ],
  };
}

interface CollectedCase {
  passed: number;
  trials: number;
  readonly splits: Set<string>;
  text: string | null;
  readonly numbers: number[];
}

async function collectCases(
  opened: OpenedRun,
  run: string | null,
  column: string | null,
  number: string | null,
): Promise<Map<string, CollectedCase>> {
  const loaded = { opened, run, name: null, recorded: null, ageDays: null };
  const { passed, score, error, predicted, expected, input } = opened.mapping;
  const reads = [column, number, passed, score, error, predicted, expected, input].filter(
    (one) => one !== null && one !== undefined,
  );
  const cases = new Map<string, CollectedCase>();
  const { chunks } = rowsOf(loaded, reads, true);
  for await (const chunk of chunks as AsyncIterable<ResultChunk>) {
    const cellsOf = (one: string | null | undefined) =>
      one === null || one === undefined ? undefined : chunk.attributes.get(one);
    const [splits, texts, numbers] = [cellsOf(column), cellsOf(input), cellsOf(number)];
    chunk.caseId.forEach((id, row) => {
      const known = cases.get(id) ?? {
        passed: 0,
        trials: 0,
        splits: new Set<string>(),
        text: null,
        numbers: [],
      };
      cases.set(id, known);
      const outcome = chunk.status[row] === 'error' ? 0 : chunk.passed[row];
      if (outcome !== null && outcome !== undefined) {
        known.passed += outcome;
        known.trials += 1;
      }
      for (const name of namesIn(splits?.[row] ?? null)) known.splits.add(name);
      const text = textOf(texts?.[row]);
      if (text !== null && (known.text === null || compareText(text, known.text) < 0)) known.text = text;
      const value = numberIn(numbers?.[row]);
      if (value !== null) known.numbers.push(value);
    });
  }
  return cases;
}

/** Summed by size, so that the order of the trials does not show in the last digit. */
function meanOf(numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null;
  return numbers.toSorted((a, b) => a - b).reduce((sum, one) => sum + one, 0) / numbers.length;
}

function numberIn(cell: Cell | undefined): number | null {
  const text = textOf(cell);
  return text === null ? null : parseDecimal(text);
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
