/** The turns of a DeepEval conversation, and the tools that a single answer called, as steps. */

import { contentText, list, path, record, text } from '../json-access.ts';
import { messageSteps } from '../records/index.ts';
import { step, type Transcript, type TranscriptStep } from '../transcript.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The transcript of a case; null where it tells no more than question and answer. @param from where the case stands */
export function readTurns(fields: Fields, isConversation: boolean, from: string): Transcript | null {
  const steps = isConversation
    ? (list(fields.turns) ?? []).flatMap(turnSteps)
    : [
        step('message', 'user', contentText(fields.input) ?? ''),
        ...toolSteps(fields.toolsCalled),
        step('message', 'assistant', contentText(fields.actualOutput) ?? ''),
      ];
  return steps.length > 2 ? { steps, from, notes: [] } : null;
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
