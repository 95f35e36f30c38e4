/** The flags that say how things look, and what they come to on this terminal. */

import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import type { Shell } from './shell.ts';

/** Flags as the parser hands them over. */
export interface DisplayOptions {
  readonly all?: boolean;
  readonly ascii?: boolean;
  readonly columns?: string;
  readonly color: boolean;
  readonly quiet?: boolean;
}

/** What a renderer for terminals needs. */
export interface Display {
  readonly columns: number;
  readonly color: boolean;
  readonly ascii: boolean;
  readonly all: boolean;
}

const COLUMNS = { least: 20, most: 10_000, unknown: 80 } as const;

/** Adds the flags of `DisplayOptions`; `all` is for commands that shorten their lists. */
export function addDisplayOptions(command: Command, { all }: { readonly all: boolean }): void {
  if (all) command.option('--all', 'show every slice, reason and finding');
  command
    .option('--ascii', 'draw with ASCII only')
    .option('--columns <n>', "width of the report (default: the terminal's, else 80)")
    .option('--no-color', 'no colour; NO_COLOR and FORCE_COLOR work as well')
    .option('--quiet', 'say nothing on standard error but what went wrong');
}

/**
 * Width and colour for text on standard output. Colour needs a terminal, or FORCE_COLOR; NO_COLOR and --no-color forbid it.
 *
 * @throws UsageError where --columns is no sensible width
 */
export function displayOf(options: DisplayOptions, { stdout, env }: Shell): Display {
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '' && env.FORCE_COLOR !== '0';
  const allowed = options.color && !env.NO_COLOR && env.FORCE_COLOR !== '0';
  return {
    columns:
      options.columns === undefined ? (stdout.columns ?? COLUMNS.unknown) : readColumns(options.columns),
    color: allowed && (forced || (stdout.isTerminal && env.TERM !== 'dumb')),
    ascii: options.ascii ?? false,
    all: options.all ?? false,
  };
}

function readColumns(text: string): number {
  const columns = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  if (columns >= COLUMNS.least && columns <= COLUMNS.most) return columns;
  throw new UsageError({
    message: `--columns is ${JSON.stringify(text)}, must be a whole number from ${COLUMNS.least} to ${COLUMNS.most}`,
  });
}
