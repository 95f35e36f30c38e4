/** Cases that ask nearly the same: what the candidate can do beside it, and what else it cannot. */

import { setImmediate } from 'node:timers/promises';
import { textOfCell } from '../../derived/index.ts';
import { nearestNeighbours } from '../../discovery/index.ts';
import { UsageError } from '../../errors.ts';
import { rowsOf } from '../../stages/index.ts';
import { countTerms, DIMENSIONS, embedInto, type TermFrequencies } from '../../text/index.ts';
import type { CaseNeighbour, CaseNeighboursAnswer, OneCaseParams } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { caseMeasure } from './case-measure.ts';
import { idsOf } from './case-refs.ts';
import { caseItem } from './list-cases.ts';

/** Rows of the candidate that are looked at, at most; more are thinned out evenly. */
const MOST_ROWS = 20_000;

/** Of longer inputs the beginning is read. */
const MOST_CHARACTERS = 4_000;

const SHOWN = 5;

/** Texts farther away than this have nothing in common but common words. */
const LEAST_SIMILARITY = 0.1;

/** Between these many texts others get their turn. */
const AT_ONCE = 500;

/** The inputs of the candidate as points. */
interface Sample {
  readonly ids: readonly string[];
  readonly passed: Uint8Array;
  readonly points: Float32Array;
  readonly frequencies: TermFrequencies;
  readonly step: number;
}

export async function caseNeighbours(
  { ref, metric: asked }: OneCaseParams,
  session: StudioSession,
): Promise<CaseNeighboursAnswer> {
  const { metric, measure } = caseMeasure(asked, session);
  const [id] = await idsOf([ref], session);
  const { input } = session.release.comparison.candidate.opened.mapping;
  if (input === undefined) {
    return { state: 'none', why: 'No column is known as the input. Map it with --map input=COLUMN.' };
  }
  const rows = await session.inTurn(({ comparison }) => comparison.engine.caseRows(id!));
  if (rows.length === 0)
    throw new UsageError({ message: `there is no case ${JSON.stringify(ref.slice(0, 200))}` });
  const own = rows.flatMap(({ cells }) => cells.find(([column]) => column === input)?.[1] ?? []);
  const [text] = own;
  if (text === undefined) return { state: 'none', why: 'This case has no input text.' };
  const sample = await session.once('cases:points', () => readSample(session, input));
  if (sample === null) return { state: 'none', why: 'Results from standard input cannot be read again.' };
  const point = new Float32Array(DIMENSIONS);
  embedInto(text.slice(0, MOST_CHARACTERS), sample.frequencies, point);
  const near = [1, 0].map((passed) => nearest(sample, point, passed, id!));
  const wanted = near.flat().map(({ id: one }) => one);
  const page = await session.inTurn(({ comparison }) =>
    comparison.engine.cases({
      ...{ within: [], classes: null, withErrors: false, words: [], ids: wanted, offset: 0 },
      ...{ limit: 2 * SHOWN, measure, order: { by: 'id', descending: false }, columns: [] },
    }),
  );
  const items = new Map(page.cases.map((found) => [found.id, caseItem(found, metric)]));
  const [passing = [], failing = []] = near.map((list) =>
    list.flatMap(({ id: one, similarity }): CaseNeighbour[] => {
      const item = items.get(one);
      return item === undefined ? [] : [{ similarity, item }];
    }),
  );
  return { state: 'found', passing, failing, looked: sample.ids.length, step: sample.step };
}

/** The nearest rows that passed, or did not; each case once, the case itself left out. */
function nearest(
  { ids, passed, points }: Sample,
  point: Float32Array,
  wanted: number,
  own: string,
): readonly { readonly id: string; readonly similarity: number }[] {
  const candidates = [...passed.keys()].filter((row) => passed[row] === wanted && ids[row] !== own);
  const data = new Float32Array(points.length + DIMENSIONS);
  data.set(points);
  data.set(point, points.length);
  const query = points.length / DIMENSIONS;
  const [found = []] = nearestNeighbours({ data, width: DIMENSIONS }, [query], candidates, 4 * SHOWN);
  const byId = new Map<string, number>();
  for (const { row, distance } of found) {
    const similarity = 1 - distance;
    if (similarity >= LEAST_SIMILARITY && !byId.has(ids[row]!)) byId.set(ids[row]!, similarity);
  }
  return [...byId].slice(0, SHOWN).map(([id, similarity]) => ({ id, similarity }));
}

/** Reads the inputs once; null where the run cannot be read again. */
async function readSample(session: StudioSession, input: string): Promise<Sample | null> {
  const { comparison, profile } = session.release;
  const run = comparison.candidate;
  if (run.opened.files.includes('-')) return null;
  const step = Math.max(1, Math.ceil(profile.candidate.rows / MOST_ROWS));
  const ids: string[] = [];
  const passed: number[] = [];
  const texts: string[] = [];
  const { chunks } = rowsOf(run, [input], true, { every: step });
  for await (const { caseId, passed: outcomes, attributes } of chunks) {
    const cells = attributes.get(input) ?? [];
    for (let i = 0; i < caseId.length; i++) {
      const text = textOfCell(cells[i])?.text;
      if (text === undefined) continue;
      ids.push(caseId[i]!);
      passed.push(outcomes[i] === 1 ? 1 : 0);
      texts.push(text.slice(0, MOST_CHARACTERS));
    }
  }
  const frequencies = countTerms();
  for (const [at, text] of texts.entries()) {
    frequencies.add(text);
    if (at % AT_ONCE === 0) await setImmediate();
  }
  const points = new Float32Array(texts.length * DIMENSIONS);
  for (const [at, text] of texts.entries()) {
    embedInto(text, frequencies, points.subarray(at * DIMENSIONS, (at + 1) * DIMENSIONS));
    if (at % AT_ONCE === 0) await setImmediate();
  }
  return { ids, passed: Uint8Array.from(passed), points, frequencies, step };
}
