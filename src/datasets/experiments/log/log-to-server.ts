/** Writes a gate's figures into a run of an MLflow server. */

import { foundText } from '../../../cases/index.ts';
import { DataError } from '../../../errors.ts';
import type { MlflowConnection } from '../../../sources/index.ts';
import type { GateFigures } from './gate-figures.ts';
import type { LoggedFile, LogResult } from './log-result.ts';

const API = 'api/2.0/mlflow';
/** What one request may hold. */
const MOST_METRICS = 900;

/**
 * Files first, then metrics, then tags in one request with the last metrics.
 *
 * @param now milliseconds since 1970, the time of the metrics
 * @throws DataError where the server does not know the run, or refuses
 */
export async function logToServer(
  server: MlflowConnection,
  runId: string,
  { metrics, tags }: GateFigures,
  files: readonly LoggedFile[],
  now: number,
): Promise<LogResult> {
  const answer = (await server.get(`${API}/runs/get`, { run_id: runId })) as {
    run?: { info?: { artifact_uri?: string; lifecycle_stage?: string } };
  } | null;
  const info = answer?.run?.info;
  if (info === undefined)
    throw new DataError({ message: `${server.address} says nothing of run ${foundText(runId)}` });
  if (info.lifecycle_stage === 'deleted')
    throw new DataError({ message: `run ${foundText(runId)} is deleted on ${server.address}` });
  const folder = proxiedFolder(info.artifact_uri ?? '');
  if (folder !== null)
    for (const { name, bytes, type } of files)
      await server.put(`api/2.0/mlflow-artifacts/artifacts/${folder}/${name}`, bytes, type);
  for (let at = 0; at < metrics.length; at += MOST_METRICS) {
    const isLast = at + MOST_METRICS >= metrics.length;
    await server.post(`${API}/runs/log-batch`, {
      run_id: runId,
      metrics: metrics
        .slice(at, at + MOST_METRICS)
        .map(({ key, value }) => ({ key, value, timestamp: now, step: 0 })),
      ...(isLast ? { tags: tags.map(([key, value]) => ({ key, value })) } : {}),
    });
  }
  return {
    metrics: metrics.length,
    tags: tags.length,
    files: folder === null ? [] : files.map(({ name }) => name),
    notes:
      folder === null
        ? [
            `the report itself was not written: the files of this run lie at ${foundText(info.artifact_uri ?? '')}, which the server does not hand on (mlflow server --serve-artifacts does)`,
          ]
        : [],
  };
}

/** Where the server keeps the files of a run that it hands on; null where clients go to the store themselves. */
function proxiedFolder(uri: string): string | null {
  const found = /^mlflow-artifacts:(?:\/\/[^/]*)?\/(.*)$/.exec(uri)?.[1];
  if (found === undefined) return null;
  return found
    .split('/')
    .filter((part) => part !== '' && part !== '..')
    .map(encodeURIComponent)
    .join('/');
}
