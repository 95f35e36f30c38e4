/** Reads `gen_ai.evaluation.result` events and joins them with the span, or the response, that they judge. */

import type { Cell } from '../../../cases/index.ts';
import { scalarText, text } from '../json-access.ts';
import { type MetricValue, numberOf } from '../records/index.ts';
import type { Place, Span, SpanEvent } from './otlp-reader.ts';

/** The name of the event. */
export const EVALUATION = 'gen_ai.evaluation.result';

/** One result of one evaluator. */
export interface Evaluation {
  readonly name: string | null;
  /** null where the evaluator failed, undefined where it gives a label alone. */
  readonly value: MetricValue | undefined;
  readonly label: string | null;
  readonly explanation: string | null;
  readonly error: string | null;
  readonly time: bigint | null;
  readonly responseId: string | null;
  readonly spanId: string | null;
  readonly place: Place;
}

const PASSES: Readonly<Record<string, boolean>> = {
  pass: true,
  passed: true,
  true: true,
  fail: false,
  failed: false,
  false: false,
};

/** The result that an event tells. */
export function readEvaluation(
  { attributes, time }: SpanEvent,
  spanId: string | null,
  place: Place,
): Evaluation {
  const label = scalarText(attributes['gen_ai.evaluation.score.label']);
  const error = scalarText(attributes['error.type']);
  const number = numberOf(attributes['gen_ai.evaluation.score.value']);
  const flag = label === null ? undefined : PASSES[label.toLowerCase()];
  return {
    name: text(attributes['gen_ai.evaluation.name']),
    value: number ?? flag ?? (error !== null || label === null ? null : undefined),
    label,
    explanation: text(attributes['gen_ai.evaluation.explanation']),
    error,
    time,
    responseId: text(attributes['gen_ai.response.id']),
    spanId,
    place,
  };
}

/** What the evaluations of a trace say of the whole request. */
export interface Evaluated {
  readonly metrics: Readonly<Record<string, MetricValue>>;
  readonly extra: Readonly<Record<string, Cell>>;
}

/**
 * Joins evaluations with a request. What judges another span, and earlier results of the same name, is handed to `drop`.
 *
 * @param whole spans that stand for the request
 */
export function evaluate(
  evaluations: readonly Evaluation[],
  whole: readonly Span[],
  drop: (reason: string, place: Place) => void,
): Evaluated {
  const ids = new Set(whole.map(({ id }) => id));
  const responses = new Set(whole.map(({ attributes }) => attributes['gen_ai.response.id']));
  const metrics: Record<string, MetricValue> = {};
  const extra: Record<string, Cell> = {};
  for (const { name, value, label, explanation, error, spanId, responseId, place } of evaluations.toSorted(
    byTime,
  )) {
    const judgesWhole =
      (spanId !== null && ids.has(spanId)) || (responseId !== null && responses.has(responseId));
    if (name === null) drop('evaluation result without a name', place);
    else if (!judgesWhole) drop(`evaluation ${name} of a part of the request`, place);
    else {
      if (Object.hasOwn(metrics, name)) drop(`earlier evaluation ${name} of the same request`, place);
      if (value !== undefined) metrics[name] = value;
      if (label !== null) extra[`label.${name}`] = label;
      if (explanation !== null) extra[`comment.${name}`] = explanation;
      if (error !== null) extra[`scorer_error.${name}`] = error;
    }
  }
  return { metrics, extra };
}

function byTime(a: Evaluation, b: Evaluation): number {
  const [left, right] = [a.time ?? 0n, b.time ?? 0n];
  return left < right ? -1 : Number(left > right);
}
