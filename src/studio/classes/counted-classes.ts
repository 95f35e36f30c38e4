/** The counted answers of the opened release, as its diagnosis counts them: one pass over the rows per dimension that is asked for. */

import { type ClassOptions, reportResamples, withAbstentions } from '../../classes/index.ts';
import { DEFAULT_CLASSES } from '../../config/index.ts';
import type { LabelCounts, LabelSlice } from '../../counts/index.ts';
import { UsageError } from '../../errors.ts';
import { answeredCells } from '../../evidence/index.ts';
import type { OpenRelease } from '../../pipeline.ts';
import { ALL_CASES } from '../../scope/index.ts';
import { pairingOf } from '../../stages/index.ts';
import type { StudioSession } from '../session.ts';
import { whyNoClasses } from './class-overview.ts';
import { type FoundSlice, findSlice } from './class-slices.ts';

/** Distinct labels up to which the diagnosis counts. */
const MOST_LABELS = 2_000;

/** The answers of one slice, and how to judge them. */
export interface CountedSlice {
  readonly slice: FoundSlice;
  readonly counts: LabelCounts;
  readonly cells: LabelSlice;
  readonly options: ClassOptions;
}

/**
 * Counts the answers of a slice.
 *
 * @param id null for all cases
 * @throws UsageError where there are no classes, or no such slice
 */
export async function countedSlice(session: StudioSession, id: string | null): Promise<CountedSlice> {
  const { release } = session;
  const why = whyNoClasses(release);
  if (!why.possible) throw new UsageError({ message: why.reason, hint: why.todo });
  const slice = findSlice(release, id);
  const counts = await session.once(`classes: labels of ${slice.grouping.id}`, () =>
    session.inTurn((own) => countLabels(own, slice)),
  );
  const cells = counts.slices.find(
    ({ grouping, state, value }) =>
      grouping === slice.key.grouping &&
      (grouping === ALL_CASES || (state === slice.key.state && value === slice.key.value)),
  );
  if (cells === undefined) {
    throw new UsageError({ message: `no case of ${slice.name} has a label`, hint: 'choose another slice' });
  }
  return { slice, counts, cells, options: optionsOf(release, counts, id) };
}

async function countLabels(
  { comparison, config }: OpenRelease,
  { grouping }: FoundSlice,
): Promise<LabelCounts> {
  const counted = await comparison.engine.labels({ groupings: [grouping], maxLabels: MOST_LABELS });
  const slices = counted.slices.map((slice) => answeredCells(slice, config.policy));
  return withAbstentions({ ...counted, slices }, (config.classes ?? DEFAULT_CLASSES).abstain);
}

function optionsOf({ config, profile }: OpenRelease, counts: LabelCounts, id: string | null): ClassOptions {
  const { level, seed, resamples } = config.policy;
  return {
    ...{ pairing: pairingOf(profile), multiLabel: counts.hasLists, level, seed },
    undefinedAs: (config.classes ?? DEFAULT_CLASSES).average0,
    resamples: resamplesOf(resamples, id, counts.labels.length),
  };
}

/**
 * As often as `slicewise report` resamples.
 *
 * @param asked by the policy
 * @param id of the slice; null for all cases
 */
export function resamplesOf(asked: number, id: string | null, labels = 2): number {
  return reportResamples(labels, id === null, asked);
}
