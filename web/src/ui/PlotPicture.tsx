/** Draws an Observable Plot at the width that there is, in a place of fixed height. */

import * as Plot from '@observablehq/plot';
import { useEffect, useRef } from 'react';
import { useWidth } from './use-width.ts';

export interface PlotPictureProps {
  /** What the picture shows, for who does not see it: the finding, not the axes. */
  readonly alt: string;
  /** Pixels; reserved before anything is drawn. */
  readonly height: number;
  /** The plot's options but its size; the same object must come back until something changes (`useMemo`). */
  readonly options: Plot.PlotOptions;
  /** Hears of the datum under the pointer, null when it leaves; for what a click does use `onChoose`. */
  readonly onPoint?: (datum: unknown) => void;
  /** A click on the datum under the pointer. The same must be reachable by keyboard elsewhere on the page. */
  readonly onChoose?: (datum: unknown) => void;
}

/** Colours come from the page's style: use `var(--loss)` and its like. */
export function PlotPicture({ alt, height, options, onPoint, onChoose }: PlotPictureProps) {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const handlers = useRef({ onPoint, onChoose });
  handlers.current = { onPoint, onChoose };
  useEffect(() => {
    if (place.current === null || width === 0) return;
    const drawn = Plot.plot({ ...options, width, height, className: 'plot' });
    drawn.setAttribute('aria-hidden', 'true');
    const value = () => (drawn as { readonly value?: unknown }).value ?? null;
    drawn.addEventListener('input', () => handlers.current.onPoint?.(value()));
    drawn.addEventListener('click', () => {
      if (value() !== null) handlers.current.onChoose?.(value());
    });
    place.current.replaceChildren(drawn);
  }, [options, width, height]);
  return <div ref={place} className="plot-place" style={{ height }} role="img" aria-label={alt} />;
}
