/** What to build splits of, and how. */

import type { RecordsRequest } from '../../sources/index.ts';

export interface BuildRequest {
  readonly files: readonly string[];
  readonly cwd: string;
  readonly stdin?: AsyncIterable<Uint8Array>;
  readonly from?: RecordsRequest['from'];
  readonly id: string | null;
  readonly text: string | null;
  readonly label: string | null;
  /** Columns to hold out by. */
  readonly source: string | null;
  readonly time: string | null;
  readonly group: string | null;
  readonly rare: boolean;
  readonly hard: boolean;
  /** Column that says `yes`, `true` or `1` where a person has verified the label. */
  readonly verified: string | null;
  /** Splits per kind of shift: 2 or 3. */
  readonly splits: number;
  /** 0 for none, else at least 2. */
  readonly folds: number;
  readonly share: number;
  readonly minCases: number;
  /** Jaccard similarity of word triples from which on two texts are near-duplicates. */
  readonly threshold: number;
  readonly seed: number;
  /** JSON lines, one per case; `OUT.plan.json` beside it says how the splits were made. */
  readonly output: string | null;
  /** Folder for `SPLIT.train.jsonl` and `SPLIT.test.jsonl`, lists of ids. */
  readonly directory: string | null;
}

/** Defaults. */
export const BUILD_DEFAULTS = {
  splits: 3,
  folds: 0,
  share: 0.1,
  minCases: 20,
  threshold: 0.9,
  seed: 1,
} as const;
