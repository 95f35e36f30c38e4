/** `slicewise experiments curves`: what every loss curve of recorded runs shows. */

import type { Command } from 'commander';
import { type CommandModule, PLAIN_EXIT_CODES } from '../command-module.ts';
import { addAnswerOptions, addSourceOptions, showExperiments } from '../experiments-options.ts';
import type { Shell } from '../shell.ts';

const many = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export const experimentsCurvesCommand: CommandModule = {
  usage: '[FILES...] [--mlflow WHERE] [options]',
  description:
    'Describes every curve: diverged (no number, or rising beyond its noise), still falling at the end (slope with interval), ' +
    'plateau, spikes, and validation that gets worse while training gets better, with the best step. Which way a metric points ' +
    'is read from its name; curves of unknown direction are named and not judged.',
  examples: [
    { command: 'slicewise experiments curves mlruns --metric val_loss', shows: 'one metric of every run' },
    { command: 'slicewise experiments curves out/trainer_state.json', shows: "a trainer's log" },
  ],
  exitCodes: PLAIN_EXIT_CODES,
  define: (command: Command) => {
    addSourceOptions(command);
    command.option('--metric <name>', 'only curves of this metric (repeatable)', many);
    addAnswerOptions(command);
  },
  run: (command: Command, shell: Shell) => showExperiments(command, shell, 'curves'),
};
