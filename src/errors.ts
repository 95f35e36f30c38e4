/** The five kinds of failure that Slicewise reports, each with where it is and what to do about it. */

/** Where a problem stands; `line` and `column` count from 1. */
export interface Where {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** A column of a data file or a path in a configuration, such as `slices[1].minCases`. */
  readonly field?: string;
  /** Rows that have the same problem, where there are several; the place is that of the first. */
  readonly rows?: number;
  /** Their lines, where there are few. */
  readonly lines?: readonly number[];
  /** Files that they stand in, where there are several. */
  readonly files?: number;
}

/** One thing that is wrong: what was found, what was expected, and what to do. */
export interface Problem {
  readonly message: string;
  readonly hint?: string;
  readonly where?: Where;
}

/** Base of every error that a user can cause or act on. Carries all problems found, not only the first. */
export abstract class SlicewiseError extends Error {
  abstract readonly code: string;
  readonly problems: readonly Problem[];

  constructor(problems: Problem | readonly Problem[], options?: { cause?: unknown }) {
    const all: readonly Problem[] = Array.isArray(problems) ? problems : [problems as Problem];
    super(all.map(formatProblem).join('\n'), options);
    this.problems = all;
    this.name = new.target.name;
  }
}

/** The configuration cannot be used. */
export class ConfigError extends SlicewiseError {
  readonly code = 'CONFIG';
}

/** A data file cannot be read as results. */
export class DataError extends SlicewiseError {
  readonly code = 'DATA';
}

/** An engine or a database failed. */
export class EngineError extends SlicewiseError {
  readonly code = 'ENGINE';
}

/** The command line asks for something that does not exist. */
export class UsageError extends SlicewiseError {
  readonly code = 'USAGE';
}

/** A fault of Slicewise itself. */
export class InternalError extends SlicewiseError {
  readonly code = 'INTERNAL';
}

/**
 * Does all of several things one after the other, or fails with the problems of every one of them.
 *
 * @throws DataError or UsageError, as the first that failed, with all problems; any other error at once
 * @example await allOrProblems(() => open('old.jsonl'), () => open('new.jsonl'))
 */
export async function allOrProblems<T extends readonly unknown[]>(
  ...tasks: { readonly [K in keyof T]: () => Promise<T[K]> }
): Promise<T> {
  const done: unknown[] = [];
  const failed: (DataError | UsageError)[] = [];
  for (const task of tasks) {
    try {
      done.push(await task());
    } catch (error) {
      if (!(error instanceof DataError || error instanceof UsageError)) throw error;
      failed.push(error);
    }
  }
  const [first, ...others] = failed;
  if (first === undefined) return done as unknown as T;
  if (others.length === 0) throw first;
  const known = new Map(failed.flatMap(({ problems }) => problems).map((one) => [formatProblem(one), one]));
  const problems = [...known.values()];
  throw first instanceof DataError
    ? new DataError(problems, { cause: first })
    : new UsageError(problems, { cause: first });
}

/**
 * One problem as a line of text: `message (file:line:column)`, then the hint on a line of its own.
 *
 * @example formatProblem({ message: 'minCases is -3', where: { file: 'a.yaml', line: 4, column: 15 } })
 * // 'minCases is -3 (a.yaml:4:15)'
 * @example formatProblem({ message: 'the id is missing', where: { file: 'a.csv', line: 4, rows: 400 } })
 * // 'the id is missing (400 rows, first at a.csv:4)'
 */
export function formatProblem(problem: Problem): string {
  const place = problem.where === undefined ? '' : placeText(problem.where);
  const position = place === '' ? '' : ` (${place})`;
  return `${problem.message}${position}${problem.hint ? `\n  hint: ${problem.hint}` : ''}`;
}

function placeText({ file, line, column, rows, lines, files }: Where): string {
  const first = file
    ? [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':')
    : '';
  if (rows === undefined || rows < 2) return first;
  const others = (lines ?? []).filter((one) => one !== line);
  if (first !== '' && others.length > 0) {
    return `${first}, and ${others.length === 1 ? 'line' : 'lines'} ${others.join(', ')}`;
  }
  const spread = files === undefined ? '' : ` in ${files} files`;
  return `${rows.toLocaleString('en-US')} rows${spread}${first === '' ? '' : `, first at ${first}`}`;
}
