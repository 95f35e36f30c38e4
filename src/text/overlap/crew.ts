/** Worker threads that share tasks with the thread that starts them. */

import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import {
  type Answers,
  createWork,
  type Inputs,
  memoryOf,
  type SearchJob,
  type Task,
  type TaskKind,
} from './crew-work.ts';

/** Tasks that a worker has at a time: while one answer travels, it does the other. */
const AHEAD = 2;

/** From sources the worker is a TypeScript file; in the built packages it is JavaScript beside this module. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './crew-worker.ts' : './crew-worker.js',
  import.meta.url,
);

/** Some workers and the calling thread; whatever fails in one of them rejects. */
export interface Crew {
  /** Leaves one task to a worker, with the memory of its input. */
  give<Kind extends TaskKind>(kind: Kind, input: Inputs[Kind]): Promise<Answers[Kind]>;
  /** All threads do tasks, the calling one too; `visit` gets the answers in the order of inputs, whoever was faster. */
  each<Kind extends TaskKind>(
    kind: Kind,
    inputs: Generator<Inputs[Kind]>,
    visit: (answer: Answers[Kind]) => void,
  ): Promise<void>;
  stop(): Promise<void>;
}

/** @param workers threads besides the calling one, at least 1 */
export function startCrew(job: SearchJob, workers: number): Crew {
  const work = createWork(job);
  const hands = Array.from({ length: workers }, () => startWorker(job));
  return {
    give: (kind, input) => hands[0]!.give(kind, input),
    each: async (kind, inputs, visit) => {
      const inTurn = inOrder(visit);
      type Perform = (input: Inputs[typeof kind]) => Promise<Answers[typeof kind]>;
      // Leaving a loop by an error ends the generator, and so the loops of all.
      const take = async (perform: Perform): Promise<void> => {
        for (const input of inputs) {
          const keep = inTurn();
          keep(await perform(input));
        }
      };
      const own: Perform = async (input) => {
        // Answers of the workers arrive between two tasks of this thread.
        await setImmediate();
        return work[kind](input);
      };
      const others = hands.flatMap(({ give }) =>
        Array.from({ length: AHEAD }, () => take((input) => give(kind, input))),
      );
      await Promise.all([...others, take(own)]);
    },
    stop: async () => {
      await Promise.all(hands.map(({ stop }) => stop()));
    },
  };
}

/** Gives each answer its turn, and hands it on as soon as all before are there. */
function inOrder<Answer>(visit: (answer: Answer) => void): () => (answer: Answer) => void {
  const early = new Map<number, Answer>();
  let turns = 0;
  let next = 0;
  return () => {
    const turn = turns++;
    return (answer) => {
      early.set(turn, answer);
      for (let ready = early.get(next); ready !== undefined; ready = early.get(next)) {
        early.delete(next++);
        visit(ready);
      }
    };
  };
}

/** A task without an answer yet. */
interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

interface CrewWorker {
  readonly give: Crew['give'];
  stop(): Promise<unknown>;
}

function startWorker(job: SearchJob): CrewWorker {
  const worker = new Worker(WORKER, { workerData: job, execArgv: [] });
  // Answers come in the order of tasks.
  const waiting: Waiting[] = [];
  let failure: Error | null = null;
  const fail = (error: Error): void => {
    failure ??= error;
    for (const { reject } of waiting.splice(0)) reject(failure);
  };
  worker
    .on('message', (answer: unknown) => waiting.shift()!.resolve(answer as never))
    .on('error', (error: unknown) => fail(error instanceof Error ? error : new Error(String(error))))
    .on('exit', (code) => fail(new Error(`a thread of the search ended with ${code}`)));
  return {
    give: (kind, input) =>
      new Promise((resolve, reject) => {
        if (failure !== null) return reject(failure);
        waiting.push({ resolve, reject });
        const task: Task<typeof kind> = { kind, input };
        worker.postMessage(task, memoryOf(input));
      }),
    stop: () => worker.terminate(),
  };
}
