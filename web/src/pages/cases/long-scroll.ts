/** Scrolling through more rows than a browser can make an element high: near moves are exact, far ones are in proportion. */

/** Browsers draw elements up to some 17 million pixels; a list is never higher than this. */
export const MOST_PIXELS = 8_000_000;

/** A long list is laid out as so many overlapping pages. */
const PAGES = 100;

/** A list of rows of one height. */
export interface Lengths {
  readonly rows: number;
  readonly rowHeight: number;
  /** Pixels in sight. */
  readonly viewport: number;
}

/** Where a list stands: the scroll bar's place, and how far the rows are shifted against it. */
export interface Place {
  readonly top: number;
  readonly shift: number;
}

/** Height of the element that scrolls. */
export function heightOf({ rows, rowHeight }: Lengths): number {
  return Math.min(MOST_PIXELS, rows * rowHeight);
}

/** The place that shows a pixel of the whole list at the top. */
export function placeAt(pixel: number, lengths: Lengths): Place {
  const total = lengths.rows * lengths.rowHeight;
  const at = Math.max(0, Math.min(pixel, total - lengths.viewport));
  const shift = shiftOfPage(Math.floor(at / pageHeight()), total);
  return { top: at - shift, shift };
}

/**
 * The place after the scroll bar moved: a move within sight goes on exactly, a longer one means a share of the list.
 *
 * @param top where the scroll bar is now
 */
export function placeAfter(top: number, before: Place, lengths: Lengths): Place {
  const total = lengths.rows * lengths.rowHeight;
  const height = heightOf(lengths);
  if (total <= height) return { top, shift: 0 };
  if (Math.abs(top - before.top) < lengths.viewport) {
    const edge = top <= 0 ? 0 : top >= height - lengths.viewport ? total - lengths.viewport : null;
    return placeAt(edge ?? top + before.shift, lengths);
  }
  const share = top / (height - lengths.viewport);
  const pixel = share * (total - lengths.viewport);
  // The scroll bar stays where the hand put it; only the rows move.
  return { top, shift: pixel - top };
}

/** The rows in sight, the last one excluded. */
export function rowsInSight(
  { top, shift }: Place,
  { rows, rowHeight, viewport }: Lengths,
): readonly [first: number, end: number] {
  const first = Math.floor((top + shift) / rowHeight);
  const end = Math.ceil((top + shift + viewport) / rowHeight);
  return [Math.max(0, Math.min(first, rows)), Math.max(0, Math.min(end, rows))];
}

function pageHeight(): number {
  return MOST_PIXELS / PAGES;
}

function shiftOfPage(page: number, total: number): number {
  if (total <= MOST_PIXELS) return 0;
  const pages = Math.ceil(total / pageHeight());
  return (Math.min(page, pages - 1) * (total - MOST_PIXELS)) / (pages - 1);
}
