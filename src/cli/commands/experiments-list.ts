/** `slicewise experiments list`: runs in order, which of them may be compared, and what the best one owes to luck. */

import type { Command } from 'commander';
import type { CommandModule } from '../command-module.ts';
import {
  addAnswerOptions,
  addSourceOptions,
  addTableOptions,
  showExperiments,
} from '../experiments-options.ts';
import type { Shell } from '../shell.ts';

export const experimentsListCommand: CommandModule = {
  usage: '[FILES...] [--mlflow WHERE] [options]',
  description:
    'Orders recorded runs by a metric. Runs that say another data set or another judge stand in groups of their own and are ' +
    'not compared. Within the largest group: rank correlation of every parameter with the score (exploratory), what the best ' +
    'run is expected to score on fresh cases or with another seed, and findings of the loss curves. Lists the fields that ' +
    'were not logged. A server is only asked where --mlflow names its address; MLFLOW_TRACKING_TOKEN is sent along.',
  examples: [
    {
      command: 'slicewise experiments list mlruns --sort val_accuracy --cases 500',
      shows: 'with intervals over 500 cases',
    },
    {
      command: 'slicewise experiments list runs.csv --filter "params.lr > 0.001"',
      shows: 'a table of runs, in part',
    },
    {
      command: 'slicewise experiments list wandb/ --format csv',
      shows: 'offline runs of W&B for a spreadsheet',
    },
  ],
  exitCodes: [
    [0, 'nothing to object to'],
    [2, 'it could not run: usage, unreadable files, a server that does not answer'],
    [3, 'REVIEW: the best run diverges or overfits, or files are unreadable'],
    [4, 'INVALID: NOT COMPARABLE, runs differ in data set or judge'],
  ],
  define: (command: Command) => {
    addSourceOptions(command);
    addTableOptions(command);
    addAnswerOptions(command);
  },
  run: (command: Command, shell: Shell) => showExperiments(command, shell, 'runs'),
};
