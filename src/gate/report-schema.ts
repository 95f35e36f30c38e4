/** The JSON Schema of the report document; every field of every object is described, and nothing else is allowed. */

import { type Finding, VERDICTS } from '../findings/index.ts';
import type { Estimate } from '../stats/index.ts';
import {
  type CaseCounts,
  type CaseReport,
  type OverallReport,
  type PolicyReport,
  REPORT_SCHEMA_VERSION,
  type Report,
  type ReportCounts,
  type RunReport,
  type SliceReport,
  type WaiverReport,
} from './report.ts';
import {
  count,
  direction,
  flag,
  listOf,
  number,
  object,
  oneOf,
  orNull,
  ref,
  type SchemaNode,
  share,
  text,
  texts,
} from './schema-node.ts';

const verdict = oneOf(...VERDICTS);
const estimate = orNull(ref('estimate'));

const ESTIMATE = object<Estimate>(
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

const RUN = object<RunReport>('One run as it was read.', {
  files: [texts, 'Files of the run, as named by the user.'],
  fingerprint: [text, 'SHA-256 over the canonical results, hexadecimal.'],
  columns: [{ type: 'object', additionalProperties: text }, 'Column that plays each role.'],
  detected: [texts, 'Roles that were guessed from column names.'],
  rows: [count, 'Rows read.'],
  cases: [count, 'Distinct cases.'],
  scored: [count, 'Rows with a usable value.'],
  errors: [count, 'Rows on which the run crashed.'],
  unscored: [count, 'Rows without a value and without an error.'],
  maxTrials: [count, 'Largest number of trials of any case.'],
  ageDays: [orNull({ type: 'number', minimum: 0 }), 'Days since a run of the ledger was recorded.'],
  name: [orNull(text), 'Name of a run of the ledger.'],
});

const COUNTS = object<CaseCounts>('How the cases are accounted for; the parts but withErrors sum to cases.', {
  cases: [count, 'All cases.'],
  compared: [count, 'Cases with a usable value in both runs (in the one run where there is no baseline).'],
  onlyBaseline: [count, 'Cases in the baseline only.'],
  onlyCandidate: [count, 'Cases in the candidate only.'],
  edited: [count, 'Cases whose input or expected text differs between the runs.'],
  unscored: [count, 'Cases in both runs, without a usable value in at least one.'],
  withErrors: [count, 'Of the compared: cases with an error in either run.'],
});

const WAIVER = object<WaiverReport>('An exception that a person granted.', {
  kind: [oneOf('waiver', 'debt'), 'A waiver covers one run, a debt entry stands until it expires.'],
  reason: [text, 'Why.'],
  owner: [text, 'Who answers for it.'],
  reviewer: [orNull(text), 'Who agreed.'],
  expires: [text, 'Date on which it ends.'],
  expired: [flag, 'Whether that date is past.'],
});

const CASE = object<CaseReport>('A case that changed; texts are cut at 500 characters.', {
  id: [text, 'Case id.'],
  input: [orNull(text), 'Input text; null where the files have none.'],
  baselineOutput: [orNull(text), 'Output of the baseline.'],
  candidateOutput: [orNull(text), 'Output of the candidate.'],
});

const SLICE = object<SliceReport>('One slice under one metric.', {
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
  verdict: [orNull(verdict), 'Null for slices that take no part.'],
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
  floorPValue: [orNull(share), 'One-sided against "the rate is at least the floor", adjusted by Holm.'],
  floor: [orNull(number), "Lowest acceptable value, in the metric's own unit."],
  margin: [number, "Smallest drop that matters, in the metric's own unit."],
  minimumDetectableDrop: [orNull(number), 'Smallest drop that would be seen with power .80.'],
  casesNeeded: [
    orNull(count),
    'Cases that would show the observed drop (at least the margin) with power .80.',
  ],
  waiver: [orNull(ref('waiver')), 'Exception that applies.'],
  sameCasesAs: [texts, 'Other slices with exactly the same cases.'],
  cases: [ref('flips'), 'Cases that changed, as evidence.'],
});

const OVERALL = object<OverallReport>('The whole comparison under one metric; never gated.', {
  metric: [text, 'Metric id.'],
  gated: [{ const: false }, 'The mean decides nothing.'],
  n: [count, 'Cases compared.'],
  baseline: [estimate, 'Value of the metric before.'],
  candidate: [estimate, 'Value of the metric after.'],
  delta: [estimate, 'candidate - baseline, raw.'],
  direction: [direction, 'Whether higher or lower values are better.'],
  lost: [count, 'Cases that got worse.'],
  gained: [count, 'Cases that got better.'],
  pValueTwoSided: [orNull(share), 'Two-sided.'],
  conclusion: [orNull(oneOf('BETTER', 'WORSE', 'NO EVIDENCE EITHER WAY')), 'What the difference shows.'],
  unpairedStandardError: [orNull(number), 'Standard error of the difference had the runs not been paired.'],
  weighted: [orNull(ref('weighted')), 'Values weighted by the weight column.'],
  rerunBand: [orNull(number), 'Half-width of the difference that an unchanged rerun shows.'],
});

const POLICY = object<PolicyReport>('What the gate ran with, complete.', {
  margin: [number, 'Smallest drop that matters, raw.'],
  floor: [orNull(number), 'Lowest acceptable value, raw.'],
  minCases: [count, 'Cases from which on a slice gates.'],
  blockBudget: [share, 'Share of clean releases that may be blocked.'],
  reviewBudget: [share, 'Share of clean releases that may be sent to review.'],
  budgets: [ref('budgets'), 'Parts of the block budget as used.'],
  multiplicity: [text, 'Correction for the number of slices.'],
  controls: [text, 'Which error is controlled, in words.'],
  errors: [oneOf('fail', 'exclude'), 'Whether an error counts as a failure.'],
  errorBudget: [share, 'Share of errors above which a person has to look.'],
  unmatchedBudget: [share, 'Share of cases in one run only above which a person has to look.'],
  requireEvidence: [flag, 'Whether an undecided critical slice is UNTESTED.'],
  allowChanged: [texts, 'Changes of instrument that are accepted.'],
  confirmation: [orNull(ref('confirmationPolicy')), 'Plan of a second stage on fresh cases.'],
  looks: [oneOf('fixed', 'always-valid'), 'Whether evidence is looked at once or again and again.'],
  churn: [oneOf('nominate', 'block'), 'What a slice beyond the measured rerun churn leads to.'],
  level: [share, 'Confidence level of all intervals.'],
  resamples: [count, 'Number of resamples or sign flips.'],
  seed: [{ type: 'integer' }, 'Seed of the random numbers.'],
  dimensions: [texts, 'Dimensions that gate.'],
  dimensionsFrom: [oneOf('configured', 'detected', 'none'), 'How the dimensions were chosen.'],
  configFile: [orNull(text), 'Configuration that was read.'],
});

const TOTALS = object<ReportCounts>('The comparison in counts.', {
  paired: [count, 'Cases in both runs, edited ones included.'],
  onlyBaseline: [count, 'Cases in the baseline only.'],
  onlyCandidate: [count, 'Cases in the candidate only.'],
  edited: [count, 'Cases whose input or expected text differs between the runs.'],
  pairing: [oneOf('paired', 'unpaired', 'single run'), 'How the runs were compared.'],
  pairedBy: [orNull(oneOf('case id', 'input')), 'What the cases were joined on.'],
  slices: [count, 'All slices of the report.'],
  gatedSlices: [count, 'Slices that decide the release; LOW-N and DEBT are not among them.'],
  undecided: [count, 'Gated slices about which too little is known.'],
  nonInferior: [count, 'Gated slices shown to have lost less than the margin.'],
  lowN: [count, 'Slices with too few cases.'],
  lowNCases: [count, 'Cases in those slices.'],
  debt: [count, 'Slices below the floor before and after.'],
  looks: [orNull(count), 'Looks at this candidate so far, this one included.'],
});

const FINDING = object<Finding>('Answer of one check.', {
  check: [text, 'Id of the check.'],
  kind: [oneOf('data', 'evaluation', 'model', 'instrument'), 'Where to look for the cause.'],
  verdict: [orNull(verdict), 'Null for a notice that decides nothing, and for not checkable.'],
  status: [oneOf('checked', 'not checkable'), 'Whether the inputs of the check were there.'],
  slice: [orNull(text), 'Slice that the finding is about.'],
  estimate: [estimate, 'The number behind the finding.'],
  evidence: [{ type: 'array', items: text, maxItems: 100 }, 'Case ids.'],
  evidenceTotal: [count, 'All cases, those not listed included.'],
  reason: [text, 'What was found.'],
  remedy: [orNull(text), 'What to do or to add.'],
  method: [orNull(text), 'Method of the check.'],
  source: [orNull(text), 'Where the practice comes from.'],
});

type Nominee = NonNullable<Report['confirmation']>['nominees'][number];

const REPORT = object<Report>(
  'What one run of the gate found; all other formats are views of this document.',
  {
    schemaVersion: [{ const: REPORT_SCHEMA_VERSION }, 'Version of this contract.'],
    tool: [
      object<Report['tool']>('', {
        name: [{ const: 'slicewise' }, 'Always slicewise.'],
        version: [text, 'Version of the package.'],
      }),
      'What wrote the report.',
    ],
    verdict: [verdict, 'The release verdict: the worst that gates.'],
    exitCode: [oneOf(0, 1, 2, 3, 4), '0 pass, 1 block, 2 error, 3 review, 4 nothing established.'],
    ship: [ref('answer'), 'Is it safe to ship?'],
    belief: [ref('answer'), 'How much of this is to be believed?'],
    next: [{ type: 'array', items: ref('nextStep'), maxItems: 3 }, 'What to do next.'],
    baseline: [orNull(ref('run')), 'The run before; null where there is none.'],
    candidate: [ref('run'), 'The run after.'],
    policy: [ref('policy'), 'What the gate ran with.'],
    counts: [ref('totals'), 'The comparison in counts.'],
    slices: [listOf(ref('slice')), 'Worst first; every slice of every gated and shown dimension.'],
    overall: [listOf(ref('overall')), 'One row per metric over all compared cases.'],
    unsliced: [
      object<Report['unsliced']>('', {
        cases: [count, 'Number of cases.'],
        reason: [text, 'Why they belong to no slice.'],
      }),
      'Cases that belong to no configured or gated slice.',
    ],
    findings: [listOf(ref('finding')), 'Answers of the checks.'],
    notes: [texts, 'Things to know that decide nothing.'],
    runHash: [
      text,
      'Over the canonical results of both runs and the policy without its waivers; names this run in waivers.',
    ],
    confirmation: [orNull(ref('confirmation')), 'Outcome of a confirmation stage.'],
  },
);

/**
 * The schema of the report document, JSON Schema draft 2020-12, closed: unknown fields are errors.
 *
 * @example reportSchema().$id // 'urn:slicewise:schema:report:1.0'
 */
export function reportSchema(): SchemaNode {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:slicewise:schema:report:${REPORT_SCHEMA_VERSION}`,
    title: 'Slicewise report',
    ...REPORT,
    $defs: {
      estimate: ESTIMATE,
      run: RUN,
      counts: COUNTS,
      waiver: WAIVER,
      case: CASE,
      slice: SLICE,
      overall: OVERALL,
      policy: POLICY,
      totals: TOTALS,
      finding: FINDING,
      answer: object<Report['ship']>('A line that answers one of the two questions of every report.', {
        text: [text, 'The line without its label.'],
      }),
      nextStep: object<Report['next'][number]>('One thing to do.', {
        command: [text, 'A command that can be pasted.'],
        settles: [text, 'What it settles.'],
      }),
      flips: object<SliceReport['cases']>('Cases that changed.', {
        lost: [listOf(ref('case')), 'Cases that got worse.'],
        gained: [listOf(ref('case')), 'Cases that got better.'],
        lostOmitted: [count, 'Lost cases beyond those listed.'],
        gainedOmitted: [count, 'Gained cases beyond those listed.'],
      }),
      weighted: object<NonNullable<OverallReport['weighted']>>('Weighted values.', {
        baseline: [estimate, 'Before.'],
        candidate: [estimate, 'After.'],
      }),
      budgets: object<PolicyReport['budgets']>('Parts of the block budget.', {
        critical: [share, 'For deltas of critical slices.'],
        other: [share, 'For deltas of the other slices.'],
        floors: [share, 'For floors.'],
      }),
      confirmationPolicy: object<NonNullable<PolicyReport['confirmation']>>('Plan of a second stage.', {
        casesPerNominee: [count, 'Fresh cases for each nominated slice.'],
        directBudget: [share, 'Budget of a block without confirmation.'],
        confirmBudget: [share, 'Budget of the confirmation.'],
        nominateMidP: [share, 'Largest mid-p that nominates a slice.'],
      }),
      confirmation: object<NonNullable<Report['confirmation']>>('Outcome of a confirmation stage.', {
        stageOneRunHash: [text, 'runHash of the first stage.'],
        nominees: [listOf(ref('nominee')), 'Slices that the first stage nominated.'],
      }),
      nominee: object<Nominee>('One nominated slice.', {
        id: [text, 'Id of the slice.'],
        settled: [oneOf('confirmed', 'cleared', 'open'), 'What the fresh cases say.'],
        reason: [text, 'Why.'],
      }),
    },
  };
}
