/** What it means to open a run: what is asked for, and what is known once it can be read. */

import type { ColumnMapping, PassWords, ResultChunk, Role, RunCount } from '../cases/index.ts';
import { IMPORTER_NAMES, type ImporterName } from './importers/importer.ts';
import type { ImportSummary } from './importers/notebook.ts';
import type { TranscriptReader } from './importers/transcript-reader.ts';
import type { RunSide } from './run-choice.ts';

/** Which run to open. */
export interface RunRequest {
  /** Paths, glob patterns, or `-` for standard input. */
  readonly files: readonly string[];
  /** Text of the run column that selects this run, for imports also a pattern such as `gpt2:*`; null takes every row. */
  readonly run: string | null;
  /** What the user said about columns; `''` says that no column plays the role. */
  readonly mapping: ColumnMapping;
  /** Texts of the passed column beside the known ones. */
  readonly passWords?: PassWords | undefined;
  /** `rows`: where no column is the case id or the input, each row is a case of its own, which no other file can pair with. */
  readonly cases?: 'rows';
  readonly cwd: string;
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** The tool that wrote the files, `rows` for rows of one's own, null to look. */
  readonly from?: SourceFormat | null;
  /** The metric of another tool's results that decides; null takes the tool's own. */
  readonly score?: string | null;
  /** Which run of the comparison this is, for messages. */
  readonly side?: RunSide;
  /** The same files are both runs, so that columns such as `pred_before` and `pred_after` tell them apart. */
  readonly holdsBoth?: boolean;
}

/** What `--from` may say. */
export type SourceFormat = (typeof SOURCE_FORMATS)[number];

/** Every tool whose results are read, and `rows` for rows of one's own. */
export const SOURCE_FORMATS = ['rows', ...IMPORTER_NAMES] as const;

/** The rows of a run for an engine, which has the same type. */
export type RunSource =
  | {
      readonly kind: 'rows';
      readonly chunks: AsyncIterable<ResultChunk>;
      readonly mapping: ColumnMapping;
      readonly passWords?: PassWords | undefined;
    }
  | {
      readonly kind: 'parquet';
      readonly files: readonly string[];
      readonly mapping: ColumnMapping;
      readonly passWords?: PassWords | undefined;
      readonly run: string | null;
      /** What to do about several runs where none was chosen, for messages. */
      readonly chooseRun?: (runs: readonly RunCount[]) => string;
    };

/** A run that can be read. */
export interface OpenedRun {
  /** Relative to `cwd`, in the order in which they are read. */
  readonly files: readonly string[];
  /** `mixed` where files differ; the tool's name for results of another tool. */
  readonly format: 'jsonl' | 'json' | 'csv' | 'tsv' | 'parquet' | 'mixed' | ImporterName;
  /** Size as stored. */
  readonly bytes: number;
  readonly source: RunSource;
  /** Complete: explicit and detected roles. */
  readonly mapping: ColumnMapping;
  /** Roles that were found by name. */
  readonly detected: readonly Role[];
  readonly columns: readonly string[];
  readonly notes: readonly string[];
  /** What another tool's files were found to hold; null for rows of one's own. */
  readonly imported: ImportedRun | null;
}

/** A run of another tool's results. */
export interface ImportedRun {
  readonly format: ImporterName;
  /** What messages call the tool. */
  readonly label: string;
  /** Name of the run, or the pattern that names several; null where the files hold no run. */
  readonly run: string | null;
  /** Runs of the files that are read as this one: one, several where a pattern names them, none where the files hold none. */
  readonly runs: readonly string[];
  /** What was understood of all the files. */
  readonly summary: () => ImportSummary;
  /** Reads transcripts that the files hold and rows do not; absent where rows hold everything. */
  readonly transcripts?: TranscriptReader;
}
