/** The passing cases nearest to a lost one: what the system can do that is almost the same. */

/** Vectors row by row: row r is `data[r * width]` to `data[(r + 1) * width - 1]`. */
export interface Vectors {
  readonly data: Float32Array;
  readonly width: number;
}

export interface Neighbour {
  readonly row: number;
  /** Cosine distance, 0 (same direction) to 2. */
  readonly distance: number;
}

/**
 * For each query row the nearest of the candidate rows, nearest first, equal distances by row. A row is not its own neighbour;
 * rows without a length (all zeros) have no neighbours and are none.
 *
 * @param k most neighbours per query, at least 0
 * @throws RangeError when the data is no whole number of rows, or a row does not exist
 * Cost: queries x candidates x width.
 */
export function nearestNeighbours(
  vectors: Vectors,
  queries: ArrayLike<number>,
  candidates: ArrayLike<number>,
  k: number,
): readonly (readonly Neighbour[])[] {
  const { data, width } = vectors;
  const rows = data.length / width;
  if (!Number.isInteger(rows)) throw new RangeError(`${data.length} numbers are no rows of ${width}`);
  for (const list of [queries, candidates]) {
    for (let i = 0; i < list.length; i++) {
      if (!(Number.isInteger(list[i]!) && list[i]! >= 0 && list[i]! < rows)) {
        throw new RangeError(`row ${list[i]} does not exist, there are ${rows}`);
      }
    }
  }
  const length = (row: number) => Math.sqrt(dot(data, width, row, row));
  const lengths = Float64Array.from({ length: candidates.length }, (_, i) => length(candidates[i]!));
  return Array.from({ length: queries.length }, (_, q) => {
    const query = queries[q]!;
    const own = length(query);
    const nearest: Neighbour[] = [];
    if (own === 0) return nearest;
    for (let i = 0; i < candidates.length; i++) {
      const row = candidates[i]!;
      if (row === query || lengths[i] === 0) continue;
      const distance = Math.max(0, 1 - dot(data, width, query, row) / (own * lengths[i]!));
      insert(nearest, { row, distance }, k);
    }
    return nearest;
  });
}

function dot(data: Float32Array, width: number, a: number, b: number): number {
  let sum = 0;
  for (let i = 0; i < width; i++) sum += data[a * width + i]! * data[b * width + i]!;
  return sum;
}

const isNearer = (a: Neighbour, b: Neighbour) =>
  a.distance < b.distance || (a.distance === b.distance && a.row < b.row);

/** Keeps the list sorted and at most k long. */
function insert(nearest: Neighbour[], candidate: Neighbour, k: number): void {
  if (nearest.length === k && (k === 0 || !isNearer(candidate, nearest[k - 1]!))) return;
  let at = nearest.length;
  while (at > 0 && isNearer(candidate, nearest[at - 1]!)) at -= 1;
  nearest.splice(at, 0, candidate);
  if (nearest.length > k) nearest.pop();
}
