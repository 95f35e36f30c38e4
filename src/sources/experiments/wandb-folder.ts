/** Reads the folders of W&B runs that were recorded offline: the transaction log, and the files beside it. */

import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { compareBytes } from './compare-bytes.ts';
import { type DamageList, failureWords } from './damage-list.ts';
import { createRunDraft, type RunDraft } from './run-draft.ts';
import { STRICT_YAML } from './strict-yaml.ts';
import type { ExperimentRun } from './types.ts';
import { isTransactionLog, readTransactionLog } from './wandb-log.ts';
import { addParam, addSummary, readWandbRecord, type Unread } from './wandb-records.ts';

const RUN_FOLDER = /^(?:offline-)?run-\d{8}_\d{6}-(.+)$/;
const LARGEST_LOG_BYTES = 2 ** 31;
const MOST_ARTIFACTS = 200;

/** The run folders in or below a folder (the folder itself, its children, and those of a `wandb` folder in it). */
export async function wandbRunFolders(path: string): Promise<readonly string[]> {
  if (RUN_FOLDER.test(basename(path))) return [path];
  const found: string[] = [];
  for (const inside of [path, join(path, 'wandb')]) {
    const entries = await readdir(inside, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (entry.isDirectory() && RUN_FOLDER.test(entry.name)) found.push(join(inside, entry.name));
    }
  }
  return found.toSorted(compareBytes);
}

/** One run folder; null where it holds neither a log nor a summary nor a configuration. */
export async function readWandbFolder(
  path: string,
  label: string,
  damage: DamageList,
  unread: Unread,
): Promise<ExperimentRun | null> {
  const id = RUN_FOLDER.exec(basename(path))?.[1] ?? basename(path);
  const draft = createRunDraft(id, 'wandb', label);
  const logs = (await readdir(path)).filter((name) => name.endsWith('.wandb')).toSorted(compareBytes);
  for (const log of logs) await readLog(join(path, log), `${label}/${log}`, draft, damage, unread);
  const files = join(path, 'files');
  const hasFiles = await readFiles(files, `${label}/files`, draft, damage);
  for (const name of (await readdir(files).catch(() => [])).toSorted(compareBytes).slice(0, MOST_ARTIFACTS))
    draft.artifacts.push(`${label}/files/${name}`);
  if (logs.length === 0 && !hasFiles) {
    damage.add(label, 'the folder of a W&B run holds no log, no summary and no configuration');
    return null;
  }
  return draft.finish();
}

/** A log by itself. */
export async function readWandbFile(
  path: string,
  label: string,
  damage: DamageList,
  unread: Unread,
): Promise<ExperimentRun | null> {
  const draft = createRunDraft(basename(path).replace(/^run-|\.wandb$/g, ''), 'wandb', label);
  const read = await readLog(path, label, draft, damage, unread);
  return read ? draft.finish() : null;
}

async function readLog(
  path: string,
  label: string,
  draft: RunDraft,
  damage: DamageList,
  unread: Unread,
): Promise<boolean> {
  if ((await stat(path)).size > LARGEST_LOG_BYTES) {
    damage.add(label, 'is larger than 2 GiB and was not read');
    return false;
  }
  const bytes = await readFile(path);
  if (!isTransactionLog(bytes)) {
    damage.add(label, 'does not begin like a W&B transaction log and was not read');
    return false;
  }
  const log = readTransactionLog(bytes);
  if (log.damage !== null) damage.add(label, `${log.damage}: ${log.records.length} records before were read`);
  for (const record of log.records) {
    try {
      readWandbRecord(record, draft, unread);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      damage.add(label, `a record is broken (${error.message})`);
    }
  }
  return true;
}

/** What the files of a synced run add; the log wins. */
async function readFiles(path: string, label: string, draft: RunDraft, damage: DamageList): Promise<boolean> {
  let found = false;
  const each = async (name: string, onValue: (key: string, value: unknown) => void): Promise<void> => {
    const text = await readFile(join(path, name), 'utf8').catch(() => null);
    if (text === null) return;
    found = true;
    try {
      const value: unknown = name.endsWith('.json')
        ? JSON.parse(text.replace(/\bNaN\b/g, 'null'))
        : parse(text, STRICT_YAML);
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw new Error('is no mapping');
      for (const [key, inner] of Object.entries(value)) onValue(key, inner);
    } catch (error) {
      damage.add(`${label}/${name}`, `cannot be read: ${failureWords(error)}`);
    }
  };
  const known = new Set(draft.params.keys());
  await each('config.yaml', (key, entry) => {
    const value = (entry as { value?: unknown } | null)?.value;
    if (!known.has(key) && value !== undefined) addParam(draft, key, value);
  });
  const isLogged = known.size > 0;
  await each('wandb-summary.json', (key, value) => {
    if (!isLogged) addSummary(draft, key, value);
  });
  await each('wandb-metadata.json', (key, value) => {
    const commit = key === 'git' ? (value as { commit?: unknown } | null)?.commit : undefined;
    if (typeof commit === 'string') draft.tags.set('git.commit', commit);
  });
  return found;
}
