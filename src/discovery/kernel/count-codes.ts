/** Counts how often each code stands in a column. */

/** Rows from which on counting pairs of codes saves more than adding up their table costs. */
const WORTH_PAIRS = 2 ** 18;

/** Rows by code: 256 numbers for bytes, 65,536 for words. */
export function countCodes(codes: Uint8Array | Uint16Array): Int32Array {
  if (codes instanceof Uint16Array) return countEach(codes, 2 ** 16);
  return codes.length < WORTH_PAIRS || codes.byteOffset % 2 === 1 ? countEach(codes, 256) : countPairs(codes);
}

function countEach(codes: Uint8Array | Uint16Array, cardinality: number): Int32Array {
  const tally = new Int32Array(cardinality);
  for (let row = 0; row < codes.length; row++) tally[codes[row]!]!++;
  return tally;
}

/** Two bytes as one word: half as many steps, and equal codes in a row wait for each other less often. */
function countPairs(codes: Uint8Array): Int32Array {
  const byPair = countEach(new Uint16Array(codes.buffer, codes.byteOffset, codes.length >>> 1), 2 ** 16);
  const tally = new Int32Array(256);
  byPair.forEach((rows, pair) => {
    tally[pair & 255]! += rows;
    tally[pair >>> 8]! += rows;
  });
  if (codes.length % 2 === 1) tally[codes.at(-1)!]!++;
  return tally;
}
