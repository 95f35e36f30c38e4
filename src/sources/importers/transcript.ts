/** What an agent did in one result, step by step, read from the tool's own file when somebody asks for it. */

import type { Cell } from '../../cases/index.ts';

/** One thing that happened: something said or thought, a tool called, or what the tool answered. */
export interface TranscriptStep {
  readonly kind: 'message' | 'reasoning' | 'call' | 'result';
  readonly role: 'system' | 'user' | 'assistant' | 'tool' | 'other';
  /** Of the tool; null for messages, and where nobody says. */
  readonly tool: string | null;
  /** What was said, thought or answered; of a call its arguments, as JSON where they are more than a text. */
  readonly text: string;
  /** Whether the tool failed; the text then begins with why. */
  readonly failed: boolean;
}

/** The steps of one result. */
export interface Transcript {
  readonly steps: readonly TranscriptStep[];
  /** Where it was read, such as `a.eval/samples/1_epoch_1.json`. */
  readonly from: string;
  /** What was left out or stands for something else, in sentences. */
  readonly notes: readonly string[];
}

/** Which result is meant, as its row says. */
export interface ResultPlace {
  readonly run: string;
  readonly caseId: string;
  /** Null where the row has none. */
  readonly trial: string | null;
}

/** Cells of a row by column. */
export type RowCells = ReadonlyMap<string, Cell>;

/** `steps`: several turns, or calls of tools. `answer`: one answer, perhaps with thoughts and a system prompt. */
export type ExpectedTranscript = 'steps' | 'answer' | 'nothing';

/** A step with defaults. */
export function step(
  kind: TranscriptStep['kind'],
  role: TranscriptStep['role'],
  text: string,
  more: Partial<Pick<TranscriptStep, 'tool' | 'failed'>> = {},
): TranscriptStep {
  return { kind, role, text, tool: null, failed: false, ...more };
}
