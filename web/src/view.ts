/** The state of a view lives in the address: links, reload and the back button restore it. */

import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';

/** What a view may keep: its defaults give names and types. */
export type ViewDefaults = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** `'a'` as a default stands for any text. */
type Widened<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends boolean
      ? boolean
      : readonly string[];
export type View<Defaults extends ViewDefaults> = {
  readonly [Key in keyof Defaults]: Widened<Defaults[Key]>;
};

/**
 * Reads the view from the address, and writes it there; defaults are left out of it, and what has the wrong type is the default.
 *
 * @param defaults a constant outside of the component
 * @returns the view, and a function that changes some of it; `replace` for what is no step of its own (typing, dragging)
 */
export function useView<Defaults extends ViewDefaults>(
  defaults: Defaults,
): readonly [
  View<Defaults>,
  (change: Partial<View<Defaults>>, how?: { readonly replace?: boolean }) => void,
] {
  const search = useSearch({ strict: false }) as Readonly<Record<string, unknown>>;
  const navigate = useNavigate();
  const view = useMemo(() => readView(defaults, search), [defaults, search]);
  const change = useCallback(
    (changes: Partial<View<Defaults>>, { replace = false } = {}) => {
      void navigate({
        to: '.',
        search: ((before: Readonly<Record<string, unknown>>) =>
          writeView(defaults, before, changes)) as never,
        replace,
        resetScroll: false,
      });
    },
    [defaults, navigate],
  );
  return [view, change];
}

/** The view that an address asks for. */
export function readView<Defaults extends ViewDefaults>(
  defaults: Defaults,
  search: Readonly<Record<string, unknown>>,
): View<Defaults> {
  return Object.fromEntries(
    Object.entries(defaults).map(([key, fallback]) => {
      const value = search[key];
      if (Array.isArray(fallback)) {
        return [
          key,
          Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : fallback,
        ];
      }
      // An address that a person typed has `q=12` where the text "12" is meant.
      if (typeof fallback === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
        return [key, String(value)];
      }
      return [key, typeof value === typeof fallback ? value : fallback];
    }),
  ) as View<Defaults>;
}

/** The search parameters after a change; what is not the view's own stays. */
export function writeView(
  defaults: ViewDefaults,
  before: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const merged: Record<string, unknown> = { ...before, ...changes };
  for (const [key, fallback] of Object.entries(defaults)) {
    if (JSON.stringify(merged[key]) === JSON.stringify(fallback)) delete merged[key];
  }
  return merged;
}
