/** Reads the runs of an MLflow server through its REST interface, page by page. */

import { foundTexts } from '../../cases/index.ts';
import { DataError } from '../../errors.ts';
import { type DamageList, failureWords } from './damage-list.ts';
import { metricValue, wholeValue } from './metric-value.ts';
import { mlflowStatus } from './mlflow-files.ts';
import { createRunDraft, type RunDraft } from './run-draft.ts';
import type { ExperimentRun, MlflowConnection } from './types.ts';

/** Which runs, and how much of them. */
export interface ServerRequest {
  /** Names of experiments; empty takes all. */
  readonly experiments: readonly string[];
  /** Curves take a request per metric of a run. */
  readonly curves: boolean;
  readonly progress?: (text: string) => void;
}

type Json = Readonly<Record<string, unknown>>;

const API = 'api/2.0/mlflow';
const PAGE = 1000;
const HISTORY_PAGE = 25_000;
/** A server that hands out pages without end is broken. */
const MOST_PAGES = 10_000;
const AT_ONCE = 4;

/**
 * Every active run of the experiments.
 *
 * @throws DataError where the server cannot be reached, refuses, or knows no such experiment
 */
export async function readMlflowServer(
  connection: MlflowConnection,
  { experiments, curves, progress }: ServerRequest,
  damage: DamageList,
): Promise<readonly ExperimentRun[]> {
  const all = await pages(connection, 'experiments/search', { max_results: PAGE }, 'experiments');
  const names = new Map(all.map((one) => [text(one.experiment_id) ?? '', text(one.name) ?? '']));
  const missing = experiments.filter((name) => ![...names.values()].includes(name));
  if (missing.length > 0) {
    throw new DataError({
      message: `${connection.address} has no experiment ${foundTexts(missing, 5)}; it has ${foundTexts([...names.values()], 20)}`,
    });
  }
  const ids = [...names].filter(([, name]) => experiments.length === 0 || experiments.includes(name));
  if (ids.length === 0) return [];
  const runs = await pages(
    connection,
    'runs/search',
    { experiment_ids: ids.map(([id]) => id), run_view_type: 'ACTIVE_ONLY', max_results: PAGE },
    'runs',
  );
  const drafts: ExperimentRun[] = [];
  for (let at = 0; at < runs.length; at += AT_ONCE) {
    progress?.(`run ${at + 1} of ${runs.length}`);
    const some = runs.slice(at, at + AT_ONCE);
    const read = await Promise.all(some.map((run) => readRun(connection, run, names, curves, damage)));
    drafts.push(...read.filter((run) => run !== null));
  }
  return drafts;
}

async function readRun(
  connection: MlflowConnection,
  run: Json,
  experiments: ReadonlyMap<string, string>,
  curves: boolean,
  damage: DamageList,
): Promise<ExperimentRun | null> {
  const info = object(run.info);
  const data = object(run.data);
  const id = text(info.run_id) ?? text(info.run_uuid);
  if (id === null) {
    damage.add(connection.address, 'a run without an id was left out');
    return null;
  }
  const draft = createRunDraft(id, 'mlflow', `${connection.address} run ${id}`);
  draft.experiment = experiments.get(text(info.experiment_id) ?? '') ?? null;
  draft.status = mlflowStatus(info.status);
  draft.started = wholeValue(info.start_time);
  draft.ended = wholeValue(info.end_time);
  for (const { key, value } of list(data.params)) draft.params.set(text(key) ?? '', text(value) ?? '');
  for (const { key, value } of list(data.tags)) draft.tags.set(text(key) ?? '', text(value) ?? '');
  draft.name = text(info.run_name) ?? draft.tags.get('mlflow.runName') ?? id;
  for (const input of list(object(run.inputs).dataset_inputs)) {
    const dataset = object(input.dataset);
    const context = list(input.tags).find(({ key }) => key === 'mlflow.data.context');
    draft.datasets.push({
      name: text(dataset.name) ?? '',
      digest: text(dataset.digest) ?? '',
      context: text(context?.value),
    });
  }
  const uri = text(info.artifact_uri);
  if (uri !== null) draft.artifacts.push(uri);
  for (const metric of list(data.metrics)) {
    const name = text(metric.key) ?? '';
    const step = wholeValue(metric.step ?? 0) ?? 0;
    // A metric whose last step is 0 was logged once, or without steps: there is no curve to fetch.
    if (!(curves && step > 0 && (await fetchCurve(connection, id, name, draft, damage))))
      addPoint(draft, name, metric, connection.address, damage);
  }
  return draft.finish();
}

/** False where the history cannot be had; the last value is then all there is. */
async function fetchCurve(
  connection: MlflowConnection,
  id: string,
  name: string,
  draft: RunDraft,
  damage: DamageList,
): Promise<boolean> {
  try {
    let token = '';
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answer = object(
        await connection.get(`${API}/metrics/get-history`, {
          run_id: id,
          metric_key: name,
          max_results: String(HISTORY_PAGE),
          ...(token === '' ? {} : { page_token: token }),
        }),
      );
      const points = list(answer.metrics);
      for (const point of points) addPoint(draft, name, point, connection.address, damage);
      token = text(answer.next_page_token) ?? '';
      if (token === '') return page > 0 || points.length > 0;
    }
    return true;
  } catch (error) {
    damage.add(`${connection.address} run ${id}`, `no history of ${name}: ${failureWords(error)}`);
    return false;
  }
}

function addPoint(draft: RunDraft, name: string, point: Json, place: string, damage: DamageList): void {
  const value = metricValue(point.value);
  const time = wholeValue(point.timestamp);
  if (value === null) damage.add(place, `a value of ${name} of run ${draft.id} is no number`);
  else draft.point(name, value, wholeValue(point.step ?? 0) ?? 0, time ?? undefined);
}

async function pages(
  connection: MlflowConnection,
  path: string,
  body: Json,
  key: string,
): Promise<readonly Json[]> {
  const found: Json[] = [];
  let token = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = object(
      await connection.post(`${API}/${path}`, { ...body, ...(token === '' ? {} : { page_token: token }) }),
    );
    found.push(...list(answer[key]));
    token = text(answer.next_page_token) ?? '';
    if (token === '') return found;
  }
  throw new DataError({ message: `${connection.address} answers ${path} with pages without end` });
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(object) : [];
}

function text(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
