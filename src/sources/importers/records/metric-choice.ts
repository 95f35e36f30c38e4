/** Chooses the metric that decides where a tool records several and names none, and reads a row's outcome from it. */

import { foundTexts, type RowStatus } from '../../../cases/index.ts';

/** A value of a metric; null where the scorer failed. */
export type MetricValue = number | boolean | null;

/** Names of which a high value, or true, is usually bad news: never taken as a pass unasked. */
const FLAW =
  /toxic|hallucinat|harm|bias|error|violat|leak|unsafe|jailbreak|refus|offens|hate|hateful|risk|latency|duration|cost|perplexity|distance|loss|fail|pii|profan|insult|threat|spam|abus|contradict|token/i;

/** Counts the metrics of a source before its rows are handed on. */
export interface MetricSurvey {
  see(name: string, value: MetricValue): void;
  /** The metric that decides, and a sentence for the reader where something was left to choose. */
  choose(named: string | null): { readonly primary: string | null; readonly note: string | null };
}

/**
 * An empty survey. Taken is what the user named; else the true-or-false metric on most rows; else the number on most rows;
 * ties go by name. Metrics whose name speaks of a flaw are never taken unasked.
 */
export function createMetricSurvey(): MetricSurvey {
  const counts = new Map<string, { numbers: number; booleans: number }>();
  return {
    see(name, value) {
      const count = counts.get(name) ?? { numbers: 0, booleans: 0 };
      counts.set(name, count);
      if (typeof value === 'boolean') count.booleans += 1;
      if (typeof value === 'number') count.numbers += 1;
    },
    choose(named) {
      const names = [...counts.keys()].sort(compareCodePoints);
      if (named !== null) {
        const note = counts.has(named)
          ? null
          : `No row has the metric ${foundTexts([named], 1)}; the files have ${names.length === 0 ? 'none' : foundTexts(names, 10)}.`;
        return { primary: named, note };
      }
      if (names.length === 0) return { primary: null, note: null };
      const fit = names.filter((name) => !speaksOfFlaw(name));
      const best =
        most(fit, (name) => counts.get(name)!.booleans) ?? most(fit, (name) => counts.get(name)!.numbers);
      if (best === null) {
        const note = `Nothing says which way ${foundTexts(names, 10)} should go, so rows count as unscored; name the metric that decides with --score NAME.`;
        return { primary: null, note };
      }
      const note =
        names.length === 1
          ? null
          : `The files have ${names.length} metrics (${foundTexts(names, 10)}); ${foundTexts([best], 1)} decides. Name another one with --score NAME.`;
      return { primary: best, note };
    },
  };
}

function most(names: readonly string[], count: (name: string) => number): string | null {
  let best: string | null = null;
  for (const name of names) if (count(name) > (best === null ? 0 : count(best))) best = name;
  return best;
}

function compareCodePoints(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const difference = left[at]!.codePointAt(0)! - right[at]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Whether a metric's name speaks of something that should be low, such as `toxicity`. */
export function speaksOfFlaw(name: string): boolean {
  return FLAW.test(name);
}

/** Outcome of a row that did not crash. */
export interface Judged {
  readonly status: RowStatus;
  readonly passed: boolean | null;
  readonly score: number | null;
  readonly scores: Readonly<Record<string, MetricValue>>;
}

/**
 * The outcome by the metric that decides: true or false is a pass or a failure (unless the name speaks of a flaw: then only
 * the number 1 or 0 is known), a number is a score, null or nothing is unscored.
 */
export function judge(scores: Readonly<Record<string, MetricValue>>, primary: string | null): Judged {
  const value = primary === null || !Object.hasOwn(scores, primary) ? null : scores[primary]!;
  if (value === null) return { status: 'unscored', passed: null, score: null, scores };
  if (typeof value === 'number') return { status: 'scored', passed: null, score: value, scores };
  const passed = speaksOfFlaw(primary!) ? null : value;
  return { status: 'scored', passed, score: value ? 1 : 0, scores };
}
