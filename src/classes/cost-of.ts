/** The cost of an answer, from what the configuration says. */

import type { ClassCosts } from '../config/index.ts';

/** Costs by code. */
export interface CostOf {
  /** @param answer below 0: no answer */
  cost(expected: number, answer: number): number;
  /** Every mistake costs the same. */
  readonly uniform: boolean;
}

/**
 * Costs for the classes of a slice. A matrix row with both labels goes before one with the true label alone, that before one
 * with the answer alone, that before one with neither; a missing answer has no answer to name. Of a positive class, an answer
 * that confuses two other classes costs nothing.
 */
export function costOf(model: ClassCosts, positive: string | null, names: readonly string[]): CostOf {
  if (model.kind === 'errors') {
    const index = positive === null ? -1 : names.indexOf(positive);
    const { miss, falseAlarm, noAnswer } = model;
    const silent = (expected: number): number => noAnswer ?? (expected === index ? miss : falseAlarm);
    return {
      cost: (expected, answer) => {
        if (answer < 0) return silent(expected);
        if (expected === answer) return 0;
        return expected === index ? miss : answer === index ? falseAlarm : 0;
      },
      uniform: miss === falseAlarm && (noAnswer === null || noAnswer === miss),
    };
  }
  const key = (expected: string | null, predicted: string | null): string =>
    JSON.stringify([expected, predicted]);
  const rows = new Map(model.rows.map(({ expected, predicted, cost }) => [key(expected, predicted), cost]));
  const known = new Map<string, number>();
  const lookUp = (expected: number, answer: number): number => {
    const truth = names[expected]!;
    const given = answer < 0 ? null : names[answer]!;
    const right = expected === answer;
    return (
      rows.get(key(truth, given)) ??
      // What is said of any label is said of mistakes; a right answer is free unless its own row says otherwise.
      (right ? 0 : (rows.get(key(truth, null)) ?? rows.get(key(null, given)) ?? rows.get(key(null, null)))) ??
      model.otherwise
    );
  };
  return {
    cost(expected, answer) {
      const place = `${expected} ${Math.max(answer, -1)}`;
      let found = known.get(place);
      if (found === undefined) {
        found = lookUp(expected, answer);
        known.set(place, found);
      }
      return found;
    },
    uniform: model.rows.every(({ cost }) => cost === model.otherwise),
  };
}
