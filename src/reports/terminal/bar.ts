/** Draws an interval as one row of characters on a scale that all rows of a table share. */

import type { Estimate } from '../../stats/index.ts';
import type { Glyphs } from './style.ts';
import { cellWidth } from './width.ts';

/** The shared scale: values from `from` to `to` over `cells` characters, with lines at `zero` and `mark`. */
export interface BarScale {
  readonly from: number;
  readonly to: number;
  readonly cells: number;
  /** Where the axis stands; null draws none. */
  readonly zero: number | null;
  /** Margin or floor; null draws none. */
  readonly mark: number | null;
}

/** A scale just wide enough for all estimates and both lines; never empty. */
export function barScale(
  estimates: readonly (Estimate | null)[],
  lines: { readonly zero: number | null; readonly mark: number | null },
  cells: number,
): BarScale {
  const values = estimates.flatMap((estimate) =>
    estimate === null ? [] : [estimate.lower, estimate.estimate, estimate.upper],
  );
  const known = [...values, lines.zero, lines.mark].filter((value) => value !== null);
  const from = Math.min(...known);
  const to = Math.max(...known);
  if (known.length === 0) return { from: 0, to: 1, cells, ...lines };
  return from < to ? { from, to, cells, ...lines } : { from: from - 1, to: to + 1, cells, ...lines };
}

function cellOf(scale: BarScale, value: number): number {
  const share = (value - scale.from) / (scale.to - scale.from);
  return Math.min(scale.cells - 1, Math.max(0, Math.round(share * (scale.cells - 1))));
}

/**
 * The interval as a line, the estimate as a point, zero and the margin as uprights; limits that are not known reach the edge.
 *
 * @example with ascii glyphs, from -0.3 to 0.1 over 9 cells, estimate -0.15 in -0.28..-0.06: `===o=:|` and blanks
 */
export function drawBar(scale: BarScale, estimate: Estimate | null, glyphs: Glyphs): string {
  const cells: string[] = new Array<string>(scale.cells).fill(' ');
  const known = estimate !== null && estimate.estimate !== null;
  if (known && estimate.lower !== null && estimate.upper !== null) {
    cells.fill(glyphs.line, cellOf(scale, estimate.lower), cellOf(scale, estimate.upper) + 1);
    if (estimate.lower < scale.from) cells[0] = glyphs.beyondLeft;
    if (estimate.upper > scale.to) cells[scale.cells - 1] = glyphs.beyondRight;
  }
  if (scale.mark !== null) cells[cellOf(scale, scale.mark)] = glyphs.mark;
  if (scale.zero !== null) {
    const zero = cellOf(scale, scale.zero);
    cells[zero] = cells[zero] === glyphs.line ? glyphs.zeroCrossed : glyphs.zero;
  }
  if (known) cells[cellOf(scale, estimate.estimate!)] = glyphs.point;
  return cells.join('');
}

/** Labels over the bars: both ends and the zero where they fit. */
export function barHeader(scale: BarScale, label: (value: number) => string): string {
  const cells: string[] = new Array<string>(scale.cells).fill(' ');
  const put = (text: string, start: number): void => {
    const from = Math.max(0, Math.min(scale.cells - cellWidth(text), start));
    const free = cells.slice(Math.max(0, from - 1), from + text.length + 1).every((cell) => cell === ' ');
    if (free) for (const [index, character] of [...text].entries()) cells[from + index] = character;
  };
  if (scale.zero !== null) put('0', cellOf(scale, scale.zero));
  if (scale.from !== scale.zero) put(label(scale.from), 0);
  if (scale.to !== scale.zero) put(label(scale.to), scale.cells);
  return cells.join('');
}
