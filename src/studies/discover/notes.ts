/** What a reader of the answer must know beside the slices. */

import type { Comparison } from '../../stages/index.ts';
import type { DiscoverRequest } from './request.ts';
import type { RankedColumn } from './result.ts';
import type { SearchedCases } from './searched-cases.ts';

/** What the notes are about. */
export interface Noted {
  readonly request: DiscoverRequest;
  readonly comparison: Comparison;
  readonly both: Comparison;
  readonly cases: SearchedCases;
  /** Columns of numbers that were cut. */
  readonly cut: readonly string[];
  readonly dimensions: readonly RankedColumn[];
  readonly step: number;
}

/** A dimension that explains more than this may be a result in disguise. */
const SUSPICIOUS = 0.5;

/** Sentences, in order. */
export function discoverNotes({
  request,
  comparison,
  both,
  cases,
  cut,
  dimensions,
  step,
}: Noted): readonly string[] {
  const { coded, input } = cases;
  const { leftOut } = coded;
  const failed = input.table.error.some((error) => error > 0);
  const out = [
    [leftOut.onlyBaseline, 'only in the old run'],
    [leftOut.onlyCandidate, 'only in the new run'],
    [leftOut.edited, 'edited between the runs'],
    [leftOut.unscored, 'without a value'],
    [leftOut.unweighted, 'without one weight'],
  ].filter(([count]) => Number(count) > 0);
  const suspects = dimensions.filter(({ explained }) => (explained.estimate ?? 0) >= SUSPICIOUS);
  return [
    ...new Set([
      ...request.config.notes,
      ...(comparison.baseline?.opened.notes ?? []),
      ...comparison.candidate.opened.notes,
      ...(both === comparison
        ? []
        : [
            'the runs share no case: the new run is searched alone, and the old one only tells how the mix shifted',
          ]),
      ...(out.length === 0
        ? []
        : [`left out: ${out.map(([count, why]) => `${count} cases ${why}`).join(', ')}`]),
      ...(coded.cases === 0 || failed ? [] : ['no case has an error: there is nothing to find']),
      ...(failed &&
      input.table.error.every((error) => error === input.table.error[0]) &&
      input.table.before === null
        ? ['every case has the same error: no slice can be worse than another']
        : []),
      ...(cut.length === 0
        ? []
        : [
            `numbers are cut at quantiles of these cases, so their slices keep their edges only where you write them down: ${cut.join(', ')}`,
          ]),
      ...suspects.map(
        ({ name, explained }) =>
          `${name} alone tells ${((explained.estimate ?? 0) * 100).toFixed(0)} % of the result apart: if it is a result itself, leave it out with --exclude ${name}`,
      ),
      ...(cases.ids === null && coded.cases > 0
        ? ['cases are too many to be named one by one: the predicate of a slice selects them']
        : []),
      ...(step > 1 ? [`words are counted in every ${step}th case`] : []),
    ]),
  ];
}
