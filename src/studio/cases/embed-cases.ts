/** What an HTML report holds of the cases: the first of the list, those that slices lost, and what they did. */

import { CASE_CLASSES, PAGE_LIMIT } from '../../counts/index.ts';
import type { CasesParams, CaseTraceParams, OneCaseParams } from '../contract/index.ts';
import type { Embedding } from '../services/service.ts';
import type { StudioSession } from '../session.ts';
import { readerOf } from '../traces/row-steps.ts';
import { caseTraceState } from './case-answer.ts';
import { caseFacts } from './case-facts.ts';
import { refOf } from './case-refs.ts';
import { listCases } from './list-cases.ts';

/** Cases that the page asks for at once. */
const CHUNK = 100;

/** How much a file holds. */
interface Amounts {
  /** Cases listed without a condition, and those of one class. */
  readonly listed: number;
  readonly ofClass: number;
  /** Slices with a list of their own. */
  readonly slices: number;
  /** Cases that open, and those whose trace is there too. */
  readonly opening: number;
  readonly traces: number;
}

/** Of a large comparison each question takes its time, and of one in a database it takes some in any case: less is asked. */
const LARGE = 20_000;
const MUCH: Amounts = { listed: 8_000, ofClass: 2_000, slices: 40, opening: 8_000, traces: 100 };
const LITTLE: Amounts = { listed: 200, ofClass: 100, slices: 10, opening: 40, traces: 10 };

/** The page as it opens. */
const DEFAULT: CasesParams = {
  ...{ where: '', slice: '', within: [], classes: [], errors: false, search: '', ids: [] },
  ...{ order: 'drop', metric: '', offset: 0, limit: CHUNK },
};

/** Lists as the page and the links to it ask for them. */
export async function embedLists(session: StudioSession): Promise<Embedding<CasesParams>> {
  const { all, byClass, withErrors } = await session.once('cases:facts', () => caseFacts(session));
  const most = amountsOf(all, session);
  const slices = session.release.report.slices.filter(({ n }) => n > 0).slice(0, most.slices);
  const ofSlice = slices.flatMap(({ id, lost, gained }) => [
    { ...DEFAULT, slice: id },
    ...(lost > 0 ? [{ ...DEFAULT, slice: id, classes: ['lost'] as const }] : []),
    ...(gained > 0 ? [{ ...DEFAULT, slice: id, classes: ['gained'] as const }] : []),
  ]);
  return {
    asks: [
      ...chunks(DEFAULT, Math.min(all, CHUNK)),
      ...CASE_CLASSES.flatMap((name) =>
        chunks({ ...DEFAULT, classes: [name] }, Math.min(byClass[name], most.ofClass)),
      ),
      ...chunks({ ...DEFAULT, errors: true }, Math.min(withErrors, most.ofClass)),
      ...ofSlice,
      ...chunks(DEFAULT, Math.min(all, most.listed)).slice(1),
    ],
    what: `lists of ${CHUNK} cases`,
    of: Math.max(1, Math.ceil(all / CHUNK)) + ofSlice.length,
  };
}

function chunks(params: CasesParams, cases: number): readonly CasesParams[] {
  return Array.from({ length: Math.ceil(cases / CHUNK) }, (_, i) => ({ ...params, offset: i * CHUNK }));
}

function amountsOf(all: number, { release }: StudioSession): Amounts {
  return all > LARGE || release.comparison.engine.kind === 'duckdb' ? LITTLE : MUCH;
}

/** The cases that slices lost, then the others in the order of the list. */
async function wantedRefs(session: StudioSession, most: number): Promise<readonly string[]> {
  const { slices } = session.release.report;
  const told = slices.flatMap(({ cases }) => [...cases.lost, ...cases.gained].map(({ id }) => refOf(id)));
  const listed: string[] = [];
  for (let offset = 0; offset < most; offset += PAGE_LIMIT) {
    const page = await listCases({ ...DEFAULT, offset, limit: PAGE_LIMIT }, session);
    if (page.state === 'listed') listed.push(...page.items.map(({ ref }) => ref));
  }
  return [...new Set([...told, ...listed])].slice(0, most);
}

/** The refs that a file opens, found once. */
async function openingRefs(session: StudioSession): Promise<readonly string[]> {
  const { all } = await session.once('cases:facts', () => caseFacts(session));
  return session.once('cases:embedded', () => wantedRefs(session, amountsOf(all, session).opening));
}

export async function embedCases(session: StudioSession): Promise<Embedding<OneCaseParams>> {
  const { all } = await session.once('cases:facts', () => caseFacts(session));
  const refs = await openingRefs(session);
  return { asks: refs.map((ref) => ({ ref, metric: '' })), what: 'cases in full', of: all };
}

export async function embedTraces(session: StudioSession): Promise<Embedding<CaseTraceParams>> {
  const { all } = await session.once('cases:facts', () => caseFacts(session));
  const refs = await openingRefs(session);
  const asks: CaseTraceParams[] = [];
  const most = Math.min(amountsOf(all, session).traces, readableTraces(session));
  let of = 0;
  for (const ref of refs) {
    const { trace, firstTrial } = await caseTraceState(ref, session);
    if (trace !== 'shown') continue;
    of += 1;
    if (asks.length < most) asks.push({ ref, trial: firstTrial });
  }
  return { asks, what: 'traces', of, each: LONGEST_TRACE };
}

/** Characters of a trace that a file holds; of longer ones the page says that the studio has them. */
const LONGEST_TRACE = 300_000;

/** Bytes that are looked at for traces which stand in the files of the runs, a few seconds. */
const MOST_BYTES = 1 << 28;

function readableTraces(session: StudioSession): number {
  const bytes = (['baseline', 'candidate'] as const).reduce(
    (sum, side) => sum + (readerOf(side, session)?.bytesPerRead ?? 0),
    0,
  );
  return Math.floor(MOST_BYTES / Math.max(1, bytes));
}
