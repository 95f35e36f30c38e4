/** Opens recorded experiments wherever they are: folders and servers of MLflow, folders of W&B, tables, trainer states. */

import { open, stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { foundText } from '../../cases/index.ts';
import { DataError, type Problem } from '../../errors.ts';
import { compareBytes } from './compare-bytes.ts';
import { createDamageList, type DamageList, failureWords } from './damage-list.ts';
import { readMlflowFiles, storeFolderOf } from './mlflow-files.ts';
import { readMlflowServer } from './mlflow-server.ts';
import { readRunRows } from './run-rows.ts';
import { isTrainerState, readTrainerState } from './trainer-state.ts';
import type { ExperimentRun, ExperimentSet, MlflowConnection } from './types.ts';
import { readWandbFile, readWandbFolder, wandbRunFolders } from './wandb-folder.ts';
import type { Unread } from './wandb-records.ts';

/** What to read. */
export interface ExperimentsRequest {
  /** Files and folders; `-` is a table on standard input. */
  readonly files: readonly string[];
  readonly cwd: string;
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** A server that a person named; null reads nothing from any. */
  readonly server: MlflowConnection | null;
  /** Names of experiments; empty takes all. */
  readonly experiments: readonly string[];
  /** Columns of tables that are metrics. */
  readonly metrics: readonly string[];
  /** Whether curves are wanted of a server, which takes a request for each. */
  readonly curves: boolean;
  readonly progress?: (text: string) => void;
}

/** What the files were found to be. */
interface Found {
  readonly runs: ExperimentRun[];
  readonly notes: string[];
  readonly rows: string[];
  readonly problems: Problem[];
  readonly damage: DamageList;
  readonly unread: Unread;
}

/**
 * Reads every run. What is broken inside a store is listed beside the runs; what cannot be read at all is an error.
 *
 * @throws DataError for paths that do not exist, folders and files that are none of these, and where there is no run at all
 */
export async function openExperiments(request: ExperimentsRequest): Promise<ExperimentSet> {
  const { server, experiments, cwd } = request;
  const found: Found = {
    runs: [],
    notes: [],
    rows: [],
    problems: [],
    damage: createDamageList(),
    unread: new Map(),
  };
  for (const file of [...new Set(request.files)]) {
    if (file === '-') found.rows.push(file);
    else await readPath(resolve(cwd, file), relative(cwd, resolve(cwd, file)) || '.', file, found);
  }
  if (found.problems.length > 0) throw new DataError(found.problems);
  if (found.rows.length > 0) {
    const read = await readRunRows({ ...request, files: found.rows }, request.metrics);
    found.runs.push(...read.runs);
    found.notes.push(...read.notes);
  }
  if (server !== null) found.runs.push(...(await readMlflowServer(server, request, found.damage)));
  const wanted = found.runs.filter(
    ({ experiment }) => server !== null || experiments.length === 0 || experiments.includes(experiment ?? ''),
  );
  const runs = uniqueRuns(wanted, found.notes);
  const damage = found.damage.all();
  if (runs.length === 0) throw new DataError(nothingFound(damage, found.runs.length));
  for (const [what, count] of [...found.unread].toSorted(([a], [b]) => compareBytes(a, b)))
    found.notes.push(`not read of W&B: ${what} (${count} records)`);
  return {
    runs: runs.toSorted(
      (a, b) =>
        (a.started ?? Number.POSITIVE_INFINITY) - (b.started ?? Number.POSITIVE_INFINITY) ||
        compareBytes(a.id, b.id),
    ),
    notes: found.notes,
    damage,
  };
}

async function readPath(path: string, label: string, spelled: string, found: Found): Promise<void> {
  const info = await stat(path).catch((error: unknown) => {
    if (/[*?[{]/.test(spelled)) found.rows.push(spelled);
    else found.problems.push({ message: failureWords(error), where: { file: label } });
    return null;
  });
  if (info === null) return;
  if (info.isDirectory()) await readFolder(path, label, found);
  else if (path.endsWith('.wandb')) add(found, await readWandbFile(path, label, found.damage, found.unread));
  else if (await isDatabase(path)) found.problems.push(databaseProblem(label));
  else if (await isTrainerState(path, info.size)) found.runs.push(await readTrainerState(path, label));
  else found.rows.push(spelled);
}

async function readFolder(path: string, label: string, found: Found): Promise<void> {
  const kind = await storeFolderOf(path);
  if (kind !== null) {
    const { runs, deleted } = await readMlflowFiles(path, label, kind, found.damage);
    found.runs.push(...runs);
    if (deleted > 0) found.notes.push(`${label}: ${deleted} runs are deleted in MLflow and left out`);
    return;
  }
  const folders = await wandbRunFolders(path);
  for (const folder of folders) {
    const inside = relative(path, folder);
    const place = inside === '' ? label : `${label}/${inside}`;
    add(found, await readWandbFolder(folder, place, found.damage, found.unread));
  }
  if (folders.length > 0) return;
  if ((await stat(resolve(path, 'mlflow.db')).catch(() => null)) !== null)
    found.problems.push(databaseProblem(`${label}/mlflow.db`));
  else
    found.problems.push({
      message: 'the folder holds no runs of MLflow (mlruns) and none of W&B (offline-run-...)',
      hint: 'name the folder mlruns or wandb, or files of rows (CSV, JSON lines)',
      where: { file: label },
    });
}

async function isDatabase(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read({ buffer: Buffer.alloc(15) });
    return buffer.toString('latin1') === 'SQLite format 3';
  } finally {
    await file.close();
  }
}

function databaseProblem(label: string): Problem {
  return {
    message: 'is a database of MLflow, which is read through its server',
    hint: 'mlflow server --host 127.0.0.1 --backend-store-uri sqlite:///mlflow.db, then slicewise experiments --mlflow http://127.0.0.1:5000',
    where: { file: label },
  };
}

function add({ runs }: Found, run: ExperimentRun | null): void {
  if (run !== null) runs.push(run);
}

function uniqueRuns(runs: readonly ExperimentRun[], notes: string[]): readonly ExperimentRun[] {
  const seen = new Map<string, ExperimentRun>();
  for (const run of runs) {
    const known = seen.get(run.id);
    if (known === undefined) seen.set(run.id, run);
    else notes.push(`run ${foundText(run.id)} is in ${known.place} and in ${run.place}: the first is read`);
  }
  return [...seen.values()];
}

function nothingFound(
  damage: readonly { readonly place: string; readonly reason: string }[],
  others: number,
): Problem[] {
  return [
    {
      message: others > 0 ? `none of the ${others} runs is of a named experiment` : 'there are no runs',
      hint: 'name a folder mlruns or wandb, a table with one row per run, or --mlflow http://HOST:PORT',
    },
    ...damage.slice(0, 19).map(({ place, reason }) => ({ message: reason, where: { file: place } })),
  ];
}
