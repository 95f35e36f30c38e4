/** Reads MLflow's file store: a folder of experiments, which are folders of runs, which are folders of small files. */

import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { foundText } from '../../cases/index.ts';
import { compareBytes } from './compare-bytes.ts';
import { type DamageList, failureWords } from './damage-list.ts';
import { metricValue, wholeValue } from './metric-value.ts';
import { createRunDraft, type RunDraft } from './run-draft.ts';
import { STRICT_YAML } from './strict-yaml.ts';
import type { ExperimentRun, RunStatus } from './types.ts';

/** What a folder of the store is, by its `meta.yaml`. */
export type StoreFolder = 'run' | 'experiment' | 'store' | null;

type Meta = Readonly<Record<string, unknown>>;

const STATUS: Readonly<Record<string, RunStatus>> = {
  '1': 'running',
  '2': 'running',
  '3': 'finished',
  '4': 'failed',
  '5': 'killed',
  RUNNING: 'running',
  SCHEDULED: 'running',
  FINISHED: 'finished',
  FAILED: 'failed',
  KILLED: 'killed',
};
const LARGEST_META_BYTES = 1 << 20;
/** Names with slashes are folders within folders. */
const DEEPEST = 12;
const MOST_ARTIFACTS = 200;

/** What MLflow's words and numbers for the state of a run mean here. */
export function mlflowStatus(status: unknown): RunStatus {
  return STATUS[String(status)] ?? 'unknown';
}

/** Looks at a folder without reading its runs. */
export async function storeFolderOf(path: string): Promise<StoreFolder> {
  const meta = await readMeta(path).catch(() => null);
  if (meta !== null && ('run_id' in meta || 'run_uuid' in meta)) return 'run';
  if (meta !== null && 'experiment_id' in meta) return 'experiment';
  if (await isRunFolder(path)) return 'run';
  for (const folder of await foldersIn(path)) {
    const inside = await readMeta(join(path, folder)).catch(() => null);
    if (inside !== null && 'run_id' in inside) return 'experiment';
    if (inside !== null && 'experiment_id' in inside) return 'store';
    if (await isRunFolder(join(path, folder))) return 'experiment';
    // The description of an experiment may be what is broken.
    for (const run of await foldersIn(join(path, folder)))
      if (await isRunFolder(join(path, folder, run))) return 'store';
  }
  return null;
}

/** What was read of a store. */
export interface StoreRuns {
  readonly runs: readonly ExperimentRun[];
  /** Runs and experiments that were deleted in MLflow, which keeps them. */
  readonly deleted: number;
}

/**
 * Reads every run below a folder. What is broken is put on the list, and the rest is read.
 *
 * @param label how messages spell `path`
 */
export async function readMlflowFiles(
  path: string,
  label: string,
  kind: NonNullable<StoreFolder>,
  damage: DamageList,
): Promise<StoreRuns> {
  if (kind === 'run') {
    const experiment = await readMeta(join(path, '..')).catch(() => null);
    return collect([await readRun(path, label, experiment, join(path, '..'), damage)]);
  }
  if (kind === 'experiment') return readExperiment(path, label, damage);
  const runs: ExperimentRun[] = [];
  let deleted = 0;
  for (const folder of await foldersIn(path)) {
    if (folder === '.trash') continue;
    const read = await readExperiment(join(path, folder), `${label}/${folder}`, damage);
    runs.push(...read.runs);
    deleted += read.deleted;
  }
  return { runs, deleted };
}

async function readExperiment(path: string, label: string, damage: DamageList): Promise<StoreRuns> {
  const found: (ExperimentRun | 'deleted' | null)[] = [];
  const runs = [];
  for (const folder of await foldersIn(path)) {
    const inside = join(path, folder);
    const isRun = (await exists(join(inside, 'meta.yaml'))) || (await isRunFolder(inside));
    if (isRun && folder !== 'datasets') runs.push(folder);
  }
  const meta = await readMeta(path).catch((error: unknown) => {
    if (runs.length > 0)
      damage.add(`${label}/meta.yaml`, `${failureWords(error)}: the experiment has no name`);
    return null;
  });
  if (meta?.lifecycle_stage === 'deleted') return { runs: [], deleted: runs.length };
  for (const folder of runs)
    found.push(await readRun(join(path, folder), `${label}/${folder}`, meta, path, damage));
  return collect(found);
}

function collect(found: readonly (ExperimentRun | 'deleted' | null)[]): StoreRuns {
  return {
    runs: found.filter((one) => one !== null && one !== 'deleted'),
    deleted: found.filter((one) => one === 'deleted').length,
  };
}

async function readRun(
  path: string,
  label: string,
  experiment: Meta | null,
  experimentPath: string,
  damage: DamageList,
): Promise<ExperimentRun | 'deleted' | null> {
  let meta: Meta = {};
  try {
    meta = await readMeta(path);
  } catch (error) {
    damage.add(`${label}/meta.yaml`, `${failureWords(error)}: state, times and name of the run are unknown`);
  }
  if (meta.lifecycle_stage === 'deleted') return 'deleted';
  const draft = createRunDraft(textOf(meta.run_id ?? meta.run_uuid) ?? basename(path), 'mlflow', label);
  draft.experiment = textOf(experiment?.name);
  draft.status = mlflowStatus(meta.status);
  draft.started = wholeValue(meta.start_time);
  draft.ended = wholeValue(meta.end_time);
  const readAll = (part: string, onText: (name: string, text: string) => void): Promise<void> =>
    readTexts({ path: join(path, part), label: `${label}/${part}` }, onText, damage);
  await readAll('params', (name, text) => draft.params.set(name, text));
  await readAll('tags', (name, text) => draft.tags.set(name, text));
  await readAll('metrics', (name, text) => readPoints(text, name, draft, `${label}/metrics/${name}`, damage));
  await readInputs(path, experimentPath, draft, label, damage);
  await listArtifacts(join(path, 'artifacts'), draft, `${label}/artifacts`);
  draft.name = textOf(meta.run_name) ?? draft.tags.get('mlflow.runName') ?? draft.id;
  return draft.finish();
}

/** Lines are `time value step`, in old stores without the step. */
function readPoints(text: string, metric: string, draft: RunDraft, place: string, damage: DamageList): void {
  text.split('\n').forEach((line, at) => {
    if (line.trim() === '') return;
    const [time, value, step = '0', ...rest] = line.trim().split(' ');
    const number = metricValue(value);
    const atTime = wholeValue(time);
    const atStep = wholeValue(step);
    if (rest.length > 0 || number === null || atTime === null || atStep === null)
      damage.add(`${place}:${at + 1}`, `${foundText(line)} is no "time value step": left out`);
    else draft.point(metric, number, atStep, atTime);
  });
}

async function readInputs(
  path: string,
  experimentPath: string,
  draft: RunDraft,
  label: string,
  damage: DamageList,
): Promise<void> {
  for (const folder of await foldersIn(join(path, 'inputs'))) {
    const place = `${label}/inputs/${folder}`;
    try {
      const input = await readMeta(join(path, 'inputs', folder));
      if (input.source_type !== 'DATASET') continue;
      const id = textOf(input.source_id) ?? '';
      if (!/^[A-Za-z0-9_-]+$/.test(id)) throw new Error('names no data set');
      const dataset = await readMeta(join(experimentPath, 'datasets', id));
      const tags = (input.tags ?? {}) as Meta;
      draft.datasets.push({
        name: textOf(dataset.name) ?? '',
        digest: textOf(dataset.digest) ?? '',
        context: textOf(tags['mlflow.data.context']),
      });
    } catch (error) {
      damage.add(place, `the data set of an input cannot be read: ${failureWords(error)}`);
    }
  }
}

/** The texts of the files below a folder; a folder or file that cannot be read is put on the list. */
async function readTexts(
  { path, label }: { readonly path: string; readonly label: string },
  onText: (name: string, text: string) => void,
  damage: DamageList,
): Promise<void> {
  const isFolder = await stat(path).then(
    (info) => info.isDirectory(),
    () => true,
  );
  if (!isFolder) damage.add(label, 'is no folder: nothing is read of it');
  const lost = (place: string) => (error: unknown) => damage.add(place, `${failureWords(error)}: left out`);
  await eachFile(path, async (name, file) => {
    const text = await readFile(file, 'utf8').catch(lost(`${label}/${name}`));
    if (typeof text === 'string') onText(name, text);
  });
}

async function listArtifacts(path: string, draft: RunDraft, label: string): Promise<void> {
  let left = 0;
  await eachFile(path, async (name) => {
    if (draft.artifacts.length < MOST_ARTIFACTS) draft.artifacts.push(`${label}/${name}`);
    else left += 1;
  });
  if (left > 0) draft.artifacts.push(`${label}: ${left} more files`);
}

/** Files below a folder by the name that their path makes, in order; a folder that is absent has none. */
async function eachFile(
  path: string,
  onFile: (name: string, file: string) => Promise<void>,
  prefix = '',
  depth = 0,
): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.toSorted((a, b) => compareBytes(a.name, b.name))) {
    const name = `${prefix}${entry.name}`;
    if (entry.isFile()) await onFile(name, join(path, entry.name));
    else if (entry.isDirectory() && depth < DEEPEST)
      await eachFile(join(path, entry.name), onFile, `${name}/`, depth + 1);
  }
}

async function foldersIn(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted(compareBytes);
}

async function isRunFolder(path: string): Promise<boolean> {
  const inside = await foldersIn(path);
  return ['metrics', 'params', 'tags'].filter((name) => inside.includes(name)).length >= 2;
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

/** @throws Error in words where there is none, or it is no mapping */
async function readMeta(folder: string): Promise<Meta> {
  const path = join(folder, 'meta.yaml');
  if ((await stat(path)).size > LARGEST_META_BYTES) throw new Error('is larger than 1 MiB');
  const value: unknown = parse(await readFile(path, 'utf8'), STRICT_YAML);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('is no mapping');
  return value as Meta;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
