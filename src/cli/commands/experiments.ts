/** `slicewise experiments`: recorded training and tuning runs; the commands that it holds. */

import type { CommandGroup } from '../command-module.ts';

export const experimentsCommand: CommandGroup = {
  usage: 'list | curves | imbalance | log ...',
  description:
    'Reads the runs of MLflow (folder or server), W&B (offline folders), Hugging Face trainers and tables (CSV, JSON lines, ' +
    'Parquet), and says which of them may be compared, what moved the score, what the loss curves show, how much of the best ' +
    'score is luck, and what was not logged. Without a name of its own, what follows is read by list.',
  examples: [
    { command: 'slicewise experiments mlruns', shows: 'every run, best first, and what to say of them' },
    { command: 'slicewise experiments --mlflow http://127.0.0.1:5000', shows: 'the same from a server' },
    {
      command: 'slicewise experiments log --mlflow mlruns --run-id ID report.json',
      shows: "writes a gate's report into the run it is about",
    },
  ],
  exitCodes: [
    [0, 'done, or nothing to object to'],
    [2, 'it could not run: usage, input or infrastructure'],
    [3, 'REVIEW (list): a person decides'],
    [4, 'INVALID (list): runs that are not comparable'],
  ],
  parts: [
    {
      name: 'list',
      summary: 'runs in order, groups, trends, luck of the best',
      isDefault: true,
      load: async () => (await import('./experiments-list.ts')).experimentsListCommand,
    },
    {
      name: 'curves',
      summary: 'what every loss curve shows',
      load: async () => (await import('./experiments-curves.ts')).experimentsCurvesCommand,
    },
    {
      name: 'imbalance',
      summary: 'what helps rare classes, measured',
      load: async () => (await import('./experiments-imbalance.ts')).experimentsImbalanceCommand,
    },
    {
      name: 'log',
      summary: "write a gate's report into an MLflow run",
      load: async () => (await import('./experiments-log.ts')).experimentsLogCommand,
    },
  ],
};
