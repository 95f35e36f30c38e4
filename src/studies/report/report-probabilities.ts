/** The probabilities of a report, where columns hold them. */

import { isScored, scoresAt } from '../../classes/index.ts';
import { allGrouping } from '../../scope/index.ts';
import {
  hasProbabilities,
  type Ports,
  pairingOf,
  probabilityDiagnosis,
  readScoredCases,
  type ScoredTable,
} from '../../stages/index.ts';
import type { ErrorCosts } from '../../stats/index.ts';
import { scoreGroups } from '../../stats/index.ts';
import { readCostFlag } from './class-files.ts';
import type { ReportedProbabilities } from './probability-report.ts';
import type { ReportInput } from './report-classes.ts';
import { thresholdSweep } from './threshold-sweep.ts';

/** Null where no column holds probabilities of labels. */
export async function reportProbabilities(
  { request, comparison, profile, groupings, nameOf }: ReportInput,
  ports: Ports,
): Promise<ReportedProbabilities | null> {
  if (!hasProbabilities(comparison.candidate)) return null;
  ports.progress('reading probabilities');
  const { config, positive, cost } = request;
  const table = await readScoredCases(comparison, {
    groupings: [allGrouping(), ...groupings.map(({ grouping }) => grouping)],
    positive: positive ?? config.classes?.positive ?? null,
    isPaired: pairingOf(profile) === 'paired',
  });
  if (table === null) return null;
  const { level, seed, minCases } = config.policy;
  const known = cost === null ? (config.classes?.costs ?? null) : readCostFlag(cost);
  const costs = known?.kind === 'errors' ? { miss: known.miss, falseAlarm: known.falseAlarm } : null;
  const large = withoutSmall(table, minCases);
  const {
    task,
    positive: found,
    slices,
    bad,
    thresholds,
  } = await probabilityDiagnosis(large, { level, seed }, costs);
  return {
    ...{ task, positive: found, bad, thresholds },
    slices: slices.map((figures) => ({ ...nameOf(figures.key), figures })),
    sweep: task === 'binary' ? sweepOf(table, costs) : null,
  };
}

/** Small slices are counted in the footer of their dimension. */
function withoutSmall(table: ScoredTable, minCases: number): ScoredTable {
  const all = allGrouping().id;
  const kept = [...table.slices.keys()].filter(
    (at) => table.slices[at]!.grouping === all || table.members[at]!.length >= minCases,
  );
  return {
    ...table,
    slices: kept.map((at) => table.slices[at]!),
    members: kept.map((at) => table.members[at]!),
  };
}

function sweepOf(
  { cases: { candidate } }: ScoredTable,
  costs: ErrorCosts | null,
): ReportedProbabilities['sweep'] {
  const places = [...candidate.brier.keys()].filter((at) => isScored(candidate, at));
  const { probability, event } = scoresAt(candidate, places);
  return thresholdSweep(scoreGroups(probability, event), costs);
}
