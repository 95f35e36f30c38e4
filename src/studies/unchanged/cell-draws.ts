/** Draws on the counted outcomes of a slice: their cost does not depend on the number of cases. */

import type { OutcomeCell, SideOutcome } from '../../counts/index.ts';
import { binomialDraw, multivariateHypergeometricDraw, type Random } from '../../stats/index.ts';
import { type ErrorRule, failing, isPaired, isSame, passing, passValue } from './outcomes.ts';

/** Each paired case swaps its two results with probability 1/2. */
export function swapCells(cells: readonly OutcomeCell[], random: Random): OutcomeCell[] {
  return cells.flatMap((cell) => {
    const { baseline, candidate, cases } = cell;
    if (!isPaired(cell) || baseline === null || candidate === null || isSame(baseline, candidate))
      return [cell];
    const swapped = binomialDraw(random, cases, 0.5);
    return filled([
      { ...cell, cases: cases - swapped },
      { ...cell, baseline: candidate, candidate: baseline, cases: swapped },
    ]);
  });
}

/**
 * Passes by which swapping moves the baseline of a slice away from its own level: half of what the candidate lost. Negative
 * where the candidate gained.
 */
export function levelShift(cells: readonly OutcomeCell[], errors: ErrorRule): number {
  let lost = 0;
  for (const cell of cells) {
    const before = passValue(cell.baseline, errors);
    const after = passValue(cell.candidate, errors);
    if (isPaired(cell) && before !== null && after !== null) lost += (before - after) * cell.cases;
  }
  return lost / 2;
}

/**
 * Brings a swapped slice back to the baseline's level: so many cases that failed in both runs pass in both (or the other way
 * round), which moves no test of the difference. Stops where there are no more such cases.
 *
 * @param shift from `levelShift`; its fraction is a chance
 */
export function keepLevel(
  cells: readonly OutcomeCell[],
  shift: number,
  random: Random,
  errors: ErrorRule,
): OutcomeCell[] {
  if (shift === 0) return [...cells];
  const size = Math.abs(shift);
  let left = Math.floor(size) + (random.nextFloat() < size % 1 ? 1 : 0);
  const from = shift > 0 ? 0 : 1;
  const turn = (side: SideOutcome) => (shift > 0 ? passing(side, errors) : failing(side));
  return cells.flatMap((cell) => {
    const { baseline, candidate, cases } = cell;
    if (left === 0 || !isPaired(cell) || baseline === null || candidate === null) return [cell];
    if (passValue(baseline, errors) !== from || passValue(candidate, errors) !== from) return [cell];
    const moved = Math.min(left, cases);
    left -= moved;
    return filled([
      { ...cell, cases: cases - moved },
      { ...cell, baseline: turn(baseline), candidate: turn(candidate), cases: moved },
    ]);
  });
}

/** Outcomes of one run in one slice, each with its number of cases. */
export interface OutcomeCount {
  readonly outcome: SideOutcome;
  readonly cases: number;
}

/** Deals cases of all slices, without replacement, to a first run of the given size; the second takes the others. */
export function dealCells(
  slices: readonly (readonly OutcomeCount[])[],
  first: number,
  random: Random,
): OutcomeCell[][] {
  const sizes = slices.flatMap((outcomes) => outcomes.map(({ cases }) => cases));
  const dealt = multivariateHypergeometricDraw(random, sizes, first, new Float64Array(sizes.length));
  let place = 0;
  return slices.map((outcomes) =>
    outcomes.flatMap(({ outcome, cases }) => {
      const taken = dealt[place++];
      return filled([
        { baseline: outcome, candidate: null, edited: false, cases: taken },
        { baseline: null, candidate: outcome, edited: false, cases: cases - taken },
      ]);
    }),
  );
}

/** Makes randomly chosen cases fail that passed in the candidate, until the slice has lost `drop` of its pass rate. */
export function plantInCells(
  cells: readonly OutcomeCell[],
  drop: number,
  random: Random,
  errors: ErrorRule,
  paired: boolean,
): OutcomeCell[] {
  const values = cells.map((cell) => {
    if (cell.edited || (paired && passValue(cell.baseline, errors) === null)) return null;
    return passValue(cell.candidate, errors);
  });
  const sizes = cells.map(({ cases }, i) => ((values[i] ?? 0) > 0 ? cases : 0));
  const n = sum(cells.map(({ cases }, i) => (values[i] === null ? 0 : cases)));
  const chosen = lossesToPlant({
    n,
    drop,
    passing: sum(sizes),
    passes: sum(sizes.map((size, i) => size * (values[i] ?? 0))),
    chance: random.nextFloat(),
  });
  const taken = multivariateHypergeometricDraw(random, sizes, chosen, new Float64Array(sizes.length));
  return cells.flatMap((cell, i) => {
    if (taken[i] === 0 || cell.candidate === null) return [cell];
    return filled([
      { ...cell, cases: cell.cases - taken[i] },
      { ...cell, candidate: failing(cell.candidate), cases: taken[i] },
    ]);
  });
}

/**
 * How many passing cases must fail for a drop in the pass rate; a fraction of a case is a chance.
 *
 * @param input n cases, of which `passing` pass at all, with `passes` in sum; chance in [0,1)
 * @example lossesToPlant({ n: 47, drop: 0.14, passing: 43, passes: 43, chance: 0.9 }) // 6, as 0.58 <= 0.9
 */
export function lossesToPlant(input: {
  readonly n: number;
  readonly drop: number;
  readonly passing: number;
  readonly passes: number;
  readonly chance: number;
}): number {
  const { n, drop, passing: most, passes, chance } = input;
  if (most === 0) return 0;
  const wanted = (drop * n * most) / passes;
  return Math.min(most, Math.floor(wanted) + (chance < wanted % 1 ? 1 : 0));
}

function filled(cells: readonly OutcomeCell[]): OutcomeCell[] {
  return cells.filter(({ cases }) => cases > 0);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
