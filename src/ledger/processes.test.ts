import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CONTEXT, makeGate, makeRun, makeSlice } from './ledger.contract.ts';
import { openLedger } from './ledger.ts';

const now = () => new Date('2026-01-05T12:00:00.000Z');
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slicewise-processes-'));
  path = join(folder, 'ledger.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a program in a process of its own; it sees `openLedger`, `path`, `now`, `run(name, key)` and `gate(slices, key)`. */
function start(program: string): { child: ChildProcess; ended: Promise<{ code: unknown; text: string }> } {
  const file = join(folder, `child-${readdirSync(folder).length}.ts`);
  const ledger = pathToFileURL(join(import.meta.dirname, 'ledger.ts')).href;
  const fixtures = {
    run: makeRun('main', 'aaaa'),
    slices: [makeSlice('refund', 9, 8, 10)],
    gate: makeGate('a', 'b'),
    context: CONTEXT,
  };
  writeFileSync(
    file,
    `import { writeFileSync } from 'node:fs';
    const { openLedger } = await import(${JSON.stringify(ledger)});
    const fixtures = ${JSON.stringify(fixtures)};
    const path = ${JSON.stringify(path)};
    const now = () => new Date('2026-01-05T12:00:00.000Z');
    const run = (name, timeKey) => ({ ...fixtures.run, name, timeKey });
    const gate = (slices = fixtures.slices, runHash = 'a>b') => ({ ...fixtures.gate, slices, runHash });
    const context = fixtures.context;
    ${program}`,
  );
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout.on('data', (data) => {
    text += data;
  });
  child.stderr.on('data', (data) => {
    text += data;
  });
  const ended = once(child, 'exit').then(([code, signal]) => ({ code: code ?? signal, text }));
  return { child, ended };
}

const WRITER = (name: string) => `
  const ledger = await openLedger(path, { now });
  for (let index = 0; index < 40; index += 1) {
    await ledger.recordRun(run(${JSON.stringify(name)}, String(index)));
    await ledger.recordRun(run('shared', String(index)));
    await ledger.recordGate(gate(undefined, ${JSON.stringify(name)} + index), { ...context, timeKey: '' });
  }
  await ledger.close();`;

test('two processes make, migrate and write one ledger at the same time and lose nothing', async () => {
  const children = [start(WRITER('one')), start(WRITER('two'))];
  const ledger = await openLedger(path, { now });
  for (let index = 0; index < 40; index += 1) {
    await ledger.recordRun(makeRun('three', 'aaaa', { timeKey: String(index) }));
    await ledger.history();
  }
  for (const { ended } of children) expect(await ended).toEqual({ code: 0, text: '' });
  expect((await ledger.history({ limit: 1000 })).series[0]!.points).toHaveLength(80);
  await ledger.close();
  const database = new DatabaseSync(path);
  const names = database.prepare('select name, count(*) as n from runs group by name order by name').all();
  expect(JSON.parse(JSON.stringify(names))).toEqual([
    { name: 'one', n: 40 },
    { name: 'shared', n: 40 },
    { name: 'three', n: 40 },
    { name: 'two', n: 40 },
  ]);
  expect(database.prepare('select count(*) as n from events').get()!.n).toBe(240);
  expect(database.prepare('pragma integrity_check').get()!.integrity_check).toBe('ok');
  database.close();
});

test('tasks of one process share the connection without mixing their transactions', async () => {
  const ledger = await openLedger(path, { now });
  const tasks = Array.from({ length: 30 }, (_, index) =>
    ledger.recordRun(makeRun('main', `f${index % 10}`, { timeKey: 'same' })),
  );
  const results = await Promise.all(tasks);
  expect(new Set(results.map(({ id }) => id)).size).toBe(10);
  expect(results.filter(({ isNew }) => isNew)).toHaveLength(10);
  await ledger.close();
});

test('several ledgers that one process has open take turns instead of stopping each other', async () => {
  const ledgers = await Promise.all(Array.from({ length: 6 }, () => openLedger(path, { now })));
  const started = performance.now();
  await Promise.all(
    ledgers.flatMap((ledger, i) =>
      Array.from({ length: 5 }, (_, j) =>
        ledger.recordRun(makeRun('main', `f${i}`, { timeKey: `${i} ${j}` })),
      ),
    ),
  );
  // A thread that waits for itself gives up after five seconds.
  expect(performance.now() - started).toBeLessThan(4_000);
  await Promise.all(ledgers.map((ledger) => ledger.close()));
  const database = new DatabaseSync(path);
  expect(database.prepare('select count(*) as n from runs').get()!.n).toBe(30);
  database.close();
});

test('a process killed in the middle of a gate leaves no part of it', async () => {
  const { ended } = start(`
    const ledger = await openLedger(path, { now });
    await ledger.recordGate(gate(), context);
    const slices = Array.from({ length: 1000 }, () => ({ ...fixtures.slices[0] }));
    // Dies when the recorder reads slice 700: by then several hundred rows are inserted.
    Object.defineProperty(slices[700], 'lost', { enumerable: true, get: () => process.kill(process.pid, 'SIGKILL') });
    Object.defineProperty(slices[700], 'toJSON', { value: () => null });
    await ledger.recordGate(gate(slices, 'killed'), context);`);
  expect(await ended).toEqual({ code: 'SIGKILL', text: '' });
  const ledger = await openLedger(path, { now });
  expect(await ledger.history()).toMatchObject({ gates: 1, series: [{ points: [{ runHash: 'a>b' }] }] });
  expect((await ledger.recordGate(makeGate('a', 'b', [], { runHash: 'killed' }), CONTEXT)).isNew).toBe(true);
  await ledger.close();
  const database = new DatabaseSync(path);
  expect(database.prepare('select count(*) as n from gate_slices').get()!.n).toBe(1);
  database.close();
});

test('a process killed while it writes outcomes leaves no run, and its file is never used', async () => {
  const { ended } = start(`
    const ledger = await openLedger(path, { now });
    const writeOutcomes = async (file) => {
      writeFileSync(file, 'half a file');
      process.kill(process.pid, 'SIGKILL');
    };
    await ledger.recordRun({ ...run('main', '1'), writeOutcomes });`);
  expect(await ended).toEqual({ code: 'SIGKILL', text: '' });
  expect(readdirSync(`${path}.cases`)).toHaveLength(1);
  const ledger = await openLedger(path, { now });
  await expect(ledger.resolveBaseline('main@latest')).rejects.toThrow('the ledger has no runs yet');
  const writeOutcomes = async (file: string) => {
    writeFileSync(file, 'the whole file');
    return {};
  };
  const run = await ledger.recordRun(makeRun('main', 'aaaa', { timeKey: '1', writeOutcomes }));
  expect((await ledger.resolveBaseline('main@latest')).file).toBe(run.file);
  await ledger.close();
});
