import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gatherGroups } from './gather-groups.ts';

async function* streamOf<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}

test('every member comes once, in the order of the file, in the group of its key', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', null), fc.nat())), async (members) => {
      const groups: [string, (readonly [string | null, number])[]][] = [];
      for await (const { key, members: found } of gatherGroups(
        () => streamOf(members),
        ([key]) => key,
      )) {
        groups.push([key, [...found]]);
      }
      expect(new Set(groups.map(([key]) => key)).size).toBe(groups.length);
      for (const [key, found] of groups) expect(found).toEqual(members.filter(([one]) => one === key));
      expect(groups.flatMap(([, found]) => found)).toHaveLength(
        members.filter(([key]) => key !== null).length,
      );
    }),
  );
});

test('a group is handed on with its last member, before the file ends', async () => {
  const reading: number[] = [];
  async function* members() {
    for (const [at, key] of ['a', 'b', 'a', 'b', 'c'].entries()) {
      reading.push(at);
      yield key;
    }
  }
  const seenAt: [string, number | undefined][] = [];
  for await (const { key } of gatherGroups(members, (member) => member)) seenAt.push([key, reading.at(-1)]);
  expect(seenAt).toEqual([
    ['a', 2],
    ['b', 3],
    ['c', 4],
  ]);
});
