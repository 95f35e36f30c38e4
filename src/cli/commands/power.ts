/** `slicewise power`: what each gated slice could see, and how many cases would settle it. */

import type { Command } from 'commander';
import { type CommandModule, PLAIN_EXIT_CODES } from '../command-module.ts';
import type { Shell } from '../shell.ts';
import { defineStudy, readNumber, runStudy } from '../study-command.ts';

export const powerCommand: CommandModule = {
  usage: '[OLD NEW | NEW] [options]',
  description:
    'For every gated slice: the chance to see a drop with the cases that it has, the smallest drop that it sees with 80% ' +
    'power, and the cases that would be needed. Names the slices that this gate cannot see at all, and those too small to be ' +
    'gated. Reads what the gate reads; on one run alone churn is assumed.',
  examples: [
    { command: 'slicewise power old.jsonl new.jsonl', shows: 'what a drop of three margins needs' },
    { command: 'slicewise power old.jsonl new.jsonl --drop 0.1', shows: 'the same for 10 points' },
    { command: 'slicewise power new.jsonl --churn 0.05', shows: 'before there is a baseline' },
  ],
  exitCodes: PLAIN_EXIT_CODES,
  define: (command: Command) =>
    defineStudy(command, (own) => {
      own
        .option('--drop <size>', "the drop to see, in the metric's unit (default: three margins)")
        .option(
          '--churn <share>',
          'share of cases that flip when nothing changes (default: as observed, else 0.1)',
        );
    }),
  run: async (command: Command, shell: Shell) => {
    const { drop, churn } = command.opts<{ readonly drop?: string; readonly churn?: string }>();
    const asked = {
      drop: drop === undefined ? null : readNumber('--drop', drop),
      churn: churn === undefined ? null : readNumber('--churn', churn),
    };
    return runStudy(command, shell, async (config, ports) => {
      const { runPower } = await import('../../studies/index.ts');
      return runPower({ config, ...asked }, ports);
    });
  },
};
