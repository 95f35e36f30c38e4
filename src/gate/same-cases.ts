/** Slices with exactly the same cases are told once. */

import type { SliceReport } from './report.ts';

/**
 * The rows without those that repeat an earlier one: the same metric over the same cases under another name.
 *
 * @example withoutRepeats([emea, acme]) // [emea], where acme.sameCasesAs is ['segment = emea']
 */
export function withoutRepeats(slices: readonly SliceReport[]): SliceReport[] {
  const told = new Set<string>();
  return slices.filter(({ metric, dimension, value, sameCasesAs }) => {
    if (sameCasesAs.some((name) => told.has(`${metric}\n${name}`))) return false;
    told.add(`${metric}\n${dimension} = ${value}`);
    return true;
  });
}
