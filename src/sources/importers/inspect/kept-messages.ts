/** Keeps the messages of a sample within bounds: so many, of so many characters, and of what is too long a hash. */

import { hash } from 'node:crypto';
import { DataError } from '../../../errors.ts';
import { JsonFault } from '../../json-cursor.ts';
import { parseJsonValue } from '../../json-value.ts';

/** Bounds of one transcript; tests take smaller ones. */
export interface TranscriptLimits {
  readonly messages: number;
  /** Characters of JSON of all messages together, and of all attachments. */
  readonly characters: number;
  /** Characters of JSON of one message. */
  readonly longest: number;
}

/** More messages are never compared; a transcript of these sizes is read in a second. */
export const TRANSCRIPT_LIMITS: TranscriptLimits = {
  messages: 4_000,
  characters: 1 << 25,
  longest: 1 << 23,
};

/** Messages as they are read. */
export interface KeptMessages {
  add(text: string): void;
  readonly messages: readonly unknown[];
  /** All that were there. */
  count(): number;
  /** What was left out, in sentences. */
  notes(): readonly string[];
}

/** Gathers messages, given as JSON texts. @param label names the place in errors */
export function keepMessages(limits: TranscriptLimits, label: string): KeptMessages {
  const messages: unknown[] = [];
  let count = 0;
  let characters = 0;
  let tooLong = 0;
  let isFull = false;
  return {
    messages,
    count: () => count,
    add(json) {
      count += 1;
      const isLong = json.length > limits.longest;
      characters += isLong ? 0 : json.length;
      isFull ||= messages.length >= limits.messages || characters > limits.characters;
      if (isFull) return;
      if (isLong) tooLong += 1;
      messages.push(isLong ? placeholder(json) : parsed(json, label));
    },
    notes: () => [
      ...(tooLong === 0
        ? []
        : [
            `${counted(tooLong, 'message')} of more than ${limits.longest.toLocaleString('en')} characters: only their sizes and hashes are shown.`,
          ]),
      ...(isFull
        ? [
            `The sample has ${count.toLocaleString('en')} messages, of which the first ${messages.length.toLocaleString('en')} were read.`,
          ]
        : []),
    ],
  };
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}

/** Equal long messages look equal, others do not; who said it mostly stands at one of the ends. */
function placeholder(json: string): unknown {
  const ends = `${json.slice(0, 2_000)} ${json.slice(-2_000)}`;
  const role = /"role"\s*:\s*"(system|user|assistant|tool)"/.exec(ends)?.[1] ?? 'other';
  const size = json.length.toLocaleString('en');
  return {
    role,
    content: `[a message of ${size} characters, SHA-256 ${hash('sha256', json, 'hex').slice(0, 16)}]`,
  };
}

/** The value of a part. @throws DataError where it is malformed */
export function parsed(json: string, label: string): unknown {
  try {
    return parseJsonValue(json, { nonFinite: true });
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    throw new DataError(
      { message: `a message of the sample is malformed: ${error.message}`, where: { file: label } },
      { cause: error },
    );
  }
}
