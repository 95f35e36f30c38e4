/** Brings together what belongs to one key although the file mixes keys, holding only the groups that are still open. */

/** One group: its key and its members in the order of the file. */
export interface Group<T> {
  readonly key: string;
  readonly members: readonly T[];
}

/**
 * Groups, each handed on as soon as its last member was read, so that only open groups are in memory: for files that were
 * written by a few threads that is a handful, whatever the size of the file. A first reading counts the members of each key
 * (one number per key), a second one gathers them.
 *
 * @param read reads the file; called twice. Both readings give the same members
 * @param keyOf null for what belongs to no group
 * @example for await (const { key, members } of gatherGroups(() => events(file), (event) => event.sample)) { ... }
 */
export async function* gatherGroups<T>(
  read: (pass: 'count' | 'gather') => AsyncIterable<T>,
  keyOf: (member: T) => string | null,
): AsyncGenerator<Group<T>> {
  const left = new Map<string, number>();
  for await (const member of read('count')) {
    const key = keyOf(member);
    if (key !== null) left.set(key, (left.get(key) ?? 0) + 1);
  }
  const open = new Map<string, T[]>();
  for await (const member of read('gather')) {
    const key = keyOf(member);
    if (key === null) continue;
    const members = open.get(key) ?? [];
    members.push(member);
    const rest = (left.get(key) ?? 1) - 1;
    if (rest > 0) {
      left.set(key, rest);
      open.set(key, members);
    } else {
      open.delete(key);
      left.delete(key);
      yield { key, members };
    }
  }
}
