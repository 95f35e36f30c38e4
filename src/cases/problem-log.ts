/** Collects everything that is wrong with some files, so that it can be said once and in order. */

import { DataError, type Problem } from '../errors.ts';

/** So many problems are listed; the rest is counted. */
export const LISTED_PROBLEMS = 20;

/** So many different ones are kept, to be put into order before the first ones are listed. */
const KEPT_PROBLEMS = 2_000;

/** Of a problem that several rows have, so many lines are named, and so many texts that were found are kept. */
const NAMED_LINES = 8;
const KEPT_TEXTS = 1_000;

/** What makes the problems of several rows one, although each row holds another text. */
export interface SameCause {
  /** Rows with the same cause in the same field have one problem. */
  readonly cause: string;
  /** What this row holds. */
  readonly found: string;
  /** The problem for all the texts that were found, in the order in which they were met. */
  readonly say: (found: readonly string[]) => Pick<Problem, 'message' | 'hint'>;
}

/** A growing list of problems. */
export interface ProblemLog {
  /**
   * Problems with the same field and words, or with the same cause, are one that several rows have.
   *
   * @param rows the rows where another log found several
   */
  add(problem: Problem, same?: SameCause, rows?: ProblemRows): void;
  /** All problems so far, row by row, the unlisted ones too. */
  count(): number;
  /** Adds everything of this log to another. */
  moveTo(other: ProblemLog): void;
  /** Counts problems that are not kept. */
  addUnlisted(count: number): void;
  /** Throws one DataError with every problem, ordered by file (as first met) and line, when there is any. */
  throwIfAny(): void;
}

/** The rows that have one problem. */
export interface ProblemRows {
  readonly count: number;
  /** The first of them, in the order in which they were met. */
  readonly lines: readonly number[];
  readonly files: readonly string[];
  readonly found: readonly string[];
}

interface Kept {
  first: Problem;
  readonly same: SameCause | undefined;
  count: number;
  readonly lines: number[];
  readonly files: Set<string>;
  readonly found: Set<string>;
}

/** An empty log. */
export function createProblemLog(): ProblemLog {
  const kept = new Map<string, Kept>();
  const files = new Map<string, number>();
  let total = 0;
  let unkept = 0;
  const placeOf = ({ where }: Problem): number => files.get(where?.file ?? '') ?? 0;
  const inOrder = (a: Problem, b: Problem): number =>
    placeOf(a) - placeOf(b) ||
    (a.where?.line ?? 0) - (b.where?.line ?? 0) ||
    (a.where?.column ?? 0) - (b.where?.column ?? 0);
  return {
    add(problem, same, rows = rowOf(problem, same)) {
      total += rows.count;
      for (const file of rows.files) if (!files.has(file)) files.set(file, files.size);
      const key = keyOf(problem, same);
      let one = kept.get(key);
      if (one === undefined && kept.size >= KEPT_PROBLEMS) {
        unkept += rows.count;
        return;
      }
      if (one === undefined) {
        one = { first: problem, same, count: 0, lines: [], files: new Set(), found: new Set() };
        kept.set(key, one);
      }
      join(one, rows);
      if (inOrder(problem, one.first) < 0) one.first = problem;
    },
    count: () => total,
    moveTo(other) {
      for (const { first, same, count, ...rows } of kept.values()) {
        other.add(first, same, { count, lines: rows.lines, files: [...rows.files], found: [...rows.found] });
      }
      other.addUnlisted(unkept);
    },
    addUnlisted(count) {
      total += count;
      unkept += count;
    },
    throwIfAny() {
      if (total === 0) return;
      const problems = [...kept.values()].map(told).sort(inOrder);
      const listed = problems.slice(0, LISTED_PROBLEMS);
      const rest = problems.length - listed.length + unkept;
      if (rest > 0) listed.push({ message: `and ${rest} more ${rest === 1 ? 'problem' : 'problems'}` });
      throw new DataError(listed);
    },
  };
}

/** What is said of no line is about a whole file, and so about each file by itself. */
function keyOf({ message, hint, where }: Problem, same: SameCause | undefined): string {
  const place = where?.line === undefined ? [where?.file] : [];
  return JSON.stringify([where?.field, same?.cause ?? [message, hint], place]);
}

function rowOf({ where }: Problem, same: SameCause | undefined): ProblemRows {
  return {
    count: 1,
    lines: where?.line === undefined ? [] : [where.line],
    files: [where?.file ?? ''],
    found: same === undefined ? [] : [same.found],
  };
}

function join(one: Kept, { count, lines, files, found }: ProblemRows): void {
  one.count += count;
  one.lines.push(...lines.slice(0, Math.max(0, NAMED_LINES - one.lines.length)));
  for (const file of files) one.files.add(file);
  for (const text of found) if (one.found.size < KEPT_TEXTS) one.found.add(text);
}

/** The problem in the words for all its rows, with where these are. */
function told({ first, same, count, lines, files, found }: Kept): Problem {
  const said = same === undefined ? first : { ...first, ...same.say([...found]) };
  if (count === 1 || first.where?.line === undefined) return said;
  const named = count <= NAMED_LINES && files.size === 1 && lines.length === count;
  return {
    ...said,
    where: {
      ...first.where,
      rows: count,
      ...(named ? { lines: [...new Set(lines)].sort((a, b) => a - b) } : {}),
      ...(files.size > 1 ? { files: files.size } : {}),
    },
  };
}
