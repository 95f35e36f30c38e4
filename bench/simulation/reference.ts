/** Percentages of an independent implementation of the same simulation, which ours must repeat. */

/** False blocks of clean releases, of releases that drifted harmlessly, and misses, all in percent. */
export interface ReferenceCell {
  readonly falseBlock: number;
  readonly benign: number;
  readonly miss: number;
  readonly repetitions: number;
}

/** Numbers of slices, and the repetitions behind the reference for each. */
export const SLICES = [5, 40, 200, 1000] as const;
export const REPETITIONS: Readonly<Record<number, number>> = { 5: 3000, 40: 3000, 200: 2000, 1000: 800 };

/** The two-stage rows stand on a smaller run of the reference. */
const TWO_STAGE_REPETITIONS: Readonly<Record<number, number>> = { 5: 1500, 40: 1500, 200: 800, 1000: 250 };

type Row = readonly (readonly [falseBlock: number, benign: number, miss: number])[];

/** By correlation of two runs, then gate, then number of slices. */
const TABLE: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  '0.6': {
    'two-stage-50': [
      [1.5, 1.8, 44.7],
      [2.5, 4.2, 58.1],
      [2.1, 6.2, 74.2],
      [3.6, 8.8, 92],
    ],
    'two-stage-150': [
      [1.5, 2.8, 26.9],
      [3.3, 6.5, 27.7],
      [3.5, 9.8, 32.4],
      [3.6, 9.2, 48.8],
    ],
    'min-p': [
      [2.4, 2.9, 57],
      [3.4, 6.0, 77],
      [4.0, 9.0, 89],
      [4.1, 10, 94],
    ],
    'min-p-any-drop': [
      [3.2, 4.3, 57],
      [4.6, 10, 77],
      [4.6, 15, 89],
      [5.4, 24, 94],
    ],
    'holm-any-drop': [
      [0.9, 1.4, 76],
      [0.6, 2.1, 92],
      [0.4, 3.2, 98],
      [0.1, 5.9, 99.5],
    ],
    uncorrected: [
      [5.2, 7.3, 47],
      [34, 48, 48],
      [88, 96, 48],
      [100, 100, 45],
    ],
    critical: [
      [2.6, 3.6, 61],
      [3.3, 6.4, 61],
      [3.3, 8.9, 63],
      [4.6, 16, 58],
    ],
    'raw-10': [
      [17, 20, 26],
      [82, 87, 26],
      [100, 100, 26],
      [100, 100, 24],
    ],
  },
  '0.9': {
    'two-stage-50': [
      [0, 0.3, 20.1],
      [0, 1.7, 25.1],
      [0.4, 3.8, 31.2],
      [0, 7.2, 47.2],
    ],
    'two-stage-150': [
      [0.1, 0.7, 10.1],
      [0, 4.5, 9.9],
      [0.9, 10.4, 10.5],
      [0.4, 22.8, 10],
    ],
    'min-p': [
      [0.0, 0.7, 34],
      [0.4, 3.0, 46],
      [0.2, 6.3, 65],
      [0.2, 14, 82],
    ],
    'min-p-any-drop': [
      [1.1, 4.2, 34],
      [3.0, 20, 46],
      [4.2, 43, 65],
      [4.8, 76, 82],
    ],
    'holm-any-drop': [
      [0.2, 1.3, 62],
      [0, 4.1, 89],
      [0, 9.8, 97],
      [0, 24, 99.8],
    ],
    uncorrected: [
      [1.1, 4.9, 30],
      [8.4, 38, 30],
      [37, 90, 28],
      [90, 100, 30],
    ],
    critical: [
      [0.9, 3.8, 35],
      [0.9, 12, 33],
      [1.9, 26, 32],
      [1.9, 56, 34],
    ],
    'raw-10': [
      [3.2, 4.7, 22],
      [31, 42, 21],
      [82, 93, 19],
      [100, 100, 21],
    ],
  },
};

/** The reference of one cell, or null where there is none. */
export function referenceOf(rho: number, gate: string, slices: number): ReferenceCell | null {
  const cell = TABLE[String(rho)]?.[gate]?.[SLICES.indexOf(slices as (typeof SLICES)[number])];
  if (cell === undefined) return null;
  const repetitions = (gate.startsWith('two-stage') ? TWO_STAGE_REPETITIONS : REPETITIONS)[slices] ?? 0;
  return { falseBlock: cell[0], benign: cell[1], miss: cell[2], repetitions };
}
