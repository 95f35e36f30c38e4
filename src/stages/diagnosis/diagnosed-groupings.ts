/** Which slices the diagnosis of probabilities looks at. */

import { allGrouping, type Scope } from '../../scope/index.ts';
import type { Grouping } from '../../slices/index.ts';

/** All cases and the gated slices, as the diagnosis reads them; who asks for the same gets what it read. */
export function diagnosedGroupings({ groupings }: Scope): readonly Grouping[] {
  const all = allGrouping();
  const gated = groupings.filter(({ role, grouping }) => role === 'gated' && grouping.id !== all.id);
  return [all, ...gated.map(({ grouping }) => grouping)];
}
