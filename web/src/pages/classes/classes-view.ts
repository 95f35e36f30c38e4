/** What the classes page keeps in the address. */

export const TABS = ['report', 'confusion', 'calibration', 'thresholds', 'curves', 'baselines'] as const;

export type ClassesTab = (typeof TABS)[number];

/** Defaults; what is empty is what the page chooses. */
export const CLASSES_VIEW = {
  tab: 'report',
  /** Id of a slice; empty is all cases. */
  slice: '',
  q: '',
  metric: 'recall',
  sort: '',
  /** Matrix: what is shown, how many classes, which first, and whether as a picture or as cells. */
  show: 'candidate',
  values: 'counts',
  classes: 20,
  by: 'confusion',
  as: 'picture',
  /** The open cell: `run`, true class and answer as JSON; empty for none. */
  cell: '',
  /** Thresholds of both runs, and what mistakes cost; empty is what the page chooses. */
  tb: '',
  tc: '',
  miss: '',
  fa: '',
  /** One class against the rest. */
  label: '',
} as const;
