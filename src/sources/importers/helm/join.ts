/** Joins two streams by key in one pass: records of one key stand together in each, and mostly in the same order. */

/** What both streams say of one key; null where a stream does not have it. */
export interface Joined<L, R> {
  readonly key: string;
  readonly left: readonly L[] | null;
  readonly right: readonly R[] | null;
}

interface Keyed<T> {
  readonly key: string;
  readonly records: readonly T[];
}

/**
 * Reads both streams side by side. Only what has not yet met its other half is in memory: nothing but one record of each where
 * the orders agree. Halves that never meet come at the end.
 */
export async function* joinByKey<L, R>(
  left: AsyncIterable<L>,
  right: AsyncIterable<R>,
  leftKey: (record: L) => string,
  rightKey: (record: R) => string,
): AsyncGenerator<Joined<L, R>> {
  const lefts = grouped(left, leftKey);
  const rights = grouped(right, rightKey);
  const openLeft = new Map<string, readonly L[]>();
  const openRight = new Map<string, readonly R[]>();
  for (;;) {
    const [nextLeft, nextRight] = [await lefts.next(), await rights.next()];
    if (nextLeft.done === true && nextRight.done === true) break;
    if (nextLeft.done !== true) add(openLeft, nextLeft.value);
    if (nextRight.done !== true) add(openRight, nextRight.value);
    const keys = new Set(
      [nextLeft, nextRight].flatMap((next) => (next.done === true ? [] : [next.value.key])),
    );
    for (const key of keys) {
      const found = { key, left: openLeft.get(key) ?? null, right: openRight.get(key) ?? null };
      if (found.left === null || found.right === null) continue;
      openLeft.delete(key);
      openRight.delete(key);
      yield found;
    }
  }
  for (const [key, records] of openLeft) yield { key, left: records, right: null };
  for (const [key, records] of openRight) yield { key, left: null, right: records };
}

function add<T>(open: Map<string, readonly T[]>, { key, records }: Keyed<T>): void {
  open.set(key, [...(open.get(key) ?? []), ...records]);
}

async function* grouped<T>(
  records: AsyncIterable<T>,
  keyOf: (record: T) => string,
): AsyncGenerator<Keyed<T>> {
  let key: string | null = null;
  let open: T[] = [];
  for await (const record of records) {
    const next = keyOf(record);
    if (key !== null && next !== key) {
      yield { key, records: open };
      open = [];
    }
    key = next;
    open.push(record);
  }
  if (key !== null) yield { key, records: open };
}
