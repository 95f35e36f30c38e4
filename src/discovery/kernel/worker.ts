/** The thread of the pool: keeps the table and the level, counts the chunks that it is given. */

import { parentPort, workerData } from 'node:worker_threads';
import { type LevelTask, runChunk } from './chunk.ts';
import { createWorker, type Job } from './job.ts';
import type { Answer, Order } from './pool.ts';

const port = parentPort;
if (port === null) throw new Error('the search worker runs as a thread only');

const worker = createWorker(workerData as Job);
let task: LevelTask | null = null;
const say = (answer: Answer) => port.postMessage(answer);

port.on('message', (order: Order) => {
  if (order.kind === 'task') {
    task = order.task;
    return;
  }
  try {
    say({ kind: 'result', result: runChunk(worker, task!, order.units, order.threshold) });
  } catch (error) {
    say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
});
say({ kind: 'ready' });
