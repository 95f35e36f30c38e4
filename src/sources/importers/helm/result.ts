/** Turns the statistics and requests of one HELM instance into a result. */

import type { Cell } from '../../../cases/index.ts';
import type { ImportedResult } from '../importer.ts';
import {
  boolean,
  contentId,
  contentText,
  list,
  number,
  path,
  record,
  scalarText,
  text,
} from '../json-access.ts';
import type { InstanceKey, InstanceStats, RequestState } from './records.ts';

/** Metrics that are 0 or 1 for one answer, so that their value is a verdict. */
const VERDICTS = /^(?:(?:quasi_)?(?:prefix_)?exact_match|quasi_prefix_exact_match)(?:@\d+)?$/;

/** What holds for all instances of a run. */
export interface HelmRun {
  readonly key: string;
  readonly primary: string | null;
  readonly model: string | null;
  /** Some instances of the run are changed copies of others. */
  readonly hasPerturbations: boolean;
  readonly tags: Readonly<Record<string, Cell>>;
}

/**
 * The result of one instance. A changed copy of an instance is a case of its own in the cluster of the instance.
 *
 * @param stats null where `per_instance_stats.json` does not have the instance, which leaves it unscored
 * @param states empty where `scenario_state.json` does not have it
 */
export function instanceResultOf(
  run: HelmRun,
  stats: InstanceStats | null,
  states: readonly RequestState[],
): ImportedResult {
  const about: InstanceKey = stats ?? states[0]!;
  const first = states[0]?.state ?? null;
  const metrics = stats?.metrics ?? new Map<string, number>();
  const references = list(path(first, 'instance.references')) ?? [];
  const failure = states
    .map(({ state }) => state.result)
    .find((result) => boolean(path(result, 'success')) === false);
  const seconds = states.map(({ state }) => number(path(state, 'result.request_time')));
  const change = about.perturbation;
  const changeName = change === null ? null : (text(change.name) ?? contentId(change));
  return {
    run: run.key,
    caseId:
      change === null ? about.instance : `${about.instance} ${changeName} ${contentId(change).slice(0, 4)}`,
    trial: about.trial,
    ...(failure === undefined
      ? outcomeOf(run.primary, metrics)
      : {
          status: 'error',
          error: text(path(failure, 'error')) ?? 'the request failed',
          passed: null,
          score: null,
        }),
    scores: Object.fromEntries(metrics),
    input: contentText(path(first, 'instance.input.text') ?? path(first, 'instance.input')),
    expected: expectedOf(references),
    output: outputOf(states, references, metrics),
    latencyMs: seconds.length > 0 && seconds.every((one) => one !== null) ? 1000 * sum(seconds) : null,
    inputTokens: metrics.get('num_prompt_tokens') ?? null,
    outputTokens: metrics.get('num_output_tokens') ?? metrics.get('num_completion_tokens') ?? null,
    model: run.model ?? text(path(first, 'request.model')),
    cluster: run.hasPerturbations || change !== null ? about.instance : null,
    tags: {
      ...run.tags,
      ...(about.split === null ? {} : { split: about.split }),
      ...(changeName === null ? {} : { perturbation: changeName }),
      ...subjectOf(first),
    },
    extra: extraOf(first, states.length),
    promptFingerprint:
      states.length === 0
        ? null
        : contentId(states.map(({ state }) => path(state, 'request.prompt') ?? null)),
    line: about.line,
  };
}

function outcomeOf(
  primary: string | null,
  metrics: ReadonlyMap<string, number>,
): Pick<ImportedResult, 'status' | 'passed' | 'score'> {
  const score = primary === null ? undefined : metrics.get(primary);
  if (primary === null || score === undefined) return { status: 'unscored', passed: null, score: null };
  const isVerdict = VERDICTS.test(primary) && (score === 0 || score === 1);
  return { status: 'scored', passed: isVerdict ? score === 1 : null, score };
}

/** The text of the correct reference; several are a JSON list. */
function expectedOf(references: readonly unknown[]): string | null {
  const correct = references
    .filter((reference) => list(path(reference, 'tags'))?.includes('correct') === true)
    .map((reference) => contentText(path(reference, 'output.text') ?? path(reference, 'output')));
  return correct.length <= 1 ? (correct[0] ?? null) : contentText(correct);
}

/** Where every reference was a request of its own, the answer is the reference that HELM predicted. */
function outputOf(
  states: readonly RequestState[],
  references: readonly unknown[],
  metrics: ReadonlyMap<string, number>,
): string | null {
  const predicted = metrics.get('predicted_index');
  if (states.length > 1 && predicted !== undefined) {
    return contentText(path(references[predicted], 'output.text'));
  }
  return contentText(path(states[0]?.state, 'result.completions.0.text'));
}

/** Some scenarios give instances a subject of their own. */
function subjectOf(state: Readonly<Record<string, unknown>> | null): Record<string, Cell> {
  const subject = scalarText(path(state, 'instance.sub_split'));
  return subject === null ? {} : { sub_split: subject };
}

function extraOf(state: Readonly<Record<string, unknown>> | null, requests: number): Record<string, Cell> {
  const answer = text(path(state, 'result.completions.0.text'))?.trim();
  const mapping = record(state?.output_mapping);
  const mapped =
    answer !== undefined && mapping !== null && Object.hasOwn(mapping, answer) ? mapping[answer] : null;
  return {
    ...(mapped === null ? {} : { mapped_output: contentText(mapped) }),
    ...(requests > 1 ? { requests: String(requests) } : {}),
    ...(boolean(path(state, 'result.cached')) === true ? { cached: 'true' } : {}),
  };
}

function sum(values: readonly (number | null)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}
