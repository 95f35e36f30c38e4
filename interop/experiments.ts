/** Recorded runs, both ways: real stores of MLflow and W&B are read by the built command, and a gate's report is logged back. */

import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Where things are: the built command, the maker's script, and Python with the tools. */
export interface Places {
  readonly command: string;
  readonly script: string;
  readonly environments: string;
  /** Path of a tool's Python. */
  readonly python: (tool: 'mlflow' | 'wandb') => string;
}

/** One line of the page. */
export interface Outcome {
  readonly tool: string;
  readonly what: string;
  readonly verdict: string;
  readonly failed: boolean;
}

interface Made {
  readonly version: string;
  readonly runs: number;
  readonly steps: number;
  readonly address?: string;
  readonly ids?: readonly string[];
  readonly accuracy: Readonly<Record<string, number>>;
  readonly loss10: Readonly<Record<string, number>>;
}

interface Shown {
  readonly runs: readonly {
    readonly name: string;
    readonly status: string;
    readonly score: number;
    readonly flags: readonly string[];
    readonly params: Readonly<Record<string, string>>;
    readonly tags: Readonly<Record<string, string>>;
  }[];
  readonly groups: readonly { readonly fields: Readonly<Record<string, string | null>> }[];
  readonly curves: readonly { readonly metric: string; readonly logged: number }[];
}

/** Tries everything. */
export async function tryExperiments(places: Places): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const kind of ['server', 'folder'] as const) {
    const folder = freshFolder(places, kind);
    const maker = start(places, 'mlflow', kind, folder);
    try {
      const made = (await maker.next()) as unknown as Made;
      const where = kind === 'server' ? made.address! : join(folder, 'mlruns');
      const shown = show(places, ['--mlflow', where]);
      const read = differences(made, shown, true);
      outcomes.push(outcome(`mlflow ${made.version}`, `${made.runs} runs read from a ${kind}`, read));
      const report = gateReport(places, folder);
      const logged = log(places, where, made.ids![0]!, report);
      const back = await maker.ask();
      outcomes.push(
        outcome(
          `mlflow ${made.version}`,
          `a report logged into a ${kind}, read back by MLflow`,
          logDifferences(logged, back as never),
        ),
      );
    } finally {
      maker.stop();
    }
  }
  const folder = freshFolder(places, 'wandb');
  const maker = start(places, 'wandb', 'wandb', folder);
  const made = (await maker.next()) as unknown as Made;
  maker.stop();
  const shown = show(places, [join(folder, 'wandb')]);
  outcomes.push(
    outcome(
      `wandb ${made.version}`,
      `${made.runs} runs read from offline folders`,
      differences(made, shown, false),
    ),
  );
  return outcomes;
}

function outcome(tool: string, what: string, wrong: readonly string[]): Outcome {
  return {
    tool,
    what,
    verdict: wrong.length === 0 ? 'equal' : wrong.join('; '),
    failed: wrong.length > 0,
  };
}

function freshFolder({ environments }: Places, name: string): string {
  const folder = join(environments, `experiments-${name}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** A maker prints a line, waits for one, and prints another. */
function start(places: Places, tool: 'mlflow' | 'wandb', kind: string, folder: string) {
  const child: ChildProcessWithoutNullStreams = spawn(places.python(tool), [places.script, kind, folder]);
  child.stderr.resume();
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    // Tools print lines of their own.
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${kind}: the maker ended without an answer`);
      if (String(value).startsWith('{')) return JSON.parse(String(value));
    }
  };
  return {
    next,
    ask: async () => {
      child.stdin.write('\n');
      return next();
    },
    stop: () => child.stdin.end('\n'),
  };
}

function run({ command }: Places, args: readonly string[], codes: readonly number[] = [0]): string {
  try {
    return execFileSync(process.execPath, [command, ...args], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
    if (codes.includes(status)) return stdout;
    throw new Error(`slicewise ${args[0]} ended with ${status}: ${stderr}`);
  }
}

function show(places: Places, where: readonly string[]): Shown {
  const args = ['experiments', 'list', ...where, '--sort', 'accuracy', '--format', 'json'];
  return JSON.parse(run(places, args, [0, 3])) as Shown;
}

function differences(made: Made, shown: Shown, hasTags: boolean): readonly string[] {
  const wrong: string[] = [];
  if (shown.runs.length !== made.runs) wrong.push(`${shown.runs.length} runs instead of ${made.runs}`);
  for (const { name, score, params, tags, status, flags } of shown.runs) {
    const number = Number(name.slice(4));
    if (score !== made.accuracy[name]) wrong.push(`${name}: ${score} instead of ${made.accuracy[name]}`);
    if (Math.abs(Number(params.learning_rate) - 0.001 * (number + 1)) > 1e-12)
      wrong.push(`${name}: learning rate ${params.learning_rate}`);
    if (hasTags && tags.note !== 'a|b\nc') wrong.push(`${name}: tag ${JSON.stringify(tags.note)}`);
    if (status !== 'finished') wrong.push(`${name}: ${status}`);
    if (flags.includes('not a number') !== (number === 11)) wrong.push(`${name}: flags ${flags.join(', ')}`);
    if (flags.includes('still falling') !== (number === 10)) wrong.push(`${name}: flags ${flags.join(', ')}`);
  }
  const losses = shown.curves.filter(({ metric }) => metric === 'train/loss');
  if (losses.length !== made.runs || losses.some(({ logged }) => logged !== made.steps))
    wrong.push(`${losses.length} curves of ${losses.map(({ logged }) => logged).join(', ')} points`);
  if (hasTags && !shown.groups[0]?.fields.dataset?.startsWith('eval set@')) wrong.push('no data set');
  return wrong;
}

/** A gate of two small runs, one slice of which has a name that no file system likes. */
function gateReport(places: Places, folder: string): string {
  const rows = (isNew: boolean) =>
    Array.from({ length: 240 }, (_, i) => {
      const segment = ['refund', 'chat', '../a|b: "ü"'][i % 3];
      return JSON.stringify({ id: `c${i}`, segment, passed: i % 10 > (isNew && i % 3 === 0 ? 4 : 0) });
    }).join('\n');
  const [before, after, report] = ['old.jsonl', 'new.jsonl', 'report.json'].map((name) => join(folder, name));
  writeFileSync(before!, rows(false));
  writeFileSync(after!, rows(true));
  run(places, ['gate', '--no-config', before!, after!, '--out', report!, '--quiet'], [0, 1, 3, 4]);
  return report!;
}

interface Logged {
  readonly metrics: number;
  readonly tags: number;
  readonly verdict: string;
  readonly notes: readonly string[];
}

function log(places: Places, where: string, id: string, report: string): Logged {
  const args = ['experiments', 'log', report, '--mlflow', where, '--run-id', id, '--format', 'json'];
  return JSON.parse(run(places, args)) as Logged;
}

function logDifferences(
  logged: Logged,
  back: {
    readonly metrics: Readonly<Record<string, number>>;
    readonly tags: Readonly<Record<string, string>>;
    readonly files: readonly string[];
  },
): readonly string[] {
  const wrong: string[] = [];
  const metrics = Object.keys(back.metrics).length;
  const tags = Object.keys(back.tags).length;
  if (metrics !== logged.metrics) wrong.push(`${metrics} metrics instead of ${logged.metrics}`);
  if (tags !== logged.tags) wrong.push(`${tags} tags instead of ${logged.tags}`);
  if (back.tags['slicewise.verdict'] !== logged.verdict) wrong.push('another verdict');
  if (back.files.join() !== 'slicewise/report.json,slicewise/report.md')
    wrong.push(`files: ${back.files.join()}`);
  return wrong;
}
