/** Reads the parts of the answers of a comparison case by case, and measures them per slice. */

import { type Cell, createProblemLog, foundText } from '../../cases/index.ts';
import { DataError } from '../../errors.ts';
import { allGrouping } from '../../scope/index.ts';
import type { Comparison, LoadedRun } from '../../stages/index.ts';
import { type CaseCells, readCaseCells } from './case-cells.ts';
import type { CellParts } from './cell-parts.ts';
import type { NamedKey } from './named.ts';
import { cellParts, type PartCases, partCases } from './part-cases.ts';
import type { MeasurePartsInput } from './parts-input.ts';
import { type PartsReport, partsSlices } from './parts-report.ts';
import { rankedOf, rankingCases, relevanceOf } from './ranking-cases.ts';
import type { PartKind, RankingRequest, SpanMatch } from './request.ts';
import { spreadParts } from './spread-parts.ts';

/** The cases that are measured, and which of them each slice has. */
interface Members {
  readonly ids: readonly string[];
  readonly cluster: Int32Array | null;
  readonly slices: readonly { readonly named: NamedKey; readonly members: Int32Array }[];
}

/**
 * Lists, spans or fields of JSON: the column of the expected answer against the predicted label, else the output.
 *
 * @throws DataError where a column is missing, or an expected cell has no parts of that kind
 */
export async function measureParts(
  input: MeasurePartsInput,
  kind: PartKind,
  match: SpanMatch,
): Promise<PartsReport> {
  const members = await membersOf(input);
  const spread = kind === 'json-fields' ? await spreadParts(input, members.ids) : null;
  const columns = spread?.columns ?? answerColumns(input.comparison, kind);
  const { cells, runs } = spread ?? (await readRuns(input, kind, columns, members.ids));
  refuseFaults(cells, members.ids, columns.expected);
  const cases = partCases(cells, runs, members.cluster, input.level, input.seed, match);
  return reportOf(kind, columns, cases, members, input);
}

/** Ranked ids against the expected ids. */
export async function measureRanking(
  input: MeasurePartsInput,
  request: RankingRequest,
): Promise<PartsReport> {
  const { comparison, withBaseline } = input;
  const members = await membersOf(input);
  const expected = expectedColumn(comparison, 'a list of the ids that should be found');
  const sideOf = async (run: LoadedRun) => {
    checkColumn(run, request.column);
    const read = await readCaseCells(run, members.ids, [expected, request.column]);
    return { read, ranked: read.columns.get(request.column)!.map(rankedOf) };
  };
  const after = await sideOf(comparison.candidate);
  const before = withBaseline && comparison.baseline ? await sideOf(comparison.baseline) : null;
  const relevance = bothCells(after.read, before?.read ?? null, expected).map(relevanceOf);
  const rankings = ({ read, ranked }: Awaited<ReturnType<typeof sideOf>>) => ({ ...read, ranked });
  const runs = { baseline: before && rankings(before), candidate: rankings(after) };
  const cases = rankingCases(relevance, runs, request.ks, members.cluster);
  return reportOf('ranking', { expected, given: request.column }, cases, members, input);
}

function reportOf(
  kind: PartsReport['kind'],
  columns: PartsReport['columns'],
  { table, parts, unanswered }: PartCases,
  { slices }: Members,
  options: Pick<MeasurePartsInput, 'level' | 'seed'>,
): PartsReport {
  return { kind, columns, slices: partsSlices(table, slices, options), parts, unanswered };
}

async function membersOf({ comparison, groupings, nameOf }: MeasurePartsInput): Promise<Members> {
  const all = allGrouping();
  const distinct = new Map([all, ...groupings.map(({ grouping }) => grouping)].map((one) => [one.id, one]));
  const units = await comparison.engine.units({
    groupings: [...distinct.values()],
    measure: { kind: 'outcome', of: { kind: 'passRate' }, errors: 'fail' },
    onlyDiscordant: false,
  });
  const named = units.slices.map((key, i) => ({ named: nameOf(key), members: units.members[i]! }));
  const isAll = ({ named: { key } }: (typeof named)[number]) => key.grouping === all.id;
  return {
    ids: units.ids,
    cluster: units.cluster,
    slices: [...named.filter(isAll), ...named.filter((one) => !isAll(one))],
  };
}

async function readRuns(
  { comparison, withBaseline }: MeasurePartsInput,
  kind: PartKind,
  columns: PartsReport['columns'],
  ids: readonly string[],
) {
  const sideOf = async (run: LoadedRun) => {
    const given = givenColumn(run) ?? columns.given;
    const read = await readCaseCells(run, ids, [columns.expected, given]);
    return { read, given: cellParts(read.columns.get(given)!, kind) };
  };
  const after = await sideOf(comparison.candidate);
  const before = withBaseline && comparison.baseline ? await sideOf(comparison.baseline) : null;
  const answers = ({ read, given }: Awaited<ReturnType<typeof sideOf>>) => ({ ...read, given });
  return {
    cells: cellParts(bothCells(after.read, before?.read ?? null, columns.expected), kind),
    runs: { baseline: before && answers(before), candidate: answers(after) },
  };
}

/** The new run says what was expected, and the old one where the new one does not. */
function bothCells(after: CaseCells, before: CaseCells | null, column: string): readonly Cell[] {
  const older = before?.columns.get(column);
  return after.columns.get(column)!.map((cell, place) => cell ?? older?.[place] ?? null);
}

function answerColumns({ candidate }: Comparison, kind: PartKind): PartsReport['columns'] {
  const expected = candidate.opened.mapping.expected;
  const given = givenColumn(candidate);
  if (expected !== undefined && given !== undefined) return { expected, given };
  const missing = expected === undefined ? 'expected' : 'predicted';
  throw new DataError({
    message: `--parts ${kind} compares expected with predicted parts, but no column is known as the ${missing === 'expected' ? 'expected answer' : 'predicted label or the output'}`,
    hint: `name it with --map ${missing}=COLUMN`,
    where: { field: `columns.${missing}` },
  });
}

function expectedColumn({ candidate }: Comparison, what: string): string {
  const { expected } = candidate.opened.mapping;
  if (expected !== undefined) return expected;
  throw new DataError({
    message: `--ranking needs ${what}, but no column is known as the expected answer`,
    hint: 'name it with --map expected=COLUMN',
    where: { field: 'columns.expected' },
  });
}

function givenColumn({ opened }: LoadedRun): string | undefined {
  return opened.mapping.predicted ?? opened.mapping.output;
}

function checkColumn({ opened }: LoadedRun, column: string): void {
  if (opened.columns.includes(column)) return;
  throw new DataError({
    message: `--ranking names the column ${foundText(column)}, which ${opened.files.join(', ')} does not have`,
    hint: `the columns are ${opened.columns.slice(0, 20).join(', ')}`,
  });
}

/** What was expected must be readable; what a model gave need not be. */
function refuseFaults(expected: readonly (CellParts | null)[], ids: readonly string[], column: string): void {
  const log = createProblemLog();
  for (const [place, parts] of expected.entries()) {
    if (parts?.kind !== 'fault') continue;
    log.add({
      message: `case ${foundText(ids[place]!)}: ${foundText(column)} ${parts.fault}`,
      where: { field: column },
    });
  }
  log.throwIfAny();
}
