/** The thread of the pool: turns batches of texts into hashed sets. */

import { parentPort, workerData } from 'node:worker_threads';
import { type HashJob, hashBatch } from './hash-batch.ts';

const port = parentPort;
if (port === null) throw new Error('the hash worker runs as a thread only');

const hash = hashBatch(workerData as HashJob);

port.on('message', (texts: readonly string[]) => {
  const batch = hash(texts);
  port.postMessage(batch, [batch.heads.buffer, batch.grams.buffer]);
});
