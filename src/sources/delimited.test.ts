import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createProblemLog } from '../cases/index.ts';
import { readDelimited } from './delimited.ts';

async function* blocks(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

/** The rows as arrays with their lines, and the number of problems. */
async function read(text: string, size = 7) {
  const log = createProblemLog();
  const rows: string[][] = [];
  const lines: number[] = [];
  try {
    for await (const chunk of readDelimited(blocks(text, size), 'f', ',', log)) {
      lines.push(...chunk.lines);
      const columns = [...chunk.columns.values()];
      rows.push(...chunk.lines.map((_, row) => columns.map((cells) => String(cells[row] ?? ''))));
    }
  } catch {
    return { rows: [], lines: [], problems: log.count() + 1 };
  }
  return { rows, lines, problems: log.count() };
}

describe('delimited text', () => {
  it('agrees with csv-parse wherever csv-parse reads it', async () => {
    const body = fc.stringMatching(/^[ab,"\n ]{0,24}$/);
    await fc.assert(
      fc.asyncProperty(body, fc.integer({ min: 1, max: 9 }), async (rest, size) => {
        const text = `x,y\n${rest}`;
        let expected: string[][];
        try {
          expected = parse(text, { skip_empty_lines: true, from: 2 }) as string[][];
        } catch {
          return;
        }
        // A line of blanks alone is skipped here; csv-parse takes it as a ragged row, and fails above.
        expect(await read(text, size)).toMatchObject({ rows: expected, problems: 0 });
      }),
      { numRuns: 2_000 },
    );
  });

  it('counts lines across quoted line breaks and blank lines', async () => {
    expect((await read('x,y\n"a\n\nb",1\n\nc,2\r\n"d",3')).lines).toEqual([2, 6, 7]);
  });

  it('takes quotes inside an unquoted field as they are', async () => {
    expect((await read('x,y\n5" pipe,a"b"\n')).rows).toEqual([['5" pipe', 'a"b"']]);
  });
});
