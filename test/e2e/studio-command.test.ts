/** `slicewise studio` as a user starts it: what it prints, what it refuses, how it ends. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { EmbeddedDocument } from '../../src/studio/contract/embedded.ts';
import { startStudio } from '../browser/studio.ts';
import { dataElement, embeddedAnswers } from '../embedded-report.ts';
import { comparison, slicewise, workFolder } from './cli.ts';

const { files } = comparison([{ slice: 'a', kept: 30, lost: 9, gained: 0, failed: 2 }]);
const RUNS = ['old.jsonl', 'new.jsonl'];

/** Rows of every table of a ledger. */
function rowsOf(path: string): Readonly<Record<string, number>> {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    return Object.fromEntries(
      tables.map(({ name }) => {
        const [row] = database.prepare(`SELECT count(*) AS n FROM "${name}"`).all();
        return [String(name), Number(row!.n)];
      }),
    );
  } finally {
    database.close();
  }
}

describe('a studio', () => {
  it('prints one line with its address, says nothing else, and ends with 0 at Ctrl-C', async () => {
    const studio = await startStudio([...RUNS, '--at', '/slices?sort=n'], { cwd: workFolder(files) });
    expect(studio.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/slices\?sort=n&token=[\w-]{43}$/);
    const { status, body } = await studio.ask('status');
    expect([status, body]).toMatchObject([
      200,
      { state: 'ready', baseline: 'old.jsonl', candidate: 'new.jsonl', cases: 41 },
    ]);
    expect(await studio.close()).toBe(0);
    expect(studio.stderr()).toBe('');
  });

  it('ends at a request to terminate as well, and leaves nothing behind', async () => {
    const cwd = workFolder(files);
    const studio = await startStudio(RUNS, { cwd });
    const ended = new Promise((resolve) => studio.process.on('close', resolve));
    studio.process.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('records no look at the candidate', async () => {
    const cwd = workFolder(files);
    expect((await slicewise(['gate', ...RUNS, '--ledger', 'l.db', '--quiet'], { cwd })).code).toBe(1);
    const before = rowsOf(join(cwd, 'l.db'));
    const studio = await startStudio([...RUNS, '--ledger', 'l.db'], { cwd });
    await studio.ask('release');
    await studio.ask('runs');
    await studio.close();
    expect(Object.values(before).reduce((sum, rows) => sum + rows, 0)).toBeGreaterThan(3);
    expect(rowsOf(join(cwd, 'l.db'))).toEqual(before);
  });

  it('stays open where the results are broken, and says what is wrong with them', async () => {
    const cwd = workFolder({ ...files, 'new.jsonl': '{"case_id": 1\n' });
    const studio = await startStudio(RUNS, { cwd });
    const { body } = await studio.ask('status');
    expect(body).toMatchObject({ state: 'failed', problems: [expect.stringContaining('new.jsonl:1')] });
    writeFileSync(join(cwd, 'new.jsonl'), files['new.jsonl']);
    await studio.ask('reopen', {}, { write: true });
    for (;;) {
      const { body: now } = await studio.ask('status');
      if ((now as { state: string }).state !== 'reading') {
        expect(now).toMatchObject({ state: 'ready' });
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(studio.stderr()).toContain('new.jsonl:1');
    expect(await studio.close()).toBe(0);
  });

  it('shows its pages from a deep link', async () => {
    const studio = await startStudio(RUNS, { cwd: workFolder(files) });
    const first = await fetch(studio.at('/slices?q=a'), { redirect: 'manual' });
    const cookie = first.headers.get('set-cookie')!.split(';')[0]!;
    const page = await fetch(new URL(first.headers.get('location')!, studio.origin), { headers: { cookie } });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const html = await page.text();
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1];
    const asset = await fetch(`${studio.origin}${script}`, { headers: { cookie } });
    expect(asset.headers.get('cache-control')).toContain('immutable');
    await studio.close();
  });
});

describe('what is refused before anything is opened', () => {
  it.each([
    [['--host', '0.0.0.0'], /--host 0\.0\.0\.0 lets others than this machine in[\s\S]*--password-file FILE/],
    [['--host', '192.168.7.7'], /lets others than this machine in/],
    [['--password-file', 'none.txt'], /--password-file none\.txt could not be read \(ENOENT\)/],
    [['--password-file', 'short.txt'], /has 3 characters, must have 8 to 1024/],
    [['--trust-proxy-header', 'X User'], /must be the name of a header such as X-Forwarded-User/],
    [['--trust-proxy-header', 'X-User', '--password-file', 'short.txt'], /two ways to log in; name one/],
    [['--port', 'http'], /--port is "http", must be a whole number from 0 to 65535/],
    [['--at', 'https://evil.example/'], /--at is "https:\/\/evil\.example\/", must be a page of the studio/],
    [['--at', '//evil.example'], /must be a page of the studio/],
    [['none.jsonl', 'more.jsonl', 'most.jsonl'], /files are named, expected at most two/],
  ])('%j', async (args, message) => {
    const cwd = workFolder({ ...files, 'short.txt': 'abc\n' });
    const { code, stdout, stderr } = await slicewise(
      ['studio', ...(args[0] === 'none.jsonl' ? [] : RUNS), ...args],
      { cwd },
    );
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  it('a host that others reach is fine with a password, which is never printed', async () => {
    const cwd = workFolder({ ...files, 'secret.txt': 'correct horse battery\n' });
    const studio = await startStudio([...RUNS, '--host', '0.0.0.0', '--password-file', 'secret.txt'], {
      cwd,
      early: true,
    });
    expect(studio.url).toMatch(/^http:\/\/0\.0\.0\.0:\d+\/$/);
    const local = studio.origin.replace('0.0.0.0', '127.0.0.1');
    expect((await fetch(`${local}/slices`)).status).toBe(401);
    const body = new URLSearchParams({ password: 'correct horse battery', next: '/slices' });
    const answer = await fetch(`${local}/login`, {
      method: 'POST',
      body,
      headers: { origin: local },
      redirect: 'manual',
    });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toMatch(/^\/slices#studio-key=[\w-]{43}$/);
    expect(await studio.close()).toBe(0);
    expect(studio.stderr()).not.toContain('horse');
  });
});

describe('HTML reports', () => {
  it('are one file of the gate, written beside other reports, whose exit code stays the verdict', async () => {
    const cwd = workFolder(files);
    const args = ['gate', ...RUNS, '--slice', 'segment', '--html', 'r.html', '--out', 'r.json', '--quiet'];
    const { code, stderr } = await slicewise(args, { cwd });
    expect([code, stderr]).toEqual([1, '']);
    const html = readFileSync(join(cwd, 'r.html'), 'utf8');
    const { ship, verdict } = JSON.parse(readFileSync(join(cwd, 'r.json'), 'utf8'));
    const data: EmbeddedDocument = JSON.parse(dataElement(html));
    expect(data.command).toBe('slicewise studio old.jsonl new.jsonl --slice segment');
    expect(data.home).toBe('/verdict');
    expect((await embeddedAnswers(data)).get('release {}')).toMatchObject({ verdict, ship: ship.text });
    expect(html.length).toBeLessThan(1_500_000 + 6_000_000);
    expect(html).not.toMatch(/(?:src|href)="https?:/);
  });

  it('are the same bytes for the same files', async () => {
    const cwd = workFolder(files);
    const write = async (name: string) => {
      await slicewise(['gate', ...RUNS, '--html', name, '--quiet'], { cwd });
      return readFileSync(join(cwd, name), 'utf8');
    };
    expect(await write('a.html')).toBe(await write('b.html'));
  });

  it('of the report command have no verdict and no trace in the ledger', async () => {
    const cwd = workFolder(files);
    const { code, stderr } = await slicewise(
      ['report', ...RUNS, '--slice', 'segment', '--html', 'r.html', '--quiet'],
      { cwd },
    );
    expect([code, stderr]).toEqual([0, '']);
    const html = readFileSync(join(cwd, 'r.html'), 'utf8');
    const data: EmbeddedDocument = JSON.parse(dataElement(html));
    expect(data.home).toBe('/slices');
    expect(data.hidden).toContain('/verdict');
    expect(data.command).toBe('slicewise studio old.jsonl new.jsonl --slice segment');
  });

  it('go to standard output where that is asked for', async () => {
    const { code, stdout } = await slicewise(['gate', ...RUNS, '--format', 'html'], {
      cwd: workFolder(files),
    });
    expect([code, stdout.slice(0, 15)]).toEqual([1, '<!doctype html>']);
  });

  it('never replace an input, and are refused before any work', async () => {
    const cwd = workFolder(files);
    for (const args of [
      ['gate', ...RUNS, '--html', 'old.jsonl'],
      ['report', ...RUNS, '--html', 'old.jsonl'],
    ]) {
      const { code, stderr } = await slicewise(args, { cwd });
      expect(code).toBe(2);
      expect(stderr).toMatch(/old\.jsonl is an input/);
    }
    expect(readFileSync(join(cwd, 'old.jsonl'), 'utf8')).toBe(files['old.jsonl']);
  });
});
