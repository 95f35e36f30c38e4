/** Sets of hashes as they are joined. */

/** Sets of different 32-bit hashes, one after the other. */
export interface StoredSets {
  readonly count: number;
  /** First place of each set in `grams`, and one more at the end. */
  readonly starts: Int32Array | Float64Array;
  readonly grams: Int32Array;
}
