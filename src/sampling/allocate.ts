/** How many cases each stratum gives: a floor first, then the rest in proportion to size, or to size times spread. */

import { compareText } from '../slices/index.ts';

/** One stratum of the population that is drawn from. */
export interface Stratum {
  readonly key: string;
  /** Items that can be drawn: those that are not in the eval set already. */
  readonly available: number;
  /** Cases of the eval set that count towards the floor. */
  readonly existing: number;
  /** Share of the population for the proportional part, such as production traffic; default `available`. */
  readonly size?: number;
  /** Standard deviation of what will be measured, for Neyman allocation; sqrt(p(1-p)) for a rate. */
  readonly spread?: number;
}

/** `proportional`: by size. `neyman`: by size times spread (Neyman, 1934). `equal`: as level as the strata allow. */
export type AllocationRule = 'proportional' | 'neyman' | 'equal';

/** What one stratum gives. */
export interface Allocation {
  readonly key: string;
  readonly draw: number;
  /** Drawn to reach the floor; the rest of `draw` came by the rule. */
  readonly forFloor: number;
  /** `reached`: existing and drawn cases reach the floor. `short`: the budget does not. `impossible`: there are not enough items. */
  readonly floor: 'reached' | 'short' | 'impossible';
}

/**
 * Allocates a number of cases to strata, in the order given.
 *
 * The floor comes first. Where the budget does not reach all floors, they are raised together from below, so that the smallest
 * number is as large as it can be. What is left goes by the rule, rounded by largest remainder (ties by key in code point order);
 * a stratum that runs out hands its part to the others. The sum of `draw` is the budget, or everything that is available.
 *
 * @param budget cases to draw, a whole number of at least 0
 * @param floor least cases of each stratum (existing and drawn), a whole number of at least 0
 * @throws RangeError for numbers that are not whole or negative, and for Neyman without spreads
 * @example allocate([{ key: 'a', available: 90, existing: 0 }, { key: 'b', available: 10, existing: 0 }], 20, 5, 'proportional')
 * // a: 14, b: 6
 */
export function allocate(
  strata: readonly Stratum[],
  budget: number,
  floor: number,
  rule: AllocationRule,
): readonly Allocation[] {
  check(strata, budget, floor, rule);
  const needs = strata.map(({ available, existing }) =>
    Math.min(available, Math.max(0, (rule === 'equal' ? Number.MAX_SAFE_INTEGER : floor) - existing)),
  );
  const forFloor = raiseTogether(strata, needs, budget);
  const left = budget - sum(forFloor);
  const parts = strata.map((stratum, at) => ({
    key: stratum.key,
    room: stratum.available - forFloor[at]!,
    weight: (stratum.size ?? stratum.available) * (rule === 'neyman' ? stratum.spread! : 1),
  }));
  const rest = share(parts, left);
  return strata.map(({ key, available, existing }, at) => {
    const draw = forFloor[at]! + rest[at]!;
    const isReached = existing + draw >= floor;
    return {
      key,
      draw,
      forFloor: rule === 'equal' ? Math.min(draw, Math.max(0, floor - existing)) : forFloor[at]!,
      floor: isReached ? 'reached' : existing + available < floor ? 'impossible' : 'short',
    };
  });
}

function check(strata: readonly Stratum[], budget: number, floor: number, rule: AllocationRule): void {
  const whole = (name: string, value: number): void => {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new RangeError(`${name} is ${value}, must be a whole number of at least 0`);
    }
  };
  whole('budget', budget);
  whole('floor', floor);
  for (const { key, available, existing, size, spread } of strata) {
    whole(`available of ${key}`, available);
    whole(`existing of ${key}`, existing);
    for (const [name, value] of [
      ['size', size],
      ['spread', spread],
    ] as const) {
      if (value !== undefined && !(value >= 0 && Number.isFinite(value))) {
        throw new RangeError(`${name} of ${key} is ${value}, must be a number of at least 0`);
      }
    }
    if (rule === 'neyman' && spread === undefined) throw new RangeError(`${key} has no spread`);
  }
}

/** Meets all needs, or as many as the budget allows by raising the smallest numbers of cases first. */
function raiseTogether(strata: readonly Stratum[], needs: readonly number[], budget: number): number[] {
  if (sum(needs) <= budget) return [...needs];
  const at = (level: number): number[] =>
    strata.map(({ existing }, i) => Math.min(needs[i]!, Math.max(0, level - existing)));
  let low = 0;
  let high = Math.max(...strata.map(({ existing }, i) => existing + needs[i]!));
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (sum(at(middle)) <= budget) low = middle;
    else high = middle - 1;
  }
  const drawn = at(low);
  // What a whole further level would overdraw goes one by one, by key.
  let left = budget - sum(drawn);
  for (const i of byKey(strata)) {
    if (left === 0) break;
    if (drawn[i]! >= needs[i]! || strata[i]!.existing + drawn[i]! > low) continue;
    drawn[i]! += 1;
    left -= 1;
  }
  return drawn;
}

interface Part {
  readonly key: string;
  readonly room: number;
  readonly weight: number;
}

/** Shares a number by weight; parts that are full hand on. Parts of weight 0 get only what nobody else can take. */
function share(parts: readonly Part[], number: number): number[] {
  const given = parts.map(() => 0);
  let left = Math.min(number, sum(parts.map(({ room }) => room)));
  while (left > 0) {
    const open = byKey(parts).filter((i) => given[i]! < parts[i]!.room);
    const weights = open.map((i) => parts[i]!.weight);
    const total = sum(weights);
    const ideal = open.map(
      (_, at) => (left * (total > 0 ? weights[at]! : 1)) / (total > 0 ? total : open.length),
    );
    const full = open.filter((i, at) => given[i]! + ideal[at]! >= parts[i]!.room);
    if (full.length > 0) {
      for (const i of full) {
        left -= parts[i]!.room - given[i]!;
        given[i] = parts[i]!.room;
      }
      continue;
    }
    const whole = ideal.map(Math.floor);
    const byRemainder = open
      .map((i, at) => ({ i, at, remainder: ideal[at]! - whole[at]! }))
      .toSorted((a, b) => b.remainder - a.remainder);
    let extra = left - sum(whole);
    for (const { i, at } of byRemainder) {
      given[i]! += whole[at]! + (extra > 0 ? 1 : 0);
      extra -= extra > 0 ? 1 : 0;
    }
    left = 0;
  }
  return given;
}

function byKey(items: readonly { readonly key: string }[]): number[] {
  return items.map((_, i) => i).toSorted((a, b) => compareText(items[a]!.key, items[b]!.key));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
