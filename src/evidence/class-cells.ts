/** The counted answers of a slice as the evidence of a class metric reads them. */

import { costOf, labelSpace } from '../classes/index.ts';
import type { ClassCosts, Policy } from '../config/index.ts';
import {
  type ClassMeasure,
  type LabelCells,
  type LabelCounts,
  type LabelSlice,
  NO_LABEL,
} from '../counts/index.ts';
import { sliceId } from '../slices/index.ts';
import type { AnswerSpace } from '../stats/index.ts';
import type { SliceInput } from './slice-evidence.ts';

/** Answers of all slices, and what the configuration says of classes. */
export interface ClassCounts {
  readonly counts: LabelCounts;
  /** What a class counts as in averages whose rate is 0/0. */
  readonly average0: 'skip' | 'zero' | 'one';
  readonly costs: ClassCosts | null;
  readonly positive: string | null;
}

/** One slice and class metric. */
export type ClassInput = Omit<SliceInput, 'tally' | 'clusters'> & {
  readonly measure: ClassMeasure;
  readonly classes: ClassCounts;
  readonly errorRules: ErrorRules;
};

/** How errors count. */
export interface ErrorRules extends Pick<Policy, 'errors'> {
  readonly withoutErrorPairs?: boolean;
}

/** The answers of the slice with this key, or null where it has none. */
export function labelSliceOf({ counts }: ClassCounts, key: Parameters<typeof sliceId>[1]): LabelSlice | null {
  const known = INDEXES.get(counts) ?? new Map(counts.slices.map((slice) => [sliceId('', slice), slice]));
  INDEXES.set(counts, known);
  return known.get(sliceId('', key)) ?? null;
}

const INDEXES = new WeakMap<LabelCounts, Map<string, LabelSlice>>();

/** Labelled cells only; without pairs with errors where those are left out. */
export function labelledCells(slice: LabelSlice, { withoutErrorPairs }: ErrorRules): LabelSlice {
  const { expected, baseline, candidate, cases } = slice.cells;
  const hasError = (i: number): boolean => baseline[i] === NO_LABEL.error || candidate[i] === NO_LABEL.error;
  const kept = [...cases.keys()].filter((i) => expected[i]! >= 0 && !(withoutErrorPairs && hasError(i)));
  return { ...slice, cells: pickCells(slice.cells, Int32Array.from(kept)) };
}

function pickCells(cells: LabelCells, kept: Int32Array): LabelCells {
  const pick = (values: Int32Array): Int32Array => kept.map((i) => values[i]!);
  return {
    expected: pick(cells.expected),
    baseline: pick(cells.baseline),
    candidate: pick(cells.candidate),
    cases: Float64Array.from(kept, (i) => cells.cases[i]!),
    cluster: cells.cluster && pick(cells.cluster),
  };
}

/** An error is no answer, and so wrong; where the policy excludes errors, the run does not have the case. */
export function answeredCells(slice: LabelSlice, { errors }: ErrorRules): LabelSlice {
  if (errors === 'fail') return slice;
  const answers = (values: Int32Array): Int32Array =>
    values.map((code) => (code === NO_LABEL.error ? NO_LABEL.absent : code));
  const { baseline, candidate, ...rest } = slice.cells;
  return { ...slice, cells: { ...rest, baseline: answers(baseline), candidate: answers(candidate) } };
}

/** What a case is worth by its answer; null for cases that the metric does not look at. */
export type CaseWorth = (expected: number, answer: number) => number | null;

/**
 * Recall and specificity are pass rates over the cases of a class, or of the others; the cost is a mean. Null for metrics that
 * no single case has a value of.
 *
 * @param slice with codes of `labels`
 */
export function caseWorth(
  measure: ClassMeasure,
  slice: LabelSlice,
  { counts: { labels, hasLists }, costs, positive }: ClassCounts,
): CaseWorth | null {
  if (measure.of === 'cost') {
    if (costs === null || hasLists) return () => null;
    const { cost } = costOf(costsOf(costs, slice), positive, labels);
    return cost;
  }
  if (measure.of !== 'recall' && measure.of !== 'specificity') return null;
  const { label, of } = measure;
  const { space, names } = labelSpace(everyLabel(labels.length), labels, hasLists);
  const code = names.indexOf(label);
  const has = (answer: number): boolean => answer >= 0 && isIn(space, answer, code);
  return of === 'recall'
    ? (expected, answer) => (has(expected) ? Number(has(answer)) : null)
    : (expected, answer) => (has(expected) ? null : Number(!has(answer)));
}

/** Answers in which every label occurs, so that codes stay as they are. */
function everyLabel(labels: number) {
  const codes = Int32Array.from({ length: labels }, (_, code) => code);
  return { expected: codes, baseline: codes, candidate: codes, cases: codes, cluster: null };
}

function isIn({ sets }: AnswerSpace, answer: number, code: number): boolean {
  if (sets === null) return answer === code;
  for (let at = sets.offsets[answer]!; at < sets.offsets[answer + 1]!; at++)
    if (sets.items[at] === code) return true;
  return false;
}

/** The costs of a slice, where it has some of its own. */
function costsOf(model: ClassCosts, { grouping, state, value }: LabelSlice): ClassCosts {
  if (model.kind === 'matrix' || state !== 'value') return model;
  const own = model.slices.find((slice) => slice.column === grouping && slice.value === value);
  return own === undefined ? model : { ...model, ...own };
}
