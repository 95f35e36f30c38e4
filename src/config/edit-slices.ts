/** Adds slices and families to the text of a `slicewise.yaml` and leaves everything else as it stands, comments included. */

import type { Document, YAMLMap, YAMLSeq } from 'yaml';
import { ConfigError } from '../errors.ts';
import { formatExpression } from '../slices/index.ts';
import { loadConfig } from './load-config.ts';
import type { Config } from './types.ts';
import { writtenYaml } from './written-yaml.ts';

/** A slice that was found in data. */
export interface FoundSlice {
  readonly name: string;
  /** In the predicate language. */
  readonly where: string;
  /** Digest of the results that it was found in. */
  readonly foundOn: string;
  /** One line above the entry. */
  readonly comment: string;
}

/** The new text, and which slices were added under which name; those that are there already are left out. */
export interface AddedSlices {
  readonly text: string;
  readonly added: readonly FoundSlice[];
  readonly known: readonly FoundSlice[];
}

/**
 * Appends found slices to `slices:`. A slice whose predicate the file has already is left out; a name that is taken gets a number.
 *
 * @throws ConfigError where the file has errors, or would have any afterwards
 */
export async function addFoundSlices(
  file: string,
  text: string,
  slices: readonly FoundSlice[],
): Promise<AddedSlices> {
  const config = await loadConfig(file, text);
  const predicates = new Set(
    config.slices.flatMap(({ cut }) => (cut.kind === 'where' ? [formatExpression(cut.where)] : [])),
  );
  const names = new Set(config.slices.flatMap(({ cut }) => (cut.kind === 'where' ? [cut.name] : [])));
  const added: FoundSlice[] = [];
  for (const slice of slices) {
    if (predicates.has(slice.where)) continue;
    predicates.add(slice.where);
    const name = freeName(slice.name, names);
    names.add(name);
    added.push({ ...slice, name });
  }
  const known = slices.filter(({ where }) => !added.some((slice) => slice.where === where));
  if (added.length === 0) return { text, added, known };
  const edited = await edit(text, (document, list) => {
    for (const { name, where, foundOn, comment } of added) {
      const node = document.createNode({ name, where, foundOn }) as YAMLMap;
      node.commentBefore = ` ${comment}`;
      list.add(node);
    }
  });
  await loadConfig(file, edited);
  return { text: edited, added, known };
}

/**
 * Sets the families of a column's slice, which is added where the file has none.
 *
 * @throws ConfigError where the file has errors, or families of this column already
 */
export async function setFamilies(
  file: string,
  text: string,
  column: string,
  families: Readonly<Record<string, readonly string[]>>,
): Promise<string> {
  const config = await loadConfig(file, text);
  const at = config.slices.findIndex(({ cut }) => cut.kind === 'column' && cut.column === column);
  if (at >= 0 && config.slices[at]!.families !== null) {
    throw new ConfigError({
      message: `the slices of '${column}' have families already`,
      hint: 'edit them by hand, or take them away first',
      where: { file },
    });
  }
  const edited = await edit(text, (document, list) => {
    const entry = document.createNode({ column, families });
    const old = list.items[at] as YAMLMap | undefined;
    if (old === undefined) list.add(entry);
    else if (typeof old.set === 'function') old.set('families', document.createNode(families));
    else list.items[at] = entry;
  });
  await loadConfig(file, edited);
  return edited;
}

async function edit(text: string, change: (document: Document, list: YAMLSeq) => void): Promise<string> {
  const { isSeq, parseDocument } = await import('yaml');
  const document = parseDocument(text, { keepSourceTokens: true });
  let list = document.get('slices');
  if (!isSeq(list)) {
    document.set('slices', document.createNode([]));
    list = document.get('slices');
  }
  const sequence = list as YAMLSeq;
  // Comments of entries need a line of their own.
  sequence.flow = false;
  change(document as Document, sequence);
  return writtenYaml(document as Document, text);
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let i = 1; ; i++) {
    const tried = i === 1 ? name : `${name} (${i})`;
    if (!taken.has(tried)) return tried;
  }
}

/** Names of slices that the configuration gates on only from the next data on: those that were found in these results. */
export function slicesFoundIn(config: Config, fingerprint: string): readonly string[] {
  return config.slices.flatMap(({ cut, foundOn }) =>
    cut.kind === 'where' && foundOn !== undefined && foundOn === fingerprint ? [cut.name] : [],
  );
}
