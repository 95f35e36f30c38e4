/** The filter while it is dragged, and in the address once the hand rests. */

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ExploreChoice } from '../../../../src/studio/contract/index.ts';
import { useView } from '../../view.ts';
import { CONDITION, EXPLORE_VIEW, filterOf, spell, withChoice } from './explore-view.ts';

/** A drag is one step of the back button. */
const REST_MS = 250;

export interface FilterState {
  readonly filter: readonly ExploreChoice[];
  /** Chooses values of a dimension; none clears it. `dragging` writes the address only after a pause. */
  readonly choose: (
    dimension: string,
    values: readonly string[],
    how?: { readonly dragging?: boolean },
  ) => void;
  /** A whole filter, with what else of the view changes. */
  readonly replace: (filter: readonly ExploreChoice[], also?: { readonly tab?: string }) => void;
}

export function useFilter(): FilterState {
  const [view, change] = useView(EXPLORE_VIEW);
  const [live, setLive] = useState<readonly ExploreChoice[] | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { where } = view;
  const written = JSON.stringify(view.choose);
  const kept = useMemo(() => filterOf(JSON.parse(written) as readonly string[], where), [written, where]);
  const filter = live ?? kept;
  const current = useRef(filter);
  current.current = filter;
  const write = useCallback(
    (next: readonly ExploreChoice[], also: { readonly tab?: string } = {}) => {
      clearTimeout(timer.current);
      const isCleared = where !== '' && !next.some(({ dimension }) => dimension === CONDITION);
      change({ choose: next.map(spell), ...(isCleared ? { where: '' } : {}), ...also });
    },
    [change, where],
  );
  // The address has it now, or the back button was pressed: what was dragged is over.
  useEffect(() => {
    void kept;
    setLive(null);
  }, [kept]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const choose = useCallback(
    (dimension: string, values: readonly string[], { dragging = false } = {}) => {
      const next = withChoice(current.current, dimension, values);
      setLive(next);
      clearTimeout(timer.current);
      if (dragging) timer.current = setTimeout(() => write(next), REST_MS);
      else write(next);
    },
    [write],
  );
  return { filter, choose, replace: write };
}
