/** What `slicewise splits overlap` is asked. */

import type { ColumnMapping } from '../../cases/index.ts';
import type { Config } from '../../config/index.ts';
import type { OverlapSettings, Ports } from '../../stages/index.ts';

/** Files of one side and how they are read. */
export interface SideRequest {
  readonly files: readonly string[];
  readonly mapping: ColumnMapping;
}

/** The whole question. */
export interface OverlapRequest {
  readonly evalSet: SideRequest;
  readonly train: SideRequest | null;
  readonly fewShot: SideRequest | null;
  /** Texts that are scanned for long runs of words. */
  readonly corpus:
    | (SideRequest & { readonly n: number; readonly stopItems: number; readonly share: number })
    | null;
  /** Holds the runs; without a candidate the eval set itself is one where it has results. */
  readonly config: Config;
  readonly settings: OverlapSettings;
  /** Nearest rows among points; `vectors` is a column or a file, null for words. */
  readonly neighbours: { readonly vectors: string | null; readonly similarity: number } | null;
  readonly drafts: readonly string[];
  readonly salt: string | null;
  /** Absolute path of the list of rows to remove. */
  readonly remove: string | null;
  readonly texts: boolean;
  readonly ports: Ports;
  /** Hears every file that is read, before anything is written. */
  readonly onInputs: (files: readonly string[]) => Promise<void>;
}
