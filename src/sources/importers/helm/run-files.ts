/** Puts the files of HELM runs together: which file is what, and which belong to one run. */

import type { ImportFile } from '../importer.ts';

/** What a file of a run holds. */
export type HelmFileKind = 'per_instance_stats' | 'scenario_state' | 'run_spec' | 'scenario' | 'stats';

/** The files of one run, as far as they were given. */
export interface HelmFiles {
  /** The folder, or the name that the files share. */
  readonly name: string;
  readonly files: Readonly<Partial<Record<HelmFileKind, ImportFile>>>;
}

const SUFFIX = /(?:per_instance_stats|scenario_state|run_spec|scenario|stats)\.json(?:\.(?:gz|zst))?$/;

/** The kind of a file, from its content; null where it is none of HELM's. */
export function helmKindOf({ head }: ImportFile): HelmFileKind | null {
  const has = (...keys: readonly string[]): boolean =>
    keys.every((key) => new RegExp(`"${key}"\\s*:`).test(head));
  if (/^\s*\[/.test(head)) {
    if (has('instance_id', 'stats')) return 'per_instance_stats';
    return /^\s*\[\s*\{\s*"name"\s*:\s*\{\s*"name"/.test(head) && has('sum_squared') ? 'stats' : null;
  }
  if (!/^\s*\{/.test(head)) return null;
  if (has('scenario_spec', 'adapter_spec')) return 'run_spec';
  if (has('adapter_spec') && (has('request_states') || has('max_train_instances'))) return 'scenario_state';
  return has('definition_path', 'name', 'tags') ? 'scenario' : null;
}

/** Groups files by what stands before their HELM name, in the order in which runs are first met. */
export function groupHelmFiles(files: readonly ImportFile[]): readonly HelmFiles[] {
  const groups = new Map<string, Partial<Record<HelmFileKind, ImportFile>>>();
  for (const file of files) {
    const kind = helmKindOf(file);
    if (kind === null) continue;
    const { label } = file.source;
    const name = SUFFIX.test(label)
      ? label.replace(SUFFIX, '').replace(/[./_-]$/, '')
      : label.split('/').slice(0, -1).join('/');
    groups.set(name, { ...groups.get(name), [kind]: file });
  }
  return [...groups].map(([name, found]) => ({ name: name === '' ? '.' : name, files: found }));
}
