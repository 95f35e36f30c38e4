import { describe, expect, it } from 'vitest';
import { type Interpretation, interpretRows } from './interpret-rows.ts';
import { createProblemLog } from './problem-log.ts';
import type { Cell, RowChunk } from './table.ts';

function chunkOf(columns: Record<string, readonly Cell[]>): RowChunk {
  const length = Object.values(columns)[0]!.length;
  return {
    file: 'f',
    columns: new Map(Object.entries(columns)),
    lines: Array.from({ length }, (_, row) => row + 2),
  };
}

/** `status passed` of every row, and the problems. */
async function outcomes(columns: Record<string, readonly Cell[]>, mapping: Interpretation['mapping']) {
  const log = createProblemLog();
  const rows: string[] = [];
  const length = Object.values(columns)[0]!.length;
  const withIds = { id: Array.from({ length }, (_, row) => `c${row}`), ...columns };
  for await (const chunk of interpretRows(
    [chunkOf(withIds)],
    { mapping: { caseId: 'id', ...mapping }, run: null },
    log,
  )) {
    rows.push(...chunk.status.map((status, row) => `${status} ${chunk.passed[row]}`));
  }
  return { rows, problems: log.count() };
}

describe('the outcome of a row', () => {
  const passed = ['true', 'TRUE', '1', '1.0', 'pass', 'Passed', 'yes', 'correct', 'success', 'OK', ' true '];
  const failed = ['false', 'False', '0', '0.0', 'fail', 'FAILED', 'no', 'incorrect', 'failure'];
  const unscored = [null, '', '  '];
  const spreadsheet = ['WAHR', 'Vrai', 'VERDADERO', 'vero', 'VERDADEIRO', 'WAAR', 'PRAWDA', 'ИСТИНА'];
  const otherwise = ['FALSCH', 'faux', 'FALSO', 'ONWAAR', 'FAŁSZ', 'ЛОЖЬ'];

  it('is read from what spreadsheets of other languages write for TRUE and FALSE', async () => {
    const { rows } = await outcomes({ p: [...spreadsheet, ...otherwise] }, { passed: 'p' });
    expect(rows).toEqual([...spreadsheet.map(() => 'scored 1'), ...otherwise.map(() => 'scored 0')]);
  });

  it("is read from a team's own words, which win over the known ones", async () => {
    const log = createProblemLog();
    const rows = chunkOf({ id: ['a', 'b', 'c', 'd'], p: ['Bestanden', ' verfehlt ', '0', 'true'] });
    const passWords = { passed: ['bestanden', '0'], failed: ['verfehlt'] };
    const read = interpretRows([rows], { mapping: { caseId: 'id', passed: 'p' }, run: null, passWords }, log);
    for await (const chunk of read) expect(chunk.passed).toEqual([1, 0, 1, 1]);
    expect(log.count()).toBe(0);
  });

  it('is read from every text that says pass or fail', async () => {
    const read = await outcomes({ p: [...passed, ...failed, ...unscored] }, { passed: 'p' });
    expect(read.rows).toEqual([
      ...passed.map(() => 'scored 1'),
      ...failed.map(() => 'scored 0'),
      ...unscored.map(() => 'unscored null'),
    ]);
  });

  it.each(['maybe', '0.7', '2', '-1', 'nan', 'passs', 'null', '01'])(
    'is refused where the text is %s',
    async (text) => {
      expect(await outcomes({ p: [text] }, { passed: 'p' })).toEqual({ rows: [], problems: 1 });
    },
  );

  it('is an error where the error column says so, whatever passed says', async () => {
    const read = await outcomes(
      {
        p: ['true', 'true', 'maybe', 'true', 'false', null],
        e: ['Timeout', 'None', 'x', 'FALSE', '0', null],
      },
      { passed: 'p', error: 'e' },
    );
    expect(read.rows).toEqual([
      'error null',
      'scored 1',
      'error null',
      'scored 1',
      'scored 0',
      'unscored null',
    ]);
  });

  it('is an error where a field of an error object is filled', async () => {
    const read = await outcomes(
      { p: ['1', '1'], error: [null, null], 'error.type': [null, 'Boom'] },
      { passed: 'p', error: 'error' },
    );
    expect(read.rows).toEqual(['scored 1', 'error null']);
  });

  it('comes from the score where no column says pass or fail', async () => {
    const read = await outcomes({ s: ['0.5', '-1e3', '.5', null, ''] }, { score: 's' });
    expect(read.rows).toEqual([
      'scored null',
      'scored null',
      'scored null',
      'unscored null',
      'unscored null',
    ]);
    expect((await outcomes({ s: ['C', '0x10', '1,5'] }, { score: 's' })).problems).toBe(3);
  });

  it('is unscored where passed is missing, even beside a score', async () => {
    expect((await outcomes({ p: [null], s: ['1'] }, { passed: 'p', score: 's' })).rows).toEqual([
      'unscored null',
    ]);
  });

  it('is refused for lists', async () => {
    expect((await outcomes({ p: [['true']] }, { passed: 'p' })).problems).toBe(1);
    expect((await outcomes({ t: [['1']] }, { trial: 't' })).problems).toBe(1);
  });
});

describe('problems', () => {
  it('are collected from all rows and chunks, and no chunk follows the first', async () => {
    const log = createProblemLog();
    const chunks = [
      chunkOf({ id: ['a'], p: ['1'] }),
      chunkOf({ id: [null], p: ['x'] }),
      chunkOf({ id: ['c'], p: ['y'] }),
    ];
    const seen: string[] = [];
    for await (const chunk of interpretRows(
      chunks,
      { mapping: { caseId: 'id', passed: 'p' }, run: null },
      log,
    )) {
      seen.push(...chunk.caseId);
    }
    expect(seen).toEqual(['a']);
    expect(log.count()).toBe(3);
    expect(() => log.throwIfAny()).toThrow(/"p" is "x" or "y", .*\(2 rows, first at f:2\)/s);
  });
});
