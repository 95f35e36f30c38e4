/** Starts the built `slicewise studio` for tests, as a user would. */

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { KEY_HEADER, KEY_MARK } from '../../src/studio/contract/studio-key.ts';

/** The built command; `npm test` builds before it tests. */
const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const COMPILED = join(tmpdir(), 'slicewise-test-cache');

/** A studio that runs. */
export interface RunningStudio {
  /** The printed address, with its token. */
  readonly url: string;
  /** Such as `http://127.0.0.1:4321`. */
  readonly origin: string;
  readonly token: string;
  readonly process: ChildProcess;
  /** The address of one page, with the token, so that a new browser may open it. */
  at(path: string): string;
  /** What the command said on standard error so far. */
  stderr(): string;
  /** Asks as a logged-in client without a browser; GET unless a body is given. */
  ask(
    endpoint: string,
    params?: unknown,
    options?: { readonly write?: boolean },
  ): Promise<{ readonly status: number; readonly body: never }>;
  /** Ends it as Ctrl-C does; the exit code, null where a signal ended it. */
  close(): Promise<number | null>;
}

export interface StudioSetting {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether to return before the comparison is read. */
  readonly early?: boolean;
}

/**
 * Starts one studio before the tests of this file, and ends it after them.
 *
 * @param start gives the arguments and the folder; called once
 * @example const studio = useStudio(() => ({ args: ['old.jsonl', 'new.jsonl'], cwd: folder }));
 */
export function useStudio(
  start: () => StudioSetting & { readonly args: readonly string[] },
): () => RunningStudio {
  let studio: RunningStudio | undefined;
  beforeAll(async () => {
    const { args, ...setting } = start();
    studio = await startStudio(args, setting);
  });
  afterAll(async () => {
    await studio?.close();
  });
  return () => {
    if (studio === undefined)
      throw new Error('the studio is started before the tests, not while they are collected');
    return studio;
  };
}

/** Starts `slicewise studio ARGS` and waits until it has printed its address and read the comparison. */
export async function startStudio(args: readonly string[], setting: StudioSetting): Promise<RunningStudio> {
  if (!existsSync(MAIN)) throw new Error('dist/cli/main.js is missing: run `npm run build` first');
  const home = mkdtempSync(join(tmpdir(), 'slicewise-home-'));
  const child = spawn(process.execPath, [MAIN, 'studio', '--no-open', '--port', '0', ...args], {
    cwd: setting.cwd,
    env: { PATH: process.env.PATH, HOME: home, XDG_CACHE_HOME: COMPILED, ...setting.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      rmSync(home, { recursive: true, force: true });
      resolve(code);
    });
  });
  const url = await firstLine(child, ended, () => said);
  const { origin, searchParams } = new URL(url);
  const token = searchParams.get('token') ?? '';
  let known: Readonly<Record<string, string>> | undefined;
  const logIn = async (): Promise<Readonly<Record<string, string>>> => {
    const { headers } = await fetch(url, { redirect: 'manual' });
    const key = headers.get('location')?.split(`#${KEY_MARK}`)[1] ?? '';
    return { cookie: headers.get('set-cookie')?.split(';')[0] ?? '', [KEY_HEADER]: key };
  };
  const studio: RunningStudio = {
    ...{ url, origin, token, process: child },
    stderr: () => said,
    at: (path) => {
      const page = new URL(path, origin);
      page.searchParams.set('token', token);
      return page.href;
    },
    ask: async (endpoint, params = {}, { write = false } = {}) => {
      known ??= await logIn();
      const json = JSON.stringify(params);
      const response = write
        ? await fetch(`${origin}/api/${endpoint}`, {
            method: 'POST',
            headers: { ...known, origin, 'content-type': 'application/json' },
            body: json,
          })
        : await fetch(`${origin}/api/${endpoint}?q=${encodeURIComponent(json)}`, { headers: known });
      return { status: response.status, body: (await response.json()) as never };
    },
    close: () => {
      child.kill('SIGINT');
      return ended;
    },
  };
  if (!setting.early) await untilRead(studio);
  return studio;
}

function firstLine(child: ChildProcess, ended: Promise<number | null>, said: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
    });
    void ended.then((code) =>
      reject(new Error(`slicewise studio ended with ${code} before it listened:\n${said()}`)),
    );
  });
}

/** Waits until the comparison is read, or could not be. */
async function untilRead(studio: RunningStudio): Promise<void> {
  for (;;) {
    const { body } = await studio.ask('status');
    if ((body as { readonly state: string }).state !== 'reading') return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
