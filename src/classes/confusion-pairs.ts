/** Kinds of mistakes and their change: an exact paired test per cell of the confusion table, adjusted over all of them. */

import type { LabelSlice } from '../counts/index.ts';
import { compareText, type SliceKey } from '../slices/index.ts';
import { ABSENT_ANSWER, exactChangeP, fisherP, holm, type PairedAnswers } from '../stats/index.ts';
import { clusteredRate } from './clustered-rate.ts';
import { comparedCells } from './compared-cells.ts';
import { pairedRate, singleRate, unpairedRate } from './rate-compared.ts';
import type { ClassPairing, Compared, ConfusionPair, Confusions } from './types.ts';

/** How mistakes are compared. */
export interface ConfusionOptions {
  readonly pairing: ClassPairing;
  readonly level: number;
  /** Whole number from 0 to 2^53 - 1, for clusters too many for an exact test. */
  readonly seed: number;
  /** Pairs to list of each slice, those that alarm and then the most frequent; 1,000 unless told. */
  readonly most?: number;
}

/** Family-wise error of the alarms of one family. */
export const CONFUSION_ALPHA = 0.05;
/** The rate must be at least this many times what it was. */
export const CONFUSION_FACTOR = 2;
const MOST_PAIRS = 1000;
/** How a missing answer is coded here, whatever the reason. */
const UNANSWERED = -1;

/** Counts of one kind of mistake. */
interface Mistake {
  readonly expected: number;
  readonly predicted: number;
  both: number;
  onlyBaseline: number;
  onlyCandidate: number;
}

/** A mistake with what is known before the family is adjusted. */
interface Tested {
  readonly slice: SlicePart;
  readonly mistake: Mistake;
  /** Null where the cell has too few changed cases to show anything, or runs are alone. */
  readonly pValue: number | null;
}

interface SlicePart {
  readonly key: SliceKey;
  readonly answers: PairedAnswers;
  /** Cases per true class that each run has. */
  readonly support: ReadonlyMap<number, { readonly baseline: number; readonly candidate: number }>;
  readonly cellsOf: ReadonlyMap<number, readonly number[]>;
}

/**
 * Every kind of mistake of the slices, as one family of tests. A cell is tested where its cases could show a change at all
 * (six changed cases, or six mistakes of unpaired runs); the choice rests on what the test conditions on, so it costs no error.
 *
 * @param labels texts of the codes
 * @source exact McNemar per cell; Holm 1979
 */
export function confusionPairs(
  slices: readonly LabelSlice[],
  labels: readonly string[],
  options: ConfusionOptions,
): Confusions {
  const tested = slices.flatMap((slice) => {
    const part = slicePart(slice, options.pairing);
    return mistakesOf(part.answers).map(
      (mistake): Tested => ({ slice: part, mistake, pValue: test(part, mistake, options) }),
    );
  });
  const adjusted = holm(tested.map(({ pValue }) => pValue));
  const name = (code: number): string | null => (code === UNANSWERED ? null : labels[code]!);
  const bySlice = new Map<SlicePart, { readonly entry: Tested; readonly adjusted: number | null }[]>();
  tested.forEach((entry, at) => {
    const list = bySlice.get(entry.slice) ?? [];
    list.push({ entry, adjusted: adjusted[at]! });
    bySlice.set(entry.slice, list);
  });
  let unlisted = 0;
  const pairs = [...bySlice].flatMap(([part, list]) => {
    const ordered = list.sort(
      (a, b) =>
        Number(isSuspect(b.entry, b.adjusted)) - Number(isSuspect(a.entry, a.adjusted)) ||
        candidateCases(b.entry.mistake) - candidateCases(a.entry.mistake) ||
        a.entry.mistake.expected - b.entry.mistake.expected ||
        a.entry.mistake.predicted - b.entry.mistake.predicted,
    );
    const kept = ordered.slice(0, options.most ?? MOST_PAIRS);
    unlisted += ordered.length - kept.length;
    return kept.map(({ entry, adjusted: p }) => pairOf(part, entry.mistake, p, name, options));
  });
  pairs.sort(
    (a, b) =>
      Number(b.alarm) - Number(a.alarm) ||
      b.candidate - a.candidate ||
      compareText(a.expected, b.expected) ||
      compareText(a.predicted ?? '', b.predicted ?? ''),
  );
  return { pairs, tested: tested.filter(({ pValue }) => pValue !== null).length, unlisted };
}

function slicePart(slice: LabelSlice, pairing: ClassPairing): SlicePart {
  const { answers } = comparedCells(slice, pairing);
  const support = new Map<number, { baseline: number; candidate: number }>();
  const cellsOf = new Map<number, number[]>();
  for (let i = 0; i < answers.cases.length; i++) {
    const expected = answers.expected[i]!;
    const found = support.get(expected) ?? { baseline: 0, candidate: 0 };
    if (answers.baseline[i] !== ABSENT_ANSWER) found.baseline += answers.cases[i]!;
    if (answers.candidate[i] !== ABSENT_ANSWER) found.candidate += answers.cases[i]!;
    support.set(expected, found);
    const cells = cellsOf.get(expected);
    if (cells === undefined) cellsOf.set(expected, [i]);
    else cells.push(i);
  }
  return {
    key: { grouping: slice.grouping, state: slice.state, value: slice.value },
    answers,
    support,
    cellsOf,
  };
}

/** The mistake that an answer is; null where it is right, or the run does not have the case. */
function mistakenAs(expected: number, answer: number): number | null {
  if (answer === expected || answer === ABSENT_ANSWER) return null;
  return answer < 0 ? UNANSWERED : answer;
}

function mistakesOf({ expected, baseline, candidate, cases }: PairedAnswers): readonly Mistake[] {
  const found = new Map<string, Mistake>();
  const at = (truth: number, predicted: number): Mistake => {
    const key = `${truth} ${predicted}`;
    let mistake = found.get(key);
    if (mistake === undefined) {
      mistake = { expected: truth, predicted, both: 0, onlyBaseline: 0, onlyCandidate: 0 };
      found.set(key, mistake);
    }
    return mistake;
  };
  for (let i = 0; i < cases.length; i++) {
    const truth = expected[i]!;
    const before = mistakenAs(truth, baseline[i]!);
    const after = mistakenAs(truth, candidate[i]!);
    if (before !== null && before === after) at(truth, before).both += cases[i]!;
    else {
      if (before !== null) at(truth, before).onlyBaseline += cases[i]!;
      if (after !== null) at(truth, after).onlyCandidate += cases[i]!;
    }
  }
  return [...found.values()];
}

const baselineCases = ({ both, onlyBaseline }: Mistake): number => both + onlyBaseline;
const candidateCases = ({ both, onlyCandidate }: Mistake): number => both + onlyCandidate;

function test(part: SlicePart, mistake: Mistake, options: ConfusionOptions): number | null {
  const { pairing } = options;
  // Below six changed cases the smallest two-sided p is above .05.
  if (pairing === 'single run' || 2 ** (1 - mistake.onlyBaseline - mistake.onlyCandidate) > CONFUSION_ALPHA)
    return null;
  if (part.answers.cluster !== null) return rateOf(part, mistake, options).pValue;
  if (pairing === 'paired') return exactChangeP(mistake.onlyBaseline, mistake.onlyCandidate);
  const { baseline, candidate } = part.support.get(mistake.expected)!;
  if (baseline === 0 || candidate === 0) return null;
  return fisherP(
    {
      candidatePasses: candidateCases(mistake),
      candidateCases: candidate,
      baselinePasses: baselineCases(mistake),
      baselineCases: baseline,
    },
    'two-sided',
  );
}

function rateOf(part: SlicePart, mistake: Mistake, { pairing, level, seed }: ConfusionOptions): Compared {
  const { answers } = part;
  if (answers.cluster !== null) {
    const is = (answer: number): boolean => mistakenAs(mistake.expected, answer) === mistake.predicted;
    return clusteredRate({
      answers,
      cells: part.cellsOf.get(mistake.expected)!,
      inBaseline: (cell) => is(answers.baseline[cell]!),
      inCandidate: (cell) => is(answers.candidate[cell]!),
      ...{ pairing, level, seed },
    });
  }
  const of = part.support.get(mistake.expected)!;
  const { both, onlyBaseline, onlyCandidate } = mistake;
  const candidate = { successes: candidateCases(mistake), of: of.candidate };
  if (pairing === 'single run') return singleRate(candidate, level);
  if (pairing === 'unpaired') {
    return unpairedRate({ successes: baselineCases(mistake), of: of.baseline }, candidate, level);
  }
  const neither = of.candidate - both - onlyBaseline - onlyCandidate;
  return pairedRate({ both, baselineOnly: onlyBaseline, candidateOnly: onlyCandidate, neither }, level);
}

/** Doubled and significant; the interval is looked at last because it costs most. */
function isSuspect({ slice, mistake }: Tested, adjusted: number | null): boolean {
  const { baseline, candidate } = slice.support.get(mistake.expected)!;
  const [before, after] = [baselineCases(mistake) / baseline, candidateCases(mistake) / candidate];
  return adjusted !== null && adjusted <= CONFUSION_ALPHA && after >= CONFUSION_FACTOR * before;
}

function pairOf(
  part: SlicePart,
  mistake: Mistake,
  adjusted: number | null,
  name: (code: number) => string | null,
  options: ConfusionOptions,
): ConfusionPair {
  const rate = rateOf(part, mistake, options);
  const { pairing } = options;
  const suspect = isSuspect({ slice: part, mistake, pValue: rate.pValue }, adjusted);
  return {
    key: part.key,
    expected: name(mistake.expected)!,
    predicted: name(mistake.predicted),
    support: part.support.get(mistake.expected)!.candidate,
    baseline: pairing === 'single run' ? null : baselineCases(mistake),
    candidate: candidateCases(mistake),
    onlyBaseline: pairing === 'paired' ? mistake.onlyBaseline : null,
    onlyCandidate: pairing === 'paired' ? mistake.onlyCandidate : null,
    rate,
    adjusted,
    alarm: suspect && (rate.delta?.lower ?? -1) > 0,
  };
}
