/** A table of data: how often each check errs by design, and what it cannot see. */

/** What a reader of a finding must know beside it. */
export interface CheckLimits {
  /** The family over which false alarms are bounded, and by how much; or that nothing is tested. */
  readonly errorFamily: string;
  /** What may be wrong although the check is silent, or right although it speaks. */
  readonly hides: string;
}

const COUNTED = 'counted, not tested: no false alarm by chance';

/** By id of the check, in the order of the registry. */
export const CHECK_LIMITS = {
  'slice-losses': {
    errorFamily:
      'family-wise over all gated slices and metrics, within the block and review budgets of the policy',
    hides: 'losses in slices that nobody declared, and losses smaller than the slice can show',
  },
  'configured-slices': {
    errorFamily: COUNTED,
    hides: 'a slice that exists under the right name and holds the wrong cases',
  },
  'small-slices': { errorFamily: COUNTED, hides: 'losses in the small slices themselves' },
  'nested-slices': { errorFamily: COUNTED, hides: 'slices that share most, but not all, of their cases' },
  'split-overlap': {
    errorFamily: 'pairs are exact and verified; the score difference has its own interval, not adjusted',
    hides:
      'paraphrases and translations that share few words, and whatever was trained on before these files',
  },
  'few-shot-leakage': {
    errorFamily: 'pairs are exact and verified; the score difference has its own interval, not adjusted',
    hides: 'examples that give the answer away in other words',
  },
  pairing: { errorFamily: COUNTED, hides: 'cases that kept their id and changed their meaning' },
  errors: { errorFamily: COUNTED, hides: 'answers that are wrong because of a silent failure' },
  'comparable-runs': {
    errorFamily: COUNTED,
    hides: 'changes of what no run records, such as an unnamed version of a hosted model',
  },
  'cluster-definitions': { errorFamily: COUNTED, hides: 'clusters with equal definitions that mean little' },
  'baseline-age': { errorFamily: COUNTED, hides: 'a young baseline that is no longer what runs' },
  'flaky-trials': { errorFamily: COUNTED, hides: 'flakiness of cases with one trial' },
  'rerun-churn': {
    errorFamily: 'one 95 % band for the overall difference',
    hides: 'churn that comes on other days than that of the rerun',
  },
  'shift-splits': {
    errorFamily: 'a 95 % prediction interval for each kind of shift on its own, not adjusted over kinds',
    hides: 'kinds of shift that were never held out',
  },
  'trivial-baselines': {
    errorFamily: 'one 95 % interval of the lift over all cases; slices are shown, not tested',
    hides: 'shortcuts that no listed baseline takes',
  },
  'proper-scores': {
    errorFamily:
      'rank conflict: 95 % intervals over all cases; calibration: family-wise .05 over slices (Holm)',
    hides: 'probabilities that are off in opposite directions within one slice',
  },
  'wrong-dimension': {
    errorFamily: 'proposals bounded over all ranked dimensions; they never gate',
    hides: 'dimensions that no column holds and that cannot be derived',
  },
  'equal-dimensions': {
    errorFamily: 'family-wise .05 over all pairs of values of a dimension (Tukey and Kramer)',
    hides: 'gaps inside values, and values with too few cases',
  },
  'cost-ranking': {
    errorFamily:
      'one 95 % interval of the cost difference and one exact test of the pairs at .05 for each comparison, not adjusted',
    hides: 'mistakes that no cost names, and costs that depend on more than the labels',
  },
  'class-recall': {
    errorFamily:
      'family-wise over classes (Holm) within the share of the block budget that floors have; review at .10',
    hides: 'classes with too few cases, and classes that are found and over-predicted: see their precision',
  },
  'confusion-pairs': {
    errorFamily: 'family-wise .05 over all tested kinds of mistakes (Holm), all cases and gated slices apart',
    hides: 'kinds of mistakes with few changed cases, which cannot reach significance and are not tested',
  },
  'win-or-noise': {
    errorFamily: 'one two-sided test at .05 over all cases',
    hides: 'slices that move in opposite directions',
  },
  'gate-self-check': {
    errorFamily: 'simulated rates with their own intervals',
    hides: 'cases that depend on each other in ways that the simulation does not know',
  },
} as const satisfies Readonly<Record<string, CheckLimits>>;

/** The limits of a check; nulls for a check that the table does not know. */
export function limitsOf(check: string): {
  readonly errorFamily: string | null;
  readonly hides: string | null;
} {
  return (CHECK_LIMITS as Readonly<Record<string, CheckLimits>>)[check] ?? { errorFamily: null, hides: null };
}
