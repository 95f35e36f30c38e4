/** Lists the keys that a JSON Schema allows at a path. */

import type { Path } from './path.ts';

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
}

/**
 * The keys of the map at a path, in the schema's order; of all maps that may stand there.
 *
 * @example schemaKeys({ properties: { a: { properties: { b: {} } } } }, ['a']) // ['b']
 */
export function schemaKeys(schema: object, path: Path): readonly string[] {
  let nodes = branches(schema as SchemaNode);
  for (const part of path) {
    nodes = nodes.flatMap((node) => {
      const next =
        typeof part === 'number' ? node.items : (node.properties?.[part] ?? node.additionalProperties);
      return typeof next === 'object' ? branches(next) : [];
    });
  }
  return [...new Set(nodes.flatMap((node) => Object.keys(node.properties ?? {})))];
}

function branches(node: SchemaNode): readonly SchemaNode[] {
  return [node, ...(node.anyOf ?? []).flatMap(branches)];
}
