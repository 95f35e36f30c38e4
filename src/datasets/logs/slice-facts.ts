/** What is added up for one slice of logs or of an eval set: rows, scores, tokens, cost and latency. */

import { type Estimate, studentTQuantile, wilsonInterval } from '../../stats/index.ts';

/** Sums of one slice; numbers that no row has stay 0 with their count. */
export interface SliceFacts {
  rows: number;
  scored: number;
  score: number;
  squares: number;
  /** Scores other than 0 and 1. */
  graded: number;
  tokenRows: number;
  tokens: number;
  costRows: number;
  cost: number;
  latencyRows: number;
  latency: number;
}

/** Numbers of one row; null is unknown. */
export interface RowNumbers {
  readonly score: number | null;
  readonly tokens: number | null;
  readonly cost: number | null;
  readonly latency: number | null;
}

export function emptyFacts(): SliceFacts {
  return {
    rows: 0,
    scored: 0,
    score: 0,
    squares: 0,
    graded: 0,
    tokenRows: 0,
    tokens: 0,
    costRows: 0,
    cost: 0,
    latencyRows: 0,
    latency: 0,
  };
}

/** Adds one row. */
export function addRow(facts: SliceFacts, { score, tokens, cost, latency }: RowNumbers): void {
  facts.rows += 1;
  if (score !== null) {
    facts.scored += 1;
    facts.score += score;
    facts.squares += score * score;
    if (score !== 0 && score !== 1) facts.graded += 1;
  }
  if (tokens !== null) {
    facts.tokenRows += 1;
    facts.tokens += tokens;
  }
  if (cost !== null) {
    facts.costRows += 1;
    facts.cost += cost;
  }
  if (latency !== null) {
    facts.latencyRows += 1;
    facts.latency += latency;
  }
}

/** Mean score of a slice: a rate with Wilson's interval where all scores are 0 or 1, else a mean with the t interval. */
export function scoreOf({ scored: n, score, squares, graded }: SliceFacts, level: number): Estimate | null {
  if (n === 0) return null;
  if (graded === 0) return wilsonInterval(score, n, level);
  const mean = score / n;
  if (n < 2) return { estimate: mean, lower: null, upper: null, level, method: 't', n };
  const variance = Math.max(0, (squares - n * mean * mean) / (n - 1));
  const half = studentTQuantile(0.5 + level / 2, n - 1) * Math.sqrt(variance / n);
  return { estimate: mean, lower: mean - half, upper: mean + half, level, method: 't', n };
}
