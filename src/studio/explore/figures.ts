/** From counted outcomes to rates, changes and their intervals. Pure: it runs in the browser too. */

import {
  contrastInterval,
  contrastOfMoments,
  type Estimate,
  type SideMoments,
  tangoInterval,
  wilsonInterval,
} from '../../stats/index.ts';
import type { ExploreBars, ExploreLine, ExploreShow } from '../contract/explore.ts';
import type { FilterCounts } from './count-rows.ts';

/** The value of a case in both runs; null without an old run. */
export interface OutcomeValue {
  readonly before: number | null;
  readonly after: number;
}

/** How the counts of a table are read. */
export interface FigureShape {
  /** By outcome code; null where values are too many: codes are then 0 same, 1 worse, 2 better, and `measures` are added up. */
  readonly outcomes: readonly OutcomeValue[] | null;
  /** What was taken off the values before they were added up, so that sums of squares keep their spread. */
  readonly origin: { readonly before: number; readonly after: number };
  readonly isRate: boolean;
  readonly direction: 'higher' | 'lower';
  readonly paired: boolean;
  readonly level: number;
  /** Cases come in clusters, so that counts alone give no interval. */
  readonly clustered: boolean;
}

/** Sums per row where outcomes have no codes: before, after, their squares, and the square of the change; all from the origin. */
export const MEASURES = 5;

/** What is known of some cases. */
interface Sums {
  readonly n: number;
  readonly lost: number;
  readonly gained: number;
  readonly before: SideMoments;
  readonly after: SideMoments;
  readonly change: SideMoments;
  /** Whether every value is 0 or 1, with the cases that moved up and down. */
  readonly isBinary: boolean;
  readonly up: number;
  readonly down: number;
}

/** Cells of one value, or of the selection: counts by outcome, and sums of the measures. */
interface Cells {
  readonly counts: Int32Array;
  readonly sums: Float64Array;
  /** Which value of the column it is. */
  readonly code: number;
}

/** The selection as a line: all three figures. */
export function lineOf({ selected, sums }: FilterCounts, shape: FigureShape): ExploreLine {
  const own = sumsOf({ counts: selected, sums: sums.selected, code: 0 }, shape);
  return {
    ...{ cases: own.n, lost: own.lost, gained: own.gained },
    before: shape.paired ? estimateOf('before', own, shape) : null,
    after: estimateOf('after', own, shape),
    delta: shape.paired ? estimateOf('delta', own, shape) : null,
    weighted: null,
  };
}

/**
 * The bars of one column.
 *
 * @param codes of the values, in the order of the bars
 */
export function barsOf(
  counts: Int32Array,
  sums: Float64Array,
  codes: readonly number[],
  show: ExploreShow,
  shape: FigureShape,
): ExploreBars {
  const all = codes.map((code) => sumsOf({ counts, sums, code }, shape));
  const estimates = all.map((own) => (own.n === 0 ? null : estimateOf(show, own, shape)));
  return {
    cases: all.map(({ n }) => n),
    lost: all.map(({ lost }) => lost),
    gained: all.map(({ gained }) => gained),
    estimate: estimates.map((one) => one?.estimate ?? null),
    lower: estimates.map((one) => one?.lower ?? null),
    upper: estimates.map((one) => one?.upper ?? null),
  };
}

/**
 * One figure: Wilson's interval for rates (shares of trials count as fractional passes), Tango's for changes of pass or fail,
 * Student's for everything else.
 */
function estimateOf(show: ExploreShow, own: Sums, shape: FigureShape): Estimate {
  const { level } = shape;
  const side = show === 'before' ? own.before : show === 'after' ? own.after : own.change;
  const estimate = own.n === 0 ? null : side.mean;
  if (shape.clustered) {
    const reason = 'cases come in clusters: counts alone give no interval';
    return { estimate, lower: null, upper: null, level, method: 'clusters', n: own.n, reason };
  }
  if (show === 'delta' && own.isBinary && shape.isRate) {
    const neither = own.n - own.up - own.down;
    return tangoInterval({ both: 0, candidateOnly: own.up, baselineOnly: own.down, neither }, level);
  }
  if (show !== 'delta' && shape.isRate) {
    return wilsonInterval(Math.min(side.mean * own.n || 0, own.n), own.n, level);
  }
  const { method: _, ...interval } = contrastInterval(
    contrastOfMoments(side, { n: 0, mean: 0, squares: 0 }),
    level,
  );
  return { ...interval, method: 't' };
}

function sumsOf(cells: Cells, shape: FigureShape): Sums {
  return shape.outcomes === null ? sumsOfMeasures(cells, shape) : sumsOfCodes(cells, shape, shape.outcomes);
}

function sumsOfCodes(
  { counts, code }: Cells,
  { direction }: FigureShape,
  outcomes: readonly OutcomeValue[],
): Sums {
  const at = code * outcomes.length;
  const tally = outcomes.map(({ before, after }, i) => ({
    before: before ?? 0,
    after,
    cases: counts[at + i]!,
  }));
  const present = tally.filter(({ cases }) => cases > 0);
  const sum = (of: (one: (typeof tally)[number]) => number) =>
    present.reduce((total, one) => total + one.cases * of(one), 0);
  const n = sum(() => 1);
  const momentsOf = (of: (one: (typeof tally)[number]) => number): SideMoments => {
    const mean = n === 0 ? 0 : sum(of) / n;
    return { n, mean, squares: sum((one) => (of(one) - mean) ** 2) };
  };
  const up = sum(({ before, after }) => (after > before ? 1 : 0));
  const down = sum(({ before, after }) => (after < before ? 1 : 0));
  const isPaired = outcomes.every(({ before }) => before !== null);
  return {
    ...{ n, up, down },
    lost: !isPaired ? 0 : direction === 'higher' ? down : up,
    gained: !isPaired ? 0 : direction === 'higher' ? up : down,
    before: momentsOf(({ before }) => before),
    after: momentsOf(({ after }) => after),
    change: momentsOf(({ before, after }) => after - before),
    isBinary: present.every(({ before, after }) => isBit(before) && isBit(after)),
  };
}

const isBit = (value: number): boolean => value === 0 || value === 1;

function sumsOfMeasures({ counts, sums, code }: Cells, { origin, direction }: FigureShape): Sums {
  const [same, worse, better] = counts.subarray(code * 3, code * 3 + 3) as unknown as [
    number,
    number,
    number,
  ];
  const n = same + worse + better;
  const [before, after, beforeSquares, afterSquares, changeSquares] = sums.subarray(
    code * MEASURES,
    (code + 1) * MEASURES,
  ) as unknown as [number, number, number, number, number];
  const momentsOf = (sum: number, squares: number, from: number): SideMoments => {
    const mean = n === 0 ? 0 : sum / n;
    const spread = squares - sum * mean;
    return { n, mean: n === 0 ? 0 : mean + from, squares: spread <= 1e-13 * squares ? 0 : spread };
  };
  return {
    ...{ n, lost: worse, gained: better, isBinary: false },
    up: direction === 'higher' ? better : worse,
    down: direction === 'higher' ? worse : better,
    before: momentsOf(before, beforeSquares, origin.before),
    after: momentsOf(after, afterSquares, origin.after),
    change: momentsOf(after - before, changeSquares, origin.after - origin.before),
  };
}
