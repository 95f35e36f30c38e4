/** Reads the two lists of a HELM run: statistics by instance, and what was asked and answered. */

import type { ProblemLog } from '../../../cases/index.ts';
import type { ImportFile } from '../importer.ts';
import { canonicalJson, list, number, path, record, scalarText, text } from '../json-access.ts';
import { streamJson } from '../json-stream.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What both lists name: which instance, asked after which training examples, changed how. */
export interface InstanceKey {
  readonly instance: string;
  readonly trial: string;
  readonly split: string | null;
  readonly perturbation: Fields | null;
  readonly line: number;
}

/** Metrics of one instance. */
export interface InstanceStats extends InstanceKey {
  /** Means by name; metrics without any value are left out. */
  readonly metrics: ReadonlyMap<string, number>;
}

/** One request and its answer. */
export interface RequestState extends InstanceKey {
  readonly state: Fields;
}

/** One text for equal keys. */
export function keyTextOf({ instance, trial, perturbation }: InstanceKey): string {
  return canonicalJson([instance, trial, perturbation]);
}

/** The elements of `per_instance_stats.json`. */
export async function* readStats(file: ImportFile, log: ProblemLog): AsyncGenerator<InstanceStats> {
  const wanted = { elements: [''], values: [], nonFinite: true };
  for await (const { index, value, line } of streamJson(file, wanted, log)) {
    const fields = record(value);
    const instance = scalarText(fields?.instance_id);
    const stats = list(fields?.stats);
    if (fields === null || instance === null || stats === null) {
      log.add(wrong(file, index, line, 'an "instance_id" and a list of "stats"'));
      continue;
    }
    const metrics = new Map<string, number>();
    let split: string | null = null;
    for (const stat of stats) {
      const name = text(path(stat, 'name.name'));
      const mean = number(path(stat, 'mean'));
      split ??= text(path(stat, 'name.split'));
      if (name !== null && mean !== null && !metrics.has(name)) metrics.set(name, mean);
    }
    yield {
      instance,
      trial: trialOf(fields),
      split,
      perturbation: record(fields.perturbation),
      metrics,
      line,
    };
  }
}

/** The request states of `scenario_state.json`. */
export async function* readStates(file: ImportFile, log: ProblemLog): AsyncGenerator<RequestState> {
  const wanted = { elements: ['request_states'], values: [], nonFinite: true };
  for await (const { index, value, line } of streamJson(file, wanted, log)) {
    const state = record(value);
    const instance = record(state?.instance);
    const id = scalarText(instance?.id);
    if (state === null || instance === null || id === null) {
      log.add(wrong(file, index, line, 'an "instance" with an "id"'));
      continue;
    }
    yield {
      instance: id,
      trial: trialOf(state),
      split: text(instance.split),
      perturbation: record(instance.perturbation),
      state,
      line,
    };
  }
}

function trialOf(fields: Fields): string {
  return scalarText(fields.train_trial_index) ?? '0';
}

function wrong(file: ImportFile, index: number, line: number, expected: string) {
  return {
    message: `element ${index + 1} is not as expected: it needs ${expected}`,
    hint: 'name the files of a HELM run as they are',
    where: { file: file.source.label, line },
  };
}
