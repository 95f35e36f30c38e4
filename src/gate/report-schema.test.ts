import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { ARTICLE_BLOCK, FIXTURES } from '../../test/report-fixtures.ts';
import { reportSchema } from './report-schema.ts';
import type { SchemaNode } from './schema-node.ts';

const validate: ValidateFunction = new Ajv2020({ strict: true, allErrors: true }).compile(reportSchema());

/** Where and why a document fails, in short. */
function problems(document: unknown): readonly string[] {
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
}

test.each(Object.entries(FIXTURES))('the document %s fits the schema', (_, document) => {
  expect(problems(JSON.parse(JSON.stringify(document)))).toEqual([]);
});

test('a broken document fails at every broken place', () => {
  const { belief: _, ...rest } = ARTICLE_BLOCK;
  const [first, ...others] = ARTICLE_BLOCK.slices;
  const broken = {
    ...rest,
    schemaVersion: '9',
    verdict: 'OK',
    exitCode: 7,
    extra: true,
    slices: [{ ...first, n: 1.5, pValue: 2, grade: 'sure', colour: 'red' }, ...others],
  };
  expect(problems(broken)).toEqual(
    expect.arrayContaining([
      ' required',
      ' additionalProperties',
      '/schemaVersion const',
      '/verdict enum',
      '/exitCode enum',
      '/slices/0/n type',
      '/slices/0/pValue anyOf',
      '/slices/0/grade anyOf',
      '/slices/0 additionalProperties',
    ]),
  );
});

test('a fifth next step is refused', () => {
  const step = { command: 'x', settles: 'y' };
  expect(problems({ ...ARTICLE_BLOCK, next: [step, step, step, step, step] })).toEqual(['/next maxItems']);
});

test('every object is closed and every field is described', () => {
  const undescribed: string[] = [];
  const walk = (node: SchemaNode, path: string): void => {
    if (node.properties !== undefined && node.additionalProperties !== false)
      undescribed.push(`${path} is open`);
    for (const [name, field] of Object.entries(node.properties ?? {})) {
      if (!field.description) undescribed.push(`${path}.${name}`);
      walk(field, `${path}.${name}`);
    }
    for (const [name, part] of Object.entries(node.$defs ?? {})) walk(part, name);
  };
  walk(reportSchema(), 'report');
  expect(undescribed).toEqual([]);
});
