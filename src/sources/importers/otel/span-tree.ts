/** How the spans of one trace hang together: which one is the request, which ones are models, what they add up to. */

import type { Span } from './otlp-reader.ts';
import { amount, isGenAi, isTool, kindOf, NAMES } from './span-content.ts';

/** A trace by its parts. */
export interface SpanTree {
  /** The span that holds all others; null where its parent, or more than one such span, leaves that open. */
  readonly root: Span | null;
  /** GenAI spans that no other GenAI span holds, in order of start; none where the trace is about something else. */
  readonly tops: readonly Span[];
  /** Calls of models that hold no other call, in order of start; judges are left out. */
  readonly models: readonly Span[];
  readonly tools: readonly Span[];
  readonly totals: {
    readonly cost: number | null;
    readonly input: number | null;
    readonly output: number | null;
    readonly total: number | null;
  };
}

/** The tree of the spans of one trace, each given once. */
export function spanTree(spans: readonly Span[]): SpanTree {
  const ordered = spans.toSorted(byStart);
  const byId = new Map(ordered.map((span) => [span.id, span]));
  const above = (span: Span, test: (span: Span) => boolean): boolean => {
    const seen = new Set([span.id]);
    for (
      let parent = parentOf(span, byId);
      parent !== null && !seen.has(parent.id);
      parent = parentOf(parent, byId)
    ) {
      if (test(parent)) return true;
      seen.add(parent.id);
    }
    return false;
  };
  const isJudge = (span: Span): boolean => kindOf(span) === 'EVALUATOR';
  const own = ordered.filter((span) => isGenAi(span) && !isJudge(span) && !above(span, isJudge));
  const roots = ordered.filter((span) => parentOf(span, byId) === null);
  const whole = roots.filter(({ parent }) => parent === null);
  const models = own.filter(
    (span) =>
      isModel(span) &&
      !own.some((other) => isModel(other) && other !== span && above(other, (found) => found === span)),
  );
  const sum = (names: readonly string[]): number | null =>
    leafSum(own, above, (span) => amount(span.attributes, names));
  const [input, output] = [sum(NAMES.inputTokens), sum(NAMES.outputTokens)];
  return {
    root: whole.length === 1 ? whole[0]! : whole.length === 0 && roots.length === 1 ? roots[0]! : null,
    tops: own.filter((span) => !above(span, isGenAi)),
    models,
    tools: own.filter(isTool),
    totals: {
      cost: sum(NAMES.cost),
      input,
      output,
      total: sum(NAMES.totalTokens) ?? (input === null || output === null ? null : input + output),
    },
  };
}

function parentOf(span: Span, byId: ReadonlyMap<string, Span>): Span | null {
  return span.parent === null ? null : (byId.get(span.parent) ?? null);
}

function isModel(span: Span): boolean {
  return (
    ['LLM', 'CHAT', 'TEXT_COMPLETION', 'GENERATE_CONTENT', 'COMPLETION'].includes(kindOf(span)) ||
    (!isTool(span) && kindOf(span) === '' && amount(span.attributes, NAMES.inputTokens) !== null)
  );
}

/** Sum over spans below which no other span has a number: agents repeat the sum of their calls. */
function leafSum(
  spans: readonly Span[],
  above: (span: Span, test: (span: Span) => boolean) => boolean,
  amountOf: (span: Span) => number | null,
): number | null {
  const counted = spans.filter((span) => amountOf(span) !== null);
  const holding = new Set<Span>();
  for (const span of counted) above(span, (parent) => holding.add(parent).size === 0);
  const leaves = counted.filter((span) => !holding.has(span));
  return leaves.length === 0 ? null : leaves.reduce((total, span) => total + amountOf(span)!, 0);
}

function byStart(a: Span, b: Span): number {
  const [left, right] = [a.start ?? 0n, b.start ?? 0n];
  return left < right ? -1 : left > right ? 1 : a.id < b.id ? -1 : Number(a.id > b.id);
}
