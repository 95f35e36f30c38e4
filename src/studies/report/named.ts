/** Slices with what people call them. */

import type { SliceClasses } from '../../classes/index.ts';
import type { SliceKey } from '../../slices/index.ts';

/** A slice with what people call it. */
export interface NamedKey {
  readonly key: SliceKey;
  /** A column, `A x B`, or the name of a predicate; `(all cases)` for all together. */
  readonly dimension: string;
  /** `region=eu`, `region is missing`, `all cases`. */
  readonly name: string;
}

/** One slice with its classes, named. */
export interface NamedClasses extends NamedKey {
  readonly figures: SliceClasses;
}
