/** The traces of one case in both runs, aligned, with the first place where they part. */

import type { CaseTraceAnswer, TraceRow, TraceStep } from '../contract/index.ts';
import { alignSteps, MOST_STEPS, type StepPair } from './align.ts';
import { diffArguments } from './diff-arguments.ts';
import { type ReadSteps, readSteps, type Step } from './read-steps.ts';

/** Of longer texts of steps the beginning is shown. */
const LONGEST = 4_000;

/** Texts by column of a row; null where the run has no such row. */
export type RowTexts = ReadonlyMap<string, string> | null;

/** Aligns the traces of two rows. */
export function traceAnswer(before: RowTexts, after: RowTexts): CaseTraceAnswer {
  const [left, right] = [before && readSteps(before), after && readSteps(after)];
  if (left === null && right === null) {
    return {
      state: 'none',
      why: 'No column of this case holds messages or calls of tools. Give the transcript as a column "messages" (JSON, as chat APIs spell it).',
    };
  }
  const [a, b] = [stepsOf(left), stepsOf(right)];
  const rows = alignSteps(a, b).map(rowOf);
  const divergence = rows.findIndex(({ kind }) => kind !== 'same');
  return {
    state: 'aligned',
    rows,
    divergence: divergence < 0 || left === null || right === null ? null : divergence,
    stepsBefore: a.length,
    stepsAfter: b.length,
    omitted: Math.max(0, a.length - MOST_STEPS) + Math.max(0, b.length - MOST_STEPS),
    columns: [...new Set([...(left?.columns ?? []), ...(right?.columns ?? [])])],
    linkBefore: traceLink(before),
    linkAfter: traceLink(after),
  };
}

function stepsOf(read: ReadSteps | null): readonly Step[] {
  return read?.steps ?? [];
}

function rowOf({ before, after }: StepPair): TraceRow {
  const shown = { before: before && shownStep(before), after: after && shownStep(after) };
  if (before === null || after === null) {
    return { ...shown, kind: before === null ? 'added' : 'removed', changes: [] };
  }
  if (before.text === after.text) return { ...shown, kind: 'same', changes: [] };
  const changes = before.kind === 'call' ? diffArguments(before.text, after.text) : [];
  return { ...shown, kind: 'changed', changes };
}

function shownStep({ kind, role, tool, text }: Step): TraceStep {
  const cut = text.slice(0, LONGEST);
  // A pair of surrogates is not torn apart.
  const isTorn = cut.length < text.length && /[\ud800-\udbff]$/.test(cut);
  return { kind, role, tool, text: isTorn ? cut.slice(0, -1) : cut, length: text.length };
}

/** Columns that are said to lead to a trace. */
const TRACE_COLUMN = /trace|run|session|span|log|replay|viewer/i;

/** An address of a web page, nothing else: no script, no file. */
export const WEB_ADDRESS = /^https?:\/\/[^\s<>"']{1,2000}$/i;

/** The address in a column that is named for a trace; of several, the first by name. */
export function traceLink(texts: RowTexts): string | null {
  for (const [column, text] of texts ?? []) {
    if (TRACE_COLUMN.test(column) && WEB_ADDRESS.test(text)) return text;
  }
  return null;
}
