/** Reads HELM runs: `per_instance_stats.json` joined with `scenario_state.json`, described by the other files of the run. */

import { foundText } from '../../../cases/index.ts';
import type { ImportContext, ImportedResult, Importer, ImportFile } from '../importer.ts';
import { joinByKey } from './join.ts';
import { type InstanceStats, keyTextOf, type RequestState, readStates, readStats } from './records.ts';
import { instanceResultOf } from './result.ts';
import { describeRun } from './run-description.ts';
import { groupHelmFiles, type HelmFiles, helmKindOf } from './run-files.ts';
import { createSplitMeans } from './run-stats.ts';

export const helmImporter: Importer = {
  name: 'helm',
  label: 'HELM',
  recognises: (file) => helmKindOf(file) !== null,
  read,
};

async function* read(files: readonly ImportFile[], context: ImportContext): AsyncGenerator<ImportedResult> {
  const groups = groupHelmFiles(files);
  const unknown = files.filter((file) => helmKindOf(file) === null);
  for (const { source } of unknown)
    context.notebook.note(`${source.label} is no file of a HELM run and was not read`);
  for (const group of groups) yield* readRun(group, context);
}

async function* readRun(group: HelmFiles, context: ImportContext): AsyncGenerator<ImportedResult> {
  const { log, notebook, score } = context;
  const { per_instance_stats: stats, scenario_state: state } = group.files;
  if (stats === undefined && state === undefined) {
    const label = Object.values(group.files)[0]?.source.label ?? group.name;
    log.add({
      message: 'the run has no per_instance_stats.json and no scenario_state.json, so it has no instances',
      hint: 'name all files of the run, for example with a pattern such as FOLDER/*.json',
      where: { file: label },
    });
    return;
  }
  const run = await describeRun(group, context);
  if (stats === undefined)
    notebook.note(`${group.name} has no per_instance_stats.json; its rows are unscored`);
  if (state === undefined)
    notebook.note(`${group.name} has no scenario_state.json; inputs and outputs are unknown`);
  const means = createSplitMeans();
  const names = new Set<string>();
  for await (const { instance, states } of instancesOf(group, context)) {
    if (instance !== null) means.add(instance);
    for (const name of instance?.metrics.keys() ?? []) names.add(name);
    yield instanceResultOf(run, instance, states);
  }
  for (const name of names) {
    const direction = name === run.primary ? 'higher' : 'unknown';
    notebook.metric(run.key, name, { direction, primary: name === run.primary });
  }
  if (score !== null && !names.has(score) && stats !== undefined) {
    notebook.note(`${run.key} has no metric named ${foundText(score)}; its rows are unscored`);
  }
  await means.compare(group, run, context);
}

interface JoinedInstance {
  readonly instance: InstanceStats | null;
  readonly states: readonly RequestState[];
}

/** Every instance once; what a file has twice or the other file lacks is said. */
async function* instancesOf(
  { name, files }: HelmFiles,
  { log, notebook }: ImportContext,
): AsyncGenerator<JoinedInstance> {
  const { per_instance_stats: stats, scenario_state: state } = files;
  const seen = new Set<string>();
  const joined = joinByKey(
    stats === undefined ? none() : readStats(stats, log),
    state === undefined ? none() : readStates(state, log),
    keyTextOf,
    keyTextOf,
  );
  for await (const { key, left, right } of joined) {
    const place = `${(stats ?? state)?.source.label}:${(left?.[0] ?? right?.[0])?.line}`;
    const again = seen.has(key) ? (left ?? right ?? []).length : (left ?? [1]).length - 1;
    if (again > 0) notebook.dropped('records of an instance that was already read', place, again);
    if (seen.has(key)) continue;
    seen.add(key);
    if (left === null && stats !== undefined) {
      notebook.note(`some requests of ${name} have no statistics; they are unscored`);
    }
    if (right === null && state !== undefined) {
      notebook.note(`some instances of ${name} have no request; their texts are unknown`);
    }
    yield { instance: left?.[0] ?? null, states: right ?? [] };
  }
}

async function* none(): AsyncGenerator<never> {}
