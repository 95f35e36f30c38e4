/** Splits by a column: whole sources, whole stretches of time, or handfuls of groups are held out. */

import { parseDecimal } from '../../cases/index.ts';
import { compareText, timeBucket } from '../../slices/index.ts';
import type { Random } from '../../stats/index.ts';
import { type ChosenSplit, itemsWhere, NONE, type NoSplit } from './split-plan.ts';

/** What all ways need. */
export interface HoldOutRules {
  readonly column: string;
  /** Splits per way: 2 or 3. */
  readonly splits: number;
  /** Fewest test cases of a split. */
  readonly minCases: number;
  /** Share of the cases that a time range or a handful of groups holds, in (0, 0.5]. */
  readonly share: number;
  readonly random: Random;
}

/** A source with more of the cases than this leaves too little to train on. */
const MOST_SHARE = 0.5;

/**
 * Holds out one source at a time. Sources are drawn at random among those of a fitting size, since what is asked is how the next
 * unseen source will do; the largest ones would answer for the largest alone.
 */
export function sourceSplits(
  values: readonly (string | null)[],
  { column, splits, minCases, random }: HoldOutRules,
): readonly ChosenSplit[] | NoSplit {
  const members = membersOf(values);
  const fitting = [...members]
    .filter(([, items]) => items.length >= minCases && items.length <= MOST_SHARE * values.length)
    .map(([value]) => value)
    .toSorted(compareText);
  if (fitting.length === 0) {
    return {
      shift: 'source',
      reason: `${column} has ${members.size} values, and none has between ${minCases} cases and half of all`,
    };
  }
  const unknown = itemsWhere(values.length, (item) => values[item] === null);
  return drawn(fitting, splits, random)
    .toSorted(compareText)
    .map((value) => ({
      name: `source:${value}`,
      shift: 'source',
      definition: `${column} is ${JSON.stringify(value)}`,
      test: Int32Array.from(members.get(value)!),
      later: NONE,
      unknown,
    }));
}

/** Holds out the last stretches of time, one after the other; only what is earlier than a stretch trains for it. */
export function timeSplits(
  values: readonly (string | null)[],
  { column, splits, minCases, share }: HoldOutRules,
): readonly ChosenSplit[] | NoSplit {
  const times = values.map((value) => (value === null ? null : instantOf(value)));
  const known = itemsWhere(values.length, (item) => times[item] !== null).toSorted(
    (a, b) => times[a]! - times[b]! || a - b,
  );
  const size = Math.max(minCases, Math.floor(share * known.length));
  if (known.length < size * (splits + 1)) {
    return {
      shift: 'time',
      reason: `${known.length} of ${values.length} cases have a date or a number in ${column}, too few for ${splits} ranges of ${size} and something earlier`,
    };
  }
  const unknown = itemsWhere(values.length, (item) => times[item] === null);
  const found: ChosenSplit[] = [];
  let end = known.length;
  for (let at = 0; at < splits; at++) {
    // Cases of one moment stay on one side.
    let start = end - size;
    while (start > 0 && times[known[start - 1]!] === times[known[start]!]) start -= 1;
    if (start === 0) break;
    const [first, last] = [known[start]!, known[end - 1]!];
    found.push({
      name: `time:${splits - at}`,
      shift: 'time',
      definition: `${column} from ${values[first]} to ${values[last]}; earlier cases train`,
      test: known.slice(start, end).toSorted(),
      later: known.slice(end).toSorted(),
      unknown,
    });
    end = start;
  }
  return found.length > 0
    ? found.reverse()
    : { shift: 'time', reason: `nearly all cases have one moment in ${column}` };
}

/** Holds out handfuls of whole groups, such as customers, dealt at random; no group is in two handfuls. */
export function groupSplits(
  values: readonly (string | null)[],
  { column, splits, minCases, share, random }: HoldOutRules,
): readonly ChosenSplit[] | NoSplit {
  const members = membersOf(values);
  const size = Math.max(minCases, Math.floor(share * values.length));
  const order = drawn([...members.keys()].toSorted(compareText), members.size, random).filter(
    (value) => members.get(value)!.length <= 2 * size,
  );
  const found: ChosenSplit[] = [];
  const unknown = itemsWhere(values.length, (item) => values[item] === null);
  let at = 0;
  for (let split = 1; split <= splits; split++) {
    const groups: string[] = [];
    const test: number[] = [];
    for (; at < order.length && test.length < size; at++) {
      groups.push(order[at]!);
      test.push(...members.get(order[at]!)!);
    }
    if (test.length < minCases) break;
    found.push({
      name: `group:${split}`,
      shift: 'group',
      definition: `${groups.length} values of ${column}, drawn at random`,
      test: Int32Array.from(test).toSorted(),
      later: NONE,
      unknown,
    });
  }
  return found.length > 0
    ? found
    : { shift: 'group', reason: `the groups of ${column} cannot fill a split of ${size} cases` };
}

/**
 * A moment as a number: a decimal number as it is, an ISO 8601 date or time as milliseconds (without a zone: UTC); else null.
 *
 * @example instantOf('2026-01-02') // 1767312000000
 */
export function instantOf(text: string): number | null {
  const number = parseDecimal(text);
  if (number !== null) return number;
  if (timeBucket(text, 'month') === null) return null;
  if (text.length === 10) return Date.parse(text);
  const normal = text.replace(/[Tt ]/, 'T').replace(',', '.').replace(' ', '');
  const hasZone = /([Zz]|[+-]\d{2}(:?\d{2})?)$/.test(normal);
  const time = Date.parse(hasZone ? normal.replace(/([+-]\d{2})$/, '$1:00') : `${normal}Z`);
  return Number.isNaN(time) ? null : time;
}

function membersOf(values: readonly (string | null)[]): Map<string, number[]> {
  const members = new Map<string, number[]>();
  values.forEach((value, item) => {
    if (value === null) return;
    const known = members.get(value);
    if (known === undefined) members.set(value, [item]);
    else known.push(item);
  });
  return members;
}

/** So many of the values, drawn without replacement, in the order in which they were drawn. */
export function drawn<T>(values: readonly T[], most: number, random: Random): readonly T[] {
  const left = [...values];
  const found: T[] = [];
  while (found.length < most && left.length > 0) {
    const at = random.nextBelow(left.length);
    found.push(left[at]!);
    left[at] = left.at(-1)!;
    left.pop();
  }
  return found;
}
