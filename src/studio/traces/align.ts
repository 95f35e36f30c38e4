/** Lays the steps of two runs side by side. */

import type { Step } from './read-steps.ts';

/** A pair of steps; null where the other run has no step there. */
export interface StepPair {
  readonly before: Step | null;
  readonly after: Step | null;
}

/** Steps of a run beyond these are not compared: the cost is the product of both numbers. */
export const MOST_STEPS = 2_000;

/** Equal steps count more than two that are merely alike, and these more than leaving both out. */
const EQUAL = 3;
const ALIKE = 2;

/**
 * The alignment with the most equal and alike steps. Steps are alike where kind, role and tool are the same; only such steps
 * stand in one row. What one run alone did comes before what the other alone did, so that the order is always the same.
 *
 * Cost: the product of both numbers of steps, at most `MOST_STEPS` each.
 */
export function alignSteps(before: readonly Step[], after: readonly Step[]): readonly StepPair[] {
  const a = before.slice(0, MOST_STEPS);
  const b = after.slice(0, MOST_STEPS);
  const width = b.length + 1;
  // best[i, j]: the highest score of the steps from i and from j on.
  const best = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const apart = Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!);
      const score = scoreOf(a[i]!, b[j]!);
      best[i * width + j] = score === 0 ? apart : Math.max(apart, score + best[(i + 1) * width + j + 1]!);
    }
  }
  const pairs: StepPair[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const score = i < a.length && j < b.length ? scoreOf(a[i]!, b[j]!) : 0;
    const here = best[i * width + j]!;
    if (score > 0 && here === score + best[(i + 1) * width + j + 1]!) {
      pairs.push({ before: a[i++]!, after: b[j++]! });
    } else if (i < a.length && (j === b.length || here === best[(i + 1) * width + j]!)) {
      pairs.push({ before: a[i++]!, after: null });
    } else {
      pairs.push({ before: null, after: b[j++]! });
    }
  }
  return pairs;
}

function scoreOf(a: Step, b: Step): number {
  if (a.kind !== b.kind || a.role !== b.role || a.tool !== b.tool) return 0;
  return a.text === b.text ? EQUAL : ALIKE;
}
