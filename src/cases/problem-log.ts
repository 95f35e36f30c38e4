/** Collects everything that is wrong with some files, so that it can be said once and in order. */

import { DataError, type Problem } from '../errors.ts';

/** So many problems are listed; the rest is counted. */
export const LISTED_PROBLEMS = 20;

/** So many are kept, to be put into order before the first ones are listed. */
const KEPT_PROBLEMS = 2_000;

/** A growing list of problems. */
export interface ProblemLog {
  add(problem: Problem): void;
  /** All problems so far, the unlisted ones too. */
  count(): number;
  /** Adds everything of this log to another. */
  moveTo(other: ProblemLog): void;
  /** Counts problems that are not kept. */
  addUnlisted(count: number): void;
  /** Throws one DataError with every problem, ordered by file (as first met) and line, when there is any. */
  throwIfAny(): void;
}

/** An empty log. */
export function createProblemLog(): ProblemLog {
  const kept: Problem[] = [];
  const files = new Map<string, number>();
  let total = 0;
  return {
    add(problem) {
      total += 1;
      const file = problem.where?.file ?? '';
      if (!files.has(file)) files.set(file, files.size);
      if (kept.length < KEPT_PROBLEMS) kept.push(problem);
    },
    count: () => total,
    moveTo(other) {
      for (const problem of kept) other.add(problem);
      other.addUnlisted(total - kept.length);
    },
    addUnlisted(count) {
      total += count;
    },
    throwIfAny() {
      if (total === 0) return;
      const place = ({ where }: Problem): number => files.get(where?.file ?? '') ?? 0;
      const ordered = kept.toSorted(
        (a, b) =>
          place(a) - place(b) ||
          (a.where?.line ?? 0) - (b.where?.line ?? 0) ||
          (a.where?.column ?? 0) - (b.where?.column ?? 0),
      );
      const listed = ordered.slice(0, LISTED_PROBLEMS);
      const rest = total - listed.length;
      if (rest > 0) listed.push({ message: `and ${rest} more ${rest === 1 ? 'problem' : 'problems'}` });
      throw new DataError(listed);
    },
  };
}
