import { describe, expect, it } from 'vitest';
import {
  type EvidenceOptions,
  evidenceFromCells,
  evidenceOf,
  type FlipCounts,
  outcome,
} from '../../test/slice-evidence.ts';
import { DEFAULT_POLICY, defaultConfirmation, type Policy } from '../config/index.ts';
import { splitBudgets } from './budgets.ts';
import { type Adjusted, decideSlice, reachesMargin } from './slice-verdict.ts';

interface Row {
  readonly name: string;
  readonly counts: FlipCounts;
  readonly adjusted?: Partial<Adjusted>;
  readonly policy?: Partial<Policy>;
  readonly options?: EvidenceOptions;
  readonly expected: string;
  readonly says?: string;
}

const NOTHING: Adjusted = {
  pValue: null,
  pValueTwoSided: null,
  midP: null,
  adjusted: null,
  holm: null,
  floorP: null,
  floorDoubt: null,
  beyondChurn: null,
};

function decide({ counts, adjusted = {}, policy = {}, options = {} }: Row) {
  const whole = { ...DEFAULT_POLICY, ...policy };
  const evidence = evidenceOf(counts, { ...options, policy });
  const budgets = splitBudgets(whole, {
    hasFloors: evidence.floor !== null,
    hasCritical: false,
    hasOther: true,
  });
  const hasBaseline = options.pairing !== 'single run';
  const decision = decideSlice(evidence, { ...NOTHING, ...adjusted }, budgets, whole, hasBaseline);
  return { ...decision, text: `${decision.verdict} ${decision.grade ?? '-'} ${decision.cause ?? '-'}` };
}

/** 15 points lost of 100, in different shapes. */
const LOSS: FlipCounts = { kept: 75, lost: 15, gained: 0, failed: 10 };
const confirmation = { casesPerNominee: 150, ...defaultConfirmation(0.05) };
const critical = { critical: true };

const ROWS: readonly Row[] = [
  // Loss: adjusted p and margin both decide.
  {
    name: 'within the block budget',
    counts: LOSS,
    adjusted: { adjusted: 0.05 },
    expected: 'BLOCK confirmed loss',
  },
  {
    name: 'just over the block budget',
    counts: LOSS,
    adjusted: { adjusted: 0.0500001 },
    expected: 'REVIEW suspected loss',
    says: 'review budget',
  },
  {
    name: 'at the review budget',
    counts: LOSS,
    adjusted: { adjusted: 0.25 },
    expected: 'REVIEW suspected loss',
  },
  {
    name: 'over the review budget',
    counts: LOSS,
    adjusted: { adjusted: 0.2500001 },
    expected: 'PASS undecided -',
  },
  {
    name: 'sure but smaller than the margin',
    counts: { kept: 951, lost: 49 },
    adjusted: { adjusted: 1e-9 },
    expected: 'PASS undecided -',
  },
  {
    name: 'of exactly the margin',
    counts: { kept: 950, lost: 50 },
    adjusted: { adjusted: 1e-9 },
    expected: 'BLOCK confirmed loss',
  },
  {
    name: 'smaller than the slice’s own margin',
    counts: { ...LOSS, rules: { margin: 0.2 } },
    adjusted: { adjusted: 1e-9 },
    expected: 'PASS undecided -',
  },
  // Without a loss.
  {
    name: 'no flip in 300 cases',
    counts: { kept: 280, failed: 20 },
    adjusted: { adjusted: 1 },
    expected: 'PASS non-inferior -',
  },
  {
    name: 'no flip in 40 cases',
    counts: { kept: 38, failed: 2 },
    adjusted: { adjusted: 1 },
    expected: 'PASS undecided -',
  },
  {
    name: 'many flips both ways',
    counts: { kept: 60, lost: 20, gained: 20 },
    adjusted: { adjusted: 0.9 },
    expected: 'PASS undecided -',
  },
  // Too small.
  {
    name: '19 cases, all lost',
    counts: { lost: 19 },
    adjusted: { adjusted: 1e-6 },
    expected: 'LOW-N - -',
    says: '1 more needed',
  },
  {
    name: '20 cases, all lost',
    counts: { lost: 20 },
    adjusted: { adjusted: 1e-6 },
    expected: 'BLOCK confirmed loss',
  },
  { name: 'no case', counts: {}, expected: 'LOW-N - -', says: '20 more needed' },
  { name: 'critical and too small', counts: { kept: 19, rules: critical }, expected: 'LOW-N - -' },
  {
    name: 'critical and too small, evidence required',
    counts: { kept: 19, rules: critical },
    policy: { requireEvidence: true },
    expected: 'UNTESTED - -',
  },
  // Critical.
  {
    name: 'critical and undecided',
    counts: { kept: 38, failed: 2, rules: critical },
    expected: 'REVIEW undecided -',
    says: 'critical',
  },
  {
    name: 'critical and undecided, evidence required',
    counts: { kept: 38, failed: 2, rules: critical },
    policy: { requireEvidence: true },
    expected: 'UNTESTED undecided -',
    says: 'evidence required',
  },
  {
    name: 'critical and non-inferior',
    counts: { kept: 280, failed: 20, rules: critical },
    expected: 'PASS non-inferior -',
  },
  {
    name: 'undecided, evidence required of critical slices only',
    counts: { kept: 38, failed: 2 },
    policy: { requireEvidence: true },
    expected: 'PASS undecided -',
  },
  // Floor .85: .9 before, .75 after.
  {
    name: 'a new breach of the floor, confirmed, without a confirmed loss',
    counts: LOSS,
    policy: { floor: 0.85 },
    adjusted: { adjusted: 0.3, floorP: 0.01 },
    expected: 'BLOCK confirmed floor',
    says: 'new breach of the floor',
  },
  {
    name: 'a new breach, suspected by the posterior',
    counts: LOSS,
    policy: { floor: 0.85 },
    adjusted: { adjusted: 0.3, floorP: 0.0100001, floorDoubt: 0.1 },
    expected: 'REVIEW suspected floor',
  },
  {
    name: 'a new breach, not even suspected',
    counts: LOSS,
    policy: { floor: 0.85 },
    adjusted: { adjusted: 0.3, floorP: 0.2, floorDoubt: 0.1000001 },
    expected: 'PASS undecided -',
  },
  {
    name: 'a suspected breach with a drop below the margin',
    counts: { kept: 83, lost: 3, gained: 1, failed: 13 },
    policy: { floor: 0.85 },
    adjusted: { adjusted: 0.3, floorP: 0.02, floorDoubt: 0.01 },
    expected: 'PASS undecided -',
  },
  {
    name: 'a confirmed loss goes before the floor',
    counts: LOSS,
    policy: { floor: 0.85 },
    adjusted: { adjusted: 0.04, floorP: 0.001 },
    expected: 'BLOCK confirmed loss',
  },
  {
    name: 'with a floor the deltas have four fifths of the budget',
    counts: LOSS,
    policy: { floor: 0.85 },
    adjusted: { adjusted: 0.041, floorP: 0.5, floorDoubt: 0.5 },
    expected: 'REVIEW suspected loss',
  },
  {
    name: 'at the floor is not below it',
    counts: { kept: 85, lost: 5, failed: 10 },
    policy: { floor: 0.85 },
    adjusted: { adjusted: 0.3, floorP: 1e-9, floorDoubt: 1e-9 },
    expected: 'PASS undecided -',
  },
  // Debt: below the floor in both.
  {
    name: 'below the floor in both, however surely',
    counts: { kept: 35, lost: 2, gained: 2, failed: 11 },
    policy: { floor: 0.85 },
    adjusted: { adjusted: 0.8, floorP: 1e-6, floorDoubt: 1e-6 },
    expected: 'DEBT undecided -',
    says: 'no owner',
  },
  {
    name: 'below in both and non-inferior',
    counts: { kept: 240, failed: 60 },
    policy: { floor: 0.85 },
    adjusted: { adjusted: 1, floorP: 0.001 },
    expected: 'DEBT non-inferior -',
  },
  {
    name: 'below in both with a confirmed loss',
    counts: { kept: 60, lost: 15, failed: 25 },
    policy: { floor: 0.85 },
    adjusted: { adjusted: 0.01, floorP: 0.001 },
    expected: 'BLOCK confirmed loss',
  },
  {
    name: 'below in both with a suspected loss',
    counts: { kept: 60, lost: 15, failed: 25 },
    policy: { floor: 0.85 },
    adjusted: { adjusted: 0.2, floorP: 0.001 },
    expected: 'REVIEW suspected loss',
  },
  {
    name: 'below before, above after',
    counts: { kept: 80, gained: 10, failed: 10 },
    policy: { floor: 0.85 },
    adjusted: { adjusted: 1, floorP: 1, floorDoubt: 1 },
    expected: 'PASS non-inferior -',
  },
  // No baseline.
  {
    name: 'no baseline',
    counts: { kept: 90, failed: 10 },
    options: { pairing: 'single run' },
    expected: 'UNTESTED - -',
    says: 'no baseline',
  },
  {
    name: 'no baseline, and surely below the floor',
    counts: { kept: 50, failed: 50 },
    policy: { floor: 0.85 },
    options: { pairing: 'single run' },
    adjusted: { floorP: 0.01 },
    expected: 'BLOCK confirmed floor',
  },
  {
    name: 'no baseline, and perhaps below the floor',
    counts: { kept: 80, failed: 20 },
    policy: { floor: 0.85 },
    options: { pairing: 'single run' },
    adjusted: { floorP: 0.02, floorDoubt: 0.01 },
    expected: 'UNTESTED - -',
  },
  // Confirmation: a tighter block, a looser nomination.
  {
    name: 'declared confirmation: direct block',
    counts: LOSS,
    policy: { confirmation },
    adjusted: { adjusted: 0.02 },
    expected: 'BLOCK confirmed loss',
  },
  {
    name: 'declared confirmation: no direct block above .02',
    counts: LOSS,
    policy: { confirmation },
    adjusted: { adjusted: 0.021 },
    expected: 'REVIEW suspected loss',
    says: '150 fresh cases',
  },
  {
    name: 'declared confirmation: nominated by mid-p',
    counts: LOSS,
    policy: { confirmation },
    adjusted: { adjusted: 0.9, midP: 0.1 },
    expected: 'REVIEW suspected loss',
    says: 'nominated',
  },
  {
    name: 'declared confirmation: mid-p too large',
    counts: LOSS,
    policy: { confirmation },
    adjusted: { adjusted: 0.9, midP: 0.11 },
    expected: 'PASS undecided -',
  },
  {
    name: 'declared confirmation: nominated only from the margin on',
    counts: { kept: 96, lost: 4 },
    policy: { confirmation },
    adjusted: { adjusted: 0.1, midP: 0.01 },
    expected: 'PASS undecided -',
  },
  {
    name: 'mid-p nominates nobody without a confirmation',
    counts: LOSS,
    adjusted: { adjusted: 0.9, midP: 0.01 },
    expected: 'PASS undecided -',
  },
  // Churn of an unchanged rerun.
  {
    name: 'beyond the churn nominates',
    counts: LOSS,
    adjusted: { adjusted: 0.9, beyondChurn: true },
    expected: 'REVIEW suspected loss',
    says: 'unchanged rerun',
  },
  {
    name: 'beyond the churn blocks where the policy trusts it',
    counts: LOSS,
    policy: { churn: 'block' },
    adjusted: { adjusted: 0.9, beyondChurn: true },
    expected: 'BLOCK confirmed loss',
  },
  {
    name: 'within the churn',
    counts: LOSS,
    adjusted: { adjusted: 0.9, beyondChurn: false },
    expected: 'PASS undecided -',
  },
  {
    name: 'beyond the churn, below the margin',
    counts: { kept: 96, lost: 4 },
    adjusted: { adjusted: 0.9, beyondChurn: true },
    expected: 'PASS undecided -',
  },
];

describe('one slice', () => {
  it.each(ROWS)('$name: $expected', (row) => {
    const { text, reason } = decide(row);
    expect(text).toBe(row.expected);
    if (row.says !== undefined) expect(reason).toContain(row.says);
  });
});

it('an error rate that rises is a loss, and has a ceiling for a floor', () => {
  const pass = outcome('passed');
  const error = outcome('error');
  const cells = [
    { baseline: pass, candidate: pass, edited: false, cases: 80 },
    { baseline: pass, candidate: error, edited: false, cases: 20 },
  ];
  const evidence = evidenceFromCells(
    cells,
    {},
    {
      metric: { id: 'errorRate', measure: { kind: 'errorRate' }, floor: 0.1 },
    },
  );
  expect(evidence).toMatchObject({ direction: 'lower', lost: 20, gained: 0, loss: 0.2, margin: 0.05 });
  const budgets = splitBudgets(DEFAULT_POLICY, { hasFloors: true, hasCritical: false, hasOther: true });
  const decided = (adjusted: Partial<Adjusted>) =>
    decideSlice(evidence, { ...NOTHING, ...adjusted }, budgets, DEFAULT_POLICY, true);
  expect(decided({ adjusted: 0.01 })).toMatchObject({ verdict: 'BLOCK', cause: 'loss' });
  expect(decided({ adjusted: 0.5, floorP: 0.001 })).toMatchObject({ verdict: 'BLOCK', cause: 'floor' });
});

it.each([
  ['a single trial against five', 1, 5, 'REVIEW'],
  ['five trials against one', 5, 1, 'BLOCK'],
  ['five trials each', 5, 5, 'BLOCK'],
])('%s: a confirmed loss reads so', (_, before, after, verdict) => {
  const side = (trials: number, passed: boolean) => ({
    ...{ errors: 0, unscored: 0 },
    ...{ passed: passed ? trials : 0, failed: passed ? 0 : trials },
  });
  const cells = [
    { baseline: side(before, true), candidate: side(after, true), edited: false, cases: 37 },
    { baseline: side(before, true), candidate: side(after, false), edited: false, cases: 10 },
  ];
  const budgets = splitBudgets(DEFAULT_POLICY, { hasFloors: false, hasCritical: false, hasOther: true });
  const decided = decideSlice(
    evidenceFromCells(cells, {}),
    { ...NOTHING, adjusted: 0.001 },
    budgets,
    DEFAULT_POLICY,
    true,
  );
  expect(decided).toMatchObject({ verdict, cause: 'loss' });
  expect(decided.reason.includes('47 of 47 cases have more trials')).toBe(verdict === 'REVIEW');
});

describe('the margin', () => {
  it.each([
    [0.05, 0.05, true],
    [0.049999, 0.05, false],
    [1 - 0.95, 0.05, true],
    [0.1 + 0.2, 0.3, true],
    [0.3, 0.1 + 0.2, true],
    [0, 0, false],
    [-0.1, 0.05, false],
    [1e-9, 0, true],
  ])('a loss of %d at a margin of %d: %s', (loss, margin, reaches) => {
    expect(reachesMargin(loss, margin)).toBe(reaches);
  });
});
