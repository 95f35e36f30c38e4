/** A second run of the unchanged baseline: how much flips when nothing changes. */

import type { RerunChurn } from '../checks/index.ts';
import type { Config } from '../config/index.ts';
import { tallyCells } from '../counts/index.ts';
import { DataError } from '../errors.ts';
import { differences, flipCounts, moments, type SliceEvidence } from '../evidence/index.ts';
import { allGrouping, type Scope } from '../scope/index.ts';
import { sliceId } from '../slices/index.ts';
import { clopperPearsonInterval, normalQuantile, skellamTail } from '../stats/index.ts';
import { load, type Ports } from './load.ts';

/** Churn of the rerun, overall and as a test for single slices. */
export interface Rerun {
  readonly summary: RerunChurn;
  /** Whether a loss is more than churn explains: Skellam tail at most alpha. */
  readonly beyondChurn: (evidence: SliceEvidence, alpha: number) => boolean;
}

/**
 * Share of cases that flip, at its one-sided 95 % upper limit: a rerun without a single flip does not show that a case
 * can never flip.
 */
function upperChurn(flips: number, n: number): number {
  return clopperPearsonInterval(flips, n, 0.9).upper ?? 1;
}

/** Weight, in cases, of the pooled churn in a slice's own. */
const POOL_WEIGHT = 50;

/**
 * Compares the baseline with its rerun on the scope's slices. A slice's churn is shrunk to the pool, and the candidate's
 * own gains count where they show more (a system that reshuffles answers evenly churns more than its baseline).
 *
 * @returns null where no rerun is configured
 * @throws DataError where the rerun shares no scored case with the baseline
 */
export async function rerunChurn(config: Config, scope: Scope, ports: Ports): Promise<Rerun | null> {
  const { baseline, rerun } = config.inputs.runs;
  if (baseline === null || rerun === null) return null;
  ports.progress('comparing the baseline with its rerun');
  const columns = { ...config.columns, candidate: config.columns.baseline };
  const comparison = await load({ ...config, columns }, { baseline, candidate: rerun }, ports);
  try {
    const groupings = [allGrouping(), ...scope.groupings.map(({ grouping }) => grouping)];
    const distinct = [...new Map(groupings.map((grouping) => [grouping.id, grouping])).values()];
    const counts = await comparison.engine.count({ groupings: distinct });
    const tallies = counts.map((count) => ({
      id: sliceId('', count),
      all: count.grouping === allGrouping().id,
      tally: tallyCells(count.cells, { kind: 'passRate' }, { errors: config.policy.errors }),
    }));
    const whole = tallies.find(({ all }) => all)?.tally;
    if (whole === undefined || whole.compared === 0) {
      throw new DataError({
        message: 'the rerun has no scored case in common with the baseline, so no churn can be measured',
        hint: 'give a second run of the unchanged baseline on the same cases',
        where: { file: rerun.files[0] },
      });
    }
    const { lost, gained } = flipCounts(whole.pairs, 'higher');
    const { n, variance } = moments(differences(whole.pairs));
    const pooled = upperChurn(lost + gained, n) / 2;
    const band = normalQuantile((1 + config.policy.level) / 2) * Math.sqrt(variance / n);
    const own = new Map(tallies.map(({ id, tally }) => [id, flipCounts(tally.pairs, 'higher')]));
    return {
      summary: { paired: n, flips: lost + gained, band },
      beyondChurn: (evidence, alpha) => {
        if (evidence.metric.measure.kind !== 'passRate' || evidence.n === 0) return false;
        const flips = own.get(sliceId('', evidence.key)) ?? { lost: 0, gained: 0 };
        const compared = tallies.find(({ id }) => id === sliceId('', evidence.key))?.tally.compared ?? 0;
        const shrunk = ((flips.lost + flips.gained) / 2 + POOL_WEIGHT * pooled) / (compared + POOL_WEIGHT);
        const rate = Math.max(shrunk, evidence.gained / evidence.n);
        return skellamTail(evidence.lost - evidence.gained, evidence.n * rate) <= alpha;
      },
    };
  } finally {
    await comparison.engine.close();
  }
}
