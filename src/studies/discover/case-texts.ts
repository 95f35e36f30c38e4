/** One pass over the inputs of the cases: words of lost cases against the others, and texts whose neighbours are wanted. */

import { textOfCell } from '../../derived/index.ts';
import type { TokenCounts } from '../../discovery/index.ts';
import { type LoadedRun, rowsOf } from '../../stages/index.ts';
import { words } from '../../text/index.ts';

/** Cases whose words are counted, at most; more are thinned out evenly by case id. */
const MOST_COUNTED = 20_000;

/** Passing cases that can be a neighbour, at most. */
const MOST_NEIGHBOURS = 4_000;

/** Of longer texts the beginning is looked at. */
const MOST_CHARACTERS = 20_000;

/** What is asked of the texts. */
export interface TextQuestion {
  readonly ids: readonly string[];
  /** Per slice 1 for each row that is lost in it. */
  readonly lost: readonly Uint8Array[];
  /** Rows whose nearest passing cases are wanted. */
  readonly queries: readonly number[];
  /** 1 for rows that pass. */
  readonly passing: Uint8Array;
}

/** What the texts say. */
export interface TextAnswer {
  /** Per slice: cases per word among the lost, and among all others. */
  readonly counts: readonly { readonly lost: TokenCounts; readonly others: TokenCounts }[];
  /** Texts by row. */
  readonly texts: ReadonlyMap<number, string>;
  /** Every so many-th case was looked at; 1 is all. */
  readonly step: number;
}

/** Reads the inputs of a run once more; null where it has none or cannot be read again. */
export async function readTexts(run: LoadedRun, question: TextQuestion): Promise<TextAnswer | null> {
  const input = run.opened.mapping.input;
  if (input === undefined || run.opened.files.includes('-')) return null;
  const { ids, lost, queries, passing } = question;
  const step = Math.max(1, Math.ceil(ids.length / MOST_COUNTED));
  const passingRows = passing.reduce((sum, mark) => sum + mark, 0);
  const every = Math.max(1, Math.ceil(passingRows / MOST_NEIGHBOURS));
  const rowOf = new Map(ids.map((id, row) => [id, row]));
  const neighbours = everyMarked(passing, every);
  const wanted = new Set(queries);
  const counts = lost.map(() => ({ lost: new Map<string, number>(), others: new Map<string, number>() }));
  const all = new Map<string, number>();
  const texts = new Map<number, string>();
  const seen = new Uint8Array(ids.length);
  const countWords = (text: string, row: number): void => {
    const own = counts.filter((_, slice) => lost[slice]![row] === 1);
    for (const word of new Set(words(text))) {
      all.set(word, (all.get(word) ?? 0) + 1);
      for (const { lost: uses } of own) uses.set(word, (uses.get(word) ?? 0) + 1);
    }
  };
  const { chunks } = rowsOf(run, [input]);
  for await (const { caseId, attributes } of chunks) {
    const cells = attributes.get(input) ?? [];
    for (let i = 0; i < caseId.length; i++) {
      const row = rowOf.get(caseId[i]!);
      if (row === undefined || seen[row] === 1) continue;
      const text = textOfCell(cells[i])?.text.slice(0, MOST_CHARACTERS);
      if (text === undefined) continue;
      seen[row] = 1;
      if (wanted.has(row) || neighbours[row] === 1) texts.set(row, text);
      if (row % step === 0) countWords(text, row);
    }
  }
  for (const own of counts) {
    for (const [word, uses] of all) own.others.set(word, uses - (own.lost.get(word) ?? 0));
  }
  return { counts, texts, step };
}

/** Keeps every n-th mark. */
function everyMarked(marks: Uint8Array, n: number): Uint8Array {
  let place = 0;
  return marks.map((mark) => (mark === 1 && place++ % n === 0 ? 1 : 0));
}
