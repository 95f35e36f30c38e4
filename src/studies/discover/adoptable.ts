/** Whether what was found can be written into the configuration, and what stands in the way: the same for the command and for the studio. */

import { foundText } from '../../cases/index.ts';
import { type Config, type FoundSlice, nearestHint } from '../../config/index.ts';
import { UsageError } from '../../errors.ts';
import { columnsOf, type Expression } from '../../slices/index.ts';
import type { DiscoveredSliceReport } from './result.ts';

/**
 * The file that slices are written into.
 *
 * @param asked what would write, for the message: `--adopt`
 * @throws UsageError without a configuration that names slices: adding one would switch off the dimension that the gate finds
 */
export function adoptingFile({ file, slices }: Config, asked: string): string {
  if (file === null) {
    throw new UsageError({
      message: `${asked} writes into slicewise.yaml, and no configuration was read`,
      hint: 'slicewise init writes one; --config names another',
    });
  }
  if (slices.length === 0) {
    throw new UsageError({
      message: `${file} names no slices, so the gate finds its dimension itself; an adopted slice would end that`,
      hint: 'write the dimension down first, such as slices: [segment]',
    });
  }
  return file;
}

/** Why a found slice is not adopted; null where it can be. */
export function whyNotAdopted({
  mode,
  predicate,
  conditions,
}: Pick<DiscoveredSliceReport, 'mode' | 'predicate' | 'conditions'>): string | null {
  if (mode === 'improved') return 'it improved';
  if (conditions.some(({ column }) => isCluster(column))) return OTHER_CLUSTERS;
  return predicate === null ? 'the language of predicates has no words for it' : null;
}

const OTHER_CLUSTERS = 'clusters of other data are other clusters';

const isCluster = (column: string): boolean => /^derived\..*cluster$/.test(column);

/**
 * Refuses a predicate that means nothing in other data, or names what this data does not have.
 *
 * @param known columns of the results
 * @param canDerive whether a gate can compute a column of this name
 * @throws UsageError with every problem
 */
export function checkAdopted(
  where: Expression,
  known: readonly string[],
  canDerive: (column: string) => boolean,
): void {
  const problems = columnsOf(where).flatMap((column) => {
    if (isCluster(column)) return [{ message: `${column}: ${OTHER_CLUSTERS}` }];
    if (known.includes(column) || canDerive(column)) return [];
    return [{ message: `the results have no column ${foundText(column)}`, hint: nearestHint(column, known) }];
  });
  if (problems.length > 0) throw new UsageError(problems);
}

/** A slice as the configuration keeps it, with where it came from in the line above. */
export function foundSlice(
  { name, where, foundOn }: Pick<FoundSlice, 'name' | 'where' | 'foundOn'>,
  how: string,
  today: Date,
): FoundSlice {
  const date = today.toISOString().slice(0, 10);
  return {
    ...{ name, where, foundOn },
    comment: `${how} on ${date} in results ${foundOn.slice(0, 12)}; gates from the next data on`,
  };
}
