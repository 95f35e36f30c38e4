/** What became of every case, as a code: by its value in both runs where these are few, else by whether it got worse or better. */

import type { CodedTable } from '../../counts/index.ts';
import type { ExploreDimension, ExploreValue } from '../contract/explore.ts';
import { type FigureShape, MEASURES, type OutcomeValue } from './figures.ts';

/** Pairs of values up to which each has a code. */
const MOST_PAIRS = 64;

/** The outcome of every row, and how to read it. */
export interface Outcomes {
  readonly codes: Uint8Array;
  readonly count: number;
  readonly measures: readonly Float64Array[];
  readonly outcomes: FigureShape['outcomes'];
  readonly origin: FigureShape['origin'];
}

/** @param paired false where there is no old run */
export function outcomeCodes(
  { baseline, candidate }: Pick<CodedTable, 'baseline' | 'candidate'>,
  paired: boolean,
  direction: 'higher' | 'lower',
): Outcomes {
  const pairs = distinctPairs(baseline, candidate, paired);
  return pairs === null
    ? byDirection(baseline, candidate, paired, direction)
    : byPair(baseline, candidate, paired, pairs);
}

function distinctPairs(
  baseline: Float64Array,
  candidate: Float64Array,
  paired: boolean,
): readonly OutcomeValue[] | null {
  const seen = new Map<number, Set<number>>();
  let count = 0;
  for (let row = 0; row < candidate.length; row++) {
    const before = paired ? baseline[row]! : Number.NaN;
    const after = seen.get(before) ?? new Set<number>();
    if (after.size === 0) seen.set(before, after);
    if (after.has(candidate[row]!)) continue;
    after.add(candidate[row]!);
    if (++count > MOST_PAIRS) return null;
  }
  return [...seen]
    .flatMap(([before, values]) => [...values].map((after) => ({ before: paired ? before : null, after })))
    .sort((a, b) => (a.before ?? 0) - (b.before ?? 0) || a.after - b.after);
}

function byPair(
  baseline: Float64Array,
  candidate: Float64Array,
  paired: boolean,
  outcomes: readonly OutcomeValue[],
): Outcomes {
  const codeOf = new Map<number, Map<number, number>>();
  outcomes.forEach(({ before, after }, code) => {
    const key = before ?? Number.NaN;
    const own = codeOf.get(key) ?? new Map<number, number>();
    codeOf.set(key, own.set(after, code));
  });
  const codes = new Uint8Array(candidate.length);
  for (let row = 0; row < codes.length; row++) {
    codes[row] = codeOf.get(paired ? baseline[row]! : Number.NaN)!.get(candidate[row]!)!;
  }
  // A table without rows has no outcome, and the kernel counts at least one.
  const known = outcomes.length > 0 ? outcomes : [{ before: paired ? 0 : null, after: 0 }];
  return { codes, count: known.length, measures: [], outcomes: known, origin: { before: 0, after: 0 } };
}

function byDirection(
  baseline: Float64Array,
  candidate: Float64Array,
  paired: boolean,
  direction: 'higher' | 'lower',
): Outcomes {
  const rows = candidate.length;
  const origin = { before: paired ? meanOf(baseline) : 0, after: meanOf(candidate) };
  const codes = new Uint8Array(rows);
  const measures = Array.from({ length: MEASURES }, () => new Float64Array(rows));
  const [before, after, beforeSquares, afterSquares, changeSquares] = measures as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let row = 0; row < rows; row++) {
    const b = paired ? baseline[row]! - origin.before : 0;
    const a = candidate[row]! - origin.after;
    [before[row], after[row], beforeSquares[row], afterSquares[row]] = [b, a, b * b, a * a];
    changeSquares[row] = (a - b) ** 2;
    if (!paired || candidate[row] === baseline[row]) continue;
    codes[row] = candidate[row]! < baseline[row]! === (direction === 'higher') ? 1 : 2;
  }
  return { codes, count: 3, measures, outcomes: null, origin };
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return values.length === 0 ? 0 : sum / values.length;
}

/** How an outcome is called. */
export type OutcomeName = 'kept' | 'lost' | 'gained' | 'failing' | 'worse' | 'better' | 'same';

const LABELS: Readonly<Record<OutcomeName, string>> = {
  kept: 'passed in both',
  lost: 'lost: passed before, fails now',
  gained: 'gained: failed before, passes now',
  failing: 'failed in both',
  worse: 'worse than before',
  better: 'better than before',
  same: 'as before',
};

/** The name of every outcome code. */
export function outcomeNames(
  { outcomes }: Pick<Outcomes, 'outcomes'>,
  direction: 'higher' | 'lower',
): readonly OutcomeName[] {
  if (outcomes === null) return ['same', 'worse', 'better'];
  const isPass = (value: number) => (direction === 'higher' ? value === 1 : value === 0);
  const isBinary = outcomes.every(({ before, after }) =>
    [before ?? after, after].every((value) => value === 0 || value === 1),
  );
  return outcomes.map(({ before, after }) => {
    const from = before ?? after;
    if (from === after) return !isBinary ? 'same' : isPass(after) ? 'kept' : 'failing';
    const isWorse = after < from === (direction === 'higher');
    if (isBinary) return isWorse ? 'lost' : 'gained';
    return isWorse ? 'worse' : 'better';
  });
}

/** What became of the cases as a dimension of its own, with its code per row; null where nothing can be told apart. */
export function outcomeDimension(
  { codes, outcomes }: Outcomes,
  direction: 'higher' | 'lower',
  paired: boolean,
): { readonly dimension: ExploreDimension; readonly codes: Uint8Array } | null {
  const names = outcomeNames({ outcomes }, direction);
  const order: readonly OutcomeName[] = ['lost', 'worse', 'gained', 'better', 'failing', 'kept', 'same'];
  const present = order.filter((name) => names.includes(name));
  if (present.length < 2) return null;
  const codeOf = names.map((name) => present.indexOf(name));
  const cases = present.map(() => 0);
  const own = codes.map((code) => codeOf[code]!);
  for (const code of own) cases[code]!++;
  const label = (name: OutcomeName) =>
    paired ? LABELS[name] : name === 'kept' ? 'passed' : name === 'failing' ? 'failed' : LABELS[name];
  const values = present.map(
    (name, code): ExploreValue => ({
      ...{ key: `=${name}`, label: label(name), state: 'value', cases: cases[code]!, code, where: null },
    }),
  );
  const dimension: ExploreDimension = {
    id: '(outcome)',
    label: 'What became of the case',
    kind: 'outcome',
    definition: paired ? 'the metric of the case in both runs' : 'the metric of the case',
    ...{ edges: null, values, otherValues: 0 },
  };
  return { dimension, codes: own };
}
