/** Near-duplicates of many texts with worker threads: all hash and compare, the calling one groups, another one joins. */

import { type Crew, startCrew } from './crew.ts';
import { createGramReader } from './gram-reader.ts';
import { growingInts } from './growing.ts';
import { eachHashed } from './hash-batch.ts';
import { createNearDuplicates, findNearDuplicates } from './near-duplicates.ts';
import { resolvePacks } from './resolve-packs.ts';
import type { NearDuplicateOptions, NearDuplicates } from './text-groups.ts';
import {
  type ComparedPairs,
  closeTexts,
  repeatedTexts,
  type TextPair,
  type TextPairs,
  verified,
} from './verification.ts';

/** One batch: texts or pairs and characters at most; what is longer is a batch of its own. */
const BATCH_ITEMS = 2_000;
const BATCH_CHARACTERS = 2_000_000;

/** Characters from which on threads are worth their start. */
const WORTH_THREADS = 20_000_000;

/**
 * The same answer as `findNearDuplicates`, whatever the number of threads. Texts are cloned to the workers, which costs a
 * fifteenth of what hashing them does; all else changes hands without a copy.
 *
 * @param threads threads at most, the calling one included; 1 starts none, and neither do few texts or grams to skip
 * @param worthThreads characters from which on they are started
 */
export async function findNearDuplicatesInThreads(
  texts: readonly string[],
  options: NearDuplicateOptions,
  threads: number,
  worthThreads = WORTH_THREADS,
): Promise<NearDuplicates> {
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  if (threads < 2 || characters < worthThreads || options.skip != null) {
    return findNearDuplicates(texts, options);
  }
  const builder = createNearDuplicates(options);
  const { grams, ratio, leastStored } = builder;
  const { packsFrom = Number.POSITIVE_INFINITY } = options;
  const crew = startCrew({ grams, ratio, leastStored, packsFrom }, threads - 1);
  try {
    await crew.each('hash', textBatches(texts), (batch) => eachHashed(batch, leastStored, builder.addHashed));
    const collected = builder.collected();
    const [joined, repeats] = await Promise.all([
      crew.give('join', collected.sets),
      compareAll(crew, repeatedTexts(collected.equal), texts),
    ]);
    const close = await compareAll(crew, closeTexts(collected, joined.pairs), texts);
    const reader = createGramReader(grams);
    const packs = resolvePacks(collected, joined, (text) => texts[text]!, reader);
    return verified(collected, repeats, close, packs);
  } finally {
    await crew.stop();
  }
}

async function compareAll(crew: Crew, pairs: TextPairs, texts: readonly string[]): Promise<ComparedPairs> {
  const intersections = growingInts(pairs.ones.length);
  const unions = growingInts(pairs.ones.length);
  await crew.each('compare', pairBatches(pairs, texts), (shared) => {
    intersections.pushAll(shared.intersections, shared.intersections.length);
    unions.pushAll(shared.unions, shared.unions.length);
  });
  return { ...pairs, intersections: intersections.values, unions: unions.values };
}

function* textBatches(texts: readonly string[]): Generator<readonly string[]> {
  for (const [from, to] of batches(texts.length, (text) => texts[text]!.length)) yield texts.slice(from, to);
}

function* pairBatches({ ones, others }: TextPairs, texts: readonly string[]): Generator<readonly TextPair[]> {
  const pairAt = (pair: number): TextPair => [texts[ones[pair]!]!, texts[others[pair]!]!];
  const charactersOf = (pair: number): number => {
    const [one, other] = pairAt(pair);
    return one.length + other.length;
  };
  for (const [from, to] of batches(ones.length, charactersOf)) {
    yield Array.from({ length: to - from }, (_, at) => pairAt(from + at));
  }
}

/** Cuts so many items into batches, from the first to before the second number. */
function* batches(
  count: number,
  charactersOf: (item: number) => number,
): Generator<readonly [from: number, to: number]> {
  for (let from = 0, to = 0; from < count; from = to) {
    let characters = 0;
    do characters += charactersOf(to++);
    while (to < count && to - from < BATCH_ITEMS && characters + charactersOf(to) <= BATCH_CHARACTERS);
    yield [from, to];
  }
}
