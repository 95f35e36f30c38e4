/** What a reader of another tool's files is: it recognises them by content and gives results one by one. */

import type { Cell, ProblemLog, RowStatus } from '../../cases/index.ts';
import type { ByteSource, Compression } from '../byte-source.ts';
import type { ImportNotebook } from './notebook.ts';

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

/** What a number of a metric means: `higher` is better, `lower` is better, or nobody says. */
export type Direction = 'higher' | 'lower' | 'unknown';

/** One trial of one case in one run. Absent fields are unknown. Texts are exactly as the source holds them. */
export interface ImportedResult {
  /** Key of the run, unique within the files; readable, such as `openai:gpt-5`. */
  readonly run: string;
  /** Stable between files of the same eval: an id of the source, else a hash of what was asked. */
  readonly caseId: string;
  /** The source's own number of the repeat; where it has none, the importer counts equal (run, case) in order of appearance. */
  readonly trial?: string;
  /** `unscored` is never a zero. `error`: the system under test failed; a scorer that failed leaves the row unscored. */
  readonly status: RowStatus;
  readonly passed?: boolean | null;
  /** Of the primary metric, unrounded. */
  readonly score?: number | null;
  /** Every metric by name, the primary one too: numbers, or true and false where the tool judged. */
  readonly scores?: Readonly<Record<string, number | boolean | null>>;
  readonly input?: string | null;
  readonly expected?: string | null;
  readonly output?: string | null;
  /** Text of the error; present exactly when `status` is `error`. */
  readonly error?: string;
  readonly latencyMs?: number | null;
  readonly costUsd?: number | null;
  readonly inputTokens?: number | null;
  readonly outputTokens?: number | null;
  readonly totalTokens?: number | null;
  /** ISO 8601 as the source spells it. */
  readonly timestamp?: string | null;
  readonly model?: string | null;
  /** Cases that belong together, such as the turns of a conversation. */
  readonly cluster?: string | null;
  /** Slice keys, by dotted name; a list is a set of tags. */
  readonly tags?: Readonly<Record<string, Cell>>;
  /** Fields that a row keeps under its own name although nothing maps them, such as a judge's rationale or tool names. */
  readonly extra?: Readonly<Record<string, Cell>>;
  readonly judgeFingerprint?: string | null;
  readonly datasetFingerprint?: string | null;
  readonly promptFingerprint?: string | null;
  /** Line (text) or ordinal of the element in the file, from 1. */
  readonly line: number;
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
}
