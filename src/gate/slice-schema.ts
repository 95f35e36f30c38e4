/** The schema of one slice of the report and of everything that only slices hold. */

import { VERDICTS } from '../findings/index.ts';
import type { Estimate } from '../stats/index.ts';
import type {
  CaseCounts,
  CaseHistory,
  CaseReport,
  SliceReport,
  TrainingMix,
  WaiverReport,
} from './report.ts';
import {
  count,
  direction,
  flag,
  number,
  object,
  oneOf,
  orNull,
  ref,
  share,
  text,
  texts,
} from './schema-node.ts';

const verdict = orNull(oneOf(...VERDICTS));
const estimate = orNull(ref('estimate'));

export const ESTIMATE = object<Estimate>(
  'An estimate with its interval.',
  {
    estimate: [orNull(number), 'Null where it is undefined; reason then says why.'],
    lower: [orNull(number), 'Lower limit of the interval.'],
    upper: [orNull(number), 'Upper limit of the interval.'],
    level: [share, 'Confidence level of the two-sided interval, such as 0.95.'],
    method: [text, 'Name of the method, such as wilson.'],
    n: [count, 'Independent units behind the estimate.'],
    reason: [text, 'Why the estimate is undefined.'],
  },
  ['reason'],
);

export const COUNTS = object<CaseCounts>(
  'How the cases are accounted for; the parts but withErrors sum to cases.',
  {
    cases: [count, 'All cases.'],
    compared: [count, 'Cases with a usable value in both runs (in the one run where there is no baseline).'],
    onlyBaseline: [count, 'Cases in the baseline only.'],
    onlyCandidate: [count, 'Cases in the candidate only.'],
    edited: [count, 'Cases whose input or expected text differs between the runs.'],
    unscored: [count, 'Cases in both runs, without a usable value in at least one.'],
    withErrors: [count, 'Of the compared: cases with an error in either run.'],
  },
);

export const WAIVER = object<WaiverReport>('An exception that a person granted.', {
  kind: [oneOf('waiver', 'debt'), 'A waiver covers one run, a debt entry stands until it expires.'],
  reason: [text, 'Why.'],
  owner: [text, 'Who answers for it.'],
  reviewer: [orNull(text), 'Who agreed.'],
  expires: [text, 'Date on which it ends.'],
  expired: [flag, 'Whether that date is past.'],
});

const HISTORY = object<CaseHistory>('What the ledger knows of one case.', {
  comparisons: [count, 'Recorded comparisons that have the case.'],
  flipped: [count, 'Of these, how many saw it flip.'],
  unchangedComparisons: [count, 'Comparisons of a system with itself.'],
  flippedUnchanged: [count, 'Of these, how many saw it flip: noise of the case.'],
});

export const CASE = object<CaseReport>('A case that changed; texts are cut at 500 characters.', {
  id: [text, 'Case id.'],
  input: [orNull(text), 'Input text; null where the files have none.'],
  baselineOutput: [orNull(text), 'Output of the baseline.'],
  candidateOutput: [orNull(text), 'Output of the candidate.'],
  record: [orNull(HISTORY), 'How often the case flipped in recorded comparisons; null without a ledger.'],
});

const TRAIN = object<TrainingMix>('Share of the slice in the training data; it says nothing about causes.', {
  baseline: [estimate, 'Before; null without files, or where they lack the column.'],
  candidate: [estimate, 'After, likewise.'],
});

export const SLICE = object<SliceReport>(
  'One slice under one metric.',
  {
    id: [text, 'Stable identity: metric, grouping, state and value.'],
    role: [oneOf('gated', 'shown', 'remainder'), 'gated decides the release; shown and remainder do not.'],
    metric: [text, 'Metric id.'],
    dimension: [text, 'A column, a cross of columns, or the name of a predicate.'],
    value: [text, 'Exact cell text; (missing), (untagged), (changed) or (ignored) for remainders.'],
    state: [oneOf('value', 'missing', 'untagged', 'changed', 'ignored'), 'What value stands for.'],
    definition: [orNull(text), 'Expression of a predicate, cross or bucket.'],
    family: [orNull(text), 'Family of the value, where families are declared.'],
    n: [count, 'Cases compared.'],
    counts: [ref('counts'), 'Where all cases of the slice went.'],
    critical: [flag, 'Declared critical: has its own share of the block budget and may not stay undecided.'],
    owner: [orNull(text), 'Who answers for the slice.'],
    verdict: [verdict, 'Null for slices that take no part.'],
    grade: [
      orNull(oneOf('confirmed', 'suspected', 'undecided', 'non-inferior')),
      'Strength of the evidence; null where none was weighed.',
    ],
    reason: [text, 'Why the verdict is what it is.'],
    baseline: [estimate, 'Value of the metric before.'],
    candidate: [estimate, 'Value of the metric after.'],
    delta: [estimate, 'candidate - baseline, raw.'],
    direction: [direction, 'Whether higher or lower values are better.'],
    lost: [count, 'Cases that got worse.'],
    gained: [count, 'Cases that got better.'],
    test: [orNull(text), 'Test behind pValue.'],
    pValue: [orNull(share), 'One-sided in the direction of loss.'],
    pValueTwoSided: [orNull(share), 'Two-sided.'],
    adjustedPValue: [orNull(share), 'One-sided, adjusted for the number of slices; the gate decides on it.'],
    adjustment: [orNull(text), 'Method of the adjustment.'],
    holmPValue: [orNull(share), 'One-sided, adjusted by Holm, for comparison.'],
    boschlooPValue: [orNull(share), 'One-sided, of runs without common cases; shown, never gated.'],
    floorPValue: [orNull(share), 'One-sided against "the rate is at least the floor", adjusted by Holm.'],
    floor: [orNull(number), "Lowest acceptable value, in the metric's own unit."],
    margin: [number, "Smallest drop that matters, in the metric's own unit."],
    minimumDetectableDrop: [orNull(number), 'Smallest drop that would be seen with power .80.'],
    casesNeeded: [
      orNull(count),
      'Cases that would show the observed drop (at least the margin) with power .80.',
    ],
    casesToGate: [
      count,
      'Cases from which this slice gates, where its metric needs more than policy.minCases, such as a quantile.',
    ],
    waiver: [orNull(ref('waiver')), 'Exception that applies.'],
    train: [TRAIN, 'Training mix, where training data are configured.'],
    sameCasesAs: [texts, 'Other slices with exactly the same cases.'],
    cases: [ref('flips'), 'Cases that changed, as evidence.'],
  },
  ['casesToGate', 'train'],
);
