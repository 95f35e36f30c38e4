/** The thread of the pool: keeps the job and the level, takes chunks of a batch until none is left. */

import { parentPort } from 'node:worker_threads';
import { takeChunks } from './batch.ts';
import type { LevelTask } from './chunk.ts';
import { createWorker, type Worker } from './job.ts';
import type { Answer, Order } from './pool.ts';

const port = parentPort;
if (port === null) throw new Error('the search worker runs as a thread only');

let worker: Worker | null = null;
let task: LevelTask | null = null;
const say = (answer: Answer) => port.postMessage(answer);

port.on('message', (order: Order) => {
  try {
    if (order.kind === 'job') worker = createWorker(order.job);
    else if (order.kind === 'task') task = order.task;
    else say({ kind: 'results', results: takeChunks(worker!, task!, order.batch) });
  } catch (error) {
    say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
});
say({ kind: 'ready' });
