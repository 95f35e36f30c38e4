/** Reads `trainer_state.json` of Hugging Face's Trainer: one run with its log history. */

import { open, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { foundText } from '../../cases/index.ts';
import { DataError } from '../../errors.ts';
import { metricValue } from './metric-value.ts';
import { createRunDraft } from './run-draft.ts';
import type { ExperimentRun } from './types.ts';

const HEAD_BYTES = 65_536;
const LARGEST_BYTES = 2 ** 29;
const PARAMETERS = ['num_train_epochs', 'train_batch_size', 'max_steps', 'eval_steps', 'trial_params'];

/** Whether a file is one, by its first characters. */
export async function isTrainerState(path: string, size: number): Promise<boolean> {
  if (!path.endsWith('.json') || size > LARGEST_BYTES) return false;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(HEAD_BYTES) });
    return buffer.subarray(0, bytesRead).includes('"log_history"');
  } finally {
    await file.close();
  }
}

/** @throws DataError where the file is no JSON or its history no list */
export async function readTrainerState(path: string, label: string): Promise<ExperimentRun> {
  const state = parseState(await readFile(path, 'utf8'), label);
  const draft = createRunDraft(label, 'trainer', label);
  draft.name = basename(dirname(path));
  draft.status = 'unknown';
  for (const name of PARAMETERS) {
    const value = state[name];
    if (value !== null && value !== undefined)
      draft.params.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  if (!Array.isArray(state.log_history))
    throw new DataError({ message: '"log_history" is no list', where: { file: label } });
  for (const entry of state.log_history as readonly unknown[]) {
    if (typeof entry !== 'object' || entry === null) continue;
    const { step, ...values } = entry as Readonly<Record<string, unknown>>;
    for (const [name, value] of Object.entries(values)) {
      const number = metricValue(value);
      if (number !== null) draft.point(name, number, typeof step === 'number' ? step : 0);
    }
  }
  return draft.finish();
}

/** Python writes numbers that are none as bare words, which JSON does not have. */
function parseState(text: string, label: string): Readonly<Record<string, unknown>> {
  for (const spelled of [text, text.replace(/([:[,]\s*)(NaN|-?Infinity)\b/g, '$1"$2"')]) {
    try {
      const value: unknown = JSON.parse(spelled);
      if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
    } catch {
      // The second spelling may do; otherwise the error below says it.
    }
  }
  throw new DataError({
    message: `is no JSON object: ${foundText(text.slice(0, 40))}`,
    where: { file: label },
  });
}
