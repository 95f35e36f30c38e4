/** The files of splits: one line per case with the splits that test it and those that must not train on it. */

import { trainOf } from './close-leaks.ts';
import type { Split } from './split-plan.ts';
import type { SplitItem, SplitRows } from './split-rows.ts';

/**
 * JSON lines, in the order of the rows: `id`, `splits` (names of the splits that test the case, a list and so a dimension of
 * the results), `leftOut` (splits in which it must not train either), `component`, and `fold` where there are folds.
 */
export function casesText(
  { items, asWritten }: Pick<SplitRows, 'items' | 'asWritten'>,
  splits: readonly Split[],
  component: Int32Array,
  fold: Int32Array | null,
): string {
  const tests: string[][] = items.map(() => []);
  const out: string[][] = items.map(() => []);
  for (const { name, test, leftOut } of splits) {
    for (const item of test) tests[item]!.push(name);
    for (const list of [leftOut.alike, leftOut.later, leftOut.unknown])
      for (const item of list) out[item]!.push(name);
  }
  const place = new Map(items.map((item, at) => [item, at]));
  return asWritten
    .map((item) => {
      const { id } = item;
      const at = place.get(item)!;
      const own = fold === null ? {} : { fold: fold[at]! };
      return `${JSON.stringify({ id, splits: tests[at], leftOut: out[at], component: component[at], ...own })}\n`;
    })
    .join('');
}

/** Lists of ids by split and side; names of splits may hold anything, so files are named by number and shift. */
export function listFiles(
  items: readonly SplitItem[],
  splits: readonly Split[],
): readonly { readonly name: string; readonly text: string }[] {
  return splits.flatMap((split, at) => {
    const stem = `${String(at + 1).padStart(2, '0')}-${plainName(split.name)}`;
    const lines = (of: Int32Array) =>
      Array.from(of, (item) => `${JSON.stringify({ id: items[item]!.id, split: split.name })}\n`).join('');
    return [
      { name: `${stem}.train.jsonl`, text: lines(trainOf(split, items.length)) },
      { name: `${stem}.test.jsonl`, text: lines(split.test) },
    ];
  });
}

/** A name that is safe as part of a file name, and still tells what it is. */
function plainName(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 60);
}
