/** Runs the built command as a user would: in a folder of its own, with nothing of this machine's environment. */

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** The built command; `npm test` builds before it tests. */
export const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** Where commands keep their compiled code: one folder for all tests, so that only the first start is slow. */
const COMPILED = join(tmpdir(), 'slicewise-test-cache');

/** How a command ended. */
export interface Finished {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Folder in which the command runs; a `workFolder()`. */
  readonly cwd: string;
  /** Added to an environment that is otherwise all but empty. */
  readonly env?: Readonly<Record<string, string>>;
  /** Text on standard input; nothing unless told. */
  readonly stdin?: string;
  /** Arguments of Node itself, before the command. */
  readonly nodeArgs?: readonly string[];
  /** Nobody reads standard output: it is closed before the command writes. */
  readonly closeStdout?: boolean;
  /** Standard input stays open, and Ctrl-C is pressed when standard error says this. */
  readonly interruptAt?: string;
}

/**
 * A new folder with these files in it, taken away when the test ends.
 *
 * @example workFolder({ 'old.jsonl': jsonLines(rows) })
 */
export function workFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'slicewise-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Runs `slicewise` with these arguments and waits for its end. */
export function slicewise(args: readonly string[], options: RunOptions): Promise<Finished> {
  if (!existsSync(MAIN)) throw new Error('dist/cli/main.js is missing: run `npm run build` first');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...(options.nodeArgs ?? []), MAIN, ...args], {
      cwd: options.cwd,
      env: { PATH: process.env.PATH, HOME: options.cwd, XDG_CACHE_HOME: COMPILED, ...options.env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      if (options.interruptAt !== undefined && stderr.includes(options.interruptAt)) child.kill('SIGINT');
    });
    if (options.closeStdout) child.stdout.destroy();
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    // A command that refuses its arguments is gone before it reads.
    child.stdin.on('error', () => {});
    if (options.interruptAt === undefined) child.stdin.end(options.stdin ?? '');
  });
}

/**
 * Stops the clock of a command.
 *
 * @example slicewise(['gate'], { cwd, ...clockAt('2026-01-31T12:00:00Z') })
 */
export function clockAt(iso: string): { readonly nodeArgs: readonly string[] } {
  const code = `
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...parts) { super(...(parts.length === 0 ? [${Date.parse(iso)}] : parts)); }
      static now() { return ${Date.parse(iso)}; }
    };`;
  return { nodeArgs: ['--import', `data:text/javascript,${encodeURIComponent(code)}`] };
}

/** Rows as JSON Lines. */
export function jsonLines(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** A slice of a comparison by its four counts: how many cases passed in both runs, in the old one only, ... */
export interface PairCounts {
  readonly slice: string;
  readonly kept: number;
  readonly lost: number;
  readonly gained: number;
  readonly failed: number;
}

/**
 * Both runs of a comparison, with the cases numbered through: `case_id`, `segment`, `passed`.
 *
 * @example comparison([{ slice: 'refund_flow', kept: 36, lost: 7, gained: 0, failed: 4 }]).files // old.jsonl, new.jsonl
 */
export function comparison(slices: readonly PairCounts[]): {
  readonly files: Readonly<Record<'old.jsonl' | 'new.jsonl', string>>;
} {
  const cases = slices.flatMap(({ slice, kept, lost, gained, failed }) => [
    ...repeat(kept, { slice, old: true, next: true }),
    ...repeat(lost, { slice, old: true, next: false }),
    ...repeat(gained, { slice, old: false, next: true }),
    ...repeat(failed, { slice, old: false, next: false }),
  ]);
  const rows = (side: 'old' | 'next') =>
    jsonLines(cases.map((one, at) => ({ case_id: `case-${at + 1}`, segment: one.slice, passed: one[side] })));
  return { files: { 'old.jsonl': rows('old'), 'new.jsonl': rows('next') } };
}

function repeat<T>(times: number, value: T): readonly T[] {
  return Array.from({ length: times }, () => value);
}
