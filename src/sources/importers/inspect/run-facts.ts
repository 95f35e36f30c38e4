/** What a report says of an Inspect run, and the fingerprints of its judge, data, prompts and code. */

import {
  contentId,
  contentText,
  flattenTags,
  list,
  number,
  path,
  record,
  scalarText,
  text,
} from '../json-access.ts';
import type { ImportNotebook } from '../notebook.ts';
import type { LogHeader } from './log-header.ts';

/** Writes the facts of a run, in the order in which a reader asks for them. */
export function noteFacts(
  run: string,
  header: LogHeader,
  isFinished: boolean,
  notebook: ImportNotebook,
): void {
  const { eval: spec } = header;
  const fact = (name: string, value: unknown): void => {
    const spelled = scalarText(value) ?? contentText(value);
    if (spelled !== null && spelled !== '') notebook.fact(run, name, spelled);
  };
  fact('status', header.status);
  fact('error', header.error);
  fact('task', spec.task);
  fact('model', spec.model);
  fact('created', spec.created);
  fact('eval id', spec.eval_id);
  fact('task version', spec.task_version === 0 ? null : spec.task_version);
  for (const [name, value] of Object.entries(flattenTags(spec.task_args)))
    fact(`task argument ${name}`, value);
  fact('dataset', path(spec, 'dataset.name') ?? path(spec, 'dataset.location'));
  fact('dataset samples', path(spec, 'dataset.samples'));
  fact('limit', path(spec, 'config.limit'));
  fact('epochs', path(spec, 'config.epochs'));
  fact('epochs reducer', reducers(path(spec, 'config.epochs_reducer')));
  fact('tags', list(spec.tags)?.map(scalarText).join(', '));
  fact('inspect_ai', path(spec, 'packages.inspect_ai'));
  fact('commit', path(spec, 'revision.commit'));
  fact('uncommitted changes', path(spec, 'revision.dirty'));
  fact('invalidated', header.isInvalidated ? 'some samples' : null);
  if (!isFinished) {
    notebook.note(`${run}: the log was not finished; it holds the samples that were written until then`);
  } else if (header.status !== 'success' && header.status !== null) {
    notebook.note(`${run}: the eval ended as ${header.status}; the samples that it logged are read`);
  }
}

function reducers(value: unknown): string | null {
  return list(value)?.map(scalarText).join(', ') ?? text(value);
}

/** Fingerprint of the judge: the scorer, how it was set up, and the model that grades; null where no scorer is named. */
export function judgeFingerprint({ eval: spec, scores }: LogHeader, primary: string | null): string | null {
  const scorer = scores.find(
    ({ scorer: name, name: key }) => primary === name || primary === `${name}.${key}`,
  );
  const name = scorer?.scorer ?? primary;
  if (name === null) return null;
  const setUp = list(spec.scorers)
    ?.map(record)
    .find((entry) => entry?.name === name);
  const grader = record(path(spec, 'model_roles.grader'));
  return contentId(name, setUp?.options ?? scorer?.params ?? {}, grader === null ? null : grader);
}

/** Fingerprint of the data set: its name, the file (not the folder) it came from, and how many samples it has, else which. */
export function datasetFingerprint({ eval: spec }: LogHeader): string | null {
  const dataset = record(spec.dataset);
  if (dataset === null) return null;
  const samples = number(dataset.samples);
  const ids = list(dataset.sample_ids)?.map(scalarText) ?? null;
  if (samples === null && ids === null && dataset.name === undefined) return null;
  const location = text(dataset.location);
  return contentId(
    dataset.name ?? null,
    location === null ? null : location.replace(/^.*[\\/]/s, ''),
    samples ?? ids?.toSorted() ?? null,
  );
}

/** Fingerprint of what stands between the input and the model: the solvers and how they were set up. */
export function promptFingerprint({ eval: spec, plan }: LogHeader): string | null {
  const steps = list(plan.steps)?.map((step) => [path(step, 'solver'), path(step, 'params')]);
  if (steps === undefined && spec.solver === undefined) return null;
  return contentId(steps ?? null, plan.finish ?? null, spec.solver ?? null, spec.solver_args ?? null);
}

/** Fingerprint of the code: the commit, told apart where it had uncommitted changes; null where none is logged. */
export function codeFingerprint({ eval: spec }: LogHeader): string | null {
  const commit = text(path(spec, 'revision.commit'));
  if (commit === null || commit === '') return null;
  return path(spec, 'revision.dirty') === true ? `${commit} with uncommitted changes` : commit;
}
