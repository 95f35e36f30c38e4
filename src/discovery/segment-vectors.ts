/** Segments as sparse vectors of length 1: rare words of their inputs and facts about them, never outcomes. */

/** What is known of a segment's inputs. */
export interface SegmentProfile {
  readonly name: string;
  readonly cases: number;
  /** Hashed tokens, ascending. */
  readonly terms: Uint32Array;
  /** How often each occurs in the segment's inputs, or in how many of them; above 0. */
  readonly weights: Float64Array;
  /** Facts such as `domain=finance`. */
  readonly metadata: readonly string[];
}

/** A sparse vector, keys ascending. Facts have keys above all hashes. */
export interface SparseVector {
  readonly keys: Float64Array;
  readonly values: Float64Array;
}

/** In how many segments each term and each fact occurs. */
export interface Spread {
  readonly terms: ReadonlyMap<number, number>;
  readonly facts: ReadonlyMap<string, number>;
}

/** Words of a segment that are kept: its weightiest. */
const MOST_TERMS = 200;

/**
 * Counts segments per term and fact.
 *
 * @throws RangeError when a segment's terms do not ascend or its lists differ in length
 */
export function spreadOf(segments: readonly SegmentProfile[]): Spread {
  const terms = new Map<number, number>();
  const facts = new Map<string, number>();
  for (const { name, terms: own, weights, metadata } of segments) {
    if (own.length !== weights.length)
      throw new RangeError(`${name}: ${own.length} terms, ${weights.length} weights`);
    own.forEach((term, i) => {
      if (i > 0 && term <= own[i - 1]!) throw new RangeError(`${name}: terms do not ascend at ${i}`);
      terms.set(term, (terms.get(term) ?? 0) + 1);
    });
    for (const fact of new Set(metadata)) facts.set(fact, (facts.get(fact) ?? 0) + 1);
  }
  return { terms, facts };
}

/**
 * The vectors of all segments: tf-idf of the 200 weightiest terms with length 1, then each fact with `metadataWeight`, then the
 * whole scaled to length 1. A segment without terms and facts is the zero vector.
 *
 * @param metadataWeight weight of a fact against the whole vocabulary, at least 0
 */
export function segmentVectors(
  segments: readonly SegmentProfile[],
  spread: Spread,
  metadataWeight: number,
): readonly SparseVector[] {
  const keyOfFact = new Map([...spread.facts.keys()].map((fact, i) => [fact, 2 ** 32 + i]));
  return segments.map(({ terms, weights, metadata }) => {
    const weighted = Array.from(terms, (key, i) => {
      // A term that every segment has tells none apart and weighs next to nothing.
      const rarity = Math.log((segments.length + 1) / spread.terms.get(key)!);
      return { key, value: Math.log1p(weights[i]!) * rarity };
    });
    weighted.sort((a, b) => b.value - a.value || a.key - b.key);
    const kept = weighted.slice(0, MOST_TERMS).sort((a, b) => a.key - b.key);
    const length = lengthOf(kept) || 1;
    const facts = [...new Set(metadata)].map((fact) => ({
      key: keyOfFact.get(fact)!,
      value: metadataWeight,
    }));
    const entries = [
      ...kept.map(({ key, value }) => ({ key, value: value / length })),
      ...facts.sort((a, b) => a.key - b.key),
    ];
    const whole = lengthOf(entries) || 1;
    return {
      keys: Float64Array.from(entries, ({ key }) => key),
      values: Float64Array.from(entries, ({ value }) => value / whole),
    };
  });
}

function lengthOf(entries: readonly { readonly value: number }[]): number {
  return Math.sqrt(entries.reduce((sum, { value }) => sum + value * value, 0));
}

/** Scalar product of two vectors; for vectors of length 1 the cosine of their angle, in [0, 1]. */
export function sparseDot(a: SparseVector, b: SparseVector): number {
  let [i, j, sum] = [0, 0, 0];
  while (i < a.keys.length && j < b.keys.length) {
    const [x, y] = [a.keys[i]!, b.keys[j]!];
    if (x === y) sum += a.values[i]! * b.values[j]!;
    if (x <= y) i += 1;
    if (y <= x) j += 1;
  }
  return Math.min(1, sum);
}
