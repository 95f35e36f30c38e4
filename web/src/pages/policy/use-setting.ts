/** The rules that are tried, kept in the address: only what differs from the configured ones. */

import { useCallback, useMemo } from 'react';
import type { PolicySetting } from '../../../../src/studio/contract/index.ts';
import { useView } from '../../view.ts';

/** Planted loss that is looked at first, a share of a slice's cases. */
export const FIRST_DROP = 0.15;

/** What the sliders move. */
export interface Tuned {
  readonly setting: PolicySetting;
  /** Whether anything differs from the configured rules. */
  readonly changed: boolean;
  readonly drop: number;
  readonly setDrop: (drop: number) => void;
  readonly change: (some: Partial<PolicySetting>) => void;
  readonly reset: () => void;
}

/** Moves are no steps of the back button: dragging would fill it. */
export function useSetting(configured: PolicySetting): Tuned {
  const defaults = useMemo(() => ({ ...configured, drop: FIRST_DROP }), [configured]);
  const [view, setView] = useView(defaults);
  const { drop, ...setting } = view;
  const change = useCallback((some: Partial<PolicySetting>) => setView(some, { replace: true }), [setView]);
  return {
    setting,
    changed: JSON.stringify(setting) !== JSON.stringify(configured),
    drop,
    setDrop: (next) => setView({ drop: next }, { replace: true }),
    change,
    reset: () => setView(configured),
  };
}
