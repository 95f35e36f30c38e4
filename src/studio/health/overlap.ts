/** What the eval set shares with training data and examples, from the gate's own diagnosis. */

import type { StoreOverlap } from '../../checks/index.ts';
import type { OpenRelease } from '../../pipeline.ts';
import type { OverlapOverview, OverlapSummary } from '../contract/index.ts';

/** The stores that were compared, and what to configure for the others. */
export function overlapOverview({ diagnosis, config, comparison }: OpenRelease): OverlapOverview {
  const found = diagnosis.overlap;
  const { input } = comparison.candidate.opened.mapping;
  const { train, fewShot } = config.inputs;
  const missing = [
    ...(input === undefined
      ? [
          {
            what: 'The results have no input texts, so no text can be compared.',
            todo: 'Add a column input, or name yours: --map input=COLUMN.',
          },
        ]
      : []),
    ...(train.length === 0
      ? [
          {
            what: 'Whether cases stand in the training data: none are named.',
            todo: 'Add inputs: { train: [FILE] } to slicewise.yaml. Private texts can come as salted hashes: slicewise splits overlap.',
          },
        ]
      : []),
    ...(fewShot.length === 0
      ? [
          {
            what: 'Whether cases stand among the examples of a prompt, or in the index that passages come from: none are named.',
            todo: 'Add inputs: { fewShot: [FILE] } to slicewise.yaml.',
          },
        ]
      : []),
    ...(found?.notComparable ?? []).map(({ store, reason }) => ({
      what: `${store === 'train' ? 'Training data' : 'Examples'} could not be compared.`,
      todo: `Add ${reason}.`,
    })),
  ];
  return {
    stores: (found?.stores ?? []).map(summaryOf),
    drafts: (found?.drafts ?? []).map((draft) => ({ ...draft })),
    missing,
    hasTexts: input !== undefined,
  };
}

function summaryOf(store: StoreOverlap): OverlapSummary {
  const { files, rows, cases, compared, leftOut, casesBy, pairsBy, threshold, notice, grams, minWords } =
    store;
  return {
    ...{ store: store.store, files, rows, cases, compared, leftOut, casesBy, pairsBy },
    ...{ threshold, notice, grams, minWords, metric: store.metric },
    overlapping: store.overlapping.length,
    conflicting: store.conflicting.length,
    rowsToRemove: store.remove.length,
    candidate: store.candidate,
    baseline: store.baseline,
  };
}
