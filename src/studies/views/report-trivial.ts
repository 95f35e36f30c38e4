/** How far the new run is above answers that look at nothing, in words, and what it was not compared with. */

import type { TrivialLift } from '../../models/index.ts';
import { percentText } from '../../reports/index.ts';
import type { ReportResult } from '../report/result.ts';

/**
 * The best constant answer, random ones, the lift, and the kinds of baseline that are missing.
 *
 * @example `always "no" scores 99.9%, lift 0.0 points (0.0 to 0.0): INVALID-METRIC, ...; not compared with a simple model, ...`
 */
export function trivialAnswer(
  { baselines, lift, fails, reached }: TrivialLift,
  { runs }: ReportResult,
): string {
  const constant = baselines.find(({ guess }) => guess.length > 0);
  const random = baselines.find(({ name }) => name === 'stratified random');
  const points = (value: number) => percentText(value);
  const missing = [
    'a simple model (slicewise baseline)',
    ...(runs === 'one run' ? ['a previous run'] : []),
    'people or another system',
  ];
  const range =
    lift.estimate === null
      ? ''
      : `, lift ${points(lift.estimate)} points${lift.lower === null || lift.upper === null ? '' : ` (${points(lift.lower)} to ${points(lift.upper)})`}`;
  const verdict =
    fails === null
      ? ''
      : fails === 'share' && reached !== null
        ? `: INVALID-METRIC, that is ${points(reached)}% of the accuracy, which says little about the system`
        : ': INVALID-METRIC, the accuracy is not shown to be above it';
  return [
    `always answering '${constant?.guess[0] ?? ''}' scores ${points(constant?.score ?? 0)}%${range}${verdict}`,
    ...(random === undefined ? [] : [`random answers ${points(random.score)}%`]),
    `not compared with ${missing.join(', ')}`,
  ].join('; ');
}
