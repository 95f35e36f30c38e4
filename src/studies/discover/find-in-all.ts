/** Finds slices on all cases at once, corrected over every slice that was enumerated. */

import {
  type ClusteredTable,
  collectSlices,
  correctByLevel,
  correctFamily,
  errorKind,
  jointNull,
  levelShares,
  type ParentTest,
  parentTest,
  type SearchMode,
  type SliceItem,
  type SliceList,
  type SliceQuestion,
  smallestSliceP,
  standOutP,
  testableFamily,
  testStandOut,
  visitSlices,
} from '../../discovery/index.ts';
import { UsageError } from '../../errors.ts';
import { exceedParents } from './exceed-parents.ts';
import { type ModeSearch, QUESTION, type TestedSlice } from './find-by-halves.ts';
import { itemsOf, sumsOf } from './listed-slices.ts';
import type { DiscoverRequest } from './request.ts';
import { meanSize, sliceScore } from './slice-score.ts';

/** More slices than this take too much memory to correct over. */
const MOST_SLICES = 5_000_000;

/** Significant slices that are looked at for the answer. */
const LOOKED_AT = 200;

/** Shuffles of the joint correction. */
const ROUNDS = 199;

/**
 * One mode on the whole table.
 *
 * @throws UsageError for clustered or weighted cases, and where there are too many slices
 */
export async function findInAll(
  input: ClusteredTable,
  mode: SearchMode,
  alpha: number,
  minCases: number,
  request: DiscoverRequest,
): Promise<ModeSearch> {
  const { table, cluster } = input;
  if (cluster !== null || table.weight !== null) {
    throw new UsageError({
      message: `--search all treats every case alike and alone, but these cases have ${cluster === null ? 'weights' : 'clusters'}`,
      hint: 'leave --search out: slices are then confirmed on held-out cases',
    });
  }
  const question = QUESTION[mode];
  const kind = errorKind(table);
  const list = await collectSlices(table, {
    ...{ maxLevel: request.level, minCases, threads: request.threads, limit: MOST_SLICES },
  }).catch((error: unknown) => {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError({
      message: error.message,
      hint: 'raise --min-cases, lower --level, or leave --search all out',
    });
  });
  const p = new Float64Array(list.size);
  for (let i = 0; i < list.size; i++) p[i] = standOutP(question, kind, sumsOf(list, i), list.all);
  const { adjust, correctedOver } = await correction(list, p, input, alpha, question, minCases, request);
  const spread = meanSize(table, mode);
  const scored: { readonly i: number; readonly score: number; readonly adjustedP: number }[] = [];
  for (let i = 0; i < list.size; i++) {
    const adjustedP = Number.isNaN(p[i]!) ? null : adjust(i);
    if (adjustedP === null || adjustedP > alpha) continue;
    const score = sliceScore(sumsOf(list, i), list.all, mode, { ...request, spread });
    if (score > 0) scored.push({ i, score, adjustedP });
  }
  scored.sort((a, b) => b.score - a.score || a.i - b.i);
  const options = {
    question,
    kind,
    level: request.config.policy.level,
    flips: 499,
    seed: request.config.policy.seed,
  };
  const looked = scored
    .slice(0, LOOKED_AT)
    .map((one) => ({ ...one, items: itemsOf(list, one.i), sums: sumsOf(list, one.i) }));
  const exceeds = exceedParents(table, kind, question, looked);
  const kept = looked.filter((_, i) => exceeds[i]);
  // Corrected over the slices that are looked at; the family of all comparisons with parents has no name.
  const parentsOf = (items: readonly SliceItem[]): ParentTest => {
    const test = parentTest(input, items, options);
    const adjustedP = test.p === null ? null : Math.min(1, test.p * kept.length);
    return { ...test, adjustedP, holds: adjustedP !== null && adjustedP <= alpha };
  };
  return {
    ...{ mode, question, alpha, correctedOver, candidates: list.size, singles: 0 },
    slices: kept.map(({ items, adjustedP }): TestedSlice => {
      return {
        ...{ items, state: 'confirmed', confirmedBy: 'all cases, corrected for every slice', adjustedP },
        ...{ found: null, shown: testStandOut(input, items, options), reason: null },
        parents: items.length < 2 ? null : parentsOf(items),
      };
    }),
    levels: list.perLevel.map((counted, i) => ({ level: i + 1, counted, pruned: 0 })),
    tested: p.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0),
    searchedCases: list.all.cases,
    heldOutCases: null,
  };
}

interface Adjusted {
  readonly adjust: (slice: number) => number | null;
  readonly correctedOver: number;
}

async function correction(
  list: SliceList,
  p: Float64Array,
  input: ClusteredTable,
  alpha: number,
  question: SliceQuestion,
  minCases: number,
  { correction: method, level, config, threads }: DiscoverRequest,
): Promise<Adjusted> {
  const kind = errorKind(input.table);
  switch (method) {
    case 'tarone': {
      const smallest = Float64Array.from(p, (value, i) =>
        Number.isNaN(value) ? value : smallestSliceP(question, kind, sumsOf(list, i), list.all),
      );
      const { factor, testable } = testableFamily(smallest, alpha);
      return { adjust: (i) => Math.min(1, p[i]! * factor), correctedOver: testable };
    }
    case 'level': {
      const levels = Array.from({ length: Math.max(1, list.perLevel.length) }, (_, at) =>
        p.filter((_, i) => list.level[i] === at + 1),
      );
      const shares = levelShares(levels.length);
      const families = correctByLevel(levels, 'holm', alpha);
      return {
        adjust: (i) => {
          const at = list.level[i]! - 1;
          const adjusted = families[at]!.family.adjust(p[i]!);
          return adjusted === null ? null : Math.min(1, adjusted / shares[at]!);
        },
        correctedOver: families.reduce((sum, { family }) => sum + family.tests, 0),
      };
    }
    case 'joint': {
      const { adjust } = await jointNull(
        { ...input, question, rounds: ROUNDS, seed: config.policy.seed },
        (table, visitor) => visitSlices(table, { maxLevel: level, minCases, threads }, visitor),
      );
      return { adjust: (i) => adjust(p[i]!), correctedOver: list.size };
    }
    default: {
      const family = correctFamily(p, method, alpha);
      return { adjust: (i) => family.adjust(p[i]!), correctedOver: family.tests };
    }
  }
}
