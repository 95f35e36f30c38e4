/** Finds slices on one half of the cases and confirms them on the other; single conditions also on all cases at once. */

import {
  type CorrectedFamily,
  correctFamily,
  type DiscoveryInput,
  discover,
  errorKind,
  halvesOf,
  type LevelCount,
  measureSlices,
  type ParentTest,
  type RowTest,
  type SearchMode,
  type SearchOptions,
  type SliceItem,
  type SliceQuestion,
  singleSlices,
  standOutP,
  testStandOut,
} from '../../discovery/index.ts';
import { worthTesting } from './candidates.ts';
import type { DiscoverRequest } from './request.ts';

/** How sure a found slice is. */
export type FoundState = 'confirmed' | 'not confirmed' | 'too few to confirm';

/** What confirmed a slice. */
export type ConfirmedBy =
  | 'held-out cases'
  | 'all cases, corrected for every value'
  | 'all cases, corrected for every slice';

/** A slice that was tested, with its numbers. */
export interface TestedSlice {
  readonly items: readonly SliceItem[];
  readonly state: FoundState;
  readonly confirmedBy: ConfirmedBy | null;
  /** Corrected over everything that was tested in its way, and for there being two ways; null where it was not tested. */
  readonly adjustedP: number | null;
  /** Numbers where it was found; null where the whole table was searched. */
  readonly found: RowTest | null;
  /** Numbers of the held-out half, or of all cases where the whole table was searched. */
  readonly shown: RowTest;
  readonly parents: ParentTest | null;
  readonly reason: string | null;
}

/** What one mode found and how much was looked at. */
export interface ModeSearch {
  readonly mode: SearchMode;
  readonly question: SliceQuestion;
  readonly slices: readonly TestedSlice[];
  readonly levels: readonly LevelCount[];
  /** Slices that the search handed on to be tested, and single values that were tested beside them. */
  readonly candidates: number;
  readonly singles: number;
  readonly tested: number;
  /** Tests that each p-value was corrected for, at most. */
  readonly correctedOver: number;
  readonly alpha: number;
  readonly searchedCases: number;
  readonly heldOutCases: number | null;
}

/** Questions of the modes. */
export const QUESTION: Readonly<Record<SearchMode, SliceQuestion>> = {
  worst: 'worse',
  regressed: 'regressed',
  improved: 'improved',
};

/** Tests in a direction need at least so many cases, and so many clusters. */
const LEAST = { cases: 10, clusters: 5 } as const;

const FLIPS = 9_999;

/**
 * One mode by halves. Half of alpha confirms what one half found on the other; half of it confirms single conditions among all
 * that there are, on all cases: they are few, so they need no search and no halving.
 *
 * @param alpha of this mode, in (0, 1)
 * @param minCases among all cases
 */
export async function findByHalves(
  input: DiscoveryInput,
  mode: SearchMode,
  alpha: number,
  minCases: number,
  request: DiscoverRequest,
): Promise<ModeSearch> {
  const { level, order, weight, top, threads, search, correction, config } = request;
  const { seed, level: confidence } = config.policy;
  const question = QUESTION[mode];
  const share = alpha / 2;
  const options: SearchOptions = {
    ...{ mode, order, top, threads, maxLevel: level, alpha: weight, mostTies: 0 },
    minCases: Math.max(1, Math.ceil(minCases / 2)),
  };
  const method =
    correction === 'bh' || correction === 'by' || correction === 'bonferroni' ? correction : 'holm';
  const discovery = await discover(
    input,
    {
      search: options,
      crossFit: search === 'cross-fit',
      confirm: {
        ...{
          question,
          standOut: true,
          alpha: share,
          correction: method,
          level: confidence,
          flips: FLIPS,
          seed,
        },
        ...{ minCases: LEAST.cases, minClusters: LEAST.clusters },
      },
    },
    worthTesting(question),
  );
  const singles = testSingles(input, mode, share, minCases, request);
  const slices = discovery.slices.map(({ items, state, adjustedP, found }): TestedSlice => {
    const best = found.reduce((a, b) => ((b.adjustedP ?? 2) < (a.adjustedP ?? 2) ? b : a));
    const single = items.length === 1 ? singles.p(items[0]!) : null;
    return decide(items, {
      ...{ state, heldOutP: adjustedP, single, alpha },
      numbers: {
        found: best.discovery,
        shown: best.confirmation,
        parents: best.parents,
        reason: best.reason,
      },
    });
  });
  const others = singles.significant
    .filter((item) => !slices.some(({ items }) => items.length === 1 && isSame(items[0]!, item)))
    .map((item): TestedSlice => {
      const numbers = { found: null, shown: singles.heldOut(item), parents: null, reason: null };
      return decide([item], {
        state: 'not confirmed',
        heldOutP: null,
        single: singles.p(item),
        alpha,
        numbers,
      });
    });
  const first = discovery.directions[0]!;
  return {
    ...{ mode, question, alpha, slices: [...slices, ...others] },
    levels:
      discovery.directions.length === 1
        ? first.levels
        : addLevels(discovery.directions.map(({ levels }) => levels)),
    tested: discovery.counts.tested + singles.tested,
    ...{ candidates: discovery.slices.length, singles: singles.tested },
    correctedOver: Math.max(discovery.counts.tested, singles.tested),
    searchedCases: first.casesSearched,
    heldOutCases: first.casesHeldOut,
  };
}

const isSame = (a: SliceItem, b: SliceItem): boolean => a.column === b.column && a.code === b.code;

interface Evidence {
  readonly state: FoundState;
  readonly heldOutP: number | null;
  readonly single: number | null;
  readonly alpha: number;
  readonly numbers: Pick<TestedSlice, 'found' | 'shown' | 'parents' | 'reason'>;
}

/** A slice has two ways to be confirmed, each at half of alpha, so the smaller p-value counts twice. */
function decide(
  items: readonly SliceItem[],
  { state, heldOutP, single, alpha, numbers }: Evidence,
): TestedSlice {
  const known = [heldOutP, single].filter((p) => p !== null);
  const adjustedP = known.length === 0 ? null : Math.min(1, 2 * Math.min(...known));
  const byAll = single !== null && single <= alpha / 2;
  const byHalf = heldOutP !== null && heldOutP <= alpha / 2;
  return {
    items,
    state: byAll || byHalf ? 'confirmed' : state === 'too few to confirm' ? state : 'not confirmed',
    confirmedBy: byHalf ? 'held-out cases' : byAll ? 'all cases, corrected for every value' : null,
    adjustedP,
    ...numbers,
  };
}

interface Singles {
  readonly significant: readonly SliceItem[];
  readonly tested: number;
  readonly p: (item: SliceItem) => number | null;
  readonly heldOut: (item: SliceItem) => RowTest;
}

/** Every value of every column against its question, on all cases, corrected over all of them. */
function testSingles(
  input: DiscoveryInput,
  mode: SearchMode,
  alpha: number,
  minCases: number,
  { config, correction }: DiscoverRequest,
): Singles {
  const { table, cluster } = input;
  const kind = errorKind(table);
  const question = QUESTION[mode];
  const singles = singleSlices(table, minCases);
  const items = singles.map((single) => single.items[0]);
  const [all] = measureSlices(table, [[]]);
  const options = { question, kind, level: config.policy.level, flips: FLIPS, seed: config.policy.seed };
  const isSimple = cluster === null && table.weight === null;
  const p = Float64Array.from(items, (item, i) => {
    if (!isSimple) {
      const test = testStandOut(input, [item], options);
      const isFew = test.cases < LEAST.cases || (cluster !== null && test.units < LEAST.clusters);
      return isFew ? Number.NaN : (test.p ?? Number.NaN);
    }
    return standOutP(question, kind, singles[i]!.sums, all!);
  });
  const method =
    correction === 'bh' || correction === 'by' || correction === 'bonferroni' ? correction : 'holm';
  const family: CorrectedFamily = correctFamily(p, method, alpha);
  const placeOf = new Map(items.map(({ column, code }, i) => [`${column}:${code}`, i]));
  const adjusted = (i: number | undefined) => (i === undefined ? null : family.adjust(p[i]!));
  const [, heldOut] = halvesOf(input);
  const ordered = [...items.keys()].sort((a, b) => (p[a]! || 0) - (p[b]! || 0));
  return {
    significant: ordered.flatMap((i) => ((adjusted(i) ?? 1) <= alpha ? [items[i]!] : [])),
    tested: family.tests,
    p: ({ column, code }) => adjusted(placeOf.get(`${column}:${code}`)),
    heldOut: (item) => testStandOut(heldOut, [item], options),
  };
}

function addLevels(directions: readonly (readonly LevelCount[])[]): readonly LevelCount[] {
  return directions[0]!.map(({ level }, i) => ({
    level,
    counted: directions.reduce((sum, levels) => sum + (levels[i]?.counted ?? 0), 0),
    pruned: directions.reduce((sum, levels) => sum + (levels[i]?.pruned ?? 0), 0),
  }));
}
