/** Writes a gate's figures into a run of MLflow's file store. */

import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { foundText } from '../../../cases/index.ts';
import { DataError, UsageError } from '../../../errors.ts';
import type { GateFigures } from './gate-figures.ts';
import type { LoggedFile, LogResult } from './log-result.ts';

/**
 * Files first, then metrics, then tags: the verdict comes last.
 *
 * @param folder the store, an experiment, or the run itself
 * @param now milliseconds since 1970, the time of the metrics
 * @throws UsageError where there is no such run, DataError where it is deleted or cannot be written
 */
export async function logToFolder(
  folder: string,
  runId: string,
  { metrics, tags }: GateFigures,
  files: readonly LoggedFile[],
  now: number,
): Promise<LogResult> {
  const run = await findRun(folder, runId);
  const meta = (await readMeta(run)) ?? {};
  if (meta.lifecycle_stage === 'deleted')
    throw new DataError({ message: `run ${foundText(runId)} is deleted in MLflow`, where: { file: run } });
  try {
    for (const { name, bytes } of files) await writeWhole(join(run, 'artifacts', name), bytes);
    for (const { key, value } of metrics) {
      const path = join(run, 'metrics', key);
      const before = await readFile(path, 'utf8').catch(() => '');
      await writeWhole(path, `${before}${now} ${value} 0\n`);
    }
    for (const [key, value] of tags) await writeWhole(join(run, 'tags', key), value);
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    throw new DataError({
      message: `cannot be written (${code}); the run has no tag slicewise.verdict from this attempt`,
      where: { file: path ?? run },
    });
  }
  const uri = typeof meta.artifact_uri === 'string' ? meta.artifact_uri : null;
  const isOwn = uri === null || uri.endsWith(`/${runId}/artifacts`);
  return {
    metrics: metrics.length,
    tags: tags.length,
    files: files.map(({ name }) => name),
    notes: isOwn
      ? []
      : [
          `MLflow looks for the files of this run elsewhere (${uri}); they were written into the run's own folder`,
        ],
  };
}

async function findRun(folder: string, runId: string): Promise<string> {
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(runId))
    throw new UsageError({
      message: `--run-id ${foundText(runId)} is no id of a run`,
      hint: 'slicewise experiments FOLDER --format csv lists them',
    });
  const candidates = [folder, join(folder, runId)];
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => []))
    if (entry.isDirectory()) candidates.push(join(folder, entry.name, runId));
  for (const path of candidates) {
    const meta = await readMeta(path);
    if (meta !== null && (meta.run_id === runId || meta.run_uuid === runId)) return path;
  }
  throw new UsageError({
    message: `there is no run ${foundText(runId)} with a meta.yaml in ${folder}`,
    hint: 'slicewise experiments FOLDER --format csv lists them',
  });
}

async function readMeta(path: string): Promise<Readonly<Record<string, unknown>> | null> {
  const file = join(path, 'meta.yaml');
  const info = await stat(file).catch(() => null);
  if (info === null || info.size > 1 << 20) return null;
  const value: unknown = parse(await readFile(file, 'utf8'), { maxAliasCount: 0, logLevel: 'silent' });
  return typeof value === 'object' ? (value as Readonly<Record<string, unknown>> | null) : null;
}

async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}.part`;
  try {
    await writeFile(beside, content);
    await rename(beside, path);
  } finally {
    await rm(beside, { force: true });
  }
}
