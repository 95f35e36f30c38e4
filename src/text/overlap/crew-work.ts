/** What the threads of a search do for each other: hash texts, join their sets, compare texts. */

import type { GramKind } from './gram-kind.ts';
import { createGramReader } from './gram-reader.ts';
import { type HashedBatch, hashBatch } from './hash-batch.ts';
import { compareGrams } from './literal-grams.ts';
import type { Ratio } from './ratio.ts';
import { type JoinedSets, selfJoin } from './self-join.ts';
import type { StoredSets } from './stored-sets.ts';
import { countShared, type SharedCounts, type TextPair } from './verification.ts';

/** What a thread must know. */
export interface SearchJob {
  readonly grams: GramKind;
  readonly ratio: Ratio;
  /** Sets of fewer grams travel without their hashes. */
  readonly leastStored: number;
  readonly packsFrom: number;
}

/** What each kind of task is about. */
export interface Inputs {
  readonly hash: readonly string[];
  readonly join: StoredSets;
  readonly compare: readonly TextPair[];
}

/** What comes of it. */
export interface Answers {
  readonly hash: HashedBatch;
  readonly join: JoinedSets;
  readonly compare: SharedCounts;
}

export type TaskKind = keyof Inputs;

/** A task as it travels. */
export interface Task<Kind extends TaskKind = TaskKind> {
  readonly kind: Kind;
  readonly input: Inputs[Kind];
}

/** One function for each kind of task. */
export type CrewWork = { readonly [Kind in TaskKind]: (input: Inputs[Kind]) => Answers[Kind] };

/** The work of one thread, with memory of its own. */
export function createWork({ grams, ratio, leastStored, packsFrom }: SearchJob): CrewWork {
  const reader = createGramReader(grams);
  const compared = compareGrams(reader);
  return {
    hash: hashBatch(reader, leastStored),
    join: (sets) => selfJoin(sets, ratio, packsFrom),
    compare: (pairs) => countShared(compared, pairs.length, (pair) => pairs[pair]!),
  };
}

/** The memory of an input or an answer, which changes hands without a copy. */
export function memoryOf(value: object): readonly ArrayBuffer[] {
  return Object.values(value).flatMap((part: unknown) => {
    if (ArrayBuffer.isView(part)) return part.buffer instanceof ArrayBuffer ? [part.buffer] : [];
    return typeof part === 'object' && part !== null && !Array.isArray(part) ? memoryOf(part) : [];
  });
}
