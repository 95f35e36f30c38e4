/**
 * `npm run interop [TOOL ...]`: installs the tools in an environment of its own, lets each make fresh result files without any
 * model provider, imports them with the built command, and keeps what came out in docs/interop.md. Not part of the tests: it
 * needs Python 3.11 or newer, PyPI and npm, and about 4 GB of disk. `experiments` reads and writes runs of a real MLflow server.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tryExperiments } from './experiments.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const environments = join(here, '.environments');
const command = join(here, '..', 'dist', 'cli', 'main.js');

/** How a tool is installed and which script makes its files. */
type Tool =
  | { readonly kind: 'python'; readonly packages: readonly string[]; readonly script: string }
  | { readonly kind: 'npm'; readonly packages: readonly string[]; readonly script: string };

const TOOLS: Readonly<Record<string, Tool>> = {
  inspect: { kind: 'python', packages: ['inspect-ai'], script: 'inspect_make.py' },
  'lm-eval': { kind: 'python', packages: ['lm-eval'], script: 'lm_eval_make.py' },
  deepeval: { kind: 'python', packages: ['deepeval'], script: 'deepeval_make.py' },
  mlflow: { kind: 'python', packages: ['mlflow'], script: 'mlflow_make.py' },
  wandb: { kind: 'python', packages: ['wandb'], script: 'wandb_make.py' },
  phoenix: { kind: 'python', packages: ['arize-phoenix'], script: 'phoenix_make.py' },
  promptfoo: {
    kind: 'npm',
    packages: [
      'promptfoo',
      `@libsql/${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`,
    ],
    script: 'promptfoo_make.mjs',
  },
};

/** Recorded runs, which are tried both ways. */
const EXPERIMENTS = 'experiments';

/** What a maker knows about its files. */
interface Facts {
  readonly tool: string;
  readonly version: string;
  readonly files: readonly {
    readonly file: string;
    /** A second file that belongs to it. */
    readonly with?: string;
    readonly rows: number;
    readonly cases: number;
    readonly runs?: number;
    readonly errors: number;
    /** Numbers that the tool states, by any name. */
    readonly own: Readonly<Record<string, number>>;
  }[];
}

/** What `slicewise import --format json` says, as far as it is compared. */
interface Imported {
  readonly format: string;
  readonly runs: readonly { readonly rows: number; readonly cases: number; readonly errors: number }[];
  readonly ownNumbers: readonly {
    readonly name: string;
    readonly value: number;
    readonly ours: number | null;
  }[];
}

function install(name: string, tool: Tool): string {
  const folder = join(environments, name);
  const done = join(folder, '.installed');
  if (existsSync(done)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  process.stderr.write(`${name}: installing ${tool.packages.join(', ')}\n`);
  if (tool.kind === 'python') {
    execFileSync('python3', ['-m', 'venv', folder]);
    execFileSync(join(folder, 'bin', 'pip'), ['install', '--quiet', ...tool.packages], { stdio: 'inherit' });
  } else {
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...tool.packages], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  writeFileSync(done, '');
  return folder;
}

function make(name: string, tool: Tool, folder: string): { readonly out: string; readonly facts: Facts } {
  const out = join(environments, `${name}-files`);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  process.stderr.write(`${name}: making files\n`);
  const script = join(here, tool.script);
  const environment = { ...process.env, HF_HUB_OFFLINE: '1', HF_DATASETS_OFFLINE: '1' };
  if (tool.kind === 'python') {
    execFileSync(join(folder, 'bin', 'python'), [script, out], { stdio: 'ignore', env: environment });
  } else {
    execFileSync(process.execPath, [script, out, folder], { stdio: 'ignore', env: environment });
  }
  return { out, facts: JSON.parse(readFileSync(join(out, 'facts.json'), 'utf8')) as Facts };
}

/** Everything in which the import differs from what the tool says. */
function differences(wanted: Facts['files'][number], got: Imported): readonly string[] {
  const total = (of: (run: Imported['runs'][number]) => number): number =>
    got.runs.reduce((sum, run) => sum + of(run), 0);
  const wrong: string[] = [];
  const compare = (what: string, expected: number, found: number): void => {
    if (expected !== found) wrong.push(`${what}: ${found} instead of ${expected}`);
  };
  compare(
    'rows',
    wanted.rows,
    total(({ rows }) => rows),
  );
  compare(
    'errors',
    wanted.errors,
    total(({ errors }) => errors),
  );
  compare('runs', wanted.runs ?? 1, got.runs.length);
  for (const { cases } of got.runs) compare('cases of a run', wanted.cases, cases);
  for (const [name, value] of Object.entries(wanted.own)) {
    const same = got.ownNumbers.filter((number) => Math.abs(number.value - value) < 1e-12);
    if (same.length === 0) wrong.push(`${name} ${value} is not reported`);
    else if (!same.some(({ ours }) => ours !== null && Math.abs(ours - value) < 1e-9)) {
      wrong.push(`${name}: ours is ${same[0]?.ours} instead of ${value}`);
    }
  }
  return wrong;
}

function importFile(files: readonly string[]): Imported {
  const text = execFileSync(process.execPath, [command, 'import', ...files, '--format', 'json'], {
    encoding: 'utf8',
  });
  return JSON.parse(text) as Imported;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => name !== EXPERIMENTS && !(name in TOOLS));
if (unknown.length > 0) {
  process.stderr.write(
    `unknown: ${unknown.join(', ')}; tools are ${[...Object.keys(TOOLS), EXPERIMENTS].join(', ')}\n`,
  );
  process.exit(2);
}
const lines: string[] = [];
let failed = 0;
for (const [name, tool] of Object.entries(TOOLS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const folder = install(name, tool);
  const { out, facts } = make(name, tool, folder);
  for (const entry of facts.files) {
    const files = [entry.file, ...(entry.with === undefined ? [] : [entry.with])];
    let verdict: string;
    try {
      const got = importFile(files.map((file) => join(out, file)));
      const wrong = differences(entry, got);
      verdict = wrong.length === 0 ? `as ${got.format}: equal` : `as ${got.format}: ${wrong.join('; ')}`;
      failed += wrong.length === 0 ? 0 : 1;
    } catch (error) {
      failed += 1;
      verdict = `not imported: ${String((error as Error).message)
        .split('\n')
        .slice(0, 3)
        .join(' ')}`;
    }
    const own = Object.keys(entry.own).length;
    const shown = entry.file
      .split('/')
      .at(-1)!
      .replace(/\d{4}-\d{2}-\d{2}T[\d.-]+|\d{8}_\d{6}|_[A-Za-z0-9]{20,22}(?=\.)/g, '*');
    process.stderr.write(`${name} ${shown}: ${verdict}\n`);
    lines.push(
      `| ${facts.tool} ${facts.version} | \`${shown}\` | ${entry.rows} | ${entry.cases} | ${own} | ${verdict} |`,
    );
  }
}
const runs: string[] = [];
if (wanted.length === 0 || wanted.includes(EXPERIMENTS)) {
  const python = (tool: 'mlflow' | 'wandb') => join(install(tool, TOOLS[tool]!), 'bin', 'python');
  const script = join(here, 'experiments_make.py');
  for (const { tool, what, verdict, failed: isWrong } of await tryExperiments({
    command,
    script,
    environments,
    python,
  })) {
    process.stderr.write(`${tool} ${what}: ${verdict}\n`);
    runs.push(`| ${tool} | ${what} | ${verdict} |`);
    if (isWrong) failed += 1;
  }
}
const page = join(here, '..', 'docs', 'interop.md');
if (wanted.length === 0)
  keepTable(page, '| tool | file |', [
    '| tool | file | rows | cases | own numbers | import |',
    '|---|---|---:|---:|---:|---|',
    ...lines,
  ]);
if (runs.length > 0)
  keepTable(page, '| tool | runs |', ['| tool | runs | result |', '|---|---|---|', ...runs]);
process.exitCode = failed === 0 ? 0 : 1;

/** Puts a table in place of the one that begins so. */
function keepTable(path: string, begin: string, table: readonly string[]): void {
  const text = readFileSync(path, 'utf8');
  const start = text.indexOf(begin);
  const end = text.indexOf('\n\n', start);
  writeFileSync(path, `${text.slice(0, start)}${table.join('\n')}${end < 0 ? '\n' : text.slice(end)}`);
}
