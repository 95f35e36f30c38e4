import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EngineError, UsageError } from '../../errors.ts';
import { CONTEXT, makeGate, makeRun, makeSlice } from '../ledger.contract.ts';
import { openLedger } from '../ledger.ts';

const now = () => new Date('2026-01-05T12:00:00.000Z');
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slicewise-sqlite-'));
  path = join(folder, 'ledger.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function failure(options: object = {}): Promise<Error> {
  return openLedger(path, { now, ...options }).then(
    () => {
      throw new Error('it opened');
    },
    (error: unknown) => error as Error,
  );
}

describe('opening a ledger', () => {
  test('uses the write-ahead log and makes missing folders', async () => {
    path = join(folder, 'a', 'b', 'ledger.db');
    const ledger = await openLedger(path, { now });
    const database = new DatabaseSync(path);
    expect(database.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' });
    database.close();
    await ledger.close();
    await ledger.close();
  });

  test.each([
    ['text', 'this is no database, but it is long enough to be read as a header of one ...'.repeat(20)],
    ['half a header', 'SQLite format 3\0'.padEnd(4096, '\x01')],
  ])('a file of %s is damaged or no ledger, and stays as it is', async (_what, content) => {
    writeFileSync(path, content);
    const error = await failure();
    expect(error).toBeInstanceOf(EngineError);
    expect(error.message).toContain(`this file is damaged or is no Slicewise ledger (${path})`);
    expect(error.message).toContain('restore it from a backup');
    expect(readdirSync(folder)).toEqual(['ledger.db']);
  });

  test('a damaged page is an EngineError when it is read', async () => {
    const ledger = await openLedger(path, { now });
    await ledger.recordGate(makeGate('a', 'b', [makeSlice('x', 1, 1, 2)]), CONTEXT);
    await ledger.close();
    const database = new DatabaseSync(path);
    const size = Number(database.prepare('pragma page_size').get()!.page_size);
    const { rootpage } = database.prepare("select rootpage from sqlite_master where name = 'gates'").get()!;
    database.close();
    const { readFileSync } = await import('node:fs');
    const bytes = readFileSync(path);
    bytes.fill(0xff, (Number(rootpage) - 1) * size, Number(rootpage) * size);
    writeFileSync(path, bytes);
    const damaged = await openLedger(path, { now });
    await expect(damaged.history()).rejects.toThrow('this file is damaged');
    await damaged.close();
  });

  test('the database of another program is refused and not touched', async () => {
    const other = new DatabaseSync(path);
    other.exec('create table customers (name text)');
    other.close();
    expect((await failure()).message).toContain('SQLite database of another program');
    const after = new DatabaseSync(path);
    expect(after.prepare('select name from sqlite_master').all()).toEqual([{ name: 'customers' }]);
    expect(after.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'delete' });
    after.close();
  });

  test('a ledger that another process keeps locked is a clear error, and nothing is recorded', async () => {
    const ledger = await openLedger(path, { now, busyTimeoutMs: 50 });
    const other = new DatabaseSync(path);
    other.exec('begin immediate');
    const error = (await ledger.recordRun(makeRun('main', 'aaaa')).catch((thrown) => thrown)) as Error;
    expect(error).toBeInstanceOf(EngineError);
    expect(error.message).toContain('the ledger is locked by another process');
    expect(error.message).toContain('hint: wait until');
    other.exec('rollback');
    other.close();
    expect((await ledger.recordRun(makeRun('main', 'aaaa'))).isNew).toBe(true);
    await ledger.close();
  });

  test('a new ledger that is locked while it is made is a clear error', async () => {
    const other = new DatabaseSync(path);
    other.exec('begin exclusive');
    expect((await failure({ busyTimeoutMs: 50 })).message).toContain(
      'the ledger is locked by another process',
    );
    other.exec('rollback');
    other.close();
  });

  test('a folder in its place cannot be opened', async () => {
    mkdirSync(path);
    expect((await failure()).message).toContain('the ledger cannot be opened for reading and writing');
  });

  test.runIf(existsSync('/proc/self'))(
    'a folder that cannot be made is told, and not tried for ever',
    async () => {
      path = '/proc/slicewise/ledger.db';
      expect((await failure()).message).toContain('the folder of the ledger cannot be made (ENOENT)');
    },
  );

  test('a missing ledger is not made by commands that only read', async () => {
    const error = await failure({ create: false });
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toContain('there is no ledger at this path');
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each(['', 'a\0b'])('the path %j is refused', async (bad) => {
    await expect(openLedger(bad, { now })).rejects.toThrow('the path of the ledger is empty');
  });

  test.each([0, -1, 1.5, Number.NaN])('keepRuns %d is refused', async (keepRuns) => {
    expect((await failure({ keepRuns })).message).toContain('must be a whole number of at least 1');
  });
});

describe('what was recorded', () => {
  test.each(['events', 'runs', 'gates', 'gate_slices', 'anchors', 'removals', 'decisions', 'case_notes'])(
    'rows of %s can be neither changed, replaced nor deleted',
    async (table) => {
      const ledger = await openLedger(path, { now, keepRuns: 1 });
      const writeOutcomes = async (file: string) => {
        writeFileSync(file, 'outcomes');
        return {};
      };
      await ledger.recordRun(makeRun('main', 'aaaa', { writeOutcomes }));
      const run = await ledger.recordRun(makeRun('main', 'bbbb', { writeOutcomes }));
      await ledger.recordAnchor({ name: 'main', reason: 'launch', who: 'Ada' });
      await ledger.recordCaseNote({ caseId: 'c1', kind: 'tag', value: 'noisy', who: 'Ada' });
      await ledger.recordDecision({
        ...{ runHash: 'a>b', decision: 'uphold', target: { slice: 'x' }, reason: 'real', owner: 'Ada' },
        ...{ reviewer: null, expires: null, cases: null, who: 'Ada' },
      });
      const context = { ...CONTEXT, candidateRunId: run.id };
      await ledger.recordGate(makeGate(null, 'bbbb', [makeSlice('x', 1, 1, 2)]), context);
      await ledger.close();
      const database = new DatabaseSync(path);
      database.exec('pragma recursive_triggers = on');
      const rows = () => JSON.stringify(database.prepare(`select * from ${table}`).all());
      const before = rows();
      const [column] = Object.keys(JSON.parse(before)[0]);
      expect(() => database.exec(`update ${table} set "${column}" = "${column}"`)).toThrow('append-only');
      expect(() => database.exec(`delete from ${table}`)).toThrow('append-only');
      expect(() => database.exec(`insert or replace into ${table} select * from ${table}`)).toThrow(
        'append-only',
      );
      expect(rows()).toBe(before);
      database.close();
    },
  );
});
