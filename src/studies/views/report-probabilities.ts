/** Tables of probabilities: proper scores, calibration, the reliability diagram as bars, thresholds and what they cost. */

import type { Compared } from '../../classes/index.ts';
import { formatCount, formatQuantity, type PageTable } from '../../reports/index.ts';
import type { NamedProbabilities, ReportedProbabilities } from '../report/probability-report.ts';
import {
  bareShare,
  beforeAfter,
  changeRange,
  changeText,
  digitsFor,
  pCell,
  shareBar,
  shareText,
} from './report-cells.ts';
import { barCells, type ReportView } from './report-view.ts';

const left = (header: string) => ({ header, align: 'left' as const });
const right = (header: string) => ({ header, align: 'right' as const });

/** All tables of probabilities. */
export function probabilityTables(
  report: ReportedProbabilities,
  { top, minCases }: { readonly top: number; readonly minCases: number },
  view: ReportView,
): readonly PageTable[] {
  const all = report.slices[0];
  if (all === undefined || all.figures.n === 0) return [];
  return [
    scoreTable(all, report),
    reliabilityTable(all, view),
    sliceTable(report, top, minCases),
    sweepTable(report, top),
  ];
}

function scoreTable({ figures }: NamedProbabilities, { task, positive }: ReportedProbabilities): PageTable {
  const { baseline, candidate } = figures.calibration;
  const single = (before: Compared['candidate'] | null, after: Compared['candidate']): Compared => ({
    ...{ baseline: before, candidate: after, delta: null, pValue: null },
  });
  const rows: readonly (readonly [string, Compared | null])[] = [
    ['accuracy', figures.accuracy],
    ['Brier score (less is better)', figures.brier],
    ['log loss (less is better)', figures.logLoss],
    ['ROC AUC', figures.auc],
    ['average precision', figures.averagePrecision],
    ['macro AUC, each against the rest', figures.classAuc?.againstRest ?? null],
    ['macro AUC, each pair of labels', figures.classAuc?.pairwise ?? null],
    ...figures.topK.map(({ k, rate }) => [`true label among the first ${k}`, rate] as const),
    ['calibration in the large', single(baseline?.inTheLarge ?? null, candidate.inTheLarge)],
    ['calibration slope', single(baseline?.slope ?? null, candidate.slope)],
  ];
  const isCompared = figures.brier.delta !== null;
  const what = task === 'binary' ? `P(${positive ?? 'positive'})` : 'P(the answer is right)';
  return {
    title: `Probabilities: ${what}, n = ${formatCount(figures.n)}`,
    columns: isCompared
      ? [left('score'), right('before'), right('after'), right('change'), right('interval'), right('p')]
      : [left('score'), right('value')],
    rows: rows.flatMap(([name, value]) =>
      value === null
        ? []
        : [
            isCompared
              ? [
                  name,
                  bareShare(value.baseline),
                  bareShare(value.candidate),
                  changeText(value.delta),
                  value.delta === null ? `now ${changeRange(value.candidate)}` : changeRange(value.delta),
                  pCell(value.pValue),
                ]
              : [name, shareText(value.candidate, 3)],
          ],
    ),
    most: 12,
  };
}

/** What was promised, and what happened. */
function reliabilityTable({ figures }: NamedProbabilities, view: ReportView): PageTable {
  const { bins, error } = figures.calibration.candidate;
  const cells = Math.max(20, barCells(view));
  const debiased =
    error.debiased === null
      ? ''
      : `; debiased calibration error ${error.debiased.toFixed(3)}, p ${pCell(error.pValue)} that there is none`;
  return {
    title: `Reliability${debiased}`,
    columns: [left('promised'), right('cases'), right('happened'), left('0 to 1'), left('')],
    rows: bins.map(({ meanScore, cases, share }) => [
      meanScore.toFixed(3),
      formatCount(cases),
      shareText(share, digitsFor(figures.n)),
      shareBar(share, cells, view.ascii),
      outside(meanScore, share),
    ]),
    most: 15,
  };
}

function outside(promised: number, { lower, upper }: Compared['candidate']): string {
  if (upper !== null && promised > upper) return 'too high';
  return lower !== null && promised < lower ? 'too low' : '';
}

function sliceTable({ slices }: ReportedProbabilities, top: number, minCases: number): PageTable {
  const [, ...others] = slices;
  const gap = ({ figures }: NamedProbabilities) =>
    Math.abs(figures.calibration.candidate.inTheLarge.estimate ?? 0);
  const large = others.filter(({ figures }) => figures.n >= minCases).toSorted((a, b) => gap(b) - gap(a));
  return {
    title: 'Slices by calibration in the large (promised minus happened), furthest off first',
    columns: [left('slice'), right('n'), right('promised - happened'), right('Brier'), right('AUC')],
    rows: large.map(({ name, figures }) => {
      const { inTheLarge } = figures.calibration.candidate;
      return [
        name,
        formatCount(figures.n),
        `${changeText(inTheLarge)} ${changeRange(inTheLarge, digitsFor(figures.n))}`,
        pairOf(figures.brier),
        figures.auc === null ? '-' : pairOf(figures.auc),
      ];
    }),
    most: Math.min(top, 10),
  };
}

function pairOf({ baseline, candidate }: Compared): string {
  return baseline === null ? bareShare(candidate) : beforeAfter(baseline, candidate);
}

function sweepTable({ sweep, positive }: ReportedProbabilities, top: number): PageTable {
  const hasCost = sweep?.by === 'cost';
  const share = (value: number | null) => (value === null ? '-' : value.toFixed(3));
  return {
    title: `Thresholds of P(${positive ?? 'positive'}) in the new run; * ${hasCost ? 'cheapest' : 'highest F1'} on these very cases, so flattered`,
    columns: [
      left('at least'),
      right('precision'),
      right('recall'),
      right('F1'),
      right('false alarms'),
      ...(hasCost ? [right('cost per 1,000')] : []),
    ],
    rows: (sweep?.points ?? []).map((point) => [
      `${point.threshold.toFixed(3)}${point === sweep?.best ? ' *' : ''}`,
      share(point.precision),
      share(point.recall),
      share(point.f1),
      share(point.falseAlarmRate),
      ...(hasCost ? [point.cost === null ? '-' : formatQuantity(point.cost, 3)] : []),
    ]),
    most: top,
  };
}

/** Where a threshold would be cheapest, with how sure that is; null without costs. */
export function thresholdAnswer({ thresholds, sweep }: ReportedProbabilities): string | null {
  const chosen = thresholds.candidate;
  if (chosen === null || sweep?.by !== 'cost') return null;
  const { best, rule } = chosen;
  const at = (value: number) => (Number.isFinite(value) ? value.toFixed(3) : 'none');
  const range = best.lower === null || best.upper === null ? '' : ` (${at(best.lower)} to ${at(best.upper)})`;
  return `cheapest at ${at(best.threshold)}${range} on these cases; by the costs alone at ${at(rule.threshold)}, if the probabilities are calibrated`;
}
