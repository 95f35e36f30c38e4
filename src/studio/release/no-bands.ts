/** Of which metrics the slices do not vary by chance as shares of independent cases do, and why. */

import { isRate } from '../../counts/index.ts';
import type { OpenRelease } from '../../pipeline.ts';
import type { SlicesAnswer } from '../contract/index.ts';

/** Rates for which binomial limits around the mean would be wrong. Linear in the distinct values of the cases. */
export function noBands({ comparison, measured }: OpenRelease): SlicesAnswer['noBands'] {
  return measured.overall.flatMap(({ metric, tally }) => {
    if (!isRate(metric.measure)) return [];
    const no = (reason: string) => [{ metric: metric.id, reason }];
    if (metric.measure.kind === 'class') return no('it is a figure of classes, not a share of the cases');
    if (comparison.clustered)
      return no('cases come in clusters, so slices differ by more than single cases would');
    const isBinary = tally.candidateValues.every(({ value }) => value === 0 || value === 1);
    return isBinary ? [] : no('a case counts for a share of its trials, not for 0 or 1');
  });
}
