/** Who is at the keyboard: the ledger keeps who wrote each tag and took each decision. Remembered by the browser. */

import { useSyncExternalStore } from 'react';

const KEY = 'slicewise.who';
const listeners = new Set<() => void>();
/** Where the browser keeps nothing (private windows, files), the name lives as long as the page. */
let held: string | null = null;

/** The name, empty until somebody says it, and how to say it. */
export function useWho(): readonly [string, (name: string) => void] {
  return [useSyncExternalStore(subscribe, read), write];
}

function read(): string {
  if (held !== null) return held;
  try {
    held = localStorage.getItem(KEY) ?? '';
  } catch {
    held = '';
  }
  return held;
}

function write(name: string): void {
  held = name.slice(0, 200);
  try {
    localStorage.setItem(KEY, held);
  } catch {
    // Kept in `held` alone.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
