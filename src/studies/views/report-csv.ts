/** `slicewise report` for spreadsheets: one row per slice, class and metric, unrounded. */

import type { Compared } from '../../classes/index.ts';
import type { CsvTable } from '../../reports/index.ts';
import type { Estimate } from '../../stats/index.ts';
import type { NamedKey } from '../report/named.ts';
import type { ReportResult } from '../report/result.ts';
import { baselineValues } from './baseline-values.ts';

const HEADER = [
  ...['dimension', 'state', 'value', 'class', 'metric', 'n', 'support'],
  ...['baseline', 'baselineLower', 'baselineUpper', 'candidate', 'candidateLower', 'candidateUpper'],
  ...['delta', 'deltaLower', 'deltaUpper', 'pValue', 'level', 'method', 'reason'],
];

type Cell = string | number | boolean | null;

/** Every number of the report. `class` is empty for all classes together; averages are metrics such as `macro f1`. */
export function reportCsv(result: ReportResult): CsvTable {
  return [
    HEADER,
    ...rateRows(result),
    ...classRows(result),
    ...levelRows(result),
    ...outcomeRows(result),
    ...costRows(result),
    ...baselineRows(result),
    ...partRows(result),
    ...probabilityRows(result),
    ...trainingRows(result),
  ];
}

function row(
  slice: NamedKey | null,
  label: string | null,
  metric: string,
  sizes: { readonly n: number; readonly support?: number },
  { baseline, candidate, delta, pValue }: Compared,
): readonly Cell[] {
  return [
    ...(slice === null ? [null, null, null] : [slice.dimension, slice.key.state, slice.key.value]),
    ...[label, metric, sizes.n, sizes.support ?? null],
    ...three(baseline),
    ...three(candidate),
    ...three(delta),
    ...[pValue, candidate.level, (delta ?? candidate).method, candidate.reason ?? null],
  ];
}

function three(estimate: Estimate | null): readonly Cell[] {
  return [estimate?.estimate ?? null, estimate?.lower ?? null, estimate?.upper ?? null];
}

function rateRows({ rates, level }: ReportResult): readonly (readonly Cell[])[] {
  return rates.map((rate) => {
    const { n, metric, baseline, delta, pValue } = rate;
    const candidate = rate.candidate ?? {
      estimate: null,
      lower: null,
      upper: null,
      level,
      method: 'none',
      n,
    };
    return row(rate, null, metric, { n }, { baseline, candidate, delta, pValue });
  });
}

function classRows({ classes }: ReportResult): readonly (readonly Cell[])[] {
  return (classes?.slices ?? []).flatMap((slice) => {
    const { figures } = slice;
    const { n } = figures;
    const whole = [
      ['accuracy', figures.accuracy],
      ['balanced accuracy', figures.balancedAccuracy],
      ['mcc', figures.mcc],
      ['kappa', figures.kappa],
      ...figures.averages.flatMap(({ average, precision, recall, fScore }) => [
        [`${average} precision`, precision] as const,
        [`${average} recall`, recall] as const,
        [`${average} f1`, fScore] as const,
      ]),
    ] as const;
    return [
      ...whole.map(([metric, value]) => row(slice, null, metric, { n }, value)),
      ...figures.classes.flatMap(({ label, support, precision, recall, fScore, specificity }) =>
        [
          ['precision', precision] as const,
          ['recall', recall] as const,
          ['f1', fScore] as const,
          ['specificity', specificity] as const,
        ].map(([metric, value]) => row(slice, label, metric, { n, support }, value)),
      ),
    ];
  });
}

function levelRows({ classes }: ReportResult): readonly (readonly Cell[])[] {
  return (classes?.levels ?? []).flatMap(({ level, classes: { n, accuracy, averages } }) => [
    row(null, null, `accuracy of level ${level}`, { n }, accuracy),
    ...averages
      .filter(({ average }) => average === 'macro')
      .map(({ fScore }) => row(null, null, `macro f1 of level ${level}`, { n }, fScore)),
  ]);
}

function outcomeRows({ classes }: ReportResult): readonly (readonly Cell[])[] {
  return (classes?.outcome?.slices ?? []).flatMap((slice) => {
    const { n, accuracy, classes: outcomes } = slice.figures;
    return [
      row(slice, null, 'accuracy on outcomes', { n }, accuracy),
      ...outcomes.flatMap(({ label, support, recall, precision }) => [
        row(slice, label, 'recall of outcome', { n, support }, recall),
        row(slice, label, 'precision of outcome', { n, support }, precision),
      ]),
    ];
  });
}

function costRows({ classes }: ReportResult): readonly (readonly Cell[])[] {
  return (classes?.costs?.slices ?? []).map((slice) =>
    row(slice, null, 'cost per 1,000 cases', { n: slice.figures.n }, slice.figures.costPer1000),
  );
}

function baselineRows({ baselines, classes, rates }: ReportResult): readonly (readonly Cell[])[] {
  const all = classes?.slices[0] ?? rates[0] ?? null;
  return baselineValues(baselines).map(({ slice, metric, n, value }) =>
    row(slice ?? all, null, metric, { n }, value),
  );
}

function partRows({ parts, ranking }: ReportResult): readonly (readonly Cell[])[] {
  return [parts, ranking].flatMap((report) =>
    report === null
      ? []
      : [
          ...report.slices.flatMap((slice) =>
            slice.values.map(({ metric, value }) =>
              row(slice, null, partMetric(metric), { n: slice.n }, value),
            ),
          ),
          ...report.parts.flatMap(({ part, expected, precision, recall }) =>
            [['precision of parts', precision] as const, ['recall of parts', recall] as const].map(
              ([metric, value]) =>
                row(
                  report.slices[0] ?? null,
                  part,
                  metric,
                  { n: value.candidate.n, support: expected },
                  value,
                ),
            ),
          ),
        ],
  );
}

/** Metrics over parts say so, beside those of classes. */
function partMetric(metric: string): string {
  return ['precision', 'recall', 'f1'].includes(metric) ? `${metric} of parts` : metric;
}

function probabilityRows({ probabilities }: ReportResult): readonly (readonly Cell[])[] {
  return (probabilities?.slices ?? []).flatMap((slice) => {
    const { figures } = slice;
    const { baseline, candidate } = figures.calibration;
    const alone = (before: Estimate | null, after: Estimate): Compared => ({
      ...{ baseline: before, candidate: after, delta: null, pValue: null },
    });
    return [
      ['brier', figures.brier] as const,
      ['log loss', figures.logLoss] as const,
      ['auc', figures.auc] as const,
      ['average precision', figures.averagePrecision] as const,
      ['macro auc against the rest', figures.classAuc?.againstRest ?? null] as const,
      ['macro auc of pairs', figures.classAuc?.pairwise ?? null] as const,
      ...figures.topK.map(({ k, rate }) => [`top ${k}`, rate] as const),
      ['calibration in the large', alone(baseline?.inTheLarge ?? null, candidate.inTheLarge)] as const,
      ['calibration slope', alone(baseline?.slope ?? null, candidate.slope)] as const,
    ].flatMap(([metric, value]) =>
      value === null ? [] : [row(slice, null, metric, { n: figures.n }, value)],
    );
  });
}

function trainingRows({ training, level }: ReportResult): readonly (readonly Cell[])[] {
  return (training?.classes ?? []).map(({ label, share, support, rows }) => {
    const candidate = {
      estimate: share,
      lower: null,
      upper: null,
      level,
      method: 'share of training rows',
      n: rows,
    };
    const value = { baseline: null, candidate, delta: null, pValue: null };
    return row(null, label, 'training share', { n: training!.rows, support }, value);
  });
}
