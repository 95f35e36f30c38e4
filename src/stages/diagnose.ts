/** Between measuring and deciding: looks at classes, probabilities, trivial answers and training data, where there are any. */

import { type CheckContext, type Diagnosis, NO_DIAGNOSIS } from '../checks/index.ts';
import { hasProbabilities } from './diagnosis/has-probabilities.ts';
import type { DiagnoseInput } from './diagnosis/input.ts';
import { equalGaps } from './equal-gaps.ts';
import type { Ports } from './ports.ts';
import { rankScope } from './rank-scope.ts';

/** What the checks look at beside the evidence. */
export type Diagnosed = Required<Pick<CheckContext, 'dimensions' | 'equal' | 'diagnosis'>>;

/** Looks at dimensions and gaps between their values, and at whatever else the inputs allow. */
export async function diagnose(input: DiagnoseInput, ports: Ports): Promise<Diagnosed> {
  const { comparison, scope, config, profile, measured } = input;
  return {
    dimensions: await rankScope(comparison, scope, config, profile, measured),
    equal: await equalGaps(comparison, scope, config, profile),
    diagnosis: await diagnoseParts(input, ports),
  };
}

/** Each part loads its code only where its inputs exist, so that a plain gate stays as fast as it is. */
async function diagnoseParts(input: DiagnoseInput, ports: Ports): Promise<Diagnosis> {
  const { config } = input;
  return {
    ...NO_DIAGNOSIS,
    overlap:
      config.inputs.train.length + config.inputs.fewShot.length === 0
        ? null
        : await (await import('./diagnosis/overlap.ts')).diagnoseOverlap(input, ports),
    shifts:
      config.shifts === undefined
        ? null
        : await (await import('./diagnosis/shifts.ts')).diagnoseShifts(input, config.shifts),
    classes: hasAnswers(input)
      ? await (await import('./diagnosis/classes.ts')).diagnoseClasses(input, ports)
      : null,
    probabilities: hasProbabilities(input.comparison.candidate)
      ? await (await import('./diagnosis/probabilities.ts')).diagnoseProbabilities(input)
      : null,
    baselines: hasAnswers(input)
      ? await (await import('./diagnosis/baselines.ts')).diagnoseBaselines(input, ports)
      : null,
  };
}

/** Whether the candidate's answers stand beside the true labels. */
function hasAnswers({ comparison }: DiagnoseInput): boolean {
  const { expected, predicted } = comparison.mappings.at(-1) ?? {};
  return expected !== undefined && predicted !== undefined;
}
