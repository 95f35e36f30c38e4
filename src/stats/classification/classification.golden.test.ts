import { testGolden } from '../../../test/golden.ts';
import {
  type AnswerSpace,
  type Average,
  accuracy,
  averageRate,
  balancedAccuracy,
  type ClassRate,
  confusionTable,
  fScore,
  hammingLoss,
  jaccard,
  kappa,
  kappaOfTable,
  mcc,
  precision,
  recall,
  tallyAnswers,
  type ZeroOverZero,
} from './index.ts';

/** scikit-learn's tables: per class, then averaged over the classes that the case lists. */
testGolden('classification_metrics', ({ input }) => {
  const listed: readonly unknown[] = input.labels;
  const known = [...new Set([...listed, ...input.yTrue, ...input.yPred])];
  const space: AnswerSpace = { classes: known.length, sets: null };
  const answers = {
    expected: input.yTrue.map((label: unknown) => known.indexOf(label)),
    answer: input.yPred.map((label: unknown) => known.indexOf(label)),
    cases: input.sampleWeight ?? input.yTrue.map(() => 1),
  };
  const tally = tallyAnswers(answers, space);
  // Without any case the convention is null, not a stand-in.
  const none = tally.n === 0;
  const undefinedAs: ZeroOverZero = input.zeroDivision === 0 ? 'zero' : 'one';
  const filled = (value: number | null) => value ?? (none ? null : input.zeroDivision);
  const classes = listed.map((_, index) => index);
  const average = (rate: ClassRate, kind: Average = 'macro') =>
    averageRate(tally, rate, { average: kind, undefinedAs, classes }).value;
  const averages = (kind: Average) => ({
    precision: average(precision, kind),
    recall: average(recall, kind),
    f1: average(fScore(1), kind),
  });
  const { table } = confusionTable(answers, classes);
  const sub = none ? { kappa: null } : kappaOfTable(table);
  const all = listed.length === known.length;
  return {
    perClass: Object.fromEntries(
      listed.map((label, index) => [
        label,
        {
          precision: filled(precision(tally, index)),
          recall: filled(recall(tally, index)),
          f1: filled(fScore(1)(tally, index)),
          support: tally.support[index],
        },
      ]),
    ),
    micro: averages('micro'),
    macro: averages('macro'),
    weighted: averages('weighted'),
    fbeta2Macro: average(fScore(2)),
    fbeta05Macro: average(fScore(0.5)),
    jaccardMacro: average(jaccard),
    confusion: table.map((row) => [...row]),
    accuracy: accuracy(tally),
    balancedAccuracy: balancedAccuracy(tally),
    // scikit-learn says 0 where the correlation is undefined.
    mcc: mcc(tally) ?? 0,
    // Kappa from margins and from the table are the same number, unless the case lists only some of the labels.
    cohenKappa: all ? kappa(tally) : sub.kappa,
    // With one label per case a wrong case is one wrong label, whatever the number of classes.
    hammingLoss: none ? null : (hammingLoss(tally)! * known.length) / 2,
  };
});

testGolden(
  'agreement',
  ({ input }) => {
    if (input.method === 'cohen_kappa_ase') {
      const { kappa: value, standardError } = kappaOfTable(input.table);
      return { kappa: value, ase: standardError };
    }
    const classes: readonly number[] = input.labels;
    const { table } = confusionTable(
      { expected: input.a, answer: input.b, cases: input.a.map(() => 1) },
      classes,
    );
    const result = kappaOfTable(table, input.weights ?? 'none');
    return { kappa: result.kappa, po: result.observedAgreement };
  },
  ({ input }) => input.method.startsWith('cohen_kappa'),
);
