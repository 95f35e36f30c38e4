/** What a reader of another tool's files is: it recognises them by content and gives results one by one. */

import type { ProblemLog } from '../../cases/index.ts';
import type { ByteSource, Compression } from '../byte-source.ts';
import type { ImportedResult } from './imported-result.ts';
import type { ImportNotebook } from './notebook.ts';
import type { ExpectedTranscript, ResultPlace, RowCells, Transcript } from './transcript.ts';

export type { Direction, ImportedResult } from './imported-result.ts';

/** Every tool whose files are read, as `--from` spells it. */
export const IMPORTER_NAMES = [
  'promptfoo',
  'inspect',
  'lm-eval',
  'deepeval',
  'openai-evals',
  'helm',
  'every-eval-ever',
  'open-multi-agent',
  'evalite',
  'langfuse',
  'phoenix',
  'mlflow',
  'braintrust',
  'bifrost',
  'otel',
] as const;

export type ImporterName = (typeof IMPORTER_NAMES)[number];

/** A file that is to be imported, or that was looked at. */
export interface ImportFile {
  readonly source: ByteSource;
  readonly compression: Compression;
  /** ZIP archives (Inspect's `.eval`) have no text to look at. */
  readonly kind: 'text' | 'zip';
  /** The first characters of the decompressed text, at most 256 Ki; `''` for a ZIP archive. */
  readonly head: string;
  /** Whether `head` is all of it. */
  readonly isWhole: boolean;
}

/** What a reader works with. */
export interface ImportContext {
  /** Problems that make the file unusable: malformed, truncated, wrong types; each with its place. */
  readonly log: ProblemLog;
  /** What was understood, dropped and not mapped; see `ImportNotebook`. */
  readonly notebook: ImportNotebook;
  /** The metric that decides, as the user named it; null takes the tool's own. */
  readonly score: string | null;
}

/** What an importer whose rows leave out transcripts offers, so that they need not stay in memory. */
export interface TranscriptSource {
  /** What the files may hold of a row beyond the row; looks at its cells alone. */
  expects(cells: RowCells): ExpectedTranscript;
  /**
   * Finds the transcript without reading all results before it; null where there is none. Without this, results are read until
   * the one that is meant, whose `transcript` is asked.
   *
   * @throws DataError where the file is broken
   */
  find?(files: readonly ImportFile[], place: ResultPlace, log: ProblemLog): Promise<Transcript | null>;
}

/** One reader. */
export interface Importer {
  readonly name: ImporterName;
  /** What messages call the tool. */
  readonly label: string;
  /** Whether this file is the tool's; looks at `head` (or the archive) only and never throws. */
  recognises(file: ImportFile): boolean | Promise<boolean>;
  /**
   * The results of all files together (a header and its rows may be two files), streamed: no more than a bounded number of rows
   * is in memory. May be called again. Malformed rows go to `log` with their place and reading goes on; where the rest makes no
   * sense it ends.
   */
  read(files: readonly ImportFile[], context: ImportContext): AsyncIterable<ImportedResult>;
  /** How to read transcripts that the files hold and rows do not; absent where rows hold everything. */
  readonly transcripts?: TranscriptSource;
}
