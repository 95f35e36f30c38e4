/** Writes tuned rules into the text of a `slicewise.yaml` and leaves everything else as it stands, comments included. */

import type { Document, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { ConfigError } from '../errors.ts';
import { loadConfig } from './load-config.ts';
import { sliceName } from './slice-name.ts';
import type { Config, Policy, SliceConfig } from './types.ts';
import { writtenYaml } from './written-yaml.ts';

/** Numbers of the policy that can be written, and which slices are critical. */
export interface PolicyChange {
  readonly policy: Partial<Pick<Policy, 'margin' | 'blockBudget' | 'reviewBudget' | 'minCases'>>;
  /** `slice` is the name of a grouping, as reports call it; it is added to a file that names no slices yet. */
  readonly critical: readonly {
    readonly slice: string;
    readonly value: string;
    readonly critical: boolean;
  }[];
}

/**
 * Sets the numbers under `policy:` that differ from what the file says, and `critical` of the slices that differ.
 *
 * @param file name for messages
 * @throws ConfigError where the file has errors or would have any afterwards, or names slices and not the one that is to be critical
 */
export async function setPolicy(
  file: string,
  text: string,
  { policy, critical }: PolicyChange,
): Promise<string> {
  const config = await loadConfig(file, text);
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text, { keepSourceTokens: true }) as Document;
  const numbers = Object.entries(policy).filter(
    ([key, value]) => value !== undefined && config.policy[key as keyof typeof policy] !== value,
  );
  if (numbers.length > 0 && document.get('policy') == null) document.set('policy', document.createNode({}));
  for (const [key, value] of numbers) document.setIn(['policy', key], value);
  const changed = critical.filter(
    ({ slice, value, critical: wanted }) => isCritical(config, slice, value) !== wanted,
  );
  for (const change of changed) setCritical(document, config, change);
  if (numbers.length + changed.length === 0) return text;
  const edited = await writtenYaml(document, text);
  await loadConfig(file, edited);
  return edited;
}

/** The dimension that gates: families stand for their members. */
function gatedName({ cut, families }: SliceConfig): string {
  if (families === null) return sliceName(cut);
  return typeof families === 'string' ? families : `${sliceName(cut)} (families)`;
}

function isCritical({ slices }: Config, slice: string, value: string): boolean {
  const found = slices.find((one) => gatedName(one) === slice);
  return found?.values.get(value)?.critical ?? found?.critical ?? false;
}

function setCritical(
  document: Document,
  config: Config,
  { slice, value, critical }: PolicyChange['critical'][number],
): void {
  if (document.get('slices') == null) document.set('slices', document.createNode([]));
  const list = document.get('slices') as YAMLSeq;
  const at = config.slices.findIndex((one) => gatedName(one) === slice);
  // A second entry beside those of the file would gate more than was tried.
  if (at < 0 && config.slices.length > 0) {
    throw new ConfigError({
      message: `no entry under slices is called ${JSON.stringify(slice)}, so ${JSON.stringify(value)} cannot be made critical there`,
      hint: 'write critical: true beside the value by hand',
    });
  }
  if (at < 0) {
    const known = list.items.findIndex((item) => (item as YAMLMap).get?.('column') === slice);
    if (known < 0) list.add(document.createNode({ column: slice, values: { [value]: { critical } } }));
    else document.setIn(['slices', known, 'values', value, 'critical'], critical);
    return;
  }
  if (config.slices[at]!.cut.kind === 'where') {
    document.setIn(['slices', at, 'critical'], critical);
    return;
  }
  // `- segment` is short for `- column: segment`.
  const old = list.items[at] as Scalar | YAMLMap;
  if ('value' in old) {
    const entry = document.createNode({ column: old.value }) as YAMLMap;
    entry.commentBefore = old.commentBefore ?? null;
    // Behind the text on its line; a map has its comment above.
    if (old.comment) entry.commentBefore = [entry.commentBefore, old.comment].filter(Boolean).join('\n');
    list.items[at] = entry;
  }
  document.setIn(['slices', at, 'values', value, 'critical'], critical);
}
