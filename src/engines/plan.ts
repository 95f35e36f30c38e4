/** Checks of plans that all engines share. */

import { InternalError } from '../errors.ts';
import type { Grouping } from '../slices/index.ts';

/**
 * Slices of two groupings with one id could not be told apart.
 *
 * @throws InternalError that names the id
 */
export function refuseRepeatedIds(groupings: readonly Grouping[]): void {
  const ids = new Set<string>();
  for (const { id } of groupings) {
    if (ids.has(id)) {
      throw new InternalError({ message: `two groupings of a plan have the id ${JSON.stringify(id)}` });
    }
    ids.add(id);
  }
}
