/** Counts set bits over many units for 32 flips at a time, by adding words in columns (carry-save adders). */

const MAX_PLANES = 32;

/**
 * For each of 32 flips: how many of the listed units have their bit set, after exchanging the bit of each unit by
 * `invert` (0 or -1).
 *
 * @param words one word per unit, beginning at `offset`
 * @param members places of the units
 * @param invert per member: -1 inverts the unit's bits, 0 leaves them
 * @param counts receives 32 counts from `at` on
 * Cost: about 6 word operations per member.
 */
export function countColumns(
  words: Int32Array,
  offset: number,
  members: Uint32Array,
  invert: Int32Array,
  counts: Float64Array,
  at: number,
): void {
  const n = members.length;
  planes.fill(0);
  let ones = 0;
  let twos = 0;
  let i = 0;
  // Four words go through three full adders into one carry of weight four; the rest goes in one by one.
  for (; i + 3 < n; i += 4) {
    const a = words[offset + members[i]!]! ^ invert[i]!;
    const b = words[offset + members[i + 1]!]! ^ invert[i + 1]!;
    const c = words[offset + members[i + 2]!]! ^ invert[i + 2]!;
    const d = words[offset + members[i + 3]!]! ^ invert[i + 3]!;
    const ab = ones ^ a;
    const first = (ones & a) | (ab & b);
    ones = ab ^ b;
    const cd = ones ^ c;
    const second = (ones & c) | (cd & d);
    ones = cd ^ d;
    const both = twos ^ first;
    const four = (twos & first) | (both & second);
    twos = both ^ second;
    carry(four, 2);
  }
  planes[0] = ones;
  planes[1] = twos;
  for (; i < n; i++) carry(words[offset + members[i]!]! ^ invert[i]!, 0);
  const used = 32 - Math.clz32(n);
  for (let bit = 0; bit < 32; bit++) {
    let count = 0;
    for (let plane = used - 1; plane >= 0; plane--) count = 2 * count + ((planes[plane]! >>> bit) & 1);
    counts[at + bit] = count;
  }
}

const planes = new Int32Array(MAX_PLANES);

function carry(word: number, from: number): void {
  let rest = word;
  for (let plane = from; rest !== 0; plane++) {
    const next = planes[plane]! & rest;
    planes[plane]! ^= rest;
    rest = next;
  }
}
