import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identifier, listLiteral, literal } from './literal.ts';

describe('literals and identifiers', () => {
  let instance: DuckDBInstance;
  beforeAll(async () => {
    instance = await DuckDBInstance.create(':memory:');
  });
  afterAll(() => instance.closeSync());

  async function evaluate(sql: string): Promise<readonly unknown[]> {
    const connection = await instance.connect();
    try {
      return (await connection.runAndReadAll(sql)).getRowsJS()[0]!;
    } finally {
      connection.closeSync();
    }
  }

  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom("'", '"', '\\', '\0', ';', '-', '\n', '$', '%', '\u{1F600}', 'E', 'a'),
    }),
  );

  test('a text literal is that text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 20 }), async (texts) => {
        const wanted = texts.map((text) => text.toWellFormed());
        expect(await evaluate(`SELECT ${texts.map(literal).join(', ')}`)).toEqual(wanted);
        expect(await evaluate(`SELECT ${listLiteral(texts)}`)).toEqual([wanted]);
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  test('a number literal is that double', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 20 }),
        async (numbers) => {
          expect(await evaluate(`SELECT ${numbers.map(literal).join(', ')}`)).toEqual(
            numbers.map((x) => x + 0),
          );
        },
      ),
      { numRuns: 50, seed: 2 },
    );
  });

  test('an identifier is that name, and names that SQL cannot spell are refused', async () => {
    const name = hostile
      .map((text) => text.toWellFormed())
      .filter((text) => text !== '' && !text.includes('\0'));
    await fc.assert(
      fc.asyncProperty(name, async (text) => {
        expect(await evaluate(`SELECT ${identifier(text)} FROM (SELECT 1 AS ${identifier(text)})`)).toEqual([
          1,
        ]);
      }),
      { numRuns: 100, seed: 3 },
    );
    expect(() => identifier('')).toThrow('has no SQL identifier');
    expect(() => identifier('a\0b')).toThrow('has no SQL identifier');
    expect(() => literal(Number.NaN)).toThrow('NaN has no SQL literal');
  });

  test.each([
    ["it's", "'it''s'"],
    ['a\0b', "('a' || chr(0) || 'b')"],
    [0.1, "CAST('0.1' AS DOUBLE)"],
    [true, 'TRUE'],
    [null, 'NULL'],
  ])('%j prints as %s', (value, sql) => {
    expect(literal(value)).toBe(sql);
  });
});
