/** Says what went wrong, on standard error. */

import { formatProblem, SlicewiseError } from '../errors.ts';
import type { Shell } from './shell.ts';

/**
 * Prints every problem of an error that a user can act on. Anything else is a fault of the program: its stack is shown only
 * where SLICEWISE_DEBUG is set.
 *
 * @returns the exit code, always 2: a failure never reads as a verdict
 */
export async function reportFailure(
  error: unknown,
  { stderr, env }: Pick<Shell, 'stderr' | 'env'>,
): Promise<2> {
  const isKnown = error instanceof SlicewiseError;
  const lines = isKnown
    ? error.problems.map((problem) => `slicewise: ${formatProblem(problem)}`)
    : unexpected(error);
  if (env.SLICEWISE_DEBUG)
    lines.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  else if (!isKnown) lines.push('  hint: set SLICEWISE_DEBUG=1 to see where');
  const { withoutControls } = await import('../reports/index.ts');
  await stderr.write(lines.map((line) => `${withoutControls(line)}\n`).join(''));
  return 2;
}

function unexpected(error: unknown): string[] {
  const message = error instanceof Error ? error.message : String(error);
  return [
    `slicewise: this should not have happened: ${message}`,
    '  this is a fault of slicewise, not a verdict; please report it with the command and its version',
  ];
}
