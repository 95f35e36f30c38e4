/** The order of names in an experiment store: by their UTF-8 bytes, which is the order of code points in every locale. */

/** Negative where `a` comes first. */
export function compareBytes(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}
