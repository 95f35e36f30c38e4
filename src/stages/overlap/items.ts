/** The two sides of an overlap: cases in memory, and rows that come by. */

import type { Cell } from '../../cases/index.ts';
import type { RowPlace } from '../../checks/index.ts';
import type { HashedText } from '../../text/index.ts';

/** A case of the eval set. */
export interface OverlapCase {
  readonly id: string;
  /** Null where the case has no text, or its hash alone. */
  readonly text: string | null;
  readonly label: string | null;
  /** What models drafted, by column. */
  readonly drafts: ReadonlyMap<string, string>;
}

/** A row of the other data. */
export type OverlapRow = RowPlace & {
  readonly label: string | null;
  /** Null where the row has no text. */
  readonly content:
    | { readonly kind: 'text'; readonly text: string }
    /** Salted hashes of what would be the text. */
    | { readonly kind: 'hashes'; readonly hashed: HashedText; readonly flat: string }
    | null;
  /** What else was asked for: the id, and the cell of the column of vectors. */
  readonly beside?: { readonly id: string | null; readonly vector: Cell };
};

/** What the two runs did with each case: NaN where a run has no value. */
export interface CaseValues {
  readonly metric: string;
  /** Whether values are 0 or 1 per trial, so that their mean is a rate. */
  readonly isRate: boolean;
  readonly byCase: ReadonlyMap<string, { readonly baseline: number; readonly candidate: number }>;
  readonly hasBaseline: boolean;
}
