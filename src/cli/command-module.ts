/** The shape of a command's file: its help as data, its flags, and what it does. */

import type { Command } from 'commander';
import type { Shell } from './shell.ts';

/** A command line to copy, and what it is good for. */
export interface Example {
  readonly command: string;
  readonly shows: string;
}

/** A code that the command ends with, and what it says. */
export type ExitCodeHelp = readonly [code: number, meaning: string];

/**
 * One command. Its file is loaded for this command alone, also for its help: import only commander's types and light files at
 * the top, and everything else inside `run` with `await import()`.
 */
export interface CommandModule {
  /** What follows the name in the usage line. */
  readonly usage: string;
  /** What it does and when to use it, in whole sentences; wrapped to the width of the help. */
  readonly description: string;
  readonly examples: readonly Example[];
  readonly exitCodes: readonly ExitCodeHelp[];
  /** Adds arguments and options. */
  define(command: Command): void;
  /**
   * Does the work and returns the exit code; `command.args` are the arguments, `command.opts()` the options.
   *
   * @throws SlicewiseError for everything that a user can cause: its problems are printed and the exit code is 2
   */
  run(command: Command, shell: Shell): Promise<number>;
}

/** What most commands end with. */
export const PLAIN_EXIT_CODES: readonly ExitCodeHelp[] = [
  [0, 'done'],
  [2, 'it could not run: usage, input or infrastructure'],
];

/** What the gate ends with. */
export const GATE_EXIT_CODES: readonly ExitCodeHelp[] = [
  [0, 'PASS: nothing confirmed or suspected'],
  [1, 'BLOCK: a loss is confirmed'],
  [2, 'it could not run: usage, input or infrastructure; no verdict'],
  [3, 'REVIEW: a loss is suspected, a person decides'],
  [4, 'nothing established: UNTESTED, STALE or INVALID'],
];

/** A command whose first argument is a command of its own: `slicewise splits overlap`. Its file holds their names alone. */
export interface CommandGroup
  extends Pick<CommandModule, 'usage' | 'description' | 'examples' | 'exitCodes'> {
  readonly parts: readonly {
    readonly name: string;
    /** At most 60 characters. */
    readonly summary: string;
    readonly load: () => Promise<CommandModule>;
    /** Runs where the first argument names none of the commands. */
    readonly isDefault?: true;
  }[];
}

/** Whether a file holds several commands. */
export function isGroup(module: CommandModule | CommandGroup): module is CommandGroup {
  return 'parts' in module;
}
