/** Chooses how unchanged releases are drawn: on counts wherever the gate itself needs no more, else case by case. */

import { isOutcomeMeasure } from '../../counts/index.ts';
import { UsageError } from '../../errors.ts';
import { gatedSlices, needsJointFlips } from '../../stages/index.ts';
import { contextOf } from '../judge-drawn.ts';
import type { Study } from '../open-study.ts';
import { unchangedCounts } from './from-counts.ts';
import { unchangedUnits } from './from-units.ts';
import type { UnchangedMode, UnchangedModel } from './model.ts';

/**
 * The model of one mode for this comparison.
 *
 * @throws UsageError for metrics of classes, whose releases are not drawn
 */
export async function unchangedModel(study: Study, mode: UnchangedMode): Promise<UnchangedModel> {
  const ofClass = study.scope.metrics.find(({ measure }) => measure.kind === 'class');
  if (ofClass !== undefined) {
    throw new UsageError({
      message: `unchanged releases are not drawn for ${ofClass.id}, a metric of classes`,
      hint: '--metric passRate; slicewise aa draws them for recall and specificity; how often metrics of classes block is in docs/methods/class-metrics.md',
    });
  }
  return countsAreEnough(study) ? unchangedCounts(study, mode) : unchangedUnits(study, mode);
}

/** Which modes this comparison allows, the one that mirrors its own path first. */
export function modesOf({ measured }: Study): UnchangedMode[] {
  switch (measured.pairing) {
    case 'paired':
      return ['label swap', 'split halves'];
    case 'unpaired':
      return ['relabelled', 'split halves'];
    case 'single run':
      return ['split halves'];
  }
}

/** Whether the gate needs no more than counts: outcomes, one grouping of slices that share no case, no clusters. */
export function countsAreEnough(study: Study): boolean {
  const { measured, scope, comparison } = study;
  if (comparison.clustered || !scope.metrics.every(({ measure }) => isOutcomeMeasure(measure))) return false;
  if (scope.groupings.length !== 1) return false;
  const [first] = scope.metrics;
  const slices = measured.slices.filter(({ metric }) => metric === first);
  const cases = slices.reduce((sum, { tally }) => sum + tally.cases, 0);
  if (cases !== measured.overall[0]?.tally.cases) return false;
  return !needsJointFlips(gatedSlices(measured.slices), contextOf(study, measured.slices, measured.pairing));
}
