/** `slicewise aa`: how often this gate would block or call for review if nothing had changed. */

import type { Command } from 'commander';
import { type CommandModule, PLAIN_EXIT_CODES } from '../command-module.ts';
import type { Shell } from '../shell.ts';
import { defineStudy, readNumber, runStudy } from '../study-command.ts';

export const aaCommand: CommandModule = {
  usage: '[OLD NEW | NEW] [options]',
  description:
    'Simulates releases in which nothing changed, on your own results and under your own policy, and counts how many of them ' +
    'this gate blocks or sends to review. With two runs over the same cases each case swaps its two results at random; one ' +
    'run is also split into halves. The summary is kept in .slicewise/aa, and the next report on these results quotes it.',
  examples: [
    { command: 'slicewise aa old.jsonl new.jsonl', shows: '1,000 unchanged releases of each kind' },
    { command: 'slicewise aa old.jsonl new.jsonl --floor 0.85', shows: 'what a floor adds' },
    { command: 'slicewise aa new.jsonl --runs 5000', shows: 'halves of one run, more exactly' },
  ],
  exitCodes: PLAIN_EXIT_CODES,
  define: (command: Command) =>
    defineStudy(command, (own) => {
      own.option('--runs <n>', 'unchanged releases of each kind', '1000');
    }),
  run: async (command: Command, shell: Shell) => {
    const runs = readNumber('--runs', command.opts<{ readonly runs: string }>().runs);
    return runStudy(command, shell, async (config, ports) => {
      const { runAa } = await import('../../studies/index.ts');
      return runAa({ config, runs }, ports);
    });
  },
};
