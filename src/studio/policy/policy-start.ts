/** What the tuner starts from: the configured rules, and what they can be turned to. */

import { isRate } from '../../counts/index.ts';
import { sliceId } from '../../slices/index.ts';
import { withLedger } from '../../stages/index.ts';
import { currentSetting } from '../../studies/index.ts';
import type { PolicyStart } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';

/** Slices offered as critical. */
const MOST_SLICES = 500;

/** The rules as they stand, the slices that may be critical, and what cannot be tuned. */
export async function policyStart({ release, ports }: StudioSession): Promise<PolicyStart> {
  const { scope, config, judgement } = release;
  const gated = new Map(
    [...judgement.decisions.keys()]
      .filter(({ key }) => key.state === 'value')
      .map(({ key, n, scoped }) => [sliceId('', key), { dimension: scoped.dimension, value: key.value, n }]),
  );
  const slices = [...gated]
    .map(([id, slice]) => ({ id, ...slice }))
    .sort((a, b) => b.n - a.n || (a.id < b.id ? -1 : 1));
  const metrics = scope.metrics.filter(({ measure }) => measure.kind !== 'class');
  const own = [...judgement.decisions.keys()].filter(
    ({ margin, metric }) => metric.margin === null && margin !== config.policy.margin,
  );
  const withMargin = metrics.filter(({ gate, margin }) => gate && margin !== null).map(({ id }) => id);
  return {
    setting: currentSetting(release),
    isRate: metrics.every(({ measure }) => isRate(measure)),
    slices: slices.slice(0, MOST_SLICES),
    slicesOmitted: Math.max(0, slices.length - MOST_SLICES),
    whyNot: whyNot(metrics.length, gated.size, release.report.baseline !== null),
    notes: [
      ...(own.length > 0 ? [`${own.length} rows have a margin of their own, which stays`] : []),
      ...(withMargin.length > 0
        ? [`the margin of ${withMargin.join(', ')} is set under metrics and stays, whatever the slider says`]
        : []),
      ...(config.policy.confirmation === null
        ? []
        : [
            `a confirmation stage is declared: losses block at its directBudget of ${config.policy.confirmation.directBudget}, so the block budget moves floors alone; reviews are nominees, which fresh cases settle`,
          ]),
      ...(metrics.length < scope.metrics.length
        ? ['metrics of classes are left out: their releases cannot be simulated']
        : []),
      'other findings than those of slices are left out here',
    ],
    configFile: config.file,
    past:
      config.ledger === null
        ? null
        : await withLedger(
            config.ledger,
            ports,
            true,
            async (ledger) => (await ledger.gates({ limit: 1 })).total,
          ),
  };
}

function whyNot(metrics: number, gated: number, hasBaseline: boolean): string | null {
  if (!hasBaseline) {
    return 'There is no baseline: this gate compares nothing, so there is no false block and no missed loss to weigh. Name an old run beside the new one: slicewise studio OLD_RESULTS NEW_RESULTS.';
  }
  if (gated === 0) return 'No slice is gated in this comparison, so there is nothing to tune.';
  if (metrics === 0) return 'Only metrics of classes are gated, whose releases cannot be simulated.';
  return null;
}
