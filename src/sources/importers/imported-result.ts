/** One result as importers hand it on, whatever tool wrote it. */

import type { Cell, RowStatus } from '../../cases/index.ts';
import type { Transcript } from './transcript.ts';

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
  /** Version of the code that ran, such as its commit. */
  readonly codeFingerprint?: string | null;
  /** Line (text) or ordinal of the element in the file, from 1. */
  readonly line: number;
  /** What the agent did, made only when it is asked for: no row holds it. */
  readonly transcript?: () => Transcript | null;
}
