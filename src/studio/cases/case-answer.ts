/** Everything of one case: rows of both runs, its slices, its past. */

import { caseKey } from '../../cases/index.ts';
import type { CaseRow, ListedCase } from '../../counts/index.ts';
import { hashedText } from '../../engines/index.ts';
import { UsageError } from '../../errors.ts';
import { type CaseAttribute, evaluateGrouping, groupingColumns, sliceId } from '../../slices/index.ts';
import type {
  CaseAnswer,
  CaseHistory,
  CaseSlice,
  CaseTextAnswer,
  CaseTextParams,
  CaseTraceAnswer,
  CaseTraceParams,
  OneCaseParams,
} from '../contract/index.ts';
import { sliceIndex } from '../release/known-slice.ts';
import type { StudioSession } from '../session.ts';
import { readSteps } from '../traces/read-steps.ts';
import { expectedOf, readerOf, rowSteps } from '../traces/row-steps.ts';
import { traceAnswer } from '../traces/trace-answer.ts';
import { standingOf } from '../work/case-order.ts';
import { askLedger } from '../work/session-ledger.ts';
import { cutAt, LONGEST_TEXT, rowTexts, textTable, trialOf } from './case-cells.ts';
import { caseMeasure, turnClass } from './case-measure.ts';
import { idsOf, refOf } from './case-refs.ts';

/** Trials of each run that are shown. */
const MOST_TRIALS = 50;

/** Characters of a part of a long text. */
const PART = 100_000;

/** @throws UsageError where there is no such case */
export async function caseAnswer(
  { ref, metric: asked }: OneCaseParams,
  session: StudioSession,
): Promise<CaseAnswer> {
  const { metric, measure } = caseMeasure(asked, session);
  const [id] = await idsOf([ref], session);
  const columns = attributeColumns(session);
  const { page, rows } = await session.inTurn(async ({ comparison: { engine } }) => ({
    page: await engine.cases({
      ...{ within: [], classes: null, withErrors: false, words: [], ids: [id!], offset: 0, limit: 1 },
      ...{ measure, order: { by: 'id', descending: false }, columns },
    }),
    rows: await engine.caseRows(id!),
  }));
  const [found] = page.cases;
  if (found === undefined) throw noCase(ref);
  const { mappings } = session.release.comparison;
  const table = textTable();
  const trials = (side: CaseRow['side']) => rows.filter((row) => row.side === side);
  const shown = (side: CaseRow['side']) =>
    trials(side)
      .slice(0, MOST_TRIALS)
      .map((row) => trialOf(row, side === 'baseline' ? mappings[0]! : mappings.at(-1)!, table));
  const sides = { candidate: shown('candidate'), baseline: shown('baseline') };
  return {
    ref: refOf(found.id),
    id: { text: cutAt(found.id, LONGEST_TEXT), length: found.id.length },
    class: turnClass(found.class, metric),
    metric,
    before: found.values.baseline,
    after: found.values.candidate,
    edited: found.edited,
    hasBaseline: session.release.profile.baseline !== null,
    ...sides,
    texts: table.texts,
    firstTrial: firstTrial(rows),
    trialsOmitted: rows.length - sides.baseline.length - sides.candidate.length,
    slices: await slicesOf(found, columns, metric.id, session),
    history: await historyOf(found.id, session),
    trace: traceState(rows, session),
  };
}

/** A trial whose outcomes differ says most. */
function firstTrial(rows: readonly CaseRow[]): string {
  const before = new Map(rows.flatMap((row) => (row.side === 'baseline' ? [[row.trial, row] as const] : [])));
  const after = rows.filter(({ side }) => side === 'candidate');
  const differs = after.find((row) => {
    const other = before.get(row.trial);
    return other !== undefined && (other.passed !== row.passed || other.status !== row.status);
  });
  return (differs ?? after[0] ?? rows[0])?.trial ?? '';
}

function noCase(ref: string): UsageError {
  return new UsageError({
    message: `this comparison has no case ${JSON.stringify(ref.slice(0, 200))}`,
    hint: 'it may belong to other results: search the list of cases',
  });
}

/** The columns that the groupings of the report look at. */
function attributeColumns({ release }: StudioSession): readonly string[] {
  return [...new Set(release.scope.groupings.flatMap(({ grouping }) => groupingColumns(grouping)))];
}

/** The slices of the report that a case is in. */
async function slicesOf(
  found: ListedCase,
  columns: readonly string[],
  metric: string,
  session: StudioSession,
): Promise<readonly CaseSlice[]> {
  const attributes = new Map(columns.map((column, i) => [column, attributeOf(found.attributes[i]!)]));
  const { reports } = await sliceIndex(session);
  return session.release.scope.groupings.flatMap(({ grouping, dimension }): readonly CaseSlice[] => {
    const { state, values } = evaluateGrouping(
      grouping,
      (column) => attributes.get(column) ?? { state: 'missing' },
    );
    return (state === 'value' ? values : ['']).map((value) => {
      const id = sliceId(metric, { grouping: grouping.id, state, value });
      const report = reports.get(id);
      return {
        ...{ id: report === undefined ? null : id, dimension, value, state },
        ...{ role: report?.role ?? null, verdict: report?.verdict ?? null, n: report?.n ?? null },
        ...{ lost: report?.lost ?? null, gained: report?.gained ?? null },
      };
    });
  });
}

function attributeOf({ changed, cell }: ListedCase['attributes'][number]): CaseAttribute {
  if (changed) return { state: 'changed' };
  return cell === null ? { state: 'missing' } : { state: 'value', cell };
}

/** The recorded comparisons of a case, that of this very session left out. */
async function historyOf(id: string, session: StudioSession): Promise<CaseHistory> {
  const { report } = session.release;
  const except = report.baseline && {
    baseline: report.baseline.fingerprint,
    candidate: report.candidate.fingerprint,
  };
  return askLedger(session, async (ledger): Promise<CaseHistory> => {
    const [found] = await ledger.caseComparisons(
      [recordedId(id, session)],
      except === null ? {} : { except },
    );
    const marks = (found?.comparisons ?? []).map(({ baselineName, candidateName, ...mark }) => ({
      ...mark,
      baseline: baselineName,
      candidate: candidateName,
    }));
    return { state: 'recorded', marks, standing: standingOf(marks) };
  });
}

/** The ledger keeps no texts: where the input is the id, it knows its hash. */
function recordedId(id: string, { release }: StudioSession): string {
  return caseKey(release.comparison.candidate.opened.mapping) === 'input' ? hashedText(id) : id;
}

/** The rows of a case. @throws UsageError where there is none */
async function rowsOfCase(ref: string, session: StudioSession): Promise<readonly CaseRow[]> {
  const [id] = await idsOf([ref], session);
  const rows = await session.inTurn(({ comparison }) => comparison.engine.caseRows(id!));
  if (rows.length === 0) throw noCase(ref);
  return rows;
}

/** A part of a long text. @throws UsageError where there is no such text */
export async function caseText(params: CaseTextParams, session: StudioSession): Promise<CaseTextAnswer> {
  const rows = await rowsOfCase(params.ref, session);
  const row = rows.find(({ side, trial }) => side === params.side && trial === params.trial);
  const text = row && rowTexts(row).get(params.column);
  if (text === undefined) {
    throw new UsageError({ message: 'this case has no such text', hint: 'open the case again' });
  }
  // A part begins at a whole character, so that parts in a row make the text.
  const isInside = /[\udc00-\udfff]/.test(text[params.from] ?? '');
  const from = isInside ? params.from - 1 : params.from;
  return { from, text: cutAt(text.slice(from), PART), length: text.length };
}

/** What the agent did in one trial of each run. */
export async function caseTrace(
  { ref, trial }: CaseTraceParams,
  session: StudioSession,
): Promise<CaseTraceAnswer> {
  const rows = await rowsOfCase(ref, session);
  const stepsOf = async (wanted: CaseRow['side']) => {
    const found = rows.find((row) => row.side === wanted && row.trial === trial);
    return found === undefined ? null : rowSteps(found, session);
  };
  return traceAnswer(await stepsOf('baseline'), await stepsOf('candidate'));
}

/** Whether a case has steps to show, and the trial to begin with. */
export async function caseTraceState(
  ref: string,
  session: StudioSession,
): Promise<Pick<CaseAnswer, 'trace' | 'firstTrial'>> {
  const rows = await rowsOfCase(ref, session);
  return { trace: traceState(rows, session), firstTrial: firstTrial(rows) };
}

/** Files of which a transcript is read only when it is asked for, in bytes. */
const SLOW_BYTES = 1 << 27;

function traceState(rows: readonly CaseRow[], session: StudioSession): CaseAnswer['trace'] {
  const expected = new Set(rows.map((row) => expectedOf(row, session)));
  const isSlow = rows.some(({ side }) => (readerOf(side, session)?.bytesPerRead ?? 0) > SLOW_BYTES);
  if (rows.some((row) => readSteps(rowTexts(row)) !== null)) return isSlow ? 'offered' : 'shown';
  if (expected.has('steps')) return isSlow ? 'offered' : 'shown';
  return expected.has('answer') ? 'offered' : 'none';
}
