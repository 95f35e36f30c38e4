import { describe, expect, it } from 'vitest';
import type { ResultChunk } from '../cases/index.ts';
import { DataError } from '../errors.ts';
import { openRows } from './open-rows.ts';

const open = (rows: readonly object[], run: string | null = null) =>
  openRows({ rows, label: 'rows', run, mapping: {} });

async function chunksOf(rows: readonly object[], run: string | null = null) {
  const { source } = await open(rows, run);
  if (source.kind !== 'rows') throw new Error('rows were expected');
  const chunks: ResultChunk[] = [];
  for await (const chunk of source.chunks) chunks.push(chunk);
  return chunks;
}

describe('rows in memory', () => {
  it('are read as lines of JSON are, with rows for lines', async () => {
    const opened = await open([
      { id: 'a', passed: true, tags: { team: ['x', 'y'] }, n: 1 },
      { id: 'b', passed: 'no', tags: { team: 'x' } },
    ]);
    expect(opened).toMatchObject({
      files: ['rows'],
      format: 'jsonl',
      mapping: { caseId: 'id', passed: 'passed' },
    });
    expect(opened.columns).toEqual(['id', 'passed', 'tags.team', 'n']);
    const [chunk] = await chunksOf([
      { id: 'a', passed: true, tags: { team: ['x', 'y'] }, n: 1 },
      { id: 'b', passed: 'no', tags: { team: 'x' } },
    ]);
    expect(chunk).toMatchObject({ caseId: ['a', 'b'], passed: [1, 0], lines: [1, 2] });
    expect(chunk?.attributes.get('tags.team')).toEqual([['x', 'y'], 'x']);
    expect(chunk?.attributes.get('n')).toEqual(['1', null]);
  });

  it('can be read again, and more than a chunk at once', async () => {
    const rows = Array.from({ length: 25_000 }, (_, i) => ({ id: `case ${i}`, passed: i % 2 === 0 }));
    const chunks = await chunksOf(rows);
    expect(chunks.flatMap(({ lines }) => lines)).toHaveLength(25_000);
    expect(await chunksOf(rows)).toEqual(chunks);
  });

  it('of one of several runs are chosen by the run column', async () => {
    const rows = ['v1', 'v2'].flatMap((run) => [{ id: 'a', run, passed: run === 'v1' }]);
    expect((await chunksOf(rows, 'v2')).map(({ passed }) => passed)).toEqual([[0]]);
  });

  it('that JSON cannot hold are named, all of them', async () => {
    const bad: unknown[] = [
      { id: 'a', passed: true },
      { id: 'b', score: Number.POSITIVE_INFINITY },
      { id: 1n, passed: true },
      { id: 'd', tags: { team: new Set(['x']) } },
      { id: 'e', vector: new Float64Array(2) },
      ['f'],
      null,
      'g',
    ];
    const error = await open(bad as object[]).catch((thrown: unknown) => thrown as DataError);
    expect(error).toBeInstanceOf(DataError);
    expect((error as DataError).problems.map(({ message, where }) => `${where?.line} ${message}`)).toEqual([
      '2 "score" is Infinity, which JSON cannot hold',
      '3 "id" is a bigint, which JSON cannot hold',
      '4 "team" is a Set, which JSON cannot hold',
      '5 "vector" is a Float64Array, which JSON cannot hold',
      '6 the row is a list, expected an object',
      '7 the row is null, expected an object',
      '8 the row is a string, expected an object',
    ]);
  });

  it('that hold themselves are named too', async () => {
    const row: Record<string, unknown> = { id: 'a', passed: true };
    row.self = row;
    await expect(open([row])).rejects.toThrow(/circular structure to JSON \(rows:1\)/);
  });

  it('must be there, and must tell cases apart', async () => {
    await expect(open([])).rejects.toThrow('there are no rows, expected at least one (rows)');
    await expect(open([{ passed: true }])).rejects.toThrow('no column is known as the case id');
  });
});
