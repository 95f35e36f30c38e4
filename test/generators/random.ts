/** Seeded chance: a hash of a text and a stream of numbers, so that every run gives the same bytes. */

/**
 * FNV-1a hash of a text's UTF-16 code units, an unsigned 32-bit integer.
 *
 * @example hashText('') // 2166136261
 */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/**
 * The share of [0, 1) that a text falls on, from a mixed hash: the same for the same text and salt on every machine.
 *
 * @example shareOf('easy-ham-1/00001', 'split') < 0.5 // false: this mail is trained on
 */
export function shareOf(text: string, salt: string): number {
  return mix(hashText(`${salt}:${text}`)) / 2 ** 32;
}

/** Returns a stream of numbers in [0, 1) that depends only on the seed (splitmix32). */
export function randomStream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    return mix(state) / 2 ** 32;
  };
}

/** Shuffles in place (Fisher-Yates) with numbers of the given stream. */
export function shuffle(values: Int32Array, random: () => number): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = values[i]!;
    values[i] = values[j]!;
    values[j] = kept;
  }
}

function mix(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}
