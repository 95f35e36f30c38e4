/** Which slices and metrics one comparison looks at. */

import type { MetricConfig, SliceRules } from '../config/index.ts';
import type { Grouping } from '../slices/index.ts';

/** One grouping of the comparison with the rules for its slices. */
export interface ScopedGrouping {
  readonly grouping: Grouping;
  /** `gated` decides the release; `shown` is for the eye; `members` are the slices inside gated families. */
  readonly role: 'gated' | 'shown' | 'members';
  /** Name for people: a column, `A x B`, or a predicate's name. */
  readonly dimension: string;
  /** The expression behind the grouping; null for a plain column. */
  readonly definition: string | null;
  readonly rules: SliceRules;
  readonly values: ReadonlyMap<string, SliceRules>;
  readonly ignore: ReadonlySet<string>;
  /** Names that the configuration promises; null where it names none. */
  readonly expected: readonly string[] | null;
  /** Value of the slice that gathers everything not listed; null where there is none. */
  readonly remainder: string | null;
  /** Grouping id of the families that these members belong to. */
  readonly familyOf: string | null;
  /** Family of a member value, where the configuration maps them; members of a family column carry it as first part. */
  readonly families: ReadonlyMap<string, string> | null;
}

export interface Scope {
  readonly groupings: readonly ScopedGrouping[];
  readonly metrics: readonly MetricConfig[];
  readonly from: 'configured' | 'detected' | 'none';
  readonly notes: readonly string[];
}

/** Rules of one slice: the value's own over the grouping's. */
export function rulesOf(scoped: ScopedGrouping, value: string): SliceRules {
  return { ...scoped.rules, ...scoped.values.get(value) };
}
