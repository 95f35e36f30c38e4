/** Counts how often each code stands in a column. */

/** Rows by code: 256 numbers for bytes, 65,536 for words. */
export function countCodes(codes: Uint8Array | Uint16Array): Int32Array {
  return codes instanceof Uint8Array ? countBytes(codes) : countWords(codes);
}

/** Four tables in turn: equal codes in a row would otherwise wait for each other. */
function countBytes(codes: Uint8Array): Int32Array {
  const tally = new Int32Array(4 * 256);
  let row = 0;
  for (const end = codes.length - 3; row < end; row += 4) {
    tally[codes[row]!]!++;
    tally[256 + codes[row + 1]!]!++;
    tally[512 + codes[row + 2]!]!++;
    tally[768 + codes[row + 3]!]!++;
  }
  for (; row < codes.length; row++) tally[codes[row]!]!++;
  for (let code = 0; code < 256; code++)
    tally[code]! += tally[256 + code]! + tally[512 + code]! + tally[768 + code]!;
  return tally.subarray(0, 256);
}

function countWords(codes: Uint16Array): Int32Array {
  const tally = new Int32Array(2 ** 16);
  for (let row = 0; row < codes.length; row++) tally[codes[row]!]!++;
  return tally;
}
