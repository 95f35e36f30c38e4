/** Runs the built `slicewise` as a user would: in the project's folder, with the command shown before its output. */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The project's folder; paths in commands are relative to it. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The built command. */
export const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/**
 * How to type a command in this project's folder, with every argument that a shell would read otherwise in quotes.
 * It goes through `npm run`, which finds the right Node and never asks the registry; an installed package is just
 * `slicewise ...`.
 */
export function commandLine(args: readonly string[]): string {
  const quote = (arg: string) => (/^[\w./:=@,-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`);
  return ['npm', 'run', '-s', 'slicewise', '--', ...args].map(quote).join(' ');
}

/** Shows the command, runs it with its output on ours, and returns its exit code (null where a signal ended it). */
export function runCommand(args: readonly string[], say: (line: string) => void): number | null {
  say(`$ ${commandLine(args)}\n`);
  const { status, error } = spawnSync(process.execPath, [MAIN, ...args], { cwd: ROOT, stdio: 'inherit' });
  if (error) throw error;
  return status;
}
