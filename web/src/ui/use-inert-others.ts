/** Makes what an open list hides from screen readers unreachable by keys as well. */

import { useLayoutEffect } from 'react';

/** What Radix marks while a list is open. */
const HIDDEN = 'data-aria-hidden';

/**
 * Radix hides everything beside an open list with `aria-hidden` and leaves buttons and links in it focusable, which a screen reader that
 * reaches one cannot say. `inert` is both. Radix marks some renders after it opens, so marks are waited for; they go before
 * it gives the focus back.
 */
export function useInertOthers(isOpen: boolean): void {
  useLayoutEffect(() => {
    if (!isOpen) return;
    const made = new Set<HTMLElement>();
    const makeInert = () => {
      for (const element of document.querySelectorAll<HTMLElement>(`[${HIDDEN}]:not([inert])`)) {
        element.inert = true;
        made.add(element);
      }
    };
    const observer = new MutationObserver(makeInert);
    observer.observe(document.body, { subtree: true, attributes: true, attributeFilter: [HIDDEN] });
    makeInert();
    return () => {
      observer.disconnect();
      for (const element of made) element.inert = false;
    };
  }, [isOpen]);
}
