/** What the data health page keeps in the address. */

export const TABS = ['walk', 'overlap', 'coverage', 'plan', 'labels'] as const;

export type HealthTab = (typeof TABS)[number];

export const HEALTH_VIEW = {
  tab: 'walk',
  /** The open step of the walk; empty is the first that was found. */
  step: '',
  /** Pairs: which side, how close, only conflicts, words, and the place of the open pair. */
  side: '',
  close: '',
  conflicts: false,
  q: '',
  pair: -1,
  pairs: 200,
  /** Coverage: a dimension. Plan: drop in points, churn in percent; empty is what was observed. */
  dimension: '',
  drop: '',
  churn: '',
  sort: '',
  /** The open suspect. */
  suspect: '',
} as const;
