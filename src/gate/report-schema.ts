/** The JSON Schema of the report document; every field of every object is described, and nothing else is allowed. */

import { type Finding, VERDICTS } from '../findings/index.ts';
import {
  type OverallReport,
  type PolicyReport,
  REPORT_SCHEMA_VERSION,
  type Report,
  type ReportCounts,
  type RunReport,
  type SliceReport,
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
import { CASE, COUNTS, ESTIMATE, SLICE, WAIVER } from './slice-schema.ts';

const verdict = oneOf(...VERDICTS);
const estimate = orNull(ref('estimate'));

const RUN = object<RunReport>('One run as it was read.', {
  files: [texts, 'Files of the run, as named by the user.'],
  run: [orNull(text), 'Text of the run column that selected this run; null where every row was taken.'],
  fingerprint: [text, 'Order-independent digest of the results, hexadecimal.'],
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
  pairedBy: [
    orNull(oneOf('case id', 'input', 'row')),
    'What the cases were joined on; row where each row of one file holds both runs.',
  ],
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
  errorFamily: [orNull(text), 'Over what, and by how much, false alarms are bounded.'],
  hides: [orNull(text), 'What the check cannot see.'],
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
    next: [{ type: 'array', items: ref('nextStep'), maxItems: 4 }, 'What to do next.'],
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
