import { type GoldenCase, testGolden } from '../../../test/golden.ts';
import type { UnpairedCounts } from '../intervals/index.ts';
import {
  asymptoticChange,
  barnardTest,
  binomialExactP,
  boschlooTest,
  exactChangeP,
  exactDropP,
  fisherMidP,
  fisherP,
  mannWhitneyTest,
  midChangeP,
  midDropP,
  oddsRatio,
  pairedNonInferiority,
  pairedTTest,
  signFlipExactTest,
  unpairedNonInferiority,
  welchTTest,
  wilcoxonApproximateTest,
  wilcoxonExactTest,
} from './index.ts';

type Input = GoldenCase['input'];
type Compute = (input: Input) => unknown;

const renamed = ({ statistic, pValue }: { statistic: number | null; pValue: number | null }) => ({
  statistic,
  p: pValue,
});

const MCNEMAR: Readonly<Record<string, (losses: number, gains: number) => unknown>> = {
  exact_two_sided: (losses, gains) => ({ p: exactChangeP(losses, gains) }),
  exact_drop: (losses, gains) => ({ p: exactDropP(losses, gains) }),
  midp_two_sided: (losses, gains) => ({ p: midChangeP(losses, gains) }),
  midp_drop: (losses, gains) => ({ p: midDropP(losses, gains) }),
  asymptotic: (losses, gains) => renamed(asymptoticChange(losses, gains)),
  asymptotic_cc: (losses, gains) => renamed(asymptoticChange(losses, gains, true)),
};

testGolden('paired_test_mcnemar', ({ input }) => MCNEMAR[input.variant]!(input.baseOnly, input.candOnly));

function counts([
  candidatePasses,
  candidateRest,
  baselinePasses,
  baselineRest,
]: readonly number[]): UnpairedCounts {
  return {
    candidatePasses: candidatePasses!,
    candidateCases: candidatePasses! + candidateRest!,
    baselinePasses: baselinePasses!,
    baselineCases: baselinePasses! + baselineRest!,
  };
}
const byRow = ({ table }: Input) => counts(table.flat());
// Unconditional tests have the groups in columns there.
const byColumn = ({ table: [passes, rest] }: Input) => counts([passes[0], rest[0], passes[1], rest[1]]);

const TWO_BY_TWO: Readonly<Record<string, Compute>> = {
  fisher: (input) => ({ p: fisherP(byRow(input), input.alternative), oddsRatio: oddsRatio(byRow(input)) }),
  fisher_midp: (input) => ({ p: fisherMidP(byRow(input), input.alternative) }),
  barnard: (input) => renamed(barnardTest(byColumn(input), input.alternative)),
  boschloo: (input) => renamed(boschlooTest(byColumn(input), input.alternative)),
};

testGolden('unpaired_test_2x2', ({ input }) => TWO_BY_TWO[input.method]!(input));

const LOCATION: Readonly<Record<string, Compute>> = {
  t_paired: ({ x, y, alternative }) => {
    const { statistic, df, pValue } = pairedTTest(x, y, alternative);
    return { t: statistic, df, p: pValue };
  },
  t_welch: ({ x, y, alternative }) => {
    const { statistic, pValue } = welchTTest(x, y, alternative);
    return { t: statistic, p: pValue };
  },
  wilcoxon_exact: ({ x, y, alternative }) => ({ p: wilcoxonExactTest(x, y, alternative).pValue }),
  wilcoxon_approx: ({ x, y, alternative, continuity }) => ({
    p: wilcoxonApproximateTest(x, y, alternative, continuity).pValue,
  }),
  mann_whitney_asymptotic_cc: ({ x, y, alternative }) => {
    const { statistic, pValue } = mannWhitneyTest(x, y, alternative);
    return { u: statistic, p: pValue };
  },
  sign_flip_exact_mean: ({ x, y, alternative }) => {
    const differences = x.map((value: number, index: number) => value - y[index]);
    return { p: signFlipExactTest(differences, alternative).pValue };
  },
  binomial_exact: ({ x, n, p0, alternative }) => ({ p: binomialExactP(x, n, p0, alternative) }),
};

testGolden('location_tests', ({ input }) => LOCATION[input.method]!(input));

const unpairedAt =
  (variant: 'miettinen-nurminen' | 'farrington-manning'): Compute =>
  ({ x1, n1, x2, n2, margin }) =>
    unpairedNonInferiority(
      { candidatePasses: x1, candidateCases: n1, baselinePasses: x2, baselineCases: n2 },
      margin,
      variant,
    );

const NON_INFERIORITY: Readonly<Record<string, Compute>> = {
  paired_noninferiority_tango: ({ baseOnly, candOnly, n, margin }) =>
    pairedNonInferiority(baseOnly, candOnly, n, margin),
  unpaired_noninferiority_miettinen_nurminen: unpairedAt('miettinen-nurminen'),
  unpaired_noninferiority_farrington_manning: unpairedAt('farrington-manning'),
};

testGolden(
  'power_noninferiority',
  ({ input }) => NON_INFERIORITY[input.method]!(input),
  ({ input }) => input.method.includes('noninferiority'),
);
