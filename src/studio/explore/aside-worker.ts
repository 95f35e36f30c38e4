/** The thread: one order, some stages, one answer. */

import { parentPort, workerData } from 'node:worker_threads';
import { SlicewiseError } from '../../errors.ts';
import type { AsideNews, AsideOrder } from './aside.ts';
import { ASIDE_WORK } from './aside-jobs.ts';

const port = parentPort;
if (port === null) throw new Error('this runs as a thread only');

const { job, input, cwd, cacheFolder, now } = workerData as AsideOrder;
const say = (news: AsideNews) => port.postMessage(news);

try {
  const result = await ASIDE_WORK[job](input as never, {
    cwd,
    now: () => new Date(now),
    progress: (stage) => say({ kind: 'stage', stage }),
    ...(cacheFolder === null ? {} : { cacheFolder }),
  });
  say({ kind: 'done', result });
} catch (error) {
  const isRefused = error instanceof SlicewiseError && error.code !== 'INTERNAL';
  const message = error instanceof Error ? error.message : String(error);
  say(isRefused ? { kind: 'refused', problems: error.problems } : { kind: 'failed', message });
}
