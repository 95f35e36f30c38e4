/** The texts of `--help`, at most 80 columns wide. */

import type { Command } from 'commander';
import type { CommandGroup, CommandModule, Example, ExitCodeHelp } from './command-module.ts';
import { GATE_EXIT_CODES } from './command-module.ts';
import type { Shell } from './shell.ts';

const WIDEST = 80;
const NARROWEST = 40;

const PROGRAM_EXAMPLES: readonly Example[] = [
  { command: 'slicewise old.jsonl new.jsonl', shows: 'may the new run replace the old one?' },
  { command: 'slicewise new.jsonl', shows: 'one run: its worst slices and blind spots' },
  { command: 'slicewise init old.jsonl new.jsonl', shows: 'write a configuration to start from' },
];

/** Width of the help: the terminal's, at most 80. */
export function helpWidth({ stdout }: Shell): number {
  return Math.max(NARROWEST, Math.min(WIDEST, stdout.columns ?? WIDEST));
}

/** The help of the program itself. */
export function describeProgram(program: Command): void {
  program
    .usage('OLD NEW | FILE | COMMAND [options]')
    .description(
      'Compares two recorded eval runs slice by slice and says whether the new one is safe to ship. ' +
        'OLD and NEW are result files: rows (JSONL, JSON, CSV, TSV or Parquet), or what promptfoo, Inspect, ' +
        'lm-evaluation-harness, DeepEval and other tools wrote; - is standard input. ' +
        'A file that is named like a command is written ./gate.',
    )
    .addHelpText('after', after(PROGRAM_EXAMPLES, GATE_EXIT_CODES));
}

/** The help of one command. */
export function describeCommand(command: Command, module: CommandModule | CommandGroup): void {
  command
    .usage(module.usage)
    .description(module.description)
    .addHelpText('after', after(module.examples, module.exitCodes));
}

function after(examples: readonly Example[], exitCodes: readonly ExitCodeHelp[]): string {
  return [
    '',
    'Examples:',
    ...examples.flatMap(({ command, shows }) => [`  # ${shows}`, `  ${command}`]),
    '',
    'Exit codes:',
    ...exitCodes.map(([code, meaning]) => `  ${code}  ${meaning}`),
  ].join('\n');
}
