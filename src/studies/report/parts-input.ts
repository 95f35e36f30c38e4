/** What is handed to those who measure answers with parts. */

import type { ScopedGrouping } from '../../scope/index.ts';
import type { SliceKey } from '../../slices/index.ts';
import type { Comparison } from '../../stages/index.ts';
import type { NamedKey } from './named.ts';

/** What is measured, and how it is called. */
export interface MeasurePartsInput {
  readonly comparison: Comparison;
  readonly groupings: readonly ScopedGrouping[];
  readonly nameOf: (key: SliceKey) => NamedKey;
  readonly level: number;
  readonly seed: number;
  readonly withBaseline: boolean;
}
