/** The small part of JSON Schema that the report's schema needs, and a builder that the compiler checks against a type. */

/** The part of JSON Schema (draft 2020-12) that is used here. */
export interface SchemaNode {
  readonly $schema?: string;
  readonly $id?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly const?: string | boolean;
  readonly enum?: readonly (string | number)[];
  readonly anyOf?: readonly SchemaNode[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly maxItems?: number;
  readonly items?: SchemaNode;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | SchemaNode;
}

export const text: SchemaNode = { type: 'string' };
export const number: SchemaNode = { type: 'number' };
export const flag: SchemaNode = { type: 'boolean' };
export const count: SchemaNode = { type: 'integer', minimum: 0 };
export const share: SchemaNode = { type: 'number', minimum: 0, maximum: 1 };
export const texts: SchemaNode = { type: 'array', items: text };
export const direction: SchemaNode = { enum: ['higher', 'lower'] };
export const ref = (name: string): SchemaNode => ({ $ref: `#/$defs/${name}` });
export const oneOf = (...values: readonly (string | number)[]): SchemaNode => ({ enum: values });
export const listOf = (items: SchemaNode): SchemaNode => ({ type: 'array', items });
export const orNull = (node: SchemaNode): SchemaNode => ({ anyOf: [node, { type: 'null' }] });

/** A field: its schema and what it holds. */
export type Field = readonly [SchemaNode, string];

/** A closed object; the type makes a forgotten or superfluous field a compile error. */
export function object<T>(
  description: string,
  fields: Readonly<Record<keyof T & string, Field>>,
  optional: readonly (keyof T & string)[] = [],
): SchemaNode {
  const entries = Object.entries<Field>(fields);
  return {
    description,
    type: 'object',
    properties: Object.fromEntries(
      entries.map(([name, [node, meaning]]) => [name, { ...node, description: meaning }]),
    ),
    required: entries.map(([name]) => name).filter((name) => !(optional as readonly string[]).includes(name)),
    additionalProperties: false,
  };
}
