/** What a run should say of itself, and under which names tools and people log it. */

import type { ExperimentRun } from '../../sources/index.ts';

/** A thing that runs should log. */
export type RunField =
  | 'dataset'
  | 'judge'
  | 'prompt'
  | 'code'
  | 'seed'
  | 'model'
  | 'learning rate'
  | 'batch size'
  | 'epochs'
  | 'training loss curve'
  | 'validation curve'
  | 'eval cases';

/** Fields that tell whether two scores were measured alike, and what else differs. */
export const FINGERPRINTS = ['dataset', 'judge', 'prompt', 'code'] as const;

export type Fingerprint = (typeof FINGERPRINTS)[number];

/** Names, lower case with `.`, `/`, `-` and blanks as `_`; the whole name, or what follows the last dot. */
const NAMES: Readonly<Partial<Record<RunField, RegExp>>> = {
  dataset:
    /^(?:eval_|test_|val_)?(?:data_?set|data|eval_?set|test_?set)_?(?:hash|version|digest|fingerprint|sha|sha256|revision|id)?$/,
  judge: /^(?:judge|grader|scorer|rubric)_?(?:hash|version|digest|fingerprint|model|id|name)?$/,
  prompt: /^(?:system_)?prompt_?(?:hash|version|digest|fingerprint|template|id|name|sha)?$/,
  code: /^(?:mlflow_source_git_commit|git_?commit|git_?sha|git_?hash|commit|commit_?hash|code_?(?:version|hash)|revision)$/,
  seed: /^(?:random_?)?(?:seed|state)$|^(?:data|torch|numpy|global|train)_?seed$/,
  model: /^(?:model|model_?(?:name|id|type|path|name_or_path)|base_?model|checkpoint|architecture|arch)$/,
  'learning rate': /^(?:lr|learning_?rate|base_lr|max_lr|eta)$/,
  'batch size': /^(?:bs|batch_?size|(?:per_device_)?(?:train_)?batch_?size)$/,
  epochs: /^(?:n_?epochs?|num_(?:train_)?epochs?|epochs?|max_epochs?|max_steps|iterations|num_steps)$/,
  'eval cases':
    /^(?:n|n_?eval|eval_?n|n_?cases|cases|eval_?(?:samples|cases|size|examples)|(?:num|n)_?(?:eval_?)?(?:examples|samples|cases)|n_?test|test_?size)$/,
};

const TRAINING = /(?:^|[_/.])(?:train|training)(?:$|[_/.])|^loss$|^train_?loss$/i;
const VALIDATION = /(?:^|[_/.])(?:val|valid|validation|eval|test|dev)(?:$|[_/.])/i;

/** Whether a metric is measured on training data, or on data held out; `loss` alone is training's. */
export function partOfMetric(name: string): 'training' | 'validation' | null {
  if (VALIDATION.test(name)) return 'validation';
  return TRAINING.test(name) ? 'training' : null;
}

/**
 * What a run says of a field; null where it says nothing. Data sets that MLflow and W&B log as such come first.
 *
 * @example fieldOf(run, 'learning rate') // '0.1'
 */
export function fieldOf(run: ExperimentRun, field: RunField): string | null {
  if (field === 'training loss curve') return curveOf(run, 'training');
  if (field === 'validation curve') return curveOf(run, 'validation');
  if (field === 'dataset' && run.datasets.length > 0) {
    const held = run.datasets.filter(({ context }) => context !== null && VALIDATION.test(`_${context}_`));
    return (held.length > 0 ? held : run.datasets).map(({ name, digest }) => `${name}@${digest}`).join(', ');
  }
  const pattern = NAMES[field];
  if (pattern === undefined) return null;
  for (const values of [run.params, run.tags]) {
    for (const [name, value] of values) if (isNamed(name, pattern) && value !== '') return value;
  }
  if (field !== 'eval cases') return null;
  for (const [name, value] of run.metrics) if (isNamed(name, pattern)) return String(value);
  return null;
}

/** Whether a metric is a clock, a schedule or a number of cases: logged like a score, and none. */
export function isAsideMetric(name: string): boolean {
  const aside =
    /(?:^|[_/.])(?:epochs?|lr|learning_rate|steps?|time|runtime|seconds|duration|samples_per_second|steps_per_second|grad_norm|norm|momentum|memory|flos)(?:$|[_/.])/i;
  return aside.test(name) || isNamed(name, NAMES['eval cases']!);
}

/** Whether a parameter says how a run was repeated rather than what was tried. */
export function isSeedName(name: string): boolean {
  return isNamed(name, NAMES.seed!);
}

function isNamed(name: string, pattern: RegExp): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[./\- ]/g, '_');
  return pattern.test(plain(name)) || pattern.test(plain(name.split(/[./]/).at(-1) ?? ''));
}

function curveOf(run: ExperimentRun, part: 'training' | 'validation'): string | null {
  const found = [...run.curves.keys()].find((name) => partOfMetric(name) === part);
  return found ?? null;
}
