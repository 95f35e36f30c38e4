/** Bit sets of the classes of rows. */

import type { Layout } from './layout.ts';

/** Numbers that `classBits` fills; 0 where rows must be visited one by one. */
export function classBitWords(layout: Layout, words: number): number {
  return layout.kind === 'sums' || layout.count !== null ? 0 : (layout.width - 1) * words;
}

/** Bit sets of the classes from 1 on, one after the other. */
export function classBits(layout: Layout, words: number, into: Int32Array): void {
  if (layout.kind === 'sums' || into.length === 0) return;
  const { classes } = layout;
  into.fill(0);
  for (let row = 0; row < classes.length; row++) {
    const of = classes[row]!;
    if (of > 0) into[(of - 1) * words + (row >>> 5)]! |= 1 << (row & 31);
  }
}
