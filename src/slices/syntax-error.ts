/** Turns a fault in the text of a predicate into an error with the exact place. */

import { ConfigError, UsageError, type Where } from '../errors.ts';

/** What stands at an offset of the text, and what should. */
export interface SyntaxProblem {
  readonly at: number;
  readonly found: string;
  readonly expected: string;
  readonly hint?: string | undefined;
}

/**
 * The error for one fault: a ConfigError where the place names a file, else a UsageError with `line:column` of the text.
 *
 * @param origin where the text begins, or a function from offset to place (for texts that a file spells with escapes)
 */
export function syntaxError(
  text: string,
  origin: Where | ((offset: number) => Where) | undefined,
  problem: SyntaxProblem,
): ConfigError | UsageError {
  const where = typeof origin === 'function' ? origin(problem.at) : offsetFrom(text, problem.at, origin);
  const place = where.file === undefined ? ` at ${where.line}:${where.column}` : '';
  const subject = where.field ?? 'predicate';
  const report = {
    message: `${subject}: found ${problem.found}${place}, expected ${problem.expected}`,
    where,
    ...(problem.hint === undefined ? {} : { hint: problem.hint }),
  };
  return where.file === undefined ? new UsageError(report) : new ConfigError(report);
}

/** The place of an offset in a text that begins at `origin` and whose later lines begin at column 1. */
function offsetFrom(text: string, offset: number, origin: Where | undefined): Where {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  const column = offset - lastBreak;
  const line = before.split('\n').length;
  return {
    ...origin,
    line: (origin?.line ?? 1) + line - 1,
    column: line === 1 ? column + (origin?.column ?? 1) - 1 : column,
  };
}
