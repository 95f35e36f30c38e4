/** A study of one rate of a class as a study of a pass rate: what the gate does with both is the same. */

import { UsageError } from '../../errors.ts';
import { classOutcomes, collectEvidence } from '../../evidence/index.ts';
import { allGrouping } from '../../scope/index.ts';
import { countClasses } from '../../stages/index.ts';
import type { Study } from '../open-study.ts';
import { countsAreEnough } from './choose.ts';

/**
 * The same study over the cases that recall or specificity looks at; the study itself where no metric is about classes.
 *
 * Precision, F, averages over classes, MCC and kappa are functions of a whole table of answers: each drawn release would need the
 * resamples of a whole report, so they are not drawn.
 *
 * @throws UsageError where the metrics of classes are others, several, or of clustered cases or slices that share cases
 */
export async function asPassRate(study: Study): Promise<Study> {
  const { scope, comparison, config, measured } = study;
  const ofClass = scope.metrics.flatMap(({ id, measure }) =>
    measure.kind === 'class' ? [{ id, measure }] : [],
  );
  const [first] = ofClass;
  if (first === undefined) return study;
  const refuse = (why: string) =>
    new UsageError({
      message: `unchanged releases are not drawn for ${first.id}: ${why}`,
      hint: '--metric recall:CLASS or --metric passRate; how often other metrics of classes block is in docs/methods/class-metrics.md',
    });
  if (first.measure.of !== 'recall' && first.measure.of !== 'specificity') {
    throw refuse('it is no rate over single cases, but a figure of a whole table of answers');
  }
  if (scope.metrics.length > 1) {
    throw refuse(`${scope.metrics.length} metrics would be drawn apart, which share cases; name one of them`);
  }
  if (comparison.clustered) throw refuse('its cases come in clusters');
  const groupings = [allGrouping(), ...scope.groupings.map(({ grouping }) => grouping)];
  const distinct = [...new Map(groupings.map((grouping) => [grouping.id, grouping])).values()];
  const classes = await countClasses(comparison, distinct, scope.metrics, config);
  const counts = classes === null ? null : classOutcomes(first.measure, classes, config.policy);
  if (counts === null) throw refuse('its cases cannot be counted');
  const [metric] = scope.metrics;
  const own = { ...scope, metrics: [{ ...metric, measure: { kind: 'passRate' as const } }] as const };
  const evidence = collectEvidence({
    scope: own,
    policy: config.policy,
    pairing: measured.pairing,
    counts,
    units: new Map(),
    clustered: false,
  });
  const asRate = { ...study, scope: own, measured: { ...measured, counts, ...evidence } };
  // Values of single cases would be those of all classes.
  if (!countsAreEnough(asRate)) throw refuse('slices share cases; cut by one dimension: --slice COLUMN');
  return asRate;
}
