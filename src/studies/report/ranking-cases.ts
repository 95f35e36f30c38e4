/** Sums over cases whose answers are ranked ids: recall and gain at every cut-off, reciprocal rank, and cases with all ids found. */

import type { Cell } from '../../cases/index.ts';
import { ndcgAtK, type Ranking, recallAtK, reciprocalRank } from '../../stats/index.ts';
import type { SumMetric } from './case-bootstrap.ts';
import { jsonOf, readParts } from './cell-parts.ts';
import type { PartCases, Unanswered } from './part-cases.ts';

/** The ranked ids of one run. */
export interface RunRankings {
  /** Null: the case has no answer. */
  readonly ranked: readonly (readonly string[] | null)[];
  readonly present: Uint8Array;
  readonly failed: Uint8Array;
}

/** Relevance by id; null where nobody said, or nothing is relevant. */
export type Relevance = ReadonlyMap<string, number> | null;

/**
 * Scores the rankings of both runs.
 *
 * @param ks cut-offs, at least one
 */
export function rankingCases(
  expected: readonly Relevance[],
  runs: { readonly baseline: RunRankings | null; readonly candidate: RunRankings },
  ks: readonly number[],
  cluster: Int32Array | null,
): PartCases {
  const { baseline, candidate } = runs;
  const labelled = Uint8Array.from(expected, (relevance) => (relevance === null ? 0 : 1));
  const paired = Uint8Array.from(expected, (_, place) =>
    candidate.present[place] === 1 && (baseline === null || baseline.present[place] === 1) ? 1 : 0,
  );
  const used = (place: number) => labelled[place] === 1 && paired[place] === 1;
  const cutoffs = [...new Set(ks)].toSorted((a, b) => a - b);
  const deepest = cutoffs.at(-1)!;
  const scores: readonly { readonly name: string; readonly of: (ranking: Ranking) => number }[] = [
    { name: `all in top ${deepest}`, of: (ranking) => Number(recallAtK(ranking, deepest) === 1) },
    ...cutoffs.map((k) => ({ name: `recall@${k}`, of: (ranking: Ranking) => recallAtK(ranking, k) ?? 0 })),
    ...cutoffs
      .filter((k) => k > 1)
      .map((k) => ({ name: `ndcg@${k}`, of: (ranking: Ranking) => ndcgAtK(ranking, k) ?? 0 })),
    { name: 'mrr', of: (ranking) => reciprocalRank(ranking) ?? 0 },
  ];
  const sumsOf = ({ ranked, failed }: RunRankings) => {
    const sums = [...scores, null].map(() => new Float64Array(expected.length));
    const unanswered: Record<Unanswered, number> = { missing: 0, errors: 0, unreadable: 0 };
    for (const [place, relevance] of expected.entries()) {
      if (relevance === null || !used(place)) continue;
      const answer = failed[place] === 1 ? null : ranked[place]!;
      if (answer === null) unanswered[failed[place] === 1 ? 'errors' : 'missing']++;
      const ranking = { ranked: answer ?? [], relevance };
      for (const [at, { of }] of scores.entries()) sums[at]![place] = of(ranking);
      sums[scores.length]![place] = 1;
    }
    return { sums, unanswered };
  };
  const after = sumsOf(candidate);
  const before = baseline && sumsOf(baseline);
  const meanOf =
    (at: number): SumMetric =>
    (sums) =>
      sums[scores.length]! > 0 ? sums[at]! / sums[scores.length]! : null;
  const count = (why: Unanswered) => ({
    baseline: before?.unanswered[why] ?? null,
    candidate: after.unanswered[why],
  });
  return {
    table: {
      cases: { baseline: before?.sums ?? null, candidate: after.sums, cluster },
      whole: { sum: 0, name: scores[0]!.name },
      metrics: scores.map(({ name }, at) => ({ name, of: meanOf(at) })),
      labelled,
      paired,
    },
    parts: [],
    unanswered: { missing: count('missing'), errors: count('errors'), unreadable: count('unreadable') },
  };
}

/**
 * What is relevant: a list of ids, or a JSON object with a grade for each id.
 *
 * @returns null where nothing is
 */
export function relevanceOf(cell: Cell): Relevance {
  if (cell === null) return null;
  const object = typeof cell === 'string' && cell.trimStart().startsWith('{') ? jsonOf(cell) : undefined;
  if (object !== null && typeof object === 'object' && !Array.isArray(object)) {
    const graded = Object.entries(object).flatMap(([id, grade]) =>
      typeof grade === 'number' && grade > 0 ? [[id, grade] as const] : [],
    );
    return graded.length === 0 ? null : new Map(graded);
  }
  const ids = rankedOf(cell) ?? [];
  return ids.length === 0 ? null : new Map(ids.map((id) => [id, 1]));
}

/** Ranked ids of a cell: a list, a JSON array, or ids between `|` or `;`; null where it is missing. */
export function rankedOf(cell: Cell): readonly string[] | null {
  if (cell === null) return null;
  const read = readParts(cell, 'list');
  return read.kind === 'texts' ? read.texts : null;
}
