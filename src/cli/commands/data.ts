/** `slicewise data`: the state of a set of cases or training rows. */

import type { CommandGroup } from '../command-module.ts';

export const dataCommand: CommandGroup = {
  usage: 'check ...',
  description: 'Looks at data sets by themselves, before anything is compared.',
  examples: [{ command: 'slicewise data check train.jsonl', shows: 'what is wrong with these rows' }],
  exitCodes: [
    [0, 'done; what else there is, the help of each command says'],
    [2, 'it could not run: usage, input or infrastructure'],
  ],
  parts: [
    {
      name: 'check',
      summary: 'empty, damaged, repeated, conflicting rows; clean copy',
      load: async () => (await import('./data-check.ts')).dataCheckCommand,
    },
  ],
};
