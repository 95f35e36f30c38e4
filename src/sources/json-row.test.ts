import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cell, createProblemLog } from '../cases/index.ts';
import { createChunkBuilder } from './chunk-builder.ts';
import { createJsonRowReader } from './json-row.ts';

/** The cells of one row, or the problems where it has any. */
function readRow(text: string): { cells: Record<string, Cell>; problems: number } {
  const builder = createChunkBuilder('f');
  const log = createProblemLog();
  createJsonRowReader('f', builder, log)(text, 1);
  const chunk = builder.take();
  const cells = Object.fromEntries([...(chunk?.columns ?? [])].map(([name, [cell]]) => [name, cell ?? null]));
  return { cells, problems: log.count() };
}

/** What JSON.parse makes of a text, null where that is no object. */
function parsedObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function sameValue(cell: Cell | undefined, value: unknown): boolean {
  if (typeof value === 'string') return cell === value.toWellFormed();
  if (typeof value === 'number') return Number(cell) === value;
  if (typeof value === 'boolean') return cell === String(value);
  return value !== null || cell === null;
}

describe('the cells of a JSON row', () => {
  it.each<[string, Record<string, Cell>]>([
    ['{}', {}],
    ['{"a":1}', { a: '1' }],
    ['{"a":1.0,"b":-0,"c":1e5,"d":0.50}', { a: '1.0', b: '-0', c: '1e5', d: '0.50' }],
    ['{"a":12345678901234567890}', { a: '12345678901234567890' }],
    ['{"a":true,"b":false,"c":null}', { a: 'true', b: 'false', c: null }],
    ['{"a":""}', { a: '' }],
    ['{"a":{"b":{"c":1}},"d":{}}', { 'a.b.c': '1' }],
    ['{"a":["x",true,"x"],"b":[]}', { a: ['x', 'true', 'x'], b: [] }],
    ['{"a":[1, 2.50],"b":[null],"c":["x", 1]}', { a: '[1,2.50]', b: '[null]', c: '["x",1]' }],
    ['{"a":[ {"b" : "\\u00e9 \\" x"} ]}', { a: '[{"b":"é \\" x"}]' }],
    ['{"a":{"b":{"c":{"d":{"e":{"f":1,"g":{"h":2}}}}}}}', { 'a.b.c.d.e.f': '1', 'a.b.c.d.e.g': '{"h":2}' }],
    [
      '{"__proto__":{"x":1},"constructor":"y","toString":2}',
      { '__proto__.x': '1', constructor: 'y', toString: '2' },
    ],
    ['{"a":"\\ud83d"}', { a: '\ufffd' }],
    ['{"a":"line\\nbreak","b":"\\\\"}', { a: 'line\nbreak', b: '\\' }],
  ])('of %s', (text, cells) => {
    expect(readRow(text)).toEqual({ cells, problems: 0 });
  });

  it.each([
    '',
    '{',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{"a":1}}',
    '{a:1}',
    "{'a':1}",
    '{"a":01}',
    '{"a":1.}',
    '{"a":+1}',
    '{"a":.5}',
    '{"a":"x',
    '{"a":"\\x"}',
    '{"a":"\t"}',
    '{"a":["x",]}',
    '{"a":[1,NaN]}',
    '{"a":["x" "y"]}',
    '{"a":None}',
    '{"a":1,"a":1}',
    '{"a":{"b":1,"b":1}}',
    '{"":1}',
  ])('are not read from %s', (text) => {
    expect(readRow(text).problems).toBe(1);
  });

  it('exist exactly where JSON.parse reads an object, and hold its texts', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        fc.string({ unit: 'binary' }),
        fc.boolean(),
        fc.constant(null),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        tie('list'),
        tie('object'),
      ),
      list: fc.array(tie('any'), { maxLength: 3 }),
      object: fc.dictionary(fc.string({ minLength: 1, maxLength: 3 }), tie('any'), { maxKeys: 3 }),
    }));
    const broken = fc.record({
      json: value.object.map((object) => JSON.stringify(object)),
      at: fc.nat(60),
      what: fc.constantFrom('', '', '"', ',', '}', ']', '[', '\\', '1', ' ', '\n', 'e'),
      drop: fc.nat(1),
    });
    fc.assert(
      fc.property(broken, ({ json, at, what, drop }) => {
        const text = (what === '' ? json : json.slice(0, at) + what + json.slice(at + drop)).toWellFormed();
        const parsed = parsedObject(text);
        const { cells, problems } = readRow(text);
        // A broken text may by chance repeat a key, and keys with dots may collide; JSON.parse does not mind.
        const mayDiffer = what !== '' || json.includes('.');
        if (parsed === null || !mayDiffer) expect(problems).toBe(parsed === null ? 1 : 0);
        if (parsed !== null && problems === 0) {
          for (const [key, content] of Object.entries(parsed))
            expect(sameValue(cells[key], content)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
