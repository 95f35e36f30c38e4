/** The isotonic curve: the share of events as a never falling function of the score. */

import type { ScoreGroups } from './score-groups.ts';

/** A place of a curve: at score x the fitted share of events is y. */
export interface CurveValue {
  readonly x: number;
  readonly y: number;
}

/**
 * Fitted share of events at each distinct score, by pooling neighbours that would fall. Cost: linear.
 *
 * @returns one value per group, never falling
 * @source Ayer et al. 1955, Annals of Mathematical Statistics 26:641
 * @example isotonicCurve(scoreGroups([0.1, 0.2, 0.3], [0, 1, 0])) // [0, 0.5, 0.5]
 */
export function isotonicCurve({ events, others, scores }: ScoreGroups): Float64Array {
  const blockEvents: number[] = [];
  const blockCases: number[] = [];
  const blockEnd: number[] = [];
  for (let g = 0; g < scores.length; g++) {
    let yes = events[g]!;
    let cases = yes + others[g]!;
    // Compared as products of counts, which are exact.
    while (blockEnd.length > 0 && blockEvents.at(-1)! * cases >= yes * blockCases.at(-1)!) {
      yes += blockEvents.pop()!;
      cases += blockCases.pop()!;
      blockEnd.pop();
    }
    blockEvents.push(yes);
    blockCases.push(cases);
    blockEnd.push(g + 1);
  }
  const fitted = new Float64Array(scores.length);
  let start = 0;
  for (const [block, end] of blockEnd.entries()) {
    fitted.fill(blockEvents[block]! / blockCases[block]!, start, end);
    start = end;
  }
  return fitted;
}

/**
 * The corners of the isotonic curve: first and last score of every level, enough to draw it.
 *
 * @example isotonicSteps(scoreGroups([0.1, 0.2, 0.3], [0, 1, 0])) // [{x: .1, y: 0}, {x: .2, y: .5}, {x: .3, y: .5}]
 */
export function isotonicSteps(groups: ScoreGroups): readonly CurveValue[] {
  const fitted = isotonicCurve(groups);
  const steps: CurveValue[] = [];
  for (let g = 0; g < fitted.length; g++) {
    const isInside =
      g > 0 && g + 1 < fitted.length && fitted[g - 1] === fitted[g] && fitted[g + 1] === fitted[g];
    if (!isInside) steps.push({ x: groups.scores[g]!, y: fitted[g]! });
  }
  return steps;
}
