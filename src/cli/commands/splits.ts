/** `slicewise splits`: overlap between splits, building them, checking them. */

import type { CommandGroup } from '../command-module.ts';

export const splitsCommand: CommandGroup = {
  usage: 'overlap | build | check ...',
  description:
    'Splits of data: which cases of an eval set stand in the training data or in the examples of a prompt, splits that hold out ' +
    'what production will bring, and what existing splits say of data to come.',
  examples: [
    {
      command: 'slicewise splits overlap --train train.jsonl --eval cases.jsonl',
      shows: 'copies and near-copies of cases in the training data',
    },
  ],
  exitCodes: [
    [0, 'done; what else there is, the help of each command says'],
    [2, 'it could not run: usage, input or infrastructure'],
  ],
  parts: [
    {
      name: 'overlap',
      summary: 'which cases stand in training data or examples',
      load: async () => (await import('./splits-overlap.ts')).splitsOverlapCommand,
    },
    {
      name: 'build',
      summary: 'hold out sources, times, groups, rare or hard items',
      load: async () => (await import('./splits-build.ts')).splitsBuildCommand,
    },
    {
      name: 'check',
      summary: 'what held-out splits say of the next one',
      load: async () => (await import('./splits-check.ts')).splitsCheckCommand,
    },
  ],
};
