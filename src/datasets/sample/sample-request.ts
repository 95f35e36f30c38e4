/** What to draw from logs, and what to write. */

import type { ColumnMapping } from '../../cases/index.ts';
import type { AllocationRule } from '../../sampling/index.ts';
import type { RecordsRequest } from '../../sources/index.ts';

/** Ways to draw, as `--design` spells them. */
export const DESIGNS = [
  'random',
  'stratified',
  'metadata',
  'class',
  'fringe',
  'dense',
  'entropy-top',
  'entropy-binned',
] as const;

export type Design = (typeof DESIGNS)[number];

/** One design; null takes an equal part of the size of all. */
export interface WantedDesign {
  readonly name: Design;
  readonly size: number | null;
}

/** How cases are written. */
export const CASE_FORMATS = ['jsonl', 'promptfoo', 'inspect'] as const;

export type CaseFormat = (typeof CASE_FORMATS)[number];

/** One draw. */
export interface SampleRequest {
  readonly files: readonly string[];
  readonly cwd: string;
  readonly stdin?: AsyncIterable<Uint8Array>;
  readonly from: RecordsRequest['from'];
  readonly mapping: ColumnMapping;
  /** Cases that exist: they count towards floors and are not drawn again. */
  readonly evalFiles: readonly string[];
  readonly evalMapping: ColumnMapping;
  /** Columns whose combinations are the strata; empty takes the first that the gate would take. */
  readonly by: readonly string[];
  readonly floor: number;
  /** Cases to draw: a number, a margin of error for the rate of everything, a drop that every stratum should detect, or null. */
  readonly size: number | null;
  readonly margin: number | null;
  readonly drop: number | null;
  readonly rule: AllocationRule;
  /** For Neyman: a column of scores in the logs, or a filled worksheet. */
  readonly spread: string | null;
  readonly where: string | null;
  readonly seed: number;
  readonly designs: readonly WantedDesign[];
  readonly label: string | null;
  readonly probabilities: string | null;
  readonly allowMissing: boolean;
  /** Path of the cases; null writes none. */
  readonly output: string | null;
  readonly as: CaseFormat;
  readonly worksheet: string | null;
  /** A filled worksheet: its items are not drawn again, and its defects say where to look. */
  readonly secondPass: string | null;
  readonly ledger: { readonly path: string; readonly queue: string; readonly now: () => Date } | null;
  readonly progress?: (text: string) => void;
  /** Hears which files are read before anything is written, and may refuse. */
  readonly onInputs?: (files: readonly string[]) => Promise<void>;
}
