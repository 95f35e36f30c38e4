/** Sums up a run while its rows stream by: the pass rate and the mean of every metric, with intervals over cases. */

import { type Estimate, studentTQuantile, wilsonInterval } from '../../stats/index.ts';
import type { ExportRow } from './export-row.ts';

/** One metric over the cases of the run. */
export interface Figure {
  readonly estimate: Estimate;
  /** Of the values of cases; null with fewer than two. */
  readonly standardDeviation: number | null;
}

/** What a run amounts to. */
export interface RunFigures {
  readonly rows: number;
  readonly cases: number;
  readonly errors: number;
  readonly unscored: number;
  readonly maxTrials: number;
  /** Errors count as failures; null where no row has a verdict. */
  readonly passRate: Figure | null;
  /** Mean of the score role; null where no row has one. */
  readonly score: Figure | null;
  readonly scores: ReadonlyMap<string, Figure>;
}

type Sums = Map<string, { count: number; sum: number }>;

/** Adds rows and gives the figures at the end. Holds two numbers per case and metric. */
export interface FigureTally {
  add(row: ExportRow): void;
  figures(): RunFigures;
}

export function createFigureTally(): FigureTally {
  const counts = { rows: 0, errors: 0, unscored: 0 };
  const trials = new Map<string, number>();
  const passes: Sums = new Map();
  const score: Sums = new Map();
  const scores = new Map<string, Sums>();
  const isRate = new Map<string, boolean>();
  let verdicts = 0;
  return {
    add(row) {
      counts.rows += 1;
      counts.errors += Number(row.status === 'error');
      counts.unscored += Number(row.status === 'unscored');
      trials.set(row.caseId, (trials.get(row.caseId) ?? 0) + 1);
      verdicts += Number(row.passed !== null);
      if (row.status === 'error') add(passes, row.caseId, 0);
      else if (row.passed !== null) add(passes, row.caseId, Number(row.passed));
      if (row.score !== null) add(score, row.caseId, row.score);
      for (const [name, value] of row.scores) {
        const sums = scores.get(name) ?? new Map();
        scores.set(name, sums);
        isRate.set(name, (isRate.get(name) ?? true) && typeof value === 'boolean');
        add(sums, row.caseId, Number(value));
      }
    },
    figures: () => ({
      ...counts,
      cases: trials.size,
      maxTrials: Math.max(0, ...trials.values()),
      passRate: verdicts === 0 ? null : rateOf(passes),
      score: score.size === 0 ? null : meanOf(score),
      scores: new Map(
        [...scores].map(([name, sums]) => [name, isRate.get(name) === true ? rateOf(sums) : meanOf(sums)]),
      ),
    }),
  };
}

function add(sums: Sums, caseId: string, value: number): void {
  const known = sums.get(caseId);
  if (known === undefined) {
    sums.set(caseId, { count: 1, sum: value });
    return;
  }
  known.count += 1;
  known.sum += value;
}

/** Wilson's interval over cases; a case with several trials counts as its share of passes. */
function rateOf(sums: Sums): Figure {
  const { n, sum, deviation } = momentsOf(sums);
  return { estimate: wilsonInterval(Math.min(sum, n), n), standardDeviation: deviation };
}

/** Student's t over cases. */
function meanOf(sums: Sums): Figure {
  const { n, sum, deviation } = momentsOf(sums);
  const mean = sum / n;
  const about = { estimate: mean, level: 0.95, method: 't', n };
  if (deviation === null || deviation === 0) {
    const reason = deviation === null ? 'one case has no interval' : 'all values are equal';
    return { estimate: { ...about, lower: null, upper: null, reason }, standardDeviation: deviation };
  }
  const half = (studentTQuantile(0.975, n - 1) * deviation) / Math.sqrt(n);
  return { estimate: { ...about, lower: mean - half, upper: mean + half }, standardDeviation: deviation };
}

function momentsOf(sums: Sums): {
  readonly n: number;
  readonly sum: number;
  readonly deviation: number | null;
} {
  const values = [...sums.values()].map(({ sum, count }) => sum / count);
  const n = values.length;
  const sum = values.reduce((total, value) => total + value, 0);
  const squares = values.reduce((total, value) => total + (value - sum / n) ** 2, 0);
  return { n, sum, deviation: n < 2 ? null : Math.sqrt(squares / (n - 1)) };
}
