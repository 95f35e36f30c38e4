/** How small the smallest p-value of a whole enumeration gets by chance: the search is repeated on shuffled outcomes. */

import { createRandom, type Random } from '../stats/index.ts';
import type { SearchTable, SliceVisitor } from './kernel/types.ts';
import { type ClusteredTable, sumRows } from './rows.ts';
import { errorKind, type SliceQuestion, sliceP } from './slice-tests.ts';

/** Enumerates all slices of a table, such as `visitSlices` with its options. */
export type VisitAll = (table: SearchTable, visitor: SliceVisitor) => void | Promise<void>;

/** What is shuffled and how often. */
export interface JointNullInput extends ClusteredTable {
  readonly question: SliceQuestion;
  /** Shuffles, at least 1: the smallest adjusted p-value is 1 / (rounds + 1). */
  readonly rounds: number;
  /** Whole number from 0 to 2^53 - 1. */
  readonly seed: number;
}

/** The null distribution of the smallest p-value of the enumeration. */
export interface JointNull {
  /** Smallest p-value of each round, ascending. */
  readonly smallest: Float64Array;
  /** Westfall and Young's single-step adjusted p-value: how often the smallest of all is at most p, in (0, 1]. */
  readonly adjust: (p: number) => number;
}

/** P-values that differ by less than this (relative) are one value computed in two ways. */
const TIE = 1e-9;

/**
 * Westfall and Young's min-P over every enumerated slice, which pays only for the variety that overlapping slices have.
 * Questions about the rest of the cases deal the outcomes to the cases at random; questions about the other run swap the two
 * runs of each case, or of each cluster, with probability 1/2.
 *
 * @throws RangeError for weights, for clusters where outcomes are dealt, without a second run, and when rounds is below 1
 * Cost: `rounds` enumerations of the unfolded table.
 * @source Westfall and Young 1993, chapter 2
 */
export async function jointNull(input: JointNullInput, visit: VisitAll): Promise<JointNull> {
  const { question, rounds, seed } = input;
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new RangeError(`rounds is ${rounds}, must be at least 1`);
  const swaps = question === 'regressed' || question === 'improved';
  if (input.table.weight !== null) throw new RangeError('weighted cases have no p-values from sums alone');
  if (question !== 'worse' && input.table.before === null)
    throw new RangeError(`${question}: there is no other run`);
  if (input.cluster !== null && !swaps) {
    throw new RangeError(
      'outcomes of clustered cases cannot be dealt at random: confirm on held-out clusters instead',
    );
  }
  const spread = spreadRows(input);
  const kind = errorKind(spread.table);
  const smallest = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    const random = createRandom(seed, round);
    const table = swaps ? swapRuns(spread, random) : dealOutcomes(spread.table, random);
    const all = sumRows(table, new Uint8Array(table.rows), 0);
    let least = 1;
    await visit(table, (_columns, _codes, sums) => {
      const p = sliceP(question, kind, sums, all);
      if (p < least) least = p;
    });
    smallest[round] = least;
  }
  smallest.sort();
  return {
    smallest,
    adjust: (p) => (1 + smallest.filter((value) => value <= p * (1 + TIE)).length) / (rounds + 1),
  };
}

/** The table with one row per case. */
function spreadRows({ table, cluster }: ClusteredTable): ClusteredTable {
  if (table.count.every((count) => count === 1)) return { table, cluster };
  const rows: number[] = [];
  table.count.forEach((count, row) => {
    for (let copy = 0; copy < count; copy++) rows.push(row);
  });
  const take = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  return {
    table: {
      rows: rows.length,
      columns: table.columns.map(({ codes, cardinality }) => ({
        codes: Uint16Array.from(rows, (row) => codes[row]!),
        cardinality,
      })),
      count: new Float64Array(rows.length).fill(1),
      weight: null,
      error: take(table.error),
      before: table.before && take(table.before),
    },
    cluster: cluster && Int32Array.from(rows, (row) => cluster[row]!),
  };
}

function dealOutcomes(table: SearchTable, random: Random): SearchTable {
  const error = table.error.slice();
  const before = table.before?.slice() ?? null;
  for (let last = table.rows - 1; last > 0; last--) {
    const other = random.nextBelow(last + 1);
    for (const values of before === null ? [error] : [error, before]) {
      const kept = values[last]!;
      values[last] = values[other]!;
      values[other] = kept;
    }
  }
  return { ...table, error, before };
}

function swapRuns({ table, cluster }: ClusteredTable, random: Random): SearchTable {
  const error = table.error.slice();
  const before = table.before!.slice();
  const tossOf = new Map<number, number>();
  for (let row = 0; row < table.rows; row++) {
    let toss = cluster === null ? undefined : tossOf.get(cluster[row]!);
    if (toss === undefined) {
      toss = random.nextUint32() >>> 31;
      if (cluster !== null) tossOf.set(cluster[row]!, toss);
    }
    if (toss === 0) continue;
    error[row] = table.before![row]!;
    before[row] = table.error[row]!;
  }
  return { ...table, error, before };
}
