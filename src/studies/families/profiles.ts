/** What is known of segments beside their outcomes: the words of their inputs and what most of their cases share. */

import type { Cell } from '../../cases/index.ts';
import { textOfCell } from '../../derived/index.ts';
import type { SegmentProfile } from '../../discovery/index.ts';
import { compareText } from '../../slices/index.ts';
import { type LoadedRun, rowsOf } from '../../stages/index.ts';
import { eachWord, normalizeText } from '../../text/index.ts';

/** Segments with the words behind their hashes. */
export interface Profiles {
  /** By name, in code point order. */
  readonly segments: readonly SegmentProfile[];
  readonly words: ReadonlyMap<number, string>;
  /** Cases without a segment, or with several. */
  readonly without: number;
}

/** Words of a text that are looked at, and of a segment that are kept; longer ones cost memory and say no more. */
const LONGEST_TEXT = 4_000;
const MOST_WORDS = 2_000;

/** A value is a fact about a segment when more than this share of its cases has it. */
const COMMON = 0.5;

interface Collected {
  cases: number;
  readonly words: Map<number, number>;
  readonly values: Map<string, number>;
}

/**
 * Reads the rows of a run once; each case counts once, by its first row.
 *
 * @param by the column of segments
 * @param facts columns whose values may be facts; never what a run did
 */
export async function segmentProfiles(
  run: LoadedRun,
  by: string,
  facts: readonly string[],
): Promise<Profiles> {
  const { input } = run.opened.mapping;
  const segments = new Map<string, Collected>();
  const words = new Map<number, string>();
  const seen = new Set<string>();
  let without = 0;
  const { chunks } = rowsOf(run, [by, ...facts, ...(input === undefined ? [] : [input])]);
  for await (const { caseId, attributes } of chunks) {
    for (let i = 0; i < caseId.length; i++) {
      if (seen.has(caseId[i]!)) continue;
      seen.add(caseId[i]!);
      const name = attributes.get(by)?.[i] ?? null;
      if (typeof name !== 'string') {
        without += 1;
        continue;
      }
      const segment = segments.get(name) ?? { cases: 0, words: new Map(), values: new Map() };
      segments.set(name, segment);
      segment.cases += 1;
      for (const fact of facts) addValue(segment, fact, attributes.get(fact)?.[i] ?? null);
      if (input !== undefined) addWords(segment, attributes.get(input)?.[i] ?? null, words);
    }
  }
  const names = [...segments.keys()].sort(compareText);
  return { segments: names.map((name) => profileOf(name, segments.get(name)!)), words, without };
}

function addValue({ values }: Collected, column: string, cell: Cell): void {
  if (cell === null) return;
  for (const value of typeof cell === 'string' ? [cell] : new Set(cell)) {
    const fact = `${column}=${value}`;
    values.set(fact, (values.get(fact) ?? 0) + 1);
  }
}

function addWords(segment: Collected, cell: Cell, words: Map<number, string>): void {
  const text = textOfCell(cell)?.text;
  if (text === undefined) return;
  const normal = normalizeText(text.slice(0, LONGEST_TEXT));
  const own = new Set<number>();
  eachWord(normal, (start, end, hash) => {
    const key = hash >>> 0;
    own.add(key);
    if (!words.has(key)) words.set(key, normal.slice(start, end));
  });
  for (const key of own) segment.words.set(key, (segment.words.get(key) ?? 0) + 1);
}

function profileOf(name: string, { cases, words, values }: Collected): SegmentProfile {
  const kept = [...words].sort(([a, m], [b, n]) => n - m || a - b).slice(0, MOST_WORDS);
  kept.sort(([a], [b]) => a - b);
  return {
    name,
    cases,
    terms: Uint32Array.from(kept, ([key]) => key),
    weights: Float64Array.from(kept, ([, count]) => count),
    metadata: [...values]
      .flatMap(([fact, count]) => (count > COMMON * cases ? [fact] : []))
      .sort(compareText),
  };
}
