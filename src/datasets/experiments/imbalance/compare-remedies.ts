/** Compares the answers of each remedy with those of no remedy, class by class. */

import { compareText } from '../../../slices/index.ts';
import {
  type Estimate,
  exactChangeP,
  holm,
  learningCurve,
  normalQuantile,
  normalSf,
  tangoInterval,
  wilsonInterval,
} from '../../../stats/index.ts';
import type { ClassCurve, ClassRemedy, ClassReport, RemedyReport } from './imbalance-report.ts';
import { REMEDIES, type Remedy } from './remedies.ts';

/** Answers per remedy, and what is true, row by row. */
export interface Answers {
  readonly truth: readonly string[];
  readonly byRemedy: Readonly<Record<Remedy, readonly string[]>>;
  /** Answers of models that saw a share of the rows, by rising share; without the whole. */
  readonly byShare: readonly { readonly share: number; readonly answers: readonly string[] }[];
  readonly trainingRows: ReadonlyMap<string, number>;
  /** Part of the training rows that a model sees when folds are held out; 1 with rows of one's own. */
  readonly seen: number;
  readonly seed: number;
}

const LEVEL = 0.95;
/** Curves of fewer scored rows are noise. */
const LEAST_SCORED = 20;

/** Classes by their training rows, rarest first. */
export function compareClasses(answers: Answers): readonly ClassReport[] {
  const { truth, trainingRows } = answers;
  const rowsOf = Map.groupBy(truth.keys(), (row) => truth[row]!);
  const labels = [...trainingRows.keys()].toSorted(
    (a, b) => trainingRows.get(a)! - trainingRows.get(b)! || compareText(a, b),
  );
  const classes = labels.map((label) => classReport(label, rowsOf.get(label) ?? [], answers));
  const changed = classes.flatMap(({ remedies }) => remedies.filter(({ remedy }) => remedy !== 'none'));
  const adjusted = holm(changed.map(({ lost, gained }) => exactChangeP(lost, gained)));
  const byChange = new Map(changed.map((one, i) => [one, adjusted[i]!]));
  return classes.map((own) => ({
    ...own,
    remedies: own.remedies.map((one) => ({ ...one, adjusted: byChange.get(one) ?? null })),
  }));
}

function classReport(label: string, rows: readonly number[], answers: Answers): ClassReport {
  const { byRemedy, truth, trainingRows } = answers;
  const remedies = REMEDIES.map((remedy): ClassRemedy => {
    const own = byRemedy[remedy];
    const pairs = pairedCounts(rows, truth, byRemedy.none, own);
    const given = own.flatMap((answer, row) => (answer === label ? [row] : []));
    const right = given.filter((row) => truth[row] === label).length;
    return {
      remedy,
      recall: wilsonInterval(pairs.both + pairs.candidateOnly, rows.length, LEVEL),
      precision: wilsonInterval(right, given.length, LEVEL),
      recallChange: remedy === 'none' ? null : tangoInterval(pairs, LEVEL),
      lost: pairs.baselineOnly,
      gained: pairs.candidateOnly,
      adjusted: null,
    };
  });
  return {
    label,
    trainingRows: trainingRows.get(label)!,
    scoredRows: rows.length,
    remedies,
    curve: classCurve(label, rows, answers),
  };
}

function pairedCounts(
  rows: readonly number[],
  truth: readonly string[],
  before: readonly string[],
  after: readonly string[],
) {
  const counts = { both: 0, candidateOnly: 0, baselineOnly: 0, neither: 0 };
  for (const row of rows) {
    const was = before[row] === truth[row];
    const is = after[row] === truth[row];
    counts[was ? (is ? 'both' : 'baselineOnly') : is ? 'candidateOnly' : 'neither'] += 1;
  }
  return counts;
}

function classCurve(label: string, rows: readonly number[], answers: Answers): ClassCurve | null {
  const { byShare, byRemedy, trainingRows, seen, seed } = answers;
  if (rows.length < LEAST_SCORED) return null;
  const whole = trainingRows.get(label)! * seen;
  const points = [...byShare, { share: 1, answers: byRemedy.none }];
  const sizes = points.map(({ share }) => Math.max(1, Math.round(share * whole)));
  // Shares of a very small class fall together; a curve needs sizes that differ.
  if (new Set(sizes).size < sizes.length) return null;
  const patterns = new Map<number, number>();
  for (const row of rows) {
    const bits = points.reduce((sum, point, at) => sum | (point.answers[row] === label ? 1 << at : 0), 0);
    patterns.set(bits, (patterns.get(bits) ?? 0) + 1);
  }
  const curve = learningCurve(sizes, patterns, seed);
  return curve === null
    ? null
    : { sizes, recall: curve.observed, perDoubling: curve.perDoubling, atTwice: curve.atTwice };
}

/** All classes together. */
export function compareOverall(
  classes: readonly ClassReport[],
  { truth, byRemedy }: Answers,
): readonly RemedyReport[] {
  const scored = classes.filter(({ scoredRows }) => scoredRows > 0);
  const all = [...truth.keys()];
  const reports = REMEDIES.map((remedy, at): RemedyReport & { readonly p: number } => {
    const pairs = pairedCounts(all, truth, byRemedy.none, byRemedy[remedy]);
    const recalls = scored.map(({ remedies }) => remedies[at]!);
    const n = truth.length;
    const change = meanOf(
      recalls.map(({ lost, gained }, i) => {
        const size = scored[i]!.scoredRows;
        const moved = (gained - lost) / size;
        return { value: moved, variance: ((gained + lost) / size - moved * moved) / size };
      }),
      n,
    );
    return {
      remedy,
      accuracy: wilsonInterval(pairs.both + pairs.candidateOnly, n, LEVEL),
      macroRecall: meanOf(
        recalls.map(({ recall }) => {
          const rate = recall.estimate ?? 0;
          return { value: rate, variance: (rate * (1 - rate)) / recall.n };
        }),
        n,
      ).estimate,
      accuracyChange: remedy === 'none' ? null : tangoInterval(pairs, LEVEL),
      macroChange: remedy === 'none' ? null : change.estimate,
      adjusted: null,
      p: change.error > 0 ? 2 * normalSf(Math.abs(change.estimate.estimate!) / change.error) : 1,
    };
  });
  const adjusted = holm(reports.slice(1).map(({ p }) => p));
  return reports.map(({ p: _, ...report }, at) => ({
    ...report,
    adjusted: at === 0 ? null : adjusted[at - 1]!,
  }));
}

/** The mean over classes, each weighing the same; classes are independent strata. */
function meanOf(
  parts: readonly { readonly value: number; readonly variance: number }[],
  n: number,
): { readonly estimate: Estimate; readonly error: number } {
  const classes = parts.length;
  const value = parts.reduce((sum, part) => sum + part.value, 0) / classes;
  const error = Math.sqrt(parts.reduce((sum, part) => sum + part.variance, 0)) / classes;
  const half = normalQuantile((1 + LEVEL) / 2) * error;
  const estimate = { estimate: value, lower: value - half, upper: value + half };
  return { estimate: { ...estimate, level: LEVEL, method: 'mean of classes, normal', n }, error };
}
