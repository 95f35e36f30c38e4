/** Tables for the practices that look for a dimension: a level gated one beside a length that matters, and columns of noise. */

import { randomStream } from './random.ts';
import type { ResultRow, RunPair } from './rows.ts';

/**
 * A-4, catch: four segments at 86 to 88 of 100, 1,200 cases; the 80 cases above 8,192 tokens pass at 0.60, the others make up for
 * it. Both runs are equal, so the gate itself has nothing to say.
 */
export function longInputs(): RunPair {
  const segments = { billing: 0.86, claims: 0.87, legal: 0.87, support: 0.88 };
  const rows = Object.entries(segments).flatMap(([segment, rate]) => {
    const long = Array.from({ length: 20 }, (_, i) => ({ tokens: 9_000 + 37 * i, passed: i < 12 }));
    const passes = Math.round(rate * 300) - 12;
    const short = Array.from({ length: 280 }, (_, i) => ({
      // Spread so that neither half of the order of passes is long or short.
      tokens: 100 + ((i * 2_654_435_761) % 7_900),
      passed: (i * 7_919) % 280 < passes,
    }));
    return [...long, ...short].map((row, i): ResultRow => ({ case_id: `${segment}-${i}`, segment, ...row }));
  });
  return { baseline: rows, candidate: rows };
}

/** A-4, quiet: a gated segment and columns of random values that have nothing to do with the result. */
export function randomColumns(seed: number, columns: number, cases = 600): RunPair {
  const random = randomStream(seed);
  const rows = Array.from({ length: cases }, (_, i): ResultRow => {
    const row: Record<string, string | number | boolean> = {
      case_id: `c${i}`,
      segment: `s${Math.floor(random() * 4)}`,
      passed: random() < 0.85,
    };
    for (let column = 0; column < columns; column += 1) {
      row[`m${column}`] = `v${Math.floor(random() * (2 + (column % 5)))}`;
    }
    return row as ResultRow;
  });
  return { baseline: rows, candidate: rows };
}
