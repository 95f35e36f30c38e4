/** The document itself as text: two-space indent, keys in the order of the schema, a line feed at the end. */

import { InternalError } from '../errors.ts';
import { type Report, reportSchema, type SchemaNode } from '../gate/index.ts';

/**
 * The JSON text of a report. The same document gives the same bytes whatever order its keys were set in.
 *
 * @throws InternalError where a number is not finite: undefined estimates are null, never a number in their place
 */
export function renderJson(report: Report): string {
  const schema = reportSchema();
  return `${harmless(JSON.stringify(ordered(report, schema, schema, 'report'), null, 2))}\n`;
}

/** JSON leaves DEL and the C1 controls as they are, and terminals obey some of them; the escape means the same text. */
function harmless(text: string): string {
  return text.replace(
    /[\u007f-\u009f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function ordered(value: unknown, node: SchemaNode | undefined, root: SchemaNode, path: string): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new InternalError({ message: `${path} is ${value}, and a report may only hold finite numbers` });
  }
  if (value === null || typeof value !== 'object') return value;
  const shape = resolve(node, root);
  if (Array.isArray(value)) {
    return value.map((item, index) => ordered(item, shape?.items, root, `${path}[${index}]`));
  }
  const keys = Object.keys(value);
  const known = Object.keys(shape?.properties ?? {});
  const rank = new Map(known.map((key, index) => [key, index]));
  keys.sort((a, b) => (rank.get(a) ?? Infinity) - (rank.get(b) ?? Infinity) || (a < b ? -1 : 1));
  const entries = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    keys.map((key) => [key, ordered(entries[key], shape?.properties?.[key], root, `${path}.${key}`)]),
  );
}

function resolve(node: SchemaNode | undefined, root: SchemaNode): SchemaNode | undefined {
  if (node === undefined) return undefined;
  if (node.$ref !== undefined) return root.$defs?.[node.$ref.replace('#/$defs/', '')];
  return node.anyOf === undefined
    ? node
    : resolve(
        node.anyOf.find((option) => option.type !== 'null'),
        root,
      );
}
