/** Answers the question for a confusion matrix: its cells, and the kinds of mistakes with rates and tests. */

import { confusionPairs } from '../../classes/index.ts';
import { UsageError } from '../../errors.ts';
import type { ConfusionMatrix, ConfusionParams } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { matrixCells } from './confusion-matrix.ts';
import { countedSlice } from './counted-classes.ts';

/** Kinds of mistakes that are listed. */
const MOST_PAIRS = 300;

/**
 * The matrix of one slice.
 *
 * @throws UsageError where there are no classes, cases carry several labels, or there is no such slice
 */
export async function confusion(
  session: StudioSession,
  { slice: id, classes, by }: ConfusionParams,
): Promise<ConfusionMatrix> {
  const { slice, cells, counts, options } = await countedSlice(session, id);
  if (options.multiLabel) {
    throw new UsageError({
      message: 'cases carry several labels: an answer is not one class in place of another',
      hint: 'read recall and precision of each class in the report',
    });
  }
  const found = await session.once(`classes: mistakes of ${id ?? 'all'}`, async () =>
    confusionPairs([cells], counts.labels, { ...options, most: MOST_PAIRS }),
  );
  return {
    name: slice.name,
    ...matrixCells(cells, counts.labels, options.pairing, { most: classes, by }),
    pairs: found.pairs,
    unlisted: found.unlisted,
    tested: found.tested,
  };
}
