/** Lays the steps of two runs side by side. */

import type { Step } from './read-steps.ts';

/** A pair of steps; null where the other run has no step there. */
export interface StepPair {
  readonly before: Step | null;
  readonly after: Step | null;
}

/** Steps of a run beyond these are not compared: the cost is the product of both numbers. */
export const MOST_STEPS = 2_000;

/** Equal steps count more than two that are merely alike, these more than calls of different tools, and these more than leaving both out. */
const EQUAL = 4;
const ALIKE = 3;
const OTHER_TOOL = 1;

/**
 * The alignment with the most equal and alike steps. Steps are alike where kind, role and tool are the same. Only these, and calls
 * (or answers) of one tool in the place of another, stand in one row. What one run alone did comes before what the other alone did, so that the order is always the same.
 *
 * Cost: the product of both numbers of steps, at most `MOST_STEPS` each.
 */
export function alignSteps(before: readonly Step[], after: readonly Step[]): readonly StepPair[] {
  const name = numbered();
  const a = before.slice(0, MOST_STEPS).map(name);
  const b = after.slice(0, MOST_STEPS).map(name);
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
      pairs.push({ before: a[i++]!.step, after: b[j++]!.step });
    } else if (i < a.length && (j === b.length || here === best[(i + 1) * width + j]!)) {
      pairs.push({ before: a[i++]!.step, after: null });
    } else {
      pairs.push({ before: null, after: b[j++]!.step });
    }
  }
  return pairs;
}

/** Whether two steps are the same to the last character. */
export function isSameStep(a: Step, b: Step): boolean {
  return a.tool === b.tool && a.text === b.text && a.failed === b.failed;
}

/** A step with numbers for what it is and for all of it: long texts are compared once, not in every pair. */
interface NumberedStep {
  readonly step: Step;
  readonly kind: number;
  readonly sort: number;
  readonly whole: number;
}

function numbered(): (step: Step) => NumberedStep {
  const numbers = new Map<string, number>();
  const texts = new Map<string, number>();
  const numberOf = (text: string): number => {
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  };
  return (step) => {
    const kind = numberOf(`kind ${step.kind} ${step.role}`);
    const sort = numberOf(`sort ${JSON.stringify([step.kind, step.role, step.tool])}`);
    const text = texts.get(step.text) ?? texts.size;
    texts.set(step.text, text);
    return { step, kind, sort, whole: numberOf(`whole ${sort} ${step.failed} ${text}`) };
  };
}

function scoreOf(a: NumberedStep, b: NumberedStep): number {
  if (a.kind !== b.kind) return 0;
  if (a.sort !== b.sort) return OTHER_TOOL;
  return a.whole === b.whole ? EQUAL : ALIKE;
}
