/** The page of `slicewise report`. */

import type { Compared } from '../../classes/index.ts';
import { countOf, formatCount, formatP, type Page, type PageTable } from '../../reports/index.ts';
import type { Estimate } from '../../stats/index.ts';
import { allClasses } from '../report/class-report.ts';
import type { ReportResult } from '../report/result.ts';
import { barLegend, changeRange, changeText, limitText } from './report-cells.ts';
import { classTables } from './report-classes.ts';
import { costAnswer, costTable, levelTable, mergeTable, pairAlarms, pairTables } from './report-mistakes.ts';
import { movedClasses, movedRates, movedSlices } from './report-moved.ts';
import { outcomeNotes, outcomeTables } from './report-outcome.ts';
import { partsNotes, partsTables } from './report-parts.ts';
import { probabilityTables, thresholdAnswer } from './report-probabilities.ts';
import { classSlices, dimensionNotes, dimensionTable, rateTables } from './report-slices.ts';
import { trainingAnswer, trainingTable } from './report-training.ts';
import { baselineNotes, baselineTables, trivialAnswer } from './report-trivial.ts';
import { barCells, type ReportView } from './report-view.ts';
import { cellTables } from './report-worst-cells.ts';

/** Answers first, then classes, mistakes, slices, probabilities, and where the cases went. */
export function reportPage(result: ReportResult, view: ReportView): Page {
  const { classes, probabilities, training, parts, ranking, minCases, settings, dimensions, classMetrics } =
    result;
  const { top } = settings;
  const sizes = { top, minCases };
  const shown = { shown: result.classesShown, ...sizes };
  const costs = classes?.costs ?? null;
  const outcome = classes?.outcome ?? null;
  return {
    answers: answersOf(result),
    tables: shortened(view, [
      ...(classes === null ? [] : classTables(classes, classMetrics, shown, view)),
      ...[parts, ranking].flatMap((one) => (one === null ? [] : partsTables(one, sizes))),
      ...(outcome === null ? [] : outcomeTables(outcome, sizes)),
      ...(costs === null ? [] : [costTable(costs, minCases, top)]),
      ...(classes === null ? [] : pairTables(classes, Math.min(top, 10), view)),
      ...(classes === null
        ? []
        : [levelTable(classes), mergeTable(classes, view), classSlices(classes, sizes)]),
      ...baselineTables(result, view),
      ...(classes === null ? [] : cellTables(classes, classMetrics[0]!, sizes, view)),
      ...rateTables(withoutRepeats(result), view),
      ...(training === null ? [] : [trainingTable(training, top)]),
      ...(probabilities === null ? [] : probabilityTables(probabilities, sizes, view)),
      dimensionTable(dimensions),
    ]),
    notes: [
      ...(barCells(view) > 0 && (classes !== null || result.rates.length > 0) ? [barLegend(view.ascii)] : []),
      ...(outcome === null ? [] : outcomeNotes(outcome)),
      ...[parts, ranking].flatMap((one) => (one === null ? [] : partsNotes(one))),
      ...baselineNotes(result),
      ...dimensionNotes(dimensions, minCases),
      ...(result.runs === 'two runs'
        ? [
            'p adj: two-sided, by Holm over the rows of the table; a report decides nothing, slicewise gate does',
          ]
        : []),
      ...result.notes,
    ],
  };
}

/** A page of Markdown has no switch for the rest of a table, so the title says what is left out. */
function shortened({ blankRows }: ReportView, tables: readonly PageTable[]): readonly PageTable[] {
  if (blankRows) return tables;
  return tables.map((table) =>
    table.rows.length <= table.most
      ? table
      : {
          ...table,
          title: `${table.title ?? ''} (${table.most} of ${formatCount(table.rows.length)}; JSON and CSV have all)`,
          rows: table.rows.slice(0, table.most),
        },
  );
}

/** The pass rate is left out where it is the accuracy once more. */
function withoutRepeats(result: ReportResult): ReportResult {
  const { classes, rates } = result;
  if (classes === null) return result;
  const accuracy = allClasses(classes).accuracy.candidate;
  const isSame = (estimate: Estimate | null) =>
    estimate !== null && estimate.estimate === accuracy.estimate && estimate.n === accuracy.n;
  const repeats = rates.some(
    ({ metric, candidate }, i) => i === 0 && metric === 'passRate' && isSame(candidate),
  );
  return repeats ? { ...result, rates: rates.filter(({ metric }) => metric !== 'passRate') } : result;
}

function answersOf(result: ReportResult): Page['answers'] {
  const { classes, training, banners, rates, parts, ranking, probabilities } = result;
  const answers = [{ label: 'Cases', text: flowText(result) }];
  const say = (label: string, text: string | null) => {
    if (text !== null) answers.push({ label, text });
  };
  if (classes !== null) {
    const figures = allClasses(classes);
    const macro = figures.averages.find(({ average }) => average === 'macro');
    say('Accuracy', compared(figures.accuracy));
    if (macro !== undefined) say('Macro F1', compared(macro.fScore));
  }
  const outcome = classes?.outcome?.slices[0];
  if (outcome !== undefined) say('Outcome', compared(outcome.figures.accuracy));
  for (const one of [parts, ranking]) {
    const whole = one?.slices[0]?.values[0];
    if (whole !== undefined) say('Whole', `${whole.metric} ${compared(whole.value)}`);
  }
  if (classes === null && rates[0] !== undefined) {
    const { candidate, baseline, delta, pValue, metric } = rates[0];
    if (candidate !== null && metric === 'passRate')
      say('Pass rate', compared({ candidate, baseline, delta, pValue }));
  }
  for (const { text } of banners) say('Beware', text);
  say('Classes', classes && movedClasses(classes, result.classMetrics[0]!));
  say('Slices', classes === null ? movedRates(rates, result.minCases) : movedSlices(classes));
  say('Mistakes', classes && pairAlarms(classes));
  if (classes?.costs) say('Cost', costAnswer(classes.costs));
  say('Threshold', probabilities && thresholdAnswer(probabilities));
  say('Trivial', trivialAnswer(result));
  if (probabilities !== null) for (const text of badAnswers(probabilities.bad.candidate)) say('Beware', text);
  if (training !== null) say('Training', trainingAnswer(training));
  return answers;
}

function badAnswers(
  bad: readonly { readonly rows: number; readonly fault: string; readonly places: readonly string[] }[],
) {
  return bad.map(
    ({ rows, fault, places }) =>
      `${countOf(rows, 'row')} without usable probabilities: ${fault}${places.length > 0 ? ` (${places[0]})` : ''}`,
  );
}

/** `0.894 (.883 to .905), 0.849 before; change +0.045 (+.033..+.057), p <.0001`. */
function compared({ baseline, candidate, delta, pValue }: Compared): string {
  if (candidate.estimate === null) return candidate.reason ?? 'undefined';
  const { lower, upper } = candidate;
  const now = `${candidate.estimate.toFixed(3)}${lower === null || upper === null ? '' : ` (${limitText(lower, 3)} to ${limitText(upper, 3)})`}`;
  if (baseline === null || baseline.estimate === null) return now;
  const change =
    delta === null || delta.estimate === null
      ? ''
      : `; change ${changeText(delta)} (${changeRange(delta)})${pValue === null ? '' : `, p ${formatP(pValue)}`}`;
  return `${now}, ${baseline.estimate.toFixed(3)} before${change}`;
}

function flowText({ flow, runs }: ReportResult): string {
  if (runs === 'one run') return `${countOf(flow.cases, 'case')} of one run`;
  if (flow.compared + flow.edited === 0) {
    return `the runs share no case: ${formatCount(flow.onlyBaseline)} in the old run, ${formatCount(flow.onlyCandidate)} in the new run`;
  }
  const parts = [
    [flow.onlyBaseline, 'only in the old run'],
    [flow.onlyCandidate, 'only in the new run'],
    [flow.edited, 'edited between them'],
  ] as const;
  const left = parts.filter(([cases]) => cases > 0).map(([cases, what]) => `${formatCount(cases)} ${what}`);
  return `${formatCount(flow.compared)} compared in two runs${left.length === 0 ? '' : `; ${left.join(', ')}; ${formatCount(flow.cases)} in all`}`;
}
