/** Changing a file that others change too: nothing is lost, nothing is half written. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { editFile } from './edit-file.ts';

let cwd: string;
const file = () => join(cwd, 'waivers.yaml');

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'slicewise-edit-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const add = (line: string) => editFile('waivers.yaml', async (text) => `${text}${line}\n`, { cwd });

test('a file gets its new text, keeps its mode, and nothing lies beside it; a missing one is made', async () => {
  expect(await add('one')).toEqual({ before: '', after: 'one\n' });
  chmodSync(file(), 0o640);
  expect(await add('two')).toEqual({ before: 'one\n', after: 'one\ntwo\n' });
  expect(statSync(file()).mode & 0o777).toBe(0o640);
  expect(readdirSync(cwd)).toEqual(['waivers.yaml']);
});

test('a link stays a link, and what it names is changed', async () => {
  writeFileSync(join(cwd, 'real.yaml'), 'real\n');
  symlinkSync('real.yaml', file());
  await add('more');
  expect(readFileSync(join(cwd, 'real.yaml'), 'utf8')).toBe('real\nmore\n');
  expect(readdirSync(cwd).sort()).toEqual(['real.yaml', 'waivers.yaml']);
});

test('fifty changes at once are all there', async () => {
  await Promise.all(Array.from({ length: 50 }, (_, i) => add(`line ${i}`)));
  expect(readFileSync(file(), 'utf8').split('\n').filter(Boolean)).toHaveLength(50);
});

test('processes and an editor that write at the same time lose nothing', async () => {
  const module = pathToFileURL(join(import.meta.dirname, 'edit-file.ts')).href;
  const program = join(cwd, 'child.ts');
  writeFileSync(
    program,
    `const { editFile } = await import(${JSON.stringify(module)});
    for (let i = 0; i < 20; i += 1) {
      await editFile('waivers.yaml', async (text) => text + process.argv[2] + i + '\\n', { cwd: ${JSON.stringify(cwd)} });
    }`,
  );
  const children = ['a', 'b'].map((name) => spawn(process.execPath, [program, name], { stdio: 'inherit' }));
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
  expect(codes).toEqual([0, 0]);
  let first = true;
  // An editor saves while the new text is made: the change is made again on what it wrote.
  await editFile(
    'waivers.yaml',
    async (text) => {
      if (first) writeFileSync(file(), `${text}editor\n`);
      first = false;
      return `${text}studio\n`;
    },
    { cwd },
  );
  const lines = readFileSync(file(), 'utf8').split('\n').filter(Boolean);
  expect(lines).toHaveLength(42);
  expect(lines.slice(-2)).toEqual(['editor', 'studio']);
});

test('a change that throws leaves the file as it was', async () => {
  await add('one');
  const refused = editFile('waivers.yaml', () => Promise.reject(new Error('no')), { cwd });
  await expect(refused).rejects.toThrow('waivers.yaml could not be changed');
  expect(readdirSync(cwd)).toEqual(['waivers.yaml']);
  expect(readFileSync(file(), 'utf8')).toBe('one\n');
});

test('a process killed in the middle of a write leaves the old text, and nobody waits for it', async () => {
  await add('one');
  const module = pathToFileURL(join(import.meta.dirname, 'edit-file.ts')).href;
  const program = join(cwd, 'child.ts');
  writeFileSync(
    program,
    `const { editFile } = await import(${JSON.stringify(module)});
    await editFile('waivers.yaml', async () => process.kill(process.pid, 'SIGKILL'), { cwd: ${JSON.stringify(cwd)} });`,
  );
  const [, signal] = await once(spawn(process.execPath, [program], { stdio: 'inherit' }), 'exit');
  expect(signal).toBe('SIGKILL');
  rmSync(program);
  expect(readdirSync(cwd).sort()).toEqual(['.waivers.yaml.lock', 'waivers.yaml']);
  expect(readFileSync(file(), 'utf8')).toBe('one\n');
  await editFile('waivers.yaml', async (text) => `${text}two\n`, { cwd, patienceMs: 200 });
  expect(readFileSync(file(), 'utf8')).toBe('one\ntwo\n');
  expect(readdirSync(cwd)).toEqual(['waivers.yaml']);
});

test('a lock of a living process is waited for and named; one that a killed process left is taken away', async () => {
  const lock = join(cwd, '.waivers.yaml.lock');
  writeFileSync(lock, `${process.pid} ${hostname()}`);
  const waiting = editFile('waivers.yaml', async () => 'x', { cwd, patienceMs: 60 });
  await expect(waiting).rejects.toThrow('is being changed by another process');
  expect(existsSync(file())).toBe(false);
  utimesSync(lock, new Date(0), new Date(0));
  await add('one');
  expect(readdirSync(cwd)).toEqual(['waivers.yaml']);
});

test.each([
  ['a folder in its place', () => mkdirSync(file()), 'EISDIR'],
  [
    'bytes that are no text',
    () => writeFileSync(file(), Buffer.from([0xff, 0xfe, 0x00])),
    'it is no UTF-8 text',
  ],
])('%s is a clear error', async (_, make, why) => {
  make();
  await expect(add('one')).rejects.toThrow(`waivers.yaml could not be changed (${why})`);
});
