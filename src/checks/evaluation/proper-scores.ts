/** B-9: a second opinion from the probabilities, which a threshold throws away. */

import type { Compared, SliceProbabilities } from '../../classes/index.ts';
import type { Finding } from '../../findings/index.ts';
import { sliceId } from '../../slices/index.ts';
import { type Estimate, holm } from '../../stats/index.ts';
import { type Check, finding, percent, plural } from '../check.ts';
import type { BadProbabilities, ProbabilityDiagnosis } from '../diagnosis-probabilities.ts';

const ID = 'proper-scores';

/** Slices that are named; the others are counted. */
const MOST_SLICES = 5;

export const properScores: Check = {
  kind: 'evaluation',
  practice: 'B-9',
  missing: ({ diagnosis }) =>
    diagnosis?.probabilities == null
      ? 'probabilities beside true labels (--map probabilities=COLUMN --map expected=COLUMN)'
      : null,
  run: ({ diagnosis, config }) => {
    const found = diagnosis!.probabilities!;
    const [all, ...slices] = found.slices;
    const bad = [
      ...badFindings(found.bad.baseline, 'baseline'),
      ...badFindings(found.bad.candidate, 'candidate'),
    ];
    if (all === undefined || all.n === 0) return [...bad, withoutCases(all)];
    return [
      ...bad,
      overallFinding(all, found, slices.filter(isOneLabel).length),
      ...calibrationFindings(slices, found, config.policy.minCases),
    ];
  },
};

function badFindings(faults: readonly BadProbabilities[], run: string): readonly Finding[] {
  return faults.map(({ fault, rows, places }) =>
    finding({
      check: ID,
      kind: 'evaluation',
      reason: `the probabilities of ${plural(rows, 'row')} of the ${run} ${fault}; these rows count as without (${places.join(', ')}${rows > places.length ? ' and more' : ''})`,
      remedy: fault.includes('which label')
        ? 'give them as an object {label: probability}, name the column after the label (p_spam), or set classes: { positive: LABEL }'
        : 'write one probability per label, from 0 to 1, with sum 1',
      source: 'B-9',
    }),
  );
}

function withoutCases(all: SliceProbabilities | undefined): Finding {
  return finding({
    check: ID,
    kind: 'evaluation',
    reason: `no case has a true label and usable probabilities in every run (${plural(all?.without ?? 0, 'case')} without)`,
    source: 'B-9',
  });
}

/** What accuracy and Brier score say about the two runs. */
export type RankConflict = 'opposed' | 'accuracy level' | null;

/**
 * `opposed`: they prefer different runs and at least one of them beyond its interval. `accuracy level`: the interval of the accuracy
 * difference holds 0, and that of the Brier score does not.
 */
export function rankConflict({
  accuracy,
  brier,
}: Pick<SliceProbabilities, 'accuracy' | 'brier'>): RankConflict {
  const [right, loss] = [accuracy.delta, brier.delta];
  if (right?.estimate == null || loss?.estimate == null) return null;
  const isOpposed = right.estimate * loss.estimate > 0;
  if (isOpposed && (excludesZero(right) || excludesZero(loss))) return 'opposed';
  return !excludesZero(right) && excludesZero(loss) ? 'accuracy level' : null;
}

function excludesZero({ lower, upper }: Estimate): boolean {
  return lower !== null && upper !== null && (lower > 0 || upper < 0);
}

function overallFinding(all: SliceProbabilities, { task }: ProbabilityDiagnosis, oneLabel: number): Finding {
  const conflict = rankConflict(all);
  const range = task === 'binary' ? '0 to 1' : '0 to 2';
  const figures = [
    `Brier score (${range}) ${changeText(all.brier)}`,
    `log loss ${changeText(all.logLoss)}`,
    `accuracy ${changeText(all.accuracy)}`,
    ...(all.auc === null ? [] : [`AUC ${changeText(all.auc)}`]),
    ...(all.classAuc === null
      ? []
      : [`AUC of each label against the rest ${changeText(all.classAuc.againstRest)}`]),
    `mean probability ${task === 'binary' ? 'minus share of positives' : 'of the answer minus share of right answers'} ${rangeText(all.calibration.candidate.inTheLarge)}`,
    `calibration slope ${rangeText(all.calibration.candidate.slope)}`,
  ];
  const clipped = all.clipped.candidate + (all.clipped.baseline ?? 0);
  const notes = [
    ...(clipped === 0
      ? []
      : [`${plural(clipped, 'true label')} had probability 0 or next to it: the log loss is clipped there`]),
    ...(all.without === 0 ? [] : [`${plural(all.without, 'case')} without`]),
    ...(oneLabel === 0 ? [] : [`not tested for calibration: ${plural(oneLabel, 'slice')} of one label`]),
  ];
  return finding({
    check: ID,
    kind: 'evaluation',
    estimate: all.brier.delta ?? all.brier.candidate,
    reason: `${conflictText(conflict, all)}${plural(all.n, 'case')}: ${[...figures, ...notes].join('; ')}`,
    remedy:
      conflict === null
        ? null
        : 'gate a proper score beside the accuracy: --metric mean:derived.brier --margin mean:derived.brier=0.02',
    method: `${all.brier.delta?.method ?? all.brier.candidate.method}, clip of the log loss 2^-52`,
    source: 'B-9',
  });
}

function conflictText(conflict: RankConflict, { accuracy, brier }: SliceProbabilities): string {
  if (conflict === null) return '';
  const better = (brier.delta!.estimate ?? 0) < 0 ? 'candidate' : 'baseline';
  if (conflict === 'accuracy level') {
    return `RANK CONFLICT: the accuracies are level within their interval, the Brier score prefers the ${better}; `;
  }
  const preferred = (accuracy.delta!.estimate ?? 0) > 0 ? 'candidate' : 'baseline';
  return `RANK CONFLICT: accuracy prefers the ${preferred}, the Brier score the ${better}; `;
}

/** Slices of the candidate whose probabilities are off on the whole, Holm-adjusted over all slices that are large enough. */
function calibrationFindings(
  slices: readonly SliceProbabilities[],
  { level, task }: ProbabilityDiagnosis,
  minCases: number,
): readonly Finding[] {
  const tested = slices.filter(
    (slice) =>
      slice.key.state === 'value' &&
      slice.n >= minCases &&
      slice.calibration.candidate.inTheLargeP !== null &&
      !isOneLabel(slice),
  );
  const adjusted = holm(tested.map(({ calibration }) => calibration.candidate.inTheLargeP!));
  const off = tested
    .map((slice, at) => ({ slice, p: adjusted[at]! }))
    .filter(({ p }) => p <= 1 - level)
    .toSorted((a, b) => a.p - b.p || biasOf(b.slice) - biasOf(a.slice));
  const event = task === 'binary' ? 'positives' : 'right answers';
  return off.slice(0, MOST_SLICES).map(({ slice, p }, at) => {
    const { inTheLarge, parts } = slice.calibration.candidate;
    const before = slice.calibration.baseline?.inTheLarge;
    const direction = inTheLarge.estimate! > 0 ? 'more' : 'fewer';
    const more = off.length - MOST_SLICES;
    return finding({
      check: ID,
      kind: 'evaluation',
      slice: sliceId('calibration', slice.key),
      estimate: inTheLarge,
      reason:
        `the probabilities promise ${direction} ${event} in '${slice.key.value}' than there are: ${points(inTheLarge)} over ${plural(slice.n, 'case')}` +
        `${before?.estimate == null ? '' : ` (baseline ${points(before)})`}, Holm-adjusted p ${p.toPrecision(2)} over ${plural(tested.length, 'slice')}; ` +
        `calibration costs ${fixed(parts.calibration)} of the Brier score ${fixed(parts.score)}${task === 'binary' ? '' : ' of "the answer is right"'}` +
        `${at === MOST_SLICES - 1 && more > 0 ? `; ${plural(more, 'more slice')} likewise` : ''}`,
      remedy:
        'recalibrate on cases of this slice, or choose its threshold apart; then look at the slope and the curve',
      method: `${inTheLarge.method}; Holm over slices`,
      source: 'B-9',
    });
  });
}

/** A slice that holds one of two labels is cut by the label: every probability but 0 or 1 is off there, and should be. */
function isOneLabel({ task, calibration }: SliceProbabilities): boolean {
  return task === 'binary' && calibration.candidate.parts.uncertainty === 0;
}

function biasOf({ calibration }: SliceProbabilities): number {
  return Math.abs(calibration.candidate.inTheLarge.estimate ?? 0);
}

/** `0.123 to 0.101 (-0.030 to -0.014, p 0.0012)`; without a baseline the candidate alone. */
function changeText({ baseline, candidate, delta, pValue }: Compared): string {
  if (baseline === null || delta === null) return rangeText(candidate);
  const limits =
    delta.lower === null || delta.upper === null ? '' : `${fixed(delta.lower)} to ${fixed(delta.upper)}`;
  const p = pValue === null ? '' : `p ${pValue < 0.0001 ? 'below .0001' : pValue.toPrecision(2)}`;
  const change = [limits, p].filter((part) => part !== '').join(', ');
  return `${fixed(baseline.estimate)} to ${fixed(candidate.estimate)}${change === '' ? '' : ` (change ${change})`}`;
}

function rangeText({ estimate, lower, upper, reason }: Estimate): string {
  if (estimate === null) return reason ?? 'undefined';
  return lower === null || upper === null
    ? fixed(estimate)
    : `${fixed(estimate)} (${fixed(lower)} to ${fixed(upper)})`;
}

function points({ estimate, lower, upper }: Estimate): string {
  const limits = lower === null || upper === null ? '' : ` (${percent(lower)} to ${percent(upper)})`;
  return `${percent(estimate!)}${limits}`;
}

/** Three decimals, or two digits where that would be 0: `0.00041`; never a minus before nothing but zeros. */
function fixed(value: number | null): string {
  if (value === null) return 'undefined';
  if (Math.abs(value) < 1e-6) return '0.000';
  return Math.abs(value) < 0.0095 ? String(Number(value.toPrecision(2))) : value.toFixed(3);
}
