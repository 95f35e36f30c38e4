/** Names of cases and slices as numbers, for counters of random numbers. */

/** FNV-1a over UTF-16 code units: a stable 32-bit name for the counter of the random numbers. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}
