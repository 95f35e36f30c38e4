/** Everything about one slice that its page shows at once. */

import type { CaseReport, SliceReport } from '../../gate/index.ts';
import { collectFlips } from '../../stages/index.ts';
import type { SliceAnswer, Some } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { isSliceKey, type KnownSlice, knownSlice, sliceGrouping } from './known-slice.ts';
import { sliceDefinition } from './slice-definition.ts';
import { sliceHistory } from './slice-history.ts';
import { sliceRelations } from './slice-relations.ts';
import { metricReadings, sliceRow } from './slice-row.ts';

/** Cases listed of each direction. */
const LISTED = 50;

/** Longest text of a case here. */
const LONGEST = 500;

/** @throws UsageError where the report has no such slice */
export async function sliceAnswer(id: string, session: StudioSession): Promise<SliceAnswer> {
  const slice = await knownSlice(id, session);
  const { release } = session;
  const { report: whole, scope } = release;
  const { cases, sameCasesAs: _, ...report } = slice.report;
  const flipped = await flippedCases(slice, session);
  const readings = metricReadings(scope);
  return {
    row: sliceRow(slice.report),
    metric: readings.find(({ id: own }) => own === report.metric) ?? readings[0]!,
    ...{ level: whole.policy.level, hasBaseline: whole.baseline !== null, report },
    definition: sliceDefinition(slice, release),
    ...flipped,
    ...(await sliceRelations(slice.report, session)),
    history: await sliceHistory(slice.report, session),
  };
}

/** As the report lists them; slices that are only shown are asked for now. */
async function flippedCases(
  slice: KnownSlice,
  session: StudioSession,
): Promise<Pick<SliceAnswer, 'lost' | 'gained'>> {
  const { report, evidence } = slice;
  const listed = report.cases.lost.length + report.cases.gained.length > 0;
  if (listed || evidence === null || report.lost + report.gained === 0) {
    return {
      lost: some(report.cases.lost, report.lost),
      gained: some(report.cases.gained, report.gained),
    };
  }
  const { scope, config, profile } = session.release;
  const { scoped, metric } = evidence;
  const alone = { ...scoped, role: 'gated' as const, grouping: sliceGrouping(slice, evidence) };
  const found = await session.inTurn(({ comparison }) =>
    collectFlips(comparison, { ...scope, groupings: [alone], metrics: [metric] }, config, profile),
  );
  const own = (found.get(metric.id) ?? []).filter((flip) => isSliceKey(slice, evidence, flip));
  const of = (wanted: 'lost' | 'gained') =>
    own
      .filter(({ direction }) => direction === wanted)
      .map(
        (flip): CaseReport => ({
          ...{ id: flip.id, record: null, input: cut(flip.input) },
          ...{ baselineOutput: cut(flip.baselineOutput), candidateOutput: cut(flip.candidateOutput) },
        }),
      );
  return { lost: some(of('lost'), report.lost), gained: some(of('gained'), report.gained) };
}

function some(cases: readonly CaseReport[], total: SliceReport['lost']): Some<CaseReport> {
  return { total, shown: cases.slice(0, LISTED) };
}

function cut(text: string | null): string | null {
  return text === null || text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1).toWellFormed()}…`;
}
