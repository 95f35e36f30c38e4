/** Small readers of values whose shape another tool decides, shared by all importers. */

import { hash } from 'node:crypto';
import type { Cell } from '../../cases/index.ts';

/** Objects below this many names stay JSON text, as in rows of our own. */
const DEEPEST_NAME = 6;

/** Hexadecimal digits of a content id: 64 bits, so a million cases fall together with a chance of 3 in 100 million. */
const ID_DIGITS = 16;

/** An object that is no list, else null. */
export function record(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** A list, else null. */
export function list(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? value : null;
}

/** A text, else null. Numbers are not made texts: see `scalarText`. */
export function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A finite number, else null. */
export function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** True or false, else null. */
export function boolean(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

/**
 * The value below keys and list positions joined by dots; undefined where there is none. Only own keys count.
 *
 * @example path({ a: [{ b: 1 }] }, 'a.0.b') // 1
 */
export function path(value: unknown, keys: string): unknown {
  let found = value;
  for (const key of keys.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<string, unknown>)[key];
  }
  return found;
}

/**
 * A text, number or boolean as text, else null: for ids and facts.
 *
 * @example scalarText(12) // '12'
 */
export function scalarText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/**
 * What a column of texts (input, output, expected) holds of a value: texts as they are, other values as compact JSON with
 * their keys in the order of the file; null where there is nothing.
 *
 * @example contentText({ b: 1, a: [2] }) // '{"b":1,"a":[2]}'
 */
export function contentText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : spell(value, false);
}

/**
 * JSON with sorted keys and without blanks, so that equal values give equal texts. Numbers that are not finite are written
 * by name; keys without a value are left out.
 *
 * @example canonicalJson({ b: 1, a: [NaN] }) // '{"a":[NaN],"b":1}'
 */
export function canonicalJson(value: unknown): string {
  return spell(value, true);
}

/**
 * A short id of some values: 16 hexadecimal digits of the SHA-256 of their canonical JSON.
 *
 * @example contentId({ a: 1, b: 2 }) === contentId({ b: 2, a: 1 }) // true
 */
export function contentId(...parts: readonly unknown[]): string {
  return hash('sha256', canonicalJson(parts), 'hex').slice(0, ID_DIGITS);
}

/**
 * The slice keys in an object: nested keys joined by dots (at most 6 names deep, deeper objects as compact JSON), lists of
 * texts, numbers and booleans as lists of tags, other lists as compact JSON. Nulls are missing.
 *
 * @param prefix put before every name, without the dot; a value that is no object is the cell of that name
 * @example flattenTags({ a: { b: 1 }, c: ['x', 2] }) // { 'a.b': '1', c: ['x', '2'] }
 */
export function flattenTags(value: unknown, prefix = ''): Record<string, Cell> {
  const tags: [string, Cell][] = [];
  const gather = (part: unknown, name: string, depth: number): void => {
    const fields = depth < DEEPEST_NAME ? record(part) : null;
    if (fields === null) {
      const cell = tagCell(part);
      if (name !== '' && cell !== null) tags.push([name, cell]);
      return;
    }
    for (const [key, child] of Object.entries(fields)) {
      gather(child, name === '' ? key : `${name}.${key}`, depth + 1);
    }
  };
  gather(value, prefix, prefix === '' ? 0 : 1);
  return Object.fromEntries(tags);
}

/** Counts repeats: the text of 1, 2, ... for equal (run, case) in the order in which they are asked for. */
export function trialCounter(): (run: string, caseId: string) => string {
  const runs = new Map<string, Map<string, number>>();
  return (run, caseId) => {
    const cases = runs.get(run) ?? new Map<string, number>();
    const trial = (cases.get(caseId) ?? 0) + 1;
    cases.set(caseId, trial);
    runs.set(run, cases);
    return String(trial);
  };
}

function tagCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (!Array.isArray(value)) return scalarText(value) ?? contentText(value);
  const tags = value.filter((tag) => tag !== null && tag !== undefined).map(scalarText);
  return tags.every((tag) => tag !== null) ? tags : contentText(value);
}

/** Objects and lists below this many are spelled without recursion, for which a hostile file can leave no room. */
const DEEPEST_RECURSION = 200;

function spell(value: unknown, sorted: boolean, depth = 0): string {
  if (value === null || typeof value !== 'object') return spellScalar(value);
  if (depth === DEEPEST_RECURSION) return spellDeep(value, sorted);
  if (Array.isArray(value)) return `[${value.map((part) => spell(part, sorted, depth + 1)).join(',')}]`;
  const parts = entriesOf(value, sorted).map(
    ([key, part]) => `${JSON.stringify(key.toWellFormed())}:${spell(part, sorted, depth + 1)}`,
  );
  return `{${parts.join(',')}}`;
}

/** The same text by a list of what is still to be written, the next at its end. */
function spellDeep(value: object, sorted: boolean): string {
  const written: string[] = [];
  const left: ({ readonly text: string } | { readonly value: unknown })[] = [{ value }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if ('text' in next) {
      written.push(next.text);
      continue;
    }
    const { value: part } = next;
    if (part === null || typeof part !== 'object') {
      written.push(spellScalar(part));
      continue;
    }
    const isList = Array.isArray(part);
    const parts: readonly (readonly [string, unknown])[] = isList
      ? part.map((element) => ['', element])
      : entriesOf(part, sorted).map(([key, of]) => [`${JSON.stringify(key.toWellFormed())}:`, of]);
    written.push(isList ? '[' : '{');
    left.push({ text: isList ? ']' : '}' });
    for (const [at, [key, of]] of [...parts.entries()].reverse()) {
      left.push({ value: of }, { text: at === 0 ? key : `,${key}` });
    }
  }
  return written.join('');
}

function spellScalar(value: unknown): string {
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : String(value);
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed());
  return JSON.stringify(value) ?? 'null';
}

function entriesOf(value: object, sorted: boolean): readonly (readonly [string, unknown])[] {
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  // Sorted by UTF-16 units, as the canonical JSON of RFC 8785.
  return sorted ? entries.sort(([a], [b]) => (a < b ? -1 : Number(a > b))) : entries;
}
