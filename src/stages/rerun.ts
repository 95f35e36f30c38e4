/** A second run of the unchanged baseline: how much flips when nothing changes. */

import type { RerunChurn } from '../checks/index.ts';
import type { Config } from '../config/index.ts';
import { tallyCells } from '../counts/index.ts';
import { DataError, UsageError } from '../errors.ts';
import { differences, flipCounts, moments, type SliceEvidence } from '../evidence/index.ts';
import { MOST_CHURN_BLOCKS } from '../gate/index.ts';
import { allGrouping, type Scope } from '../scope/index.ts';
import { sliceId } from '../slices/index.ts';
import { clopperPearsonInterval, clusterMean, normalQuantile, skellamTail } from '../stats/index.ts';
import { type Comparison, load } from './load.ts';
import type { Ports } from './ports.ts';

/** Churn of the rerun, overall and as a test for single slices. */
export interface Rerun {
  readonly summary: RerunChurn;
  /** Cases come in clusters: then no slice is tested against churn. */
  readonly clustered: boolean;
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

/**
 * What a reader should know of a rerun, or of `policy.churn: block`, that cannot do what was asked.
 *
 * @param tested slices with enough cases
 */
export function churnNotes({ policy }: Config, rerun: Rerun | null, tested: number): readonly string[] {
  if (rerun === null) {
    return policy.churn === 'block'
      ? ['policy.churn is block, but no second run of the baseline measures churn (--rerun FILE)']
      : [];
  }
  if (rerun.clustered) {
    return ['cases come in clusters, which the model of churn does not know: the rerun shows its band alone'];
  }
  if (policy.churn !== 'block') return [];
  if (policy.looks === 'always-valid') {
    return ['policy.churn: block holds for one look: here a loss beyond the churn calls for review'];
  }
  if (tested <= MOST_CHURN_BLOCKS) return [];
  return [
    `policy.churn: block is used up to ${MOST_CHURN_BLOCKS} slices: among ${tested} a loss beyond the churn calls for review`,
  ];
}

function refuseSameFiles({ baseline, candidate }: Comparison): void {
  const [first] = candidate.opened.files;
  const same = baseline?.opened.files.join('\n') === candidate.opened.files.join('\n');
  if (!same || baseline?.run !== candidate.run || first === undefined) return;
  throw new UsageError({
    message: 'the rerun is the baseline itself, so it shows no churn',
    hint: 'give the results of a second run of the unchanged baseline',
    where: { file: first },
  });
}

/** Standard error of the difference where the cases of a cluster flip together. */
async function clusteredError({ engine }: Comparison, { policy }: Config): Promise<number> {
  const { baseline, candidate, cluster } = await engine.units({
    groupings: [allGrouping()],
    measure: { kind: 'outcome', of: { kind: 'passRate' }, errors: policy.errors },
    onlyDiscordant: false,
  });
  const compared = Array.from(baseline.keys()).filter((i) => !Number.isNaN(candidate[i]! - baseline[i]!));
  const moved = compared.map((i) => candidate[i]! - baseline[i]!);
  const clusters = compared.map((i) => cluster?.[i] ?? i);
  const { seCr2, seIndependent } = clusterMean(moved, clusters);
  return seCr2 ?? seIndependent ?? Number.POSITIVE_INFINITY;
}

/** Weight, in cases, of the pooled churn in a slice's own. */
const POOL_WEIGHT = 50;

/**
 * Compares the baseline with its rerun on the scope's slices. A slice's churn is shrunk to the pool, and the candidate's
 * own gains count where they show more (a system that reshuffles answers evenly churns more than its baseline).
 *
 * @param compared is handed the opened comparison, where there is one
 * @returns null where no rerun is configured
 * @throws DataError where the rerun shares no scored case with the baseline
 */
export async function rerunChurn(
  config: Config,
  scope: Scope,
  ports: Ports,
  compared: (comparison: Comparison) => Promise<void> = async () => {},
): Promise<Rerun | null> {
  const { baseline, rerun } = config.inputs.runs;
  if (baseline === null || rerun === null) return null;
  ports.progress('comparing the baseline with its rerun');
  const columns = { ...config.columns, candidate: config.columns.baseline };
  const comparison = await load({ ...config, columns }, { baseline, candidate: rerun }, ports);
  try {
    refuseSameFiles(comparison);
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
    await compared(comparison);
    const { lost, gained } = flipCounts(whole.pairs, 'higher');
    const { n, variance } = moments(differences(whole.pairs));
    const pooled = upperChurn(lost + gained, n) / 2;
    const error = comparison.clustered ? await clusteredError(comparison, config) : Math.sqrt(variance / n);
    const band = normalQuantile((1 + config.policy.level) / 2) * error;
    const own = new Map(tallies.map(({ id, tally }) => [id, flipCounts(tally.pairs, 'higher')]));
    return {
      summary: { paired: n, flips: lost + gained, band },
      clustered: comparison.clustered,
      beyondChurn: (evidence, alpha) => {
        if (comparison.clustered || evidence.metric.measure.kind !== 'passRate' || evidence.n === 0)
          return false;
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
