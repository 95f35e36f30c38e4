/** The cases of a question: all of them, with the condition that was asked for as a dimension. */

import type { ExploreScope } from '../contract/explore.ts';
import type { StudioSession } from '../session.ts';
import { withCondition } from './condition.ts';
import type { ExploreCases } from './explore-cases.ts';
import { allCases } from './read-cases.ts';

/**
 * The cases of a scope. A condition is a dimension of its own; only the last one is kept, since people look at one at a time.
 *
 * @throws UsageError where no metric of the comparison has a value per case, or `metric` is none of them; where the condition is
 * no predicate, or names what the results do not have
 */
export async function exploreCases(
  { metric, where, depth }: ExploreScope,
  session: StudioSession,
): Promise<ExploreCases> {
  const cases = await allCases(metric, depth, session);
  if (where === null) return cases;
  const known = conditions.get(cases);
  if (known?.where === where) return known.made;
  const made = withCondition(cases, where, session);
  conditions.set(cases, { where, made });
  made.catch(() => conditions.delete(cases));
  return made;
}

const conditions = new WeakMap<
  ExploreCases,
  { readonly where: string; readonly made: Promise<ExploreCases> }
>();
