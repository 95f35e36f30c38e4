/** How slices are called in the results of studies. */

import type { SliceEvidence } from '../evidence/index.ts';
import { sliceId } from '../slices/index.ts';

/** A slice and metric, as other documents of Slicewise name them. */
export interface NamedSlice {
  readonly id: string;
  readonly metric: string;
  readonly dimension: string;
  /** Exact cell text, or `(missing)` and `(untagged)`. */
  readonly value: string;
}

/** Names one slice. */
export function nameSlice({ key, metric, scoped }: SliceEvidence): NamedSlice {
  return {
    id: sliceId(metric.id, key),
    metric: metric.id,
    dimension: scoped.dimension,
    value: key.state === 'value' ? key.value : `(${key.state})`,
  };
}
