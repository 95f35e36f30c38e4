/** The random number that belongs to an item: the same in every draw of a seed, whatever else is in the file. */

import { createHash } from 'node:crypto';

/**
 * A number in [0, 1) from the SHA-256 of seed, stream and id. Items that stay in a population keep their number, so a sample
 * drawn again next month overlaps as much as it can, and the order of rows plays no role (permanent random numbers: Ohlsson,
 * Coordination of Samples Using Permanent Random Numbers, 1995).
 *
 * @param stream names the draw, so that draws of one seed are independent
 * @example permanentNumber(1, 'random', 'a') < 1 // true
 */
export function permanentNumber(seed: number, stream: string, id: string): number {
  const digest = createHash('sha256').update(`${seed}\u001f${stream}\u001f${id}`).digest();
  return (digest.readUInt32BE(0) * 0x20_0000 + (digest.readUInt32BE(4) >>> 11)) / 2 ** 53;
}
