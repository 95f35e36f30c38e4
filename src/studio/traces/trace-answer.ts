/** The traces of one case in both runs, aligned, with the first place where they part. */

import type { CaseTraceAnswer, TraceRow, TraceSide, TraceStep } from '../contract/index.ts';
import { alignSteps, isSameStep, MOST_STEPS, type StepPair } from './align.ts';
import { diffArguments } from './diff-arguments.ts';
import type { Step } from './read-steps.ts';

/** Of longer texts of steps the beginning is shown. */
const LONGEST = 20_000;

/** Characters of all texts of an answer; of what comes after the beginnings are shorter. */
const MOST_CHARACTERS = 1_000_000;
const SHORT = 200;

/** The steps of one run with what is known of them. */
export interface SideSteps extends Omit<TraceSide, 'steps'> {
  readonly steps: readonly Step[];
}

/** Aligns the traces of two rows; null where a run has no such row. */
export function traceAnswer(before: SideSteps | null, after: SideSteps | null): CaseTraceAnswer {
  const [a, b] = [before?.steps ?? [], after?.steps ?? []];
  if (a.length + b.length === 0) {
    const why = [...new Set([...(before?.notes ?? []), ...(after?.notes ?? [])])];
    return { state: 'none', why: why.length > 0 ? why : [NOTHING] };
  }
  const shown = createShortener();
  const rows = alignSteps(a, b).map((pair) => rowOf(pair, shown));
  const isPair = a.length > 0 && b.length > 0;
  const divergence = isPair ? rows.findIndex((row) => row.kind !== 'same' && !isThought(row)) : -1;
  const call = divergence < 0 ? -1 : rows.findIndex((row) => row.kind !== 'same' && isCall(row));
  return {
    state: 'aligned',
    rows,
    divergence: divergence < 0 ? null : divergence,
    callDivergence: call > divergence ? call : null,
    omitted: Math.max(0, a.length - MOST_STEPS) + Math.max(0, b.length - MOST_STEPS),
    before: before && { ...before, steps: a.length },
    after: after && { ...after, steps: b.length },
  };
}

const NOTHING =
  'No column of this case holds messages or calls of tools. Give the transcript as a column "messages" (JSON, as chat APIs spell it).';

function isThought({ before, after }: TraceRow): boolean {
  return (before ?? after)!.kind === 'reasoning';
}

function isCall({ before, after }: TraceRow): boolean {
  return (before ?? after)!.kind === 'call';
}

function rowOf({ before, after }: StepPair, short: (step: Step) => TraceStep): TraceRow {
  const shown = { before: before && short(before), after: after && short(after) };
  if (before === null || after === null) {
    return { ...shown, kind: before === null ? 'added' : 'removed', changes: [] };
  }
  if (isSameStep(before, after)) return { ...shown, kind: 'same', changes: [] };
  const changes =
    before.kind === 'call' && before.tool === after.tool ? diffArguments(before.text, after.text) : [];
  return { ...shown, kind: 'changed', changes };
}

/** Steps for the screen, within the bounds of an answer. */
function createShortener(): (step: Step) => TraceStep {
  let spent = 0;
  return ({ text, ...step }) => {
    const cut = text.slice(0, spent > MOST_CHARACTERS ? SHORT : LONGEST);
    spent += cut.length;
    // A pair of surrogates is not torn apart.
    const isTorn = cut.length < text.length && /[\ud800-\udbff]$/.test(cut);
    return { ...step, text: isTorn ? cut.slice(0, -1) : cut, length: text.length };
  };
}
