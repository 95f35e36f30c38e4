/** A share of the rows of every class, for a baseline that saw less: what more data is worth. */

import { createRandom } from '../../stats/index.ts';

const SHARE_STREAM = 7_003;

/**
 * Which rows are kept: of each class the share, rounded up, drawn in a seeded order. A smaller share with the same seed keeps a
 * part of the same rows.
 *
 * @param share above 0, at most 1
 * @returns 1 for rows that are kept
 */
export function shareOfRows(labels: readonly string[], share: number, seed: number): Uint8Array {
  const kept = new Uint8Array(labels.length);
  const random = createRandom(seed, SHARE_STREAM);
  const order = labels.map((label, row) => ({ label, row, draw: random.nextFloat() }));
  const byLabel = Map.groupBy(order, ({ label }) => label);
  for (const rows of byLabel.values()) {
    rows.sort((a, b) => a.draw - b.draw || a.row - b.row);
    for (const { row } of rows.slice(0, Math.ceil(rows.length * share))) kept[row] = 1;
  }
  return kept;
}
