/** Opens the session behind a server that already listens, and watches over the files that it reads. */

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { formatProblem, SlicewiseError } from '../../errors.ts';
import type { GateRequest } from '../../pipeline.ts';
import type { Ports } from '../../stages/index.ts';
import type { StudioStatus } from '../contract/index.ts';
import { openSession, type StudioSession } from '../session.ts';

/** A session that is on its way, there, or failed. */
export interface Opening {
  /** The session where it is there and its files are as they were read; else what to say instead. */
  look(): Promise<{ readonly session: StudioSession } | { readonly status: NotReady }>;
  /** Opens once more, such as after a file was mended; does nothing while one is being opened. */
  again(): void;
  /** Resolves when the current opening has ended, well or badly. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export type NotReady = Exclude<StudioStatus, { readonly state: 'ready' }>;

interface Watched {
  readonly file: string;
  readonly path: string;
  readonly mark: string;
}

type State =
  | { readonly kind: 'reading'; readonly stage: string; readonly since: number }
  | { readonly kind: 'failed'; readonly problems: readonly string[] }
  | { readonly kind: 'ready'; readonly session: StudioSession; readonly files: readonly Watched[] };

/** Files are looked at no more often than this. */
const LOOK_MS = 1000;

/** Begins to open at once. */
export function startOpening(
  request: GateRequest,
  ports: Ports,
  failed: (problems: readonly string[]) => void,
): Opening {
  const nowMs = () => ports.now().getTime();
  let state: State = { kind: 'reading', stage: 'reading', since: nowMs() };
  let current: Promise<void> = Promise.resolve();
  let looked = 0;
  let isClosed = false;

  const fail = (problems: readonly string[]) => {
    state = { kind: 'failed', problems };
    failed(problems);
  };
  const open = async (): Promise<void> => {
    const since = nowMs();
    state = { kind: 'reading', stage: 'reading', since };
    const progress = (stage: string) => {
      if (state.kind === 'reading') state = { kind: 'reading', stage, since };
      ports.progress(stage);
    };
    try {
      // Marks are taken before anything is read: a file that changes in between is seen as changed.
      const configured = await watch(configuredFiles(request), ports.cwd);
      const session = await openSession(request, { ...ports, progress });
      const { baseline, candidate } = session.release.report;
      const read = await watch([...(baseline?.files ?? []), ...candidate.files], ports.cwd);
      const known = new Map([...read, ...configured].map((one) => [one.path, one]));
      if (isClosed) return await session.close();
      state = { kind: 'ready', session, files: [...known.values()] };
    } catch (error) {
      fail(problemsOf(error));
    }
  };
  current = open();

  return {
    async look() {
      if (state.kind === 'ready' && nowMs() - looked >= LOOK_MS) {
        looked = nowMs();
        const { session, files } = state;
        const changes = await changesOf(files);
        if (changes.length > 0 && state.kind === 'ready' && state.session === session) {
          fail(changes);
          await session.close().catch(() => undefined);
        }
      }
      if (state.kind === 'ready') return { session: state.session };
      if (state.kind === 'failed') return { status: { state: 'failed', problems: state.problems } };
      return { status: { state: 'reading', stage: state.stage, elapsedMs: nowMs() - state.since } };
    },
    again() {
      if (state.kind === 'reading' || isClosed) return;
      const previous = state.kind === 'ready' ? state.session : null;
      state = { kind: 'reading', stage: 'reading', since: nowMs() };
      current = (async () => {
        await previous?.close().catch(() => undefined);
        await open();
      })();
    },
    settled: () => current,
    async close() {
      isClosed = true;
      if (state.kind === 'ready') await state.session.close();
    },
  };
}

/** Files that the request names; patterns and recorded runs are none, and are found when they are read. */
function configuredFiles({ config }: GateRequest): readonly string[] {
  const { baseline, candidate, rerun } = config.inputs.runs;
  return [baseline, candidate, rerun].flatMap((run) => run?.files ?? []);
}

async function watch(files: readonly string[], cwd: string): Promise<readonly Watched[]> {
  const marks = await Promise.all(
    [...new Set(files)].map(async (file) => {
      const path = resolve(cwd, file);
      return { file, path, mark: await markOf(path) };
    }),
  );
  return marks.filter((one): one is Watched => one.mark !== null);
}

/** Size, time and number of a file; null where there is none. */
async function markOf(path: string): Promise<string | null> {
  const found = await stat(path, { bigint: true }).catch(() => null);
  return found?.isFile() ? `${found.size}:${found.mtimeNs}:${found.ino}` : null;
}

async function changesOf(files: readonly Watched[]): Promise<readonly string[]> {
  const changes = await Promise.all(
    files.map(async ({ file, path, mark }) => {
      const now = await markOf(path);
      if (now === mark) return null;
      return now === null
        ? `${file} was there when the studio read it, and is gone\n  hint: put it back, then open the comparison again`
        : `${file} has changed since the studio read it, and its numbers no longer hold\n  hint: open the comparison again to read it anew`;
    }),
  );
  return changes.filter((change) => change !== null);
}

/** Every problem of a failure, in words for people; what a fault of the program is, is said without its insides. */
export function problemsOf(error: unknown): readonly string[] {
  if (error instanceof SlicewiseError) return error.problems.map(formatProblem);
  const message = error instanceof Error ? error.message : String(error);
  return [
    `this should not have happened: ${message.split('\n')[0]}\n  hint: this is a fault of slicewise; please report it with its version`,
  ];
}
