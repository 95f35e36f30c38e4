/** Reads what an agent did from the cells of one row: messages and calls of tools, as providers, frameworks and importers spell them. */

import { callSteps, messageSteps, type TranscriptStep } from '../../sources/index.ts';
import { canonicalText } from './canonical-text.ts';

/** A step with its whole text; of calls the arguments are canonical JSON where they are JSON at all. */
export type Step = TranscriptStep;

/** The steps of a row, and the columns that they come from. */
export interface ReadSteps {
  readonly steps: readonly Step[];
  readonly columns: readonly string[];
}

/** Longest text that is tried as JSON, in UTF-16 units. */
const LONGEST = 20_000_000;

/** What importers call the messages before the answer, and those of the answer. */
const ASKED = 'messages';
const ANSWERED = 'output_messages';
const CALLS = 'tool_calls';

/**
 * The steps of one row; null where no column has more than a plain answer.
 *
 * In this order the first that has any is taken: the columns `messages` and `output_messages` one after the other; any other
 * column whose text is a list of messages, the longest list first; a column `tool_calls` alone.
 *
 * @param cells texts by column
 */
export function readSteps(cells: ReadonlyMap<string, string>): ReadSteps | null {
  const named = [ASKED, ANSWERED].filter((column) => cells.has(column));
  const own = named.flatMap((column) => stepsOf(cells.get(column)!) ?? []);
  if (isTrace(own)) return { steps: own, columns: named };
  let longest: ReadSteps | null = null;
  for (const [column, text] of cells) {
    if (named.includes(column)) continue;
    const steps = stepsOf(text);
    if (steps === null || !isTrace(steps) || steps.length <= (longest?.steps.length ?? 0)) continue;
    longest = { steps, columns: [column] };
  }
  if (longest !== null) return longest;
  const calls = parsed(cells.get(CALLS));
  if (!Array.isArray(calls) || calls.length === 0) return null;
  return { steps: callSteps(calls).map(canonicalStep), columns: [CALLS] };
}

/** One plain message says no more than the output; two, or a call, are a course of things. */
function isTrace(steps: readonly Step[]): boolean {
  return steps.length > 1 || steps.some(({ kind }) => kind === 'call');
}

/** The steps of a text that is JSON messages; null where it is anything else. */
export function stepsOf(text: string): readonly Step[] | null {
  const value = parsed(text);
  return value === undefined ? null : (messageSteps(value)?.map(canonicalStep) ?? null);
}

/** A step whose arguments are spelled the same where they are the same. */
export function canonicalStep(step: Step): Step {
  return step.kind === 'call' ? { ...step, text: canonicalText(step.text) } : step;
}

function parsed(text: string | undefined): unknown {
  const first = text?.trimStart()[0];
  if (text === undefined || (first !== '[' && first !== '{') || text.length > LONGEST) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
