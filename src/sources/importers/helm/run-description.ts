/** Finds out what a HELM run was: model, scenario, and the metric that decides. */

import type { Cell } from '../../../cases/index.ts';
import type { ImportContext, ImportFile } from '../importer.ts';
import { canonicalJson, contentId, list, path, record, scalarText, text } from '../json-access.ts';
import { streamJson } from '../json-stream.ts';
import type { HelmRun } from './result.ts';
import type { HelmFiles } from './run-files.ts';

/** Where no specification says it, the metric that most scenarios have. */
const USUAL = 'exact_match';

/** The run; its facts go to the notebook. */
export async function describeRun(group: HelmFiles, context: ImportContext): Promise<HelmRun> {
  const { notebook } = context;
  const spec = await wholeOf(group.files.run_spec, context);
  const scenario = await wholeOf(group.files.scenario, context);
  const adapter =
    record(spec?.adapter_spec) ?? record(await valueAt(group.files.scenario_state, 'adapter_spec', context));
  const key = text(spec?.name) ?? group.name;
  const declared = declaredMetrics(spec);
  const primary = context.score ?? declared[0] ?? USUAL;
  const model = text(adapter?.model) ?? text(adapter?.model_deployment);
  const facts: readonly (readonly [string, unknown])[] = [
    ['model', model],
    ['deployment', adapter?.model_deployment],
    ['scenario', scenario?.name ?? path(spec, 'scenario_spec.class_name')],
    ['description', scenario?.description],
    ['method', adapter?.method],
    ['temperature', adapter?.temperature],
    ['training instances', adapter?.max_train_instances],
    ['metrics', declared.join(', ')],
    ['adapter', adapter === null ? null : contentId(adapter)],
  ];
  for (const [name, value] of facts) {
    const fact = scalarText(value);
    if (fact !== null && fact !== '') notebook.fact(key, name, fact);
  }
  if (spec === null) {
    notebook.note(`${group.name} has no run_spec.json; ${primary} is taken as the metric that decides`);
  }
  const perturbations = list(path(spec, 'data_augmenter_spec.perturbation_specs')) ?? [];
  return { key, primary, model, hasPerturbations: perturbations.length > 0, tags: tagsOf(spec, scenario) };
}

/** Names of metrics in the order of the specification. */
export function declaredMetrics(spec: Readonly<Record<string, unknown>> | null): readonly string[] {
  return (list(spec?.metric_specs) ?? []).flatMap((metric) =>
    (list(path(metric, 'args.names')) ?? []).flatMap((name) => text(name) ?? []),
  );
}

/** The same for every instance of the run; of use once several runs stand side by side. */
function tagsOf(
  spec: Readonly<Record<string, unknown>> | null,
  scenario: Readonly<Record<string, unknown>> | null,
): Record<string, Cell> {
  const args = Object.entries(record(path(spec, 'scenario_spec.args')) ?? {}).map(
    ([name, value]) => [name, scalarText(value) ?? canonicalJson(value)] as const,
  );
  const tags = (list(scenario?.tags) ?? []).flatMap((tag) => text(tag) ?? []);
  const name = text(scenario?.name);
  return {
    ...Object.fromEntries(args),
    ...(name === null ? {} : { scenario: name }),
    ...(tags.length === 0 ? {} : { scenario_tags: tags }),
  };
}

async function wholeOf(
  file: ImportFile | undefined,
  context: ImportContext,
): Promise<Readonly<Record<string, unknown>> | null> {
  return record(await valueAt(file, '', context));
}

async function valueAt(file: ImportFile | undefined, at: string, { log }: ImportContext): Promise<unknown> {
  if (file === undefined) return null;
  let found: unknown = null;
  for await (const { value } of streamJson(file, { elements: [], values: [at], nonFinite: true }, log))
    found = value;
  return found;
}
