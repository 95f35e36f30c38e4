/** The rows of a recorded release as evidence again, judged by the functions of the gate. */

import type { Policy } from '../../config/index.ts';
import type { OutcomeCell, SideOutcome, SliceCount } from '../../counts/index.ts';
import { columnGrouping } from '../../derived/index.ts';
import { InternalError } from '../../errors.ts';
import { collectEvidence } from '../../evidence/index.ts';
import type { Judgement, Report, SliceReport } from '../../gate/index.ts';
import { allCases, type ScopedGrouping } from '../../scope/index.ts';
import { sliceId } from '../../slices/index.ts';
import { errorsToReview, gatedSlices, judgeSlices } from '../../stages/index.ts';

/** Rows that take part in the decision: values, and the cases without one. */
export function gatedRows({ slices }: Report): readonly SliceReport[] {
  return slices.filter(({ verdict }) => verdict !== null);
}

/** The id of a slice without its metric. */
export function shortId({ dimension, value, state }: SliceReport): string {
  return sliceId('', { grouping: dimension, state, value });
}

/**
 * The gate's own judgement of a recorded release under other rules.
 *
 * @param report with exact tests of pass rates over disjoint slices
 * @param critical slices, by `shortId`
 * @param withErrors false sends losses to review that as many errors as were recorded might explain
 */
export function judgementUnder(
  report: Report,
  rules: Policy,
  critical: ReadonlySet<string>,
  withErrors: boolean,
): Judgement {
  // Floors are those of the rows, and errors that were left out are not in their counts.
  const policy: Policy = { ...rules, floor: null, errors: 'fail' };
  const rows = gatedRows(report);
  const hasErrors = report.policy.errors === 'fail';
  const rulesOfRow = ({ margin, floor }: SliceReport) => ({
    // A margin that was the slice's own stays its own.
    ...(margin === report.policy.margin ? {} : { margin }),
    ...(floor === null ? {} : { floor }),
  });
  const remainder = rows.find(({ state }) => state !== 'value');
  const scoped: ScopedGrouping = {
    ...allCases('gated'),
    grouping: columnGrouping(rows[0]!.dimension),
    dimension: rows[0]!.dimension,
    rules: remainder === undefined ? {} : rulesOfRow(remainder),
    values: new Map(
      rows
        .filter(({ state }) => state === 'value')
        .map((row) => [
          row.value,
          {
            margin: policy.margin,
            floor: undefined,
            ...rulesOfRow(row),
            critical: critical.has(shortId(row)),
          },
        ]),
    ),
  };
  const metric = {
    id: 'passRate',
    measure: { kind: 'passRate' },
    gate: true,
    floor: null,
    margin: null,
  } as const;
  const evidence = (withoutErrorPairs: boolean) =>
    collectEvidence({
      scope: { groupings: [scoped], metrics: [metric], from: 'configured', notes: [] },
      policy,
      pairing: 'paired',
      counts: rows.map((row) => countsOf(row, scoped.grouping.id, hasErrors)),
      units: new Map(),
      clustered: false,
      withoutErrorPairs,
      withoutIntervals: true,
    }).slices;
  const context = { policy, pairing: 'paired', disjoint: true, clustered: false, beyondChurn: null } as const;
  const flips = { flips: policy.resamples, seed: policy.seed };
  const judgement = judgeSlices(gatedSlices(evidence(false)), null, context, flips);
  if (withErrors) return judgement;
  return errorsToReview(judgement, judgeSlices(gatedSlices(evidence(true)), null, context, flips));
}

const PASSED: SideOutcome = { passed: 1, failed: 0, errors: 0, unscored: 0 };
const FAILED: SideOutcome = { passed: 0, failed: 1, errors: 0, unscored: 0 };
const ERROR: SideOutcome = { passed: 0, failed: 0, errors: 1, unscored: 0 };

/** The kinds of cases that a row sums up; errors are put where they would explain most: among the lost cases first. */
function countsOf(
  { n, lost, gained, baseline, value, state, counts }: SliceReport,
  grouping: string,
  hasErrors: boolean,
): SliceCount {
  if (state === 'ignored') throw new InternalError({ message: 'an ignored slice has a verdict' });
  const passedBefore = Math.round((baseline?.estimate ?? 0) * n);
  const errors = hasErrors ? counts.withErrors : 0;
  const failing = n - passedBefore - gained;
  const lostToErrors = Math.min(errors, lost);
  const failingByErrors = Math.min(errors - lostToErrors, failing);
  const cell = (before: SideOutcome, after: SideOutcome, cases: number): OutcomeCell => ({
    ...{ baseline: before, candidate: after, edited: false, cases },
  });
  const cells = [
    cell(PASSED, PASSED, passedBefore - lost),
    cell(PASSED, FAILED, lost - lostToErrors),
    cell(PASSED, ERROR, lostToErrors),
    cell(FAILED, PASSED, gained),
    cell(FAILED, FAILED, failing - failingByErrors),
    cell(FAILED, ERROR, failingByErrors),
  ];
  return {
    grouping,
    state,
    value: state === 'value' ? value : '',
    cells: cells.filter(({ cases }) => cases > 0),
  };
}
