/** Keys: pages say which keys do what, and the `?` sheet lists them. */

import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react';

/** One key, or two in a row such as `g s`; letters, `?`, `/`, `Enter`, `Escape`, `ArrowDown`. */
export interface Shortcut {
  readonly keys: string;
  /** What it does, as a verb phrase: `next case`. */
  readonly does: string;
  readonly run: (event: KeyboardEvent) => void;
}

/** Keys of one part of the page. */
export interface ShortcutSet {
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}

interface Registry {
  add(set: { readonly current: ShortcutSet }): () => void;
  subscribe(listener: () => void): () => void;
  sets(): readonly { readonly current: ShortcutSet }[];
}

const RegistryContext = createContext<Registry | null>(null);
/** A second key must follow within this time. */
const CHORD_MS = 900;

/** Listens to the keyboard for everything inside. */
export function ShortcutProvider({ children }: { readonly children: ReactNode }) {
  const registry = useMemo(createRegistry, []);
  useEffect(() => {
    let first: { readonly key: string; readonly at: number } | null = null;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return;
      const chord =
        first !== null && event.timeStamp - first.at < CHORD_MS ? `${first.key} ${event.key}` : null;
      const all = registry.sets().flatMap(({ current }) => current.shortcuts);
      // The last part that was shown wins: a dialog over the page behind it.
      const found =
        all.findLast(({ keys }) => keys === chord) ?? all.findLast(({ keys }) => keys === event.key);
      first = all.some(({ keys }) => keys.startsWith(`${event.key} `))
        ? { key: event.key, at: event.timeStamp }
        : null;
      if (found === undefined) return;
      event.preventDefault();
      found.run(event);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [registry]);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

/** Registers keys while the component is shown; they do nothing while a person types. */
export function useShortcuts(title: string, shortcuts: readonly Shortcut[]): void {
  const registry = useRegistry();
  const set = useRef<ShortcutSet>({ title, shortcuts });
  set.current = { title, shortcuts };
  useEffect(() => registry.add(set), [registry]);
}

/** Everything that keys do now, by part of the page. */
export function useShortcutSets(): readonly ShortcutSet[] {
  const registry = useRegistry();
  return useSyncExternalStore(registry.subscribe, registry.sets).map(({ current }) => current);
}

function useRegistry(): Registry {
  const registry = useContext(RegistryContext);
  if (registry === null) throw new Error('shortcuts are used outside of ShortcutProvider');
  return registry;
}

function createRegistry(): Registry {
  let sets: readonly { readonly current: ShortcutSet }[] = [];
  const listeners = new Set<() => void>();
  const change = (next: typeof sets) => {
    sets = next;
    for (const listener of listeners) listener();
  };
  return {
    add: (set) => {
      change([...sets, set]);
      return () => change(sets.filter((other) => other !== set));
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    sets: () => sets,
  };
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
      target.role === 'slider')
  );
}
