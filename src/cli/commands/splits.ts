/** `slicewise splits`: what may be trained on and what must be held out; the commands that it holds. */

import type { CommandGroup } from '../command-module.ts';

export const splitsCommand: CommandGroup = {
  usage: 'build | check ...',
  description:
    'Builds splits that hold out sources, periods, groups, rare and hard cases, without leaks, and says what results on such splits ' +
    'mean for the next unseen source.',
  examples: [
    {
      command: 'slicewise splits build data.csv --source site --rare -o splits.jsonl',
      shows: 'test sets of unseen sites and rare inputs',
    },
    {
      command: 'slicewise splits check results.jsonl --splits splits.jsonl',
      shows: 'what the next source may cost',
    },
  ],
  exitCodes: [[2, 'it could not run: usage, input or infrastructure; the rest is said by each command']],
  parts: [
    {
      name: 'build',
      summary: 'hold out sources, periods, groups, rare and hard cases',
      load: async () => (await import('./splits-build.ts')).splitsBuildCommand,
    },
    {
      name: 'check',
      summary: 'drops on held-out splits; how alike two sets are',
      load: async () => (await import('./splits-check.ts')).splitsCheckCommand,
    },
  ],
};
