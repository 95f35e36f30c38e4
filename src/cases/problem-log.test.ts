import { describe, expect, it } from 'vitest';
import { DataError } from '../errors.ts';
import { createProblemLog } from './problem-log.ts';

const at = (line: number, file = 'a.csv') => ({ file, line, field: 'id' });

function thrownBy(log: ReturnType<typeof createProblemLog>): DataError {
  try {
    log.throwIfAny();
  } catch (error) {
    if (error instanceof DataError) return error;
  }
  throw new Error('nothing was thrown');
}

describe('problems of many rows', () => {
  it('are one where they have the same words', () => {
    const log = createProblemLog();
    for (let line = 2; line <= 401; line += 1) log.add({ message: 'the id is missing', where: at(line) });
    log.add({ message: 'the id is a list', where: at(7) });
    expect(log.count()).toBe(401);
    expect(thrownBy(log).message).toBe(
      'the id is missing (400 rows, first at a.csv:2)\nthe id is a list (a.csv:7)',
    );
  });

  it('name their lines where they are few, and their files where they stand in several', () => {
    const few = createProblemLog();
    for (const line of [9, 3, 5]) few.add({ message: 'odd', where: at(line) });
    expect(thrownBy(few).message).toBe('odd (a.csv:3, and lines 5, 9)');
    const spread = createProblemLog();
    for (const file of ['b.csv', 'a.csv']) spread.add({ message: 'odd', where: at(4, file) });
    expect(thrownBy(spread).message).toBe('odd (2 rows in 2 files, first at b.csv:4)');
  });

  it('show what was found where only that differs', () => {
    const say = (found: readonly string[]) => ({ message: `found ${found.join(' or ')}` });
    const log = createProblemLog();
    for (const [line, found] of ['x', 'y', 'x'].entries())
      log.add({ ...say([found]), where: at(line + 1) }, { cause: 'text', found, say });
    expect(thrownBy(log).message).toBe('found x or y (a.csv:1, and lines 2, 3)');
    const other = createProblemLog();
    other.add({ message: 'the whole file is odd', where: { file: 'b.csv' } });
    log.moveTo(other);
    expect(other.count()).toBe(4);
    expect(thrownBy(other).problems).toHaveLength(2);
    expect(thrownBy(other).problems[1]).toMatchObject({ message: 'found x or y', where: { rows: 3 } });
  });

  it('stay apart where they are about whole files', () => {
    const log = createProblemLog();
    for (const file of ['a.csv', 'b.csv']) log.add({ message: 'no rows', where: { file } });
    expect(thrownBy(log).message).toBe('no rows (a.csv)\nno rows (b.csv)');
  });

  it('are counted beyond twenty different ones', () => {
    const log = createProblemLog();
    for (let line = 1; line <= 2_500; line += 1) log.add({ message: `odd ${line}`, where: at(line) });
    const { problems } = thrownBy(log);
    expect(problems).toHaveLength(21);
    expect(problems[20]).toEqual({ message: 'and 2480 more problems' });
  });
});
