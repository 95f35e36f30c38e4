/** Turns the events of one sample of an OpenAI evals record into its results, one per trial. */

import type { Cell } from '../../../cases/index.ts';
import type { ImportedResult } from '../importer.ts';
import { boolean, contentText, flattenTags, list, number } from '../json-access.ts';
import { spanTranscript } from '../records/index.ts';
import type { SampleEvent } from './events.ts';

/** Events that only say how an answer came about. */
const SILENT = new Set(['sampling', 'match', 'metrics', 'error', 'function_call', 'extra']);

/** What a record says of one sample. */
export interface SampleResults {
  readonly results: readonly ImportedResult[];
  readonly unmapped: readonly string[];
  /** Several answers were sampled, so which one was scored is a rule of ours. */
  readonly isChoiceOfSampling: boolean;
}

/**
 * Every match is a trial. Without a match the metrics are the score; without both, an error is the target's, and anything else
 * is unscored. The output is what the match says was sampled, else the first answer that was sampled: later ones are the judge's.
 *
 * @param wanted metric that decides, as the user named it
 */
export function resultsOf(
  run: string,
  sample: string,
  events: readonly SampleEvent[],
  about: { readonly wanted: string | null; readonly model: string | null },
): SampleResults {
  const of = (type: string): readonly SampleEvent[] => events.filter((event) => event.type === type);
  const matches = of('match');
  const samplings = of('sampling');
  const metrics = Object.assign({}, ...of('metrics').map(({ data }) => data)) as Record<string, unknown>;
  const numbers = Object.fromEntries(
    Object.entries(metrics).flatMap(([name, value]) => {
      const figure = number(value) ?? boolean(value);
      return figure === null ? [] : [[name, figure]];
    }),
  );
  const error = of('error')[0];
  const first = samplings[0] ?? of('pick_option')[0] ?? of('cond_logp')[0] ?? of('function_call')[0];
  const shared = {
    transcript: () =>
      spanTranscript(
        samplings.map(({ data }) => ({ kind: 'model', input: data.prompt, output: single(data.sampled) })),
        `sampling events of ${sample}`,
      ),
    run,
    caseId: sample,
    input: contentText(first?.data.prompt),
    model: about.model,
    extra: {
      ...Object.fromEntries(
        Object.entries(metrics)
          .filter(([name]) => !(name in numbers))
          .map(textCell),
      ),
      ...(samplings.length > 1 ? { sampling_events: String(samplings.length) } : {}),
      ...elapsed(events),
      ...flattenTags(Object.assign({}, ...of('extra').map(({ data }) => data)), 'extra'),
    },
  };
  const sampled = contentText(single(first?.data.sampled)) ?? contentText(first?.data.picked);
  const unmapped = [...new Set(events.map(({ type }) => type).filter((type) => !SILENT.has(type)))];
  const isChoiceOfSampling =
    samplings.length > 1 &&
    matches.every(({ data }) => data.sampled === undefined && data.picked === undefined);

  if (matches.length > 0) {
    const results = matches.map(({ data, createdAt, line }, index): ImportedResult => {
      const correct = boolean(data.correct);
      const scores = { match: correct, ...numbers };
      const decides = about.wanted ?? 'match';
      const figure = (scores as Record<string, number | boolean | null>)[decides] ?? null;
      return {
        ...shared,
        trial: String(index + 1),
        ...outcomeOf(figure),
        scores,
        expected: expectedText(data.expected),
        output: contentText(single(data.sampled)) ?? sampled ?? contentText(data.picked),
        timestamp: createdAt,
        extra: { ...shared.extra, picked: contentText(data.picked), options: contentText(data.options) },
        line,
      };
    });
    return { results, unmapped, isChoiceOfSampling };
  }
  const line = (of('metrics')[0] ?? error ?? events[0]!).line;
  const failed = error !== undefined && Object.keys(numbers).length === 0;
  const decides =
    about.wanted ?? ['score', 'accuracy'].find((name) => name in numbers) ?? Object.keys(numbers)[0];
  const result: ImportedResult = {
    ...shared,
    trial: '1',
    ...(failed
      ? { status: 'error', error: errorText(error), passed: null, score: null }
      : outcomeOf(decides === undefined ? null : (numbers[decides] ?? null))),
    scores: numbers,
    output: sampled,
    timestamp: (of('metrics')[0] ?? error)?.createdAt ?? null,
    line,
  };
  return { results: [result], unmapped, isChoiceOfSampling };
}

function outcomeOf(figure: number | boolean | null): Pick<ImportedResult, 'status' | 'passed' | 'score'> {
  if (figure === null) return { status: 'unscored', passed: null, score: null };
  return typeof figure === 'boolean'
    ? { status: 'scored', passed: figure, score: Number(figure) }
    : { status: 'scored', passed: null, score: figure };
}

/** A list of one is what it holds. */
function single(value: unknown): unknown {
  const values = list(value);
  return values?.length === 1 ? values[0] : value;
}

function expectedText(value: unknown): string | null {
  return contentText(single(value));
}

function errorText({ data }: SampleEvent): string {
  const parts = [data.type, data.message].flatMap((part) =>
    typeof part === 'string' && part !== '' ? [part] : [],
  );
  return parts.length === 0 ? (contentText(data) ?? 'error') : parts.join(': ');
}

function textCell([name, value]: [string, unknown]): [string, Cell] {
  return [name, contentText(value)];
}

/** Time between the first and the last event of a sample: an estimate, since threads wait for each other. */
function elapsed(events: readonly SampleEvent[]): Record<string, Cell> {
  const times = events.map(({ createdAt }) => Date.parse((createdAt ?? '').replace(' ', 'T')));
  if (times.length < 2 || times.some(Number.isNaN)) return {};
  return { elapsed_ms_estimate: String(Math.max(...times) - Math.min(...times)) };
}
