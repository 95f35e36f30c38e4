/** A list that scrolls through any number of rows of one height, and finds its place again. */

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { heightOf, type Lengths, type Place, placeAfter, placeAt, rowsInSight } from './long-scroll.ts';

export interface LongList {
  /** Pixels of the element inside of the one that scrolls. */
  readonly height: number;
  /** Rows in sight and a few around them. */
  readonly first: number;
  readonly end: number;
  /** Where a row stands inside. */
  topOf(index: number): number;
  /** Brings a row into sight, by the shortest way. */
  show(index: number): void;
  /** Rows that fit. */
  readonly page: number;
  readonly onScroll: () => void;
}

/** Rows drawn beyond those in sight. */
const AROUND = 6;

/**
 * @param scroller the element that scrolls
 * @param key which list it is: each finds its own place again when a person comes back to it
 */
export function useLongList(
  scroller: RefObject<HTMLElement | null>,
  rows: number,
  rowHeight: number,
  key: string,
): LongList {
  const [viewport, setViewport] = useState(600);
  const [place, setPlace] = useState<Place>({ top: 0, shift: 0 });
  const current = useRef(place);
  const lengths: Lengths = { rows, rowHeight, viewport };
  const known = useRef(lengths);
  known.current = lengths;
  const go = useCallback(
    (next: Place) => {
      current.current = next;
      setPlace(next);
      writePlace(key, Math.floor((next.top + next.shift) / rowHeight));
      const node = scroller.current;
      if (node !== null && Math.abs(node.scrollTop - next.top) > 1) node.scrollTop = next.top;
    },
    [scroller, key, rowHeight],
  );
  useLayoutEffect(() => {
    const node = scroller.current;
    if (node === null) return;
    const measure = () => setViewport(node.clientHeight || 600);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    return () => observer.disconnect();
  }, [scroller]);
  useEffect(() => {
    if (rows === 0) return;
    go(placeAt(readPlace(key) * rowHeight, known.current));
  }, [key, rows, rowHeight, go]);
  const onScroll = useCallback(() => {
    const node = scroller.current;
    if (node === null || Math.abs(node.scrollTop - current.current.top) < 1) return;
    go(placeAfter(node.scrollTop, current.current, known.current));
  }, [scroller, go]);
  const show = useCallback(
    (index: number) => {
      const { top, shift } = current.current;
      const { viewport: height } = known.current;
      const start = index * rowHeight;
      if (start < top + shift) go(placeAt(start, known.current));
      else if (start + rowHeight > top + shift + height)
        go(placeAt(start + rowHeight - height, known.current));
    },
    [go, rowHeight],
  );
  const [first, end] = rowsInSight(place, lengths);
  return {
    height: heightOf(lengths),
    first: Math.max(0, first - AROUND),
    end: Math.min(rows, end + AROUND),
    topOf: (index) => index * rowHeight - place.shift,
    show,
    page: Math.max(1, Math.floor(viewport / rowHeight) - 1),
    onScroll,
  };
}

/** Places of lists are kept for this tab; they are no part of links. */
const PREFIX = 'slicewise-place ';

function readPlace(key: string): number {
  try {
    return Number(sessionStorage.getItem(PREFIX + key)) || 0;
  } catch {
    return 0;
  }
}

function writePlace(key: string, row: number): void {
  try {
    sessionStorage.setItem(PREFIX + key, String(row));
  } catch {
    // A browser that keeps nothing begins at the top.
  }
}
