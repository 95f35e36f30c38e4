/** `slicewise strategies`: what other gates would have said, how often they err, and what they would catch. */

import type { Command } from 'commander';
import { type CommandModule, PLAIN_EXIT_CODES } from '../command-module.ts';
import type { Shell } from '../shell.ts';
import { defineStudy, readNumber, runStudy } from '../study-command.ts';

export const strategiesCommand: CommandModule = {
  usage: '[OLD NEW] [options]',
  description:
    'Compares ways to gate on your own results: the mean, the mean over slices, the worst slice, every slice with a manual ' +
    'review, tests with and without correction, and this gate. For each: its verdict on this release, how often it is wrong ' +
    'when nothing changed, and how often it catches a drop that is planted in one slice.',
  examples: [
    { command: 'slicewise strategies old.jsonl new.jsonl', shows: 'a planted drop of 14 points' },
    {
      command: 'slicewise strategies old.jsonl new.jsonl --drop 0.1 --slice-value refund_flow',
      shows: 'a drop of 10 points, also in the slice that you fear for',
    },
  ],
  exitCodes: PLAIN_EXIT_CODES,
  define: (command: Command) =>
    defineStudy(command, (own) => {
      own
        .option('--drop <share>', 'the drop that is planted, as a share of the cases', '0.14')
        .option('--slice-value <value>', 'a gated slice to plant it in as well')
        .option('--runs <n>', 'simulated releases of each kind', '1000');
    }),
  run: async (command: Command, shell: Shell) => {
    const { drop, runs, sliceValue } = command.opts<{
      readonly drop: string;
      readonly runs: string;
      readonly sliceValue?: string;
    }>();
    const asked = {
      drop: readNumber('--drop', drop),
      runs: readNumber('--runs', runs),
      sliceValue: sliceValue ?? null,
    };
    return runStudy(command, shell, async (config, ports) => {
      const { runStrategies } = await import('../../studies/index.ts');
      return runStrategies({ config, ...asked }, ports);
    });
  },
};
