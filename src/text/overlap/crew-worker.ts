/** A thread of the crew: does task after task. */

import { parentPort, workerData } from 'node:worker_threads';
import { createWork, memoryOf, type SearchJob, type Task } from './crew-work.ts';

const port = parentPort;
if (port === null) throw new Error('the worker of the crew runs as a thread only');

const work = createWork(workerData as SearchJob);

port.on('message', <Kind extends Task['kind']>({ kind, input }: Task<Kind>) => {
  const answer = work[kind](input);
  port.postMessage(answer, memoryOf(answer));
});
