import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cell, createProblemLog, type RowChunk } from '../cases/index.ts';
import { readDelimited } from './delimited.ts';
import { readJsonArray, readJsonLines } from './json-rows.ts';
import { textBlocks } from './text-blocks.ts';

/** Bytes in pieces of the given size, so that cuts fall anywhere, also inside a character. */
async function* pieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function cells(chunks: AsyncIterable<RowChunk>): Promise<Record<string, Cell[]>> {
  const table = new Map<string, Cell[]>();
  for await (const chunk of chunks) {
    for (const [name, column] of chunk.columns) table.set(name, [...(table.get(name) ?? []), ...column]);
  }
  return Object.fromEntries(table);
}

const text = fc
  .oneof(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.stringMatching(/^[a",;\t\r\n\\ ]{0,6}$/))
  .filter((value) => !value.includes('\u0000'));
const name = text.filter(
  (value) => value.trim() !== '' && !/^\ufeff/.test(value) && !value.startsWith('sep='),
);

const table = fc.uniqueArray(name, { minLength: 1, maxLength: 4 }).chain((names) =>
  fc.record({
    names: fc.constant(names),
    rows: fc.array(fc.array(text, { minLength: names.length, maxLength: names.length }), {
      minLength: 1,
      maxLength: 8,
    }),
    size: fc.integer({ min: 1, max: 40 }),
    lineEnd: fc.constantFrom('\n', '\r\n'),
  }),
);

describe('a table that is written and read again', () => {
  it.each([',', '\t', ';'])('has the same cells as delimited text with %j', async (delimiter) => {
    await fc.assert(
      fc.asyncProperty(table, async ({ names, rows, size, lineEnd }) => {
        const quote = (field: string): string => `"${field.replaceAll('"', '""')}"`;
        const lines = [names, ...rows].map((fields) => fields.map(quote).join(delimiter) + lineEnd);
        const log = createProblemLog();
        const read = await cells(
          readDelimited(textBlocks(pieces(lines.join(''), size), 'f'), 'f', delimiter, log),
        );
        expect(log.count()).toBe(0);
        expect(read).toEqual(
          Object.fromEntries(names.map((column, index) => [column, rows.map((row) => row[index] || null)])),
        );
      }),
    );
  });

  it('has the same cells as JSON lines and as a JSON array', async () => {
    await fc.assert(
      fc.asyncProperty(table, async ({ names, rows, size, lineEnd }) => {
        const objects = rows.map((row) =>
          Object.fromEntries(names.map((column, index) => [column, row[index]!])),
        );
        const expected = Object.fromEntries(
          names.map((column, index) => [column, rows.map((row) => row[index]!)]),
        );
        const lines = objects.map((object) => JSON.stringify(object)).join(lineEnd);
        const log = createProblemLog();
        expect(await cells(readJsonLines(textBlocks(pieces(lines, size), 'f'), 'f', log))).toEqual(expected);
        for (const indent of [0, 2]) {
          const array = JSON.stringify(objects, null, indent);
          expect(await cells(readJsonArray(textBlocks(pieces(array, size), 'f'), 'f', log))).toEqual(
            expected,
          );
        }
        expect(log.count()).toBe(0);
      }),
    );
  });
});
