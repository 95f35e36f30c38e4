/** The turns of a DeepEval conversation, and the tools that a single answer called, as steps. */

import { contentText, list, path, record, text } from '../json-access.ts';
import { messageSteps, type SpanEvent, spanTranscript } from '../records/index.ts';
import { step, type Transcript, type TranscriptStep } from '../transcript.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The transcript of a case: its turns, the spans of its trace, or the tools that it called; null where it tells no more than question and answer. @param from where the case stands */
export function readTurns(fields: Fields, isConversation: boolean, from: string): Transcript | null {
  const traced = isConversation ? null : spanTranscript(traceEvents(record(fields.trace) ?? {}), from);
  if (traced !== null) return traced;
  const steps = isConversation
    ? (list(fields.turns) ?? []).flatMap(turnSteps)
    : [
        step('message', 'user', contentText(fields.input) ?? ''),
        ...toolSteps(fields.toolsCalled),
        step('message', 'assistant', contentText(fields.actualOutput) ?? ''),
      ];
  return steps.length > 2 ? { steps, from, notes: [] } : null;
}

/** Calls of models and runs of tools and retrievers, in order of time. */
function traceEvents(trace: Fields): readonly SpanEvent[] {
  const spans = (['llmSpans', 'retrieverSpans', 'toolSpans'] as const).flatMap((kind) =>
    (list(trace[kind]) ?? []).flatMap((value) => {
      const span = record(value);
      return span === null ? [] : [{ kind, span, start: text(span.startTime) ?? '' }];
    }),
  );
  const ordered = spans.toSorted((a, b) => (a.start < b.start ? -1 : Number(a.start > b.start)));
  return ordered.map(({ kind, span }): SpanEvent => {
    const { input, output } = span;
    if (kind === 'llmSpans') return { kind: 'model', input, output };
    const error =
      text(span.status) === 'ERRORED' ? (text(span.error) ?? 'the span has status ERRORED') : null;
    return { kind: 'tool', name: text(span.name), input, output, error };
  });
}

/** What a turn says stands after the tools that were called for it. */
function turnSteps(turn: unknown): readonly TranscriptStep[] {
  const said = messageSteps([{ role: path(turn, 'role'), content: path(turn, 'content') ?? '' }]) ?? [];
  return [...toolSteps(path(turn, 'toolsCalled') ?? path(turn, 'tools_called')), ...said];
}

function toolSteps(calls: unknown): readonly TranscriptStep[] {
  return (list(calls) ?? []).flatMap((call): readonly TranscriptStep[] => {
    const fields = record(call) ?? {};
    const tool = text(fields.name);
    const given = fields.inputParameters ?? fields.input_parameters ?? fields.input ?? {};
    const answer = contentText(fields.output);
    return [
      step('call', 'assistant', contentText(given) ?? '', { tool }),
      ...(answer === null ? [] : [step('result', 'tool', answer, { tool })]),
    ];
  });
}
