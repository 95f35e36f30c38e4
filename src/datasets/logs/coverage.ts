/** How much of production has something near it in the eval set: nearest neighbours by words (practice B2). */

import type { ResultChunk } from '../../cases/index.ts';
import { compareText } from '../../slices/index.ts';
import { createRandom, type Estimate, newcombeUnpairedInterval, wilsonInterval } from '../../stats/index.ts';
import {
  countTerms,
  EMBEDDING_METHOD,
  embedTexts,
  findNeighbours,
  type NeighbourOptions,
  readConversation,
  type Vectors,
} from '../../text/index.ts';
import { cellAt } from './record-chunks.ts';

/** Rows of production that are compared; more are sampled. */
const MOST_ROWS = 2_000;
/** Cases of the eval set that are compared: all of nearly every set, as a sample of it would seem to cover less. */
const MOST_CASES = 500_000;
/** Cases whose own neighbours say how near is near. */
const MOST_OWN = 1_000;
const CHARACTERS = 4_000;
/** Share of cases that have no neighbour within the radius: what production would have by chance as well. */
const OWN_SHARE = 0.05;
/** Below so many distinct texts nothing is said. */
const LEAST_CASES = 20;

/** A sample of texts with their topics, row by row. */
export interface TextRows {
  add(text: string, topic: string | null): void;
  readonly seen: () => number;
  readonly rows: readonly { readonly text: string; readonly topic: string | null }[];
}

/** Coverage of one topic. */
export interface TopicCoverage {
  readonly topic: string;
  readonly rows: number;
  readonly uncovered: Estimate;
}

/** Coverage of production by the eval set. */
export interface Coverage {
  readonly method: string;
  /** An index may miss a near case, so it can only make production look less covered. */
  readonly neighbours: 'exact' | 'usearch';
  readonly rows: { readonly seen: number; readonly compared: number; readonly wordless: number };
  readonly cases: { readonly distinct: number; readonly compared: number; readonly wordless: number };
  /** Cosine similarity below which a row counts as uncovered: 95 % of the cases are nearer to their nearest other case. */
  readonly radius: number;
  /** Share of production rows without a case within the radius. */
  readonly uncovered: Estimate;
  /** Share of cases without another case within it. */
  readonly own: Estimate;
  /** Quartiles of the distance (1 - cosine) of production rows to the nearest case. */
  readonly distance: readonly [number, number, number];
  /** Uncovered beyond what the cases themselves are: more than 5 points, and not by chance. */
  readonly isGap: boolean;
  /** Most uncovered rows first. */
  readonly topics: readonly TopicCoverage[];
}

/** A uniform sample of rows by reservoir; the same rows in the same order give the same sample. */
export function createTextRows(most: number, seed: number): TextRows {
  const random = createRandom(seed);
  const rows: { text: string; topic: string | null }[] = [];
  let seen = 0;
  return {
    add(text, topic) {
      seen += 1;
      const at = seen <= most ? seen - 1 : random.nextBelow(seen);
      if (at < most) rows[at] = { text: withoutNumbers(text.slice(0, CHARACTERS)), topic };
    },
    seen: () => seen,
    rows,
  };
}

/** Order and ticket numbers are rare words that would make unlike texts near; all numbers are one word. */
function withoutNumbers(text: string): string {
  return text.replace(/\p{Nd}+/gu, '0');
}

/** Samples the inputs of one side while they pass by. */
export async function* sampledTexts(
  chunks: AsyncIterable<ResultChunk>,
  input: string | undefined,
  topic: string | null,
  into: TextRows,
): AsyncGenerator<ResultChunk> {
  for await (const chunk of chunks) {
    for (let row = 0; row < chunk.lines.length; row += 1) {
      const cell = cellAt(chunk, input, row);
      if (typeof cell !== 'string') continue;
      const name = cellAt(chunk, topic, row);
      into.add(readConversation(cell)?.text ?? cell, typeof name === 'string' ? name : null);
    }
    yield chunk;
  }
}

/** Samples for the two sides. */
export function coverageSamples(): { readonly logs: TextRows; readonly evalSet: TextRows } {
  return { logs: createTextRows(MOST_ROWS, 1), evalSet: createTextRows(MOST_CASES, 2) };
}

/**
 * Compares the samples.
 *
 * @returns null with a reason where there are too few texts
 */
export async function measureCoverage(
  logs: TextRows,
  evalSet: TextRows,
  options: NeighbourOptions,
  level = 0.95,
): Promise<
  | { readonly coverage: Coverage; readonly reason: null }
  | { readonly coverage: null; readonly reason: string }
> {
  const distinct = [...new Set(evalSet.rows.map(({ text }) => text))].toSorted(compareText);
  const frequencies = countTerms();
  for (const text of distinct) frequencies.add(text);
  for (const { text } of logs.rows) frequencies.add(text);
  const cases = withPoint(embedTexts(distinct, frequencies));
  const rows = withPoint(
    embedTexts(
      logs.rows.map(({ text }) => text),
      frequencies,
    ),
  );
  if (cases.points.count < LEAST_CASES || rows.points.count === 0) {
    return {
      coverage: null,
      reason: `${rows.points.count} inputs of the logs and ${cases.points.count} distinct inputs of the eval set have words, expected at least 1 and ${LEAST_CASES}`,
    };
  }
  const { own, nearest, method } = await similarities(cases.points, rows.points, options);
  const radius = own.toSorted()[Math.floor(OWN_SHARE * own.length)]!;
  const isFar = (similarity: number): boolean => similarity < radius;
  const far = nearest.filter(isFar).length;
  const ownFar = own.filter(isFar).length;
  const difference = newcombeUnpairedInterval(
    {
      baselinePasses: ownFar,
      baselineCases: own.length,
      candidatePasses: far,
      candidateCases: nearest.length,
    },
    level,
  );
  return {
    reason: null,
    coverage: {
      method: `${EMBEDDING_METHOD}, all numbers as one word`,
      neighbours: method,
      rows: {
        seen: logs.seen(),
        compared: rows.points.count,
        wordless: logs.rows.length - rows.points.count,
      },
      cases: {
        distinct: distinct.length,
        compared: cases.points.count,
        wordless: distinct.length - cases.points.count,
      },
      radius,
      uncovered: wilsonInterval(far, nearest.length, level),
      own: wilsonInterval(ownFar, own.length, level),
      distance: quartiles(nearest),
      isGap: (difference.lower ?? 0) > 0 && (difference.estimate ?? 0) >= OWN_SHARE,
      topics: byTopic(
        rows.kept.map((at, i) => ({ topic: logs.rows[at]!.topic, far: isFar(nearest[i]!) })),
        level,
      ),
    },
  };
}

/** Similarity of some cases to the nearest other case, and of each row to the nearest case. */
async function similarities(cases: Vectors, rows: Vectors, options: NeighbourOptions) {
  const count = Math.min(cases.count, MOST_OWN);
  const picked = Array.from({ length: count }, (_, at) => Math.floor(at * (cases.count / count)));
  const queries = joined(rowsOf(cases, picked), rows);
  const found = await findNeighbours(cases, queries, 2, options);
  const at = (query: number, rank: number): number => query * found.k + rank;
  return {
    method: found.method,
    own: Float32Array.from(
      picked,
      (point, query) => found.similarities[at(query, found.indices[at(query, 0)] === point ? 1 : 0)]!,
    ),
    nearest: Float32Array.from({ length: rows.count }, (_, row) => found.similarities[at(count + row, 0)]!),
  };
}

function joined(first: Vectors, second: Vectors): Vectors {
  const values = new Float32Array(first.values.length + second.values.length);
  values.set(first.values);
  values.set(second.values, first.values.length);
  return { count: first.count + second.count, dimensions: first.dimensions, values };
}

function withPoint(all: Vectors): { readonly points: Vectors; readonly kept: readonly number[] } {
  const kept = Array.from({ length: all.count }, (_, at) => at).filter((at) =>
    all.values.subarray(at * all.dimensions, (at + 1) * all.dimensions).some((value) => value !== 0),
  );
  return { points: rowsOf(all, kept), kept };
}

function rowsOf({ dimensions, values }: Vectors, rows: readonly number[]): Vectors {
  const own = new Float32Array(rows.length * dimensions);
  rows.forEach((from, to) => {
    own.set(values.subarray(from * dimensions, (from + 1) * dimensions), to * dimensions);
  });
  return { count: rows.length, dimensions, values: own };
}

function quartiles(similarities: Float32Array): readonly [number, number, number] {
  const sorted = Float64Array.from(similarities, (one) => 1 - one).toSorted();
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return [at(0.25), at(0.5), at(0.75)];
}

function byTopic(
  rows: readonly { readonly topic: string | null; readonly far: boolean }[],
  level: number,
): readonly TopicCoverage[] {
  return [...Map.groupBy(rows, ({ topic }) => topic ?? '')]
    .filter(([topic]) => topic !== '')
    .map(([topic, own]) => {
      const far = own.filter((one) => one.far).length;
      return { far, topic, rows: own.length, uncovered: wilsonInterval(far, own.length, level) };
    })
    .toSorted((a, b) => b.far - a.far || compareText(a.topic, b.topic))
    .map(({ topic, rows: count, uncovered }) => ({ topic, rows: count, uncovered }));
}
