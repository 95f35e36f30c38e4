/** Lists of cases out of numbers alone: which class a case is in, how many there are, and in which order they come. */

import {
  CASE_CLASSES,
  type CaseClass,
  type CasePage,
  type CasePlan,
  directionOfChange,
  hasError,
  type OutcomeCell,
  PAGE_LIMIT,
} from '../counts/index.ts';

/** What an engine knows of every case, in the order of case ids. */
export interface CaseNumbers {
  /** The number of its pair of outcomes. */
  readonly codes: ArrayLike<number>;
  /** By number. */
  readonly pairs: readonly Omit<OutcomeCell, 'cases'>[];
  readonly hasBaseline: boolean;
  /** Values of the measure, NaN where there is none: per pair where they follow from it, else per case. */
  readonly values: {
    readonly per: 'pair' | 'case';
    readonly baseline: ArrayLike<number>;
    readonly candidate: ArrayLike<number>;
  };
}

/** Cases in an order: those of rank 0 come first, equal ranks by id, and those of rank `size` last whatever the direction. */
export interface Ranks {
  readonly rank: Uint32Array;
  readonly size: number;
}

/** Cases by what became of them. */
export interface JudgedCases {
  readonly cases: number;
  /** Index into `CASE_CLASSES`. */
  readonly classes: Uint8Array;
  readonly hasError: Uint8Array;
  /** The largest drop has the rank 0. */
  drops(): Ranks;
  /** The values of a case. */
  valuesOf(index: number): { readonly baseline: number | null; readonly candidate: number | null };
}

/** The cases under the conditions of a plan, in its order, and the counts of a page. */
export interface Selection extends Omit<CasePage, 'cases'> {
  readonly chosen: Uint32Array;
}

/** Classes of cases with a difference. */
const COMPARED: ReadonlySet<CaseClass> = new Set(['lost', 'gained', 'passed', 'failed', 'between']);

/** Finds the class of every case. */
export function judgeCases(numbers: CaseNumbers): JudgedCases {
  const { codes, pairs, values } = numbers;
  const cases = codes.length;
  const at = (index: number): number => (values.per === 'case' ? index : codes[index]!);
  const classOf = (pair: number, value: number): number => {
    const found = classOfCase(pairs[pair]!, values.baseline[value]!, values.candidate[value]!, numbers);
    return CASE_CLASSES.indexOf(found);
  };
  const ofPair = values.per === 'case' ? null : pairs.map((_, pair) => classOf(pair, pair));
  const classes = new Uint8Array(cases);
  const errors = new Uint8Array(cases);
  const pairErrors = pairs.map((pair) => (hasError({ ...pair, cases: 1 }) ? 1 : 0));
  for (let i = 0; i < cases; i++) {
    classes[i] = ofPair === null ? classOf(codes[i]!, i) : ofPair[codes[i]!]!;
    errors[i] = pairErrors[codes[i]!]!;
  }
  let ranks: Ranks | null = null;
  return {
    cases,
    classes,
    hasError: errors,
    drops: () => {
      ranks ??= rankNumbers(cases, (i) =>
        COMPARED.has(CASE_CLASSES[classes[i]!]!)
          ? values.candidate[at(i)]! - (numbers.hasBaseline ? values.baseline[at(i)]! : 0)
          : Number.NaN,
      );
      return ranks;
    },
    valuesOf: (index) => ({
      baseline: known(values.baseline[at(index)]!),
      candidate: known(values.candidate[at(index)]!),
    }),
  };
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** See `CASE_CLASSES`. */
function classOfCase(
  { baseline, candidate, edited }: Omit<OutcomeCell, 'cases'>,
  before: number,
  after: number,
  { hasBaseline }: CaseNumbers,
): CaseClass {
  if (hasBaseline) {
    if (candidate === null) return 'onlyBaseline';
    if (baseline === null) return 'onlyCandidate';
    if (edited) return 'edited';
  }
  if (Number.isNaN(after) || (hasBaseline && Number.isNaN(before))) return 'unscored';
  const direction = hasBaseline ? directionOfChange(before, after) : null;
  if (direction !== null) return direction;
  if (after === 1) return 'passed';
  return after === 0 ? 'failed' : 'between';
}

/**
 * Ranks cases by a number, lowest first; NaN has no place.
 *
 * @param numberOf of a case
 */
export function rankNumbers(cases: number, numberOf: (index: number) => number): Ranks {
  const numbers = new Float64Array(cases);
  for (let i = 0; i < cases; i++) numbers[i] = numberOf(i) + 0;
  const distinct = [...new Set(numbers)].filter((number) => !Number.isNaN(number)).sort((a, b) => a - b);
  const rankOf = new Map(distinct.map((number, rank) => [number, rank]));
  const rank = new Uint32Array(cases);
  for (let i = 0; i < cases; i++) rank[i] = rankOf.get(numbers[i]!) ?? distinct.length;
  return { rank, size: distinct.length };
}

/**
 * Chooses and orders cases.
 *
 * @param kept 1 for each case under the conditions on slices, words and ids; null where there are none
 * @param ranks of the plan's order; null for ids
 */
export function selectCases(
  { cases, classes, hasError: errors }: JudgedCases,
  plan: Pick<CasePlan, 'classes' | 'withErrors' | 'order'>,
  kept: Uint8Array | null,
  ranks: Ranks | null,
): Selection {
  const isWanted = CASE_CLASSES.map((name) => plan.classes === null || plan.classes.includes(name));
  const counts = new Array<number>(CASE_CLASSES.length).fill(0);
  const chosen = new Uint32Array(cases);
  let total = 0;
  let withErrors = 0;
  for (let i = 0; i < cases; i++) {
    if (kept !== null && kept[i] === 0) continue;
    const is = classes[i]!;
    const isError = errors[i] === 1;
    if (isError && isWanted[is]) withErrors++;
    if (plan.withErrors && !isError) continue;
    counts[is]!++;
    if (isWanted[is]) chosen[total++] = i;
  }
  const byClass = Object.fromEntries(CASE_CLASSES.map((name, i) => [name, counts[i]!]));
  return {
    total,
    withErrors,
    byClass: byClass as Record<CaseClass, number>,
    chosen: inOrder(chosen.slice(0, total), ranks, plan.order.descending),
  };
}

/** Puts ascending cases into the order of their ranks, in one pass over them and one over the ranks. */
function inOrder(chosen: Uint32Array, ranks: Ranks | null, descending: boolean): Uint32Array {
  if (ranks === null) return descending ? chosen.reverse() : chosen;
  const { rank, size } = ranks;
  const placeOf = (index: number): number => {
    const own = rank[index]!;
    return descending && own < size ? size - 1 - own : own;
  };
  const start = new Uint32Array(size + 2);
  for (const index of chosen) start[placeOf(index) + 1]!++;
  for (let at = 0; at <= size; at++) start[at + 1]! += start[at]!;
  const ordered = new Uint32Array(chosen.length);
  for (const index of chosen) ordered[start[placeOf(index)]!++] = index;
  return ordered;
}

/** The cases of a page. */
export function pageOf(
  { chosen }: Selection,
  { offset, limit }: Pick<CasePlan, 'offset' | 'limit'>,
): Uint32Array {
  return chosen.subarray(offset, offset + Math.min(limit, PAGE_LIMIT));
}

/** The part of a plan that decides who is in before classes are looked at, as one text. */
export function conditionKey({ within, words, ids }: CasePlan): string {
  return JSON.stringify([within, words, ids], plainMaps);
}

/** The part of a plan that decides which cases come, and in which order, as one text. */
export function selectionKey(plan: CasePlan): string {
  const { classes, withErrors, measure, order } = plan;
  return JSON.stringify([conditionKey(plan), classes, withErrors, measure, order]);
}

function plainMaps(_: string, value: unknown): unknown {
  return value instanceof Map ? [...(value as Map<unknown, unknown>)] : value;
}
