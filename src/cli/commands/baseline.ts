/** `slicewise baseline`: a cheap strong model to start from, and to be better than. */

import { type CommandGroup, PLAIN_EXIT_CODES } from '../command-module.ts';

export const baselineCommand: CommandGroup = {
  usage: 'train | predict ...',
  description:
    'A text classifier that needs no download: words and pairs of words, weighed by how rare they are, under logistic ' +
    'regression. Train one to have a first system, or to know what yours must be better than. Its answers are a run that ' +
    'every other command reads.',
  examples: [
    {
      command: 'slicewise baseline train train.csv --label intent -o model.json',
      shows: 'how right it is, what it goes by, what trivial answers score',
    },
    {
      command: 'slicewise baseline predict model.json test.csv -o predictions.jsonl',
      shows: 'a run with labels, answers and probabilities',
    },
  ],
  exitCodes: PLAIN_EXIT_CODES,
  parts: [
    {
      name: 'train',
      summary: 'learn labels from texts, and say how well that goes',
      load: async () => (await import('./baseline-train.ts')).baselineTrainCommand,
    },
    {
      name: 'predict',
      summary: 'answer rows with a saved model, as a run',
      load: async () => (await import('./baseline-predict.ts')).baselinePredictCommand,
    },
  ],
};
