import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { comparison, workFolder } from './cli.ts';

const ACTION = fileURLToPath(new URL('../../scripts/action/main.ts', import.meta.url));

const BLOCK = comparison([
  { slice: 'refund_flow', kept: 36, lost: 7, gained: 0, failed: 4 },
  { slice: 'invoice_parse', kept: 170, lost: 6, gained: 21, failed: 13 },
]).files;
const REVIEW = comparison([
  { slice: 'refund_flow', kept: 50, lost: 5, gained: 0, failed: 5 },
  { slice: 'invoice_parse', kept: 170, lost: 6, gained: 21, failed: 13 },
]).files;
const PASS = comparison([{ slice: 'refund_flow', kept: 41, lost: 1, gained: 3, failed: 2 }]).files;

/** Stands in for GitHub's command: keeps the comments of one pull request in a file, and every call in another. */
const GH = `#!/usr/bin/env node
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
const args = process.argv.slice(2);
const folder = process.env.GH_FOLDER;
appendFileSync(folder + '/calls.jsonl', JSON.stringify(args) + '\\n');
if (process.env.GH_FAILS) { process.stderr.write(process.env.GH_FAILS); process.exit(1); }
const file = folder + '/comments.json';
const comments = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
const marker = '<!-- slicewise -->';
if (args.includes('--jq')) {
  for (const { id, bot, body } of comments) if (bot && body.startsWith(marker)) console.log(id);
} else {
  const { body } = JSON.parse(readFileSync(0, 'utf8'));
  const id = /issues[/]comments[/]([0-9]+)$/.exec(args[1])?.[1];
  const old = comments.find((comment) => String(comment.id) === id);
  if (old) old.body = body; else comments.push({ id: comments.length + 1, bot: true, body });
  writeFileSync(file, JSON.stringify(comments));
}
`;

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly comments: readonly { readonly id: number; readonly body: string }[];
  readonly calls: readonly (readonly string[])[];
}

/** Runs the action as `action.yml` does; inputs by their names there. */
function action(
  cwd: string,
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): Ran {
  const at = (name: string) => join(cwd, 'runner', name);
  mkdirSync(at('bin'), { recursive: true });
  mkdirSync(at('temp'), { recursive: true });
  writeFileSync(at('bin/gh'), GH);
  writeFileSync(at('bin/package.json'), '{"type":"module"}');
  chmodSync(at('bin/gh'), 0o755);
  writeFileSync(at('event.json'), JSON.stringify({ pull_request: { number: 7 } }));
  writeFileSync(at('summary.md'), '');
  writeFileSync(at('outputs'), '');
  const given = Object.entries(inputs).map(([name, value]) => [
    `SLICEWISE_${name.toUpperCase().replaceAll('-', '_')}`,
    value,
  ]);
  const { status, stdout } = spawnSync(process.execPath, [ACTION], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: `${at('bin')}:${process.env.PATH}`,
      HOME: cwd,
      NODE_DISABLE_COMPILE_CACHE: '1',
      RUNNER_TEMP: at('temp'),
      GITHUB_WORKSPACE: cwd,
      GITHUB_STEP_SUMMARY: at('summary.md'),
      GITHUB_OUTPUT: at('outputs'),
      GITHUB_EVENT_PATH: at('event.json'),
      GITHUB_REPOSITORY: 'acme/assistant',
      GH_FOLDER: at(''),
      ...Object.fromEntries(given),
      ...env,
    },
  });
  const read = (name: string, empty: string) =>
    existsSync(at(name)) ? readFileSync(at(name), 'utf8') : empty;
  return {
    code: status,
    stdout,
    summary: read('summary.md', ''),
    outputs: outputsOf(read('outputs', '')),
    comments: JSON.parse(read('comments.json', '[]')),
    calls: read('calls.jsonl', '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line)),
  };
}

/** `name<<END`, value, `END`, as the runner reads it. */
function outputsOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^(.+)<<(.+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [name, value]),
  );
}

const times = (text: string, part: string) => text.split(part).length - 1;
const FILES = { baseline: 'old.jsonl', candidate: 'new.jsonl' };

describe('the action', () => {
  it.each([
    ['BLOCK', BLOCK, 1, '::error title=slicewise::BLOCK: refund_flow'],
    ['REVIEW', REVIEW, 3, '::warning title=slicewise::REVIEW: refund_flow'],
    ['PASS', PASS, 0, ''],
  ])('%s: one gate, one summary, one comment, its outputs and exit code', (verdict, files, code, start) => {
    const ran = action(workFolder(files), FILES);
    expect(ran.code, ran.stdout).toBe(code);
    expect(ran.stdout.slice(0, start.length)).toBe(start);
    expect(times(ran.stdout, `title=slicewise::${verdict}`)).toBe(start === '' ? 0 : 1);
    expect(times(ran.summary, '<!-- slicewise -->')).toBe(1);
    expect(ran.comments).toHaveLength(1);
    expect(ran.comments[0]!.body).toBe(readFileSync(ran.outputs['report-markdown']!, 'utf8'));
    expect(times(ran.comments[0]!.body, '<!-- slicewise -->')).toBe(1);
    expect(ran.comments[0]!.body.startsWith('<!-- slicewise -->\n')).toBe(true);
    expect(ran.outputs).toMatchObject({ verdict, 'exit-code': String(code) });
    expect(JSON.parse(readFileSync(ran.outputs['report-json']!, 'utf8'))).toMatchObject({ verdict });
    expect(readFileSync(ran.outputs.findings!, 'utf8')).toContain(`["release","${verdict}"]\n`);
  });

  it('writes the HTML report where an artifact is named for it, and the comment says where it will be', () => {
    const env = { GITHUB_SERVER_URL: 'https://github.example', GITHUB_RUN_ID: '42' };
    const ran = action(workFolder(BLOCK), { ...FILES, 'html-artifact': 'slicewise-html' }, env);
    expect([ran.code, ran.outputs.verdict]).toEqual([1, 'BLOCK']);
    expect(readFileSync(ran.outputs['report-html']!, 'utf8').slice(0, 15)).toBe('<!doctype html>');
    const line =
      '\n[The HTML report](https://github.example/acme/assistant/actions/runs/42#artifacts) is among the artifacts of this run.\n';
    expect(ran.comments[0]!.body).toBe(readFileSync(ran.outputs['report-markdown']!, 'utf8') + line);
    const without = action(workFolder(BLOCK), FILES, env);
    expect(without.outputs).not.toHaveProperty('report-html');
    expect(without.comments[0]!.body).not.toContain('HTML');
  });

  it('runs the gate once: a ledger counts one look', () => {
    const cwd = workFolder(BLOCK);
    const { outputs } = action(cwd, { ...FILES, args: '--ledger\nledger.db' });
    expect(JSON.parse(readFileSync(outputs['report-json']!, 'utf8')).counts.looks).toBe(1);
  });

  it('updates its own comment and leaves those of others alone', () => {
    const cwd = workFolder(BLOCK);
    const others = [
      { id: 1, bot: false, body: '<!-- slicewise --> quoted by a person' },
      { id: 2, bot: true, body: 'from another bot' },
    ];
    mkdirSync(join(cwd, 'runner'));
    writeFileSync(join(cwd, 'runner/comments.json'), JSON.stringify(others));
    const first = action(cwd, FILES);
    expect(first.comments.map(({ id }) => id)).toEqual([1, 2, 3]);
    const second = action(cwd, { ...FILES, candidate: 'old.jsonl' });
    expect(second.comments.slice(0, 2)).toEqual(others);
    expect(second.comments.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(second.comments[2]!.body).toContain('PASS');
    expect(second.calls.at(-1)!.slice(1, 4)).toEqual([
      'repos/acme/assistant/issues/comments/3',
      '--method',
      'PATCH',
    ]);
    expect(second.outputs['report-json']).not.toBe(first.outputs['report-json']);
  });

  it('review: warn lets the job go on, with a warning and the real code as output', () => {
    const ran = action(workFolder(REVIEW), { ...FILES, review: 'warn' });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/::warning title=Slicewise::REVIEW: a person decides[^\n]*\n$/);
    expect(ran.outputs).toMatchObject({ verdict: 'REVIEW', 'exit-code': '3' });
  });

  it('review: warn does not soften a BLOCK', () => {
    expect(action(workFolder(BLOCK), { ...FILES, review: 'warn' }).code).toBe(1);
  });

  it.each([
    ['a file that does not exist', FILES, {}, 'slicewise: the file does not exist (old.jsonl)'],
    ['arguments that are refused', { ...FILES, args: '--margin\n7' }, PASS, 'slicewise: --margin'],
    ['help in place of a gate', { ...FILES, args: '--help' }, PASS, ''],
  ])('%s ends with 2, without a verdict, and says so once', (_, inputs, files, said) => {
    const ran = action(workFolder(files), inputs);
    expect(ran.code).toBe(2);
    expect(ran.stdout).toContain(said);
    expect(ran.stdout).not.toContain('title=slicewise::');
    expect(times(ran.summary, 'could not run')).toBe(1);
    expect(ran.comments.map(({ body }) => body)).toEqual([
      '<!-- slicewise -->\n**Slicewise could not run.** The log of the job says why. This is no verdict.\n',
    ]);
    expect(ran.outputs).toEqual({ verdict: '', 'exit-code': '2' });
  });

  it.each([
    ['review', 'maybe', 'input review is "maybe", must be fail or warn'],
    ['comment', 'yes', 'input comment is "yes", must be true or false'],
  ])('an unknown word for %s is refused', (name, value, message) => {
    const ran = action(workFolder(PASS), { ...FILES, [name]: value });
    expect(ran).toMatchObject({ code: 2, stdout: `::error title=Slicewise::${message}\n`, comments: [] });
  });

  it('hostile names and values stay data', () => {
    const name = '--help $(touch pwned) ::error::x\n::set-output name=a::b\n`.jsonl';
    const cwd = workFolder({ [name]: BLOCK['old.jsonl'], 'new.jsonl': BLOCK['new.jsonl'] });
    const ran = action(cwd, { baseline: name, candidate: 'new.jsonl' });
    expect(ran.code, ran.stdout).toBe(1);
    expect(readdirSync(cwd)).not.toContain('pwned');
    for (const line of ran.stdout.split('\n').filter((one) => one !== '')) {
      expect(line).toMatch(/^::(error|warning) title=[^:,\n]*::/);
    }
    expect(ran.outputs.verdict).toBe('BLOCK');
  });

  it('what the gate says on the side cannot steer the runner', () => {
    const name = '::error::of a file\n::add-mask::x.jsonl';
    const { code, stdout } = action(workFolder(PASS), { baseline: name, candidate: 'new.jsonl' });
    expect(code).toBe(2);
    const [, token] = /^::stop-commands::(.+)\n/.exec(stdout)!;
    expect(stdout.endsWith(`\n::${token}::\n`)).toBe(true);
  });

  it('flags in args neither take the report away nor are lost', () => {
    const cwd = workFolder({ ...PASS, 'b.jsonl': PASS['old.jsonl'] });
    const args = '--format\njson\n--out\nmine.csv\n--\nb.jsonl\nnew.jsonl';
    const ran = action(cwd, { args });
    expect(ran).toMatchObject({ code: 0, stdout: '' });
    expect(ran.outputs.verdict).toBe('PASS');
    expect(readdirSync(cwd)).toContain('mine.csv');
  });

  it('a comment that cannot be written is a warning, and the verdict stands', () => {
    const ran = action(workFolder(PASS), FILES, { GH_FAILS: 'HTTP 403: no\n::error::trick\n' });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toBe(
      '::warning title=Slicewise::The report could not be posted as a comment: HTTP 403: no%0A::error::trick\n',
    );
  });

  it('comment: false, and events without a pull request, call nobody', () => {
    const cwd = workFolder(PASS);
    expect(action(cwd, { ...FILES, comment: 'false' }).calls).toEqual([]);
    writeFileSync(join(cwd, 'push.json'), '{"ref":"refs/heads/main"}');
    expect(action(cwd, FILES, { GITHUB_EVENT_PATH: join(cwd, 'push.json') })).toMatchObject({
      code: 0,
      calls: [],
    });
  });
});
