/** What differs between the arguments of two calls, path by path. */

import type { ArgumentChange } from '../contract/index.ts';
import { fromJson } from './canonical-text.ts';

/** Differences listed of one call. */
const MOST = 100;

/** Values longer than this are cut. */
const LONGEST_VALUE = 1_000;

/**
 * Compares two texts of arguments. Where either is no JSON object or list, the whole is one difference.
 *
 * @example diffArguments('{"city":"Bonn"}', '{"city":"Köln"}') // [{ path: 'city', before: '"Bonn"', after: '"Köln"' }]
 */
export function diffArguments(before: string, after: string): readonly ArgumentChange[] {
  const found: ArgumentChange[] = [];
  compare('', fromJson(before), fromJson(after), found);
  return found.slice(0, MOST);
}

function compare(path: string, before: unknown, after: unknown, found: ArgumentChange[]): void {
  if (found.length >= MOST || JSON.stringify(before) === JSON.stringify(after)) return;
  if (Array.isArray(before) && Array.isArray(after)) {
    for (let i = 0; i < Math.max(before.length, after.length); i++) {
      compare(`${path}[${i}]`, before[i], after[i], found);
    }
    return;
  }
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    for (const key of keys)
      compare(path === '' ? key : `${path}.${key}`, own(before, key), own(after, key), found);
    return;
  }
  found.push({ path: path === '' ? '(all)' : path, before: shown(before), after: shown(after) });
}

type Data = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(data: Data, key: string): unknown {
  return Object.hasOwn(data, key) ? data[key] : undefined;
}

function shown(value: unknown): string | null {
  if (value === undefined) return null;
  const text = JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE).toWellFormed()}…` : text;
}
