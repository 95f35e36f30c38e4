/** Long runs of words that a large corpus shares with a small set of items: only the items are kept in memory. */

import { createGramReader } from './gram-reader.ts';
import { growingInts } from './growing.ts';
import { createHashSet } from './hash-set.ts';

/** What is looked for. */
export interface ContaminationOptions {
  /** Words of a run; 13 as in the literature, 8 is stricter. */
  readonly n: number;
  /** Runs in more items than this are idioms or templates and do not count. */
  readonly stopItems: number;
}

/** One item that shares runs with the corpus. */
export interface ContaminatedItem {
  readonly item: number;
  /** Positions of the item whose run stands in the corpus, and all of its positions without stopped runs. */
  readonly hits: number;
  readonly positions: number;
  /** Words of the longest stretch that stands in the corpus run after run. */
  readonly longest: number;
  /** Corpus texts in which its runs were first seen, with how many of them, most first, at most 5. */
  readonly sources: readonly { readonly source: number; readonly runs: number }[];
}

/** What a corpus shares with the items. */
export interface Contamination {
  /** Items with at least one run, in order. */
  readonly items: readonly ContaminatedItem[];
  /** Items with at least n words; shorter ones count where a whole text of the corpus has the same words. */
  readonly longItems: number;
  readonly stopRuns: number;
}

/** A scan in progress. */
export interface ContaminationScan {
  /** Looks at the next text of the corpus; says whether it has a run that none before it had. */
  scan(text: string, source: number): boolean;
  finish(): Contamination;
}

const SOURCES = 5;

/** Indexes the runs of the items; runs go over the whole stream of words, whatever the lines. */
export function createContaminationScan(
  items: Iterable<string>,
  { n, stopItems }: ContaminationOptions,
): ContaminationScan {
  const reader = createGramReader({ unit: 'word', n });
  const runs = createHashSet();
  const starts = growingInts();
  const words = growingInts();
  const ids = growingInts();
  for (const text of items) {
    starts.push(ids.length);
    reader.readPositions(text);
    words.push(reader.tokens);
    for (let at = 0; at < reader.positions; at++) {
      ids.push(runs.add(reader.positionLow[at]!, reader.positionHigh[at]!));
    }
  }
  starts.push(ids.length);
  const index = { n, starts: starts.values, words: words.values, ids: ids.values, items: words.length };
  const stopped = stopRuns(index, runs.size, stopItems);
  // The source in which a run was first seen, from 1; 0 where it was not.
  const seen = new Int32Array(runs.size);
  return {
    scan: (text, source) => {
      reader.readPositions(text);
      const { positions, positionLow, positionHigh } = reader;
      let isNew = false;
      for (let at = 0; at < positions; at++) {
        const run = runs.find(positionLow[at]!, positionHigh[at]!);
        if (run < 0 || seen[run] !== 0) continue;
        seen[run] = source + 1;
        isNew = true;
      }
      return isNew;
    },
    finish: () => {
      const found: ContaminatedItem[] = [];
      let longItems = 0;
      for (let item = 0; item < index.items; item++) {
        if (index.words[item]! >= n) longItems++;
        const one = lookAt(index, item, seen, stopped);
        if (one.hits > 0) found.push(one);
      }
      let stopCount = 0;
      for (const isStopped of stopped) stopCount += isStopped;
      return { items: found, longItems, stopRuns: stopCount };
    },
  };
}

interface RunIndex {
  readonly n: number;
  readonly items: number;
  readonly starts: Int32Array;
  readonly words: Int32Array;
  readonly ids: Int32Array;
}

/** Marks the runs that stand in more than so many items. */
function stopRuns({ items, starts, ids }: RunIndex, runs: number, stopItems: number): Uint8Array {
  const inItems = new Int32Array(runs);
  const lastItem = new Int32Array(runs).fill(-1);
  for (let item = 0; item < items; item++) {
    for (let at = starts[item]!; at < starts[item + 1]!; at++) {
      const run = ids[at]!;
      if (lastItem[run] === item) continue;
      lastItem[run] = item;
      inItems[run]!++;
    }
  }
  return Uint8Array.from(inItems, (count) => (count > stopItems ? 1 : 0));
}

function lookAt(
  { n, starts, words, ids }: RunIndex,
  item: number,
  seen: Int32Array,
  stopped: Uint8Array,
): ContaminatedItem {
  const bySource = new Map<number, number>();
  let hits = 0;
  let positions = 0;
  let stretch = 0;
  let longest = 0;
  for (let at = starts[item]!; at < starts[item + 1]!; at++) {
    const run = ids[at]!;
    if (stopped[run] === 1) continue;
    positions++;
    const source = seen[run]! - 1;
    stretch = source < 0 ? 0 : stretch + 1;
    if (source < 0) continue;
    hits++;
    longest = Math.max(longest, stretch);
    bySource.set(source, (bySource.get(source) ?? 0) + 1);
  }
  const sources = [...bySource]
    .map(([source, runs]) => ({ source, runs }))
    .sort((a, b) => b.runs - a.runs || a.source - b.source)
    .slice(0, SOURCES);
  const length = Math.min(n, words[item]!);
  return { item, hits, positions, longest: longest === 0 ? 0 : longest + length - 1, sources };
}
