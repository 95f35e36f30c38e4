/** What the address of the slices page keeps. */

/** Defaults; a link to one slice is `/slices?slice=ID`. */
export const SLICES_VIEW = {
  tab: 'forest',
  metric: '',
  q: '',
  verdict: '',
  grade: '',
  role: '',
  dimension: '',
  family: '',
  owner: '',
  sort: '',
  group: '',
  closed: [] as readonly string[],
  /** What the strips show: `change` or `values`. */
  show: 'change',
  /** Bars of the dumbbell. */
  top: 20,
  slice: '',
} as const;
