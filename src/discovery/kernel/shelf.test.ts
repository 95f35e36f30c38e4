/** Parts that threads share are made once, and whoever asks gets what was made. */

import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { createShelf, isMade, makeIfFree, partOf } from './shelf.ts';

test('a part is filled by the first who asks, and only once', () => {
  const shelf = createShelf([3, 2]);
  expect(isMade(shelf, 0)).toBe(false);
  expect(partOf(shelf, 0, (memory) => memory.fill(7))).toEqual(Int32Array.of(7, 7, 7));
  makeIfFree(shelf, 0, (memory) => memory.fill(8));
  expect(partOf(shelf, 0, (memory) => memory.fill(9))).toEqual(Int32Array.of(7, 7, 7));
  expect([isMade(shelf, 0), isMade(shelf, 1)]).toEqual([true, false]);
});

test('a part without room is never made', () => {
  const shelf = createShelf([null]);
  const fill = () => expect.unreachable();
  makeIfFree(shelf, 0, fill);
  expect(partOf(shelf, 0, fill)).toBeNull();
});

test('a part that another thread makes is waited for', async () => {
  const shelf = createShelf([1]);
  const source = `
    const { parentPort, workerData } = require('node:worker_threads');
    Atomics.store(workerData.states, 0, 1);
    parentPort.postMessage('begun');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    workerData.parts[0][0] = 5;
    Atomics.store(workerData.states, 0, 2);
    Atomics.notify(workerData.states, 0);`;
  const other = new Worker(source, { eval: true, workerData: shelf, execArgv: [] });
  await new Promise((resolve) => other.once('message', resolve));
  expect(partOf(shelf, 0, (memory) => memory.fill(9))).toEqual(Int32Array.of(5));
  await other.terminate();
});
