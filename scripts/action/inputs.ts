/** Reads what `action.yml` hands over: every input is an environment variable, so that none becomes shell text. */

import { join, resolve } from 'node:path';

/** Where a run of the action happens and what it was asked for. */
export interface ActionInputs {
  /** The command line of the gate, with further flags of ours. */
  readonly gate: (ours: readonly string[]) => readonly string[];
  /** The command's JavaScript file. */
  readonly main: string;
  readonly workingDirectory: string;
  /** Folder below which a run keeps its reports. */
  readonly temp: string;
  readonly comment: boolean;
  /** Whether the HTML report is written as well: where an artifact is named for it. */
  readonly html: boolean;
  /** Address of this run of the workflow; null where the runner does not say it. */
  readonly runUrl: string | null;
  readonly review: 'fail' | 'warn';
  readonly summaryFile: string | null;
  readonly outputFile: string | null;
  readonly eventFile: string | null;
  readonly repository: string | null;
}

/**
 * The inputs of one run.
 *
 * @throws Error where `review` or `comment` is neither of its two words.
 */
export function readInputs(
  env: Readonly<Record<string, string | undefined>>,
  actionPath: string,
): ActionInputs {
  const text = (name: string) => env[name] ?? '';
  const temp = env.RUNNER_TEMP ?? '/tmp';
  const packaged = join(temp, 'slicewise-package/node_modules/slicewise');
  return {
    gate: (ours) => gateArguments(env, ours),
    main: join(text('SLICEWISE_VERSION') === '' ? actionPath : packaged, 'dist/cli/main.js'),
    workingDirectory: resolve(env.GITHUB_WORKSPACE ?? '.', text('SLICEWISE_WORKING_DIRECTORY') || '.'),
    temp,
    comment: oneOf('comment', text('SLICEWISE_COMMENT') || 'true', ['true', 'false']) === 'true',
    html: text('SLICEWISE_HTML_ARTIFACT').trim() !== '',
    runUrl: runUrlOf(env),
    review: oneOf('review', text('SLICEWISE_REVIEW') || 'fail', ['fail', 'warn']),
    summaryFile: env.GITHUB_STEP_SUMMARY ?? null,
    outputFile: env.GITHUB_OUTPUT ?? null,
    eventFile: env.GITHUB_EVENT_PATH ?? null,
    repository: env.GITHUB_REPOSITORY ?? null,
  };
}

/**
 * The command line of the gate. Values are joined to their flag by `=`, so that a file named `--help` stays a file. Our own
 * flags come last, where they win over the same flag in `args`, but before a `--`, behind which everything is a file.
 *
 * @example gateArguments({ SLICEWISE_BASELINE: 'a.jsonl' }, ['--quiet']) // ['gate', '--baseline=a.jsonl', '--quiet']
 */
export function gateArguments(
  env: Readonly<Record<string, string | undefined>>,
  ours: readonly string[],
): readonly string[] {
  const flags = (['baseline', 'candidate', 'config'] as const).flatMap((name) => {
    const value = env[`SLICEWISE_${name.toUpperCase()}`] ?? '';
    return value === '' ? [] : [`--${name}=${value}`];
  });
  const further = (env.SLICEWISE_ARGS ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const end = further.includes('--') ? further.indexOf('--') : further.length;
  return ['gate', ...flags, ...further.slice(0, end), ...ours, ...further.slice(end)];
}

function runUrlOf(env: Readonly<Record<string, string | undefined>>): string | null {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
  return server && repository && run ? `${server}/${repository}/actions/runs/${run}` : null;
}

function oneOf<Word extends string>(name: string, value: string, words: readonly Word[]): Word {
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw new Error(`input ${name} is "${value}", must be ${words.join(' or ')}`);
  return word;
}
