/** How far the new run is above answers that look at nothing or little, slice by slice, and what it was not compared with. */

import { metricName } from '../../counts/index.ts';
import type { TrivialLift } from '../../models/index.ts';
import { countOf, formatCount, type PageTable, percentText } from '../../reports/index.ts';
import type { Estimate } from '../../stats/index.ts';
import type { ComparedBaselines } from '../report/baseline-report.ts';
import { allClasses } from '../report/class-report.ts';
import type { ReportResult } from '../report/result.ts';
import { bareShare, changeRange, changeText, labelName } from './report-cells.ts';
import { type ReportView, withTwoNames } from './report-view.ts';

const left = (header: string) => ({ header, align: 'left' as const });
const right = (header: string) => ({ header, align: 'right' as const });

/**
 * The best constant answer, random ones, the lift, what else comes close, and the kinds of baseline that are missing; null without labels.
 *
 * @example `always answering 'no' scores 99.9%, lift 0.0 points (0.0 to 0.0): INVALID-METRIC, ...; not compared with a simple model, ...`
 */
export function trivialAnswer(result: ReportResult): string | null {
  const { baselines: found, minCases } = result;
  if (found === null) return null;
  if (found.kind === 'not applicable') return `no baselines: ${found.reason}`;
  const { overall, slices, others, missing, kFrom, unlabelled, caveat } = found;
  const { lift, k } = overall;
  const random = overall.baselines.find(({ name }) => name === 'stratified random');
  const close = slices.filter((slice) => slice.lift.fails !== null).length;
  const invalid = others.filter(({ kind, fails }) => kind === 'trivial' && fails !== null);
  const matched = others.filter(({ kind, fails }) => kind !== 'trivial' && fails !== null);
  const name = scoreName(result, found);
  return [
    `${guessText(overall)} scores ${percentText(constantOf(overall).score)}%${liftText(lift)}${verdictText(overall, name, minCases)}`,
    ...(name === 'accuracy' ? [] : [`scores are of the ${name}`]),
    ...(k === 1 ? [] : [`labels per answer: ${k} (${kFrom})`]),
    ...(random === undefined ? [] : [`random answers ${percentText(random.score)}%`]),
    ...(close === 0 ? [] : [`hardly better than a constant answer in ${close} of ${slices.length} slices`]),
    ...(invalid.length === 0
      ? []
      : [`INVALID-METRIC: ${namesOf(invalid)} ${invalid.length === 1 ? 'comes' : 'come'} too close`]),
    ...(matched.length === 0 ? [] : [`not shown to be better than ${namesOf(matched)}`]),
    ...(unlabelled === 0 ? [] : [`${countOf(unlabelled, 'case')} without one true label left out`]),
    ...(caveat === null ? [] : [caveat]),
    ...(missing.length === 0 ? [] : [`not compared with ${missing.join(', ')}`]),
  ].join('; ');
}

/** The configured baselines, then the slices by what they are above the constant answer that is best in each. */
export function baselineTables(
  { baselines: found, settings }: ReportResult,
  view: ReportView,
): readonly PageTable[] {
  if (found?.kind !== 'compared') return [];
  return [othersTable(found, view), slicesTable(found, settings.top, view)];
}

const SCORES = [right('score'), right('new run'), right('lift'), right('interval'), left('')];

function othersTable({ others }: ComparedBaselines, view: ReportView): PageTable {
  const columns = [left('baseline: how'), right('n'), ...SCORES];
  const rows = others.map(({ score, lift, fails }) => {
    const own = score.estimate === null || lift.estimate === null ? null : score.estimate + lift.estimate;
    return cells(formatCount(lift.n), score.estimate, own, lift, fails);
  });
  const names = others.map(({ name, how }) => [name, how] as const);
  return {
    title: 'Configured baselines, each on the cases that it has',
    columns,
    rows: withTwoNames(columns, rows, names, ': ', view),
    most: Number.POSITIVE_INFINITY,
  };
}

function slicesTable({ slices, overall }: ComparedBaselines, top: number, view: ReportView): PageTable {
  const columns = [left('slice: constant answer'), right('n'), ...SCORES];
  const ordered = slices.toSorted((a, b) => (a.lift.lift.estimate ?? 2) - (b.lift.lift.estimate ?? 2));
  // All cases alone are in the answers already.
  const listed = slices.length === 0 ? [] : [{ name: 'all cases', lift: overall }, ...ordered];
  const rows = listed.map(({ lift: one }) =>
    cells(formatCount(one.n), constantOf(one).score, one.model.estimate, one.lift, one.fails),
  );
  const names = listed.map(
    ({ name, lift }) => [name, constantOf(lift).guess.map(labelName).join(', ')] as const,
  );
  return {
    title: 'Slices by lift over the best constant answer, smallest first',
    columns,
    rows: withTwoNames(columns, rows, names, ': ', view),
    most: top + 1,
  };
}

function cells(
  n: string,
  score: number | null,
  own: number | null,
  lift: Estimate,
  fails: TrivialLift['fails'],
): readonly string[] {
  const share = (estimate: number | null) => bareShare({ ...lift, estimate });
  return [n, share(score), share(own), changeText(lift), changeRange(lift), fails === null ? '' : '!'];
}

/** What the tables leave out, and what their mark means. */
export function baselineNotes({ baselines: found, minCases }: ReportResult): readonly string[] {
  if (found?.kind !== 'compared') return [];
  const { slices, others, oneClass, small } = found;
  const marked = slices.some(({ lift }) => lift.fails !== null) || others.some(({ fails }) => fails !== null);
  const apart = [
    ...(oneClass === 0
      ? []
      : [`${countOf(oneClass, 'slice')} of one label, where a constant is always right`]),
    ...(small === null || small === 0 ? [] : [`${countOf(small, 'slice')} below ${minCases} cases`]),
  ];
  return [
    ...(marked
      ? [
          'a lift with a mark (!): the baseline reaches 95 % of the score of the new run, or the lift may be 0, so that the score says little there',
        ]
      : []),
    ...(apart.length === 0 ? [] : [`not compared with a constant answer: ${apart.join(', ')}`]),
  ];
}

function constantOf({ baselines }: TrivialLift): TrivialLift['baselines'][number] {
  return baselines.find(({ guess }) => guess.length > 0) ?? baselines[0]!;
}

function guessText(lift: TrivialLift): string {
  const { guess } = constantOf(lift);
  const labels = guess.map((label) => `'${label}'`).join(', ');
  return lift.k === 1
    ? `always answering ${labels}`
    : `always answering the ${guess.length} most frequent labels ${labels}`;
}

function liftText({ estimate, lower, upper }: Estimate): string {
  if (estimate === null) return '';
  const range = lower === null || upper === null ? '' : ` (${percentText(lower)} to ${percentText(upper)})`;
  return `, lift ${percentText(estimate)} points${range}`;
}

function verdictText({ fails, reached, n }: TrivialLift, name: string, minCases: number): string {
  if (fails === null) return '';
  const verdict = n < minCases ? 'LOW-N' : 'INVALID-METRIC';
  return fails === 'share' && reached !== null
    ? `: ${verdict}, that is ${percentText(reached)}% of the ${name}, which says little about the system`
    : `: ${verdict}, the ${name} is not shown to be above it`;
}

/** The pass rate is called accuracy where it is the same number. */
function scoreName({ classes }: ReportResult, { metric, overall: { model } }: ComparedBaselines): string {
  const accuracy = classes === null ? null : allClasses(classes).accuracy.candidate;
  return accuracy?.estimate === model.estimate ? 'accuracy' : metricName(metric);
}

function namesOf(baselines: readonly { readonly name: string }[]): string {
  return baselines.map(({ name }) => name).join(', ');
}
