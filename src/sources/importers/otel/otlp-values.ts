/** Decodes what OTLP JSON wraps: typed attribute lists, 64-bit integers as texts, times in nanoseconds. */

import { list, record, text } from '../json-access.ts';
import { isoOfMillis } from '../records/index.ts';

/** Attributes by name. Integers beyond 2^53 stay texts. */
export type Attributes = Readonly<Record<string, unknown>>;

const NANOS = /^\d{1,20}$/;

/**
 * A list of `{key, value: {stringValue | intValue | ...}}` as an object.
 *
 * @example readAttributes([{ key: 'n', value: { intValue: '3' } }]) // { n: 3 }
 */
export function readAttributes(attributes: unknown): Attributes {
  const read: [string, unknown][] = [];
  for (const entry of list(attributes) ?? []) {
    const fields = record(entry);
    const key = text(fields?.key);
    if (key !== null) read.push([key, readAnyValue(fields?.value)]);
  }
  return Object.fromEntries(read);
}

/** A typed value; null where it has no type that is known. */
export function readAnyValue(value: unknown): unknown {
  const typed = record(value);
  if (typed === null) return null;
  if (typed.intValue !== undefined) return integer(typed.intValue);
  if (typed.arrayValue !== undefined) return (list(record(typed.arrayValue)?.values) ?? []).map(readAnyValue);
  if (typed.kvlistValue !== undefined) return readAttributes(record(typed.kvlistValue)?.values);
  return typed.stringValue ?? typed.boolValue ?? double(typed.doubleValue) ?? typed.bytesValue ?? null;
}

function integer(value: unknown): unknown {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

/** NaN and infinity are spelled as texts. */
function double(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? Number(value) : undefined;
}

/**
 * A time as an exact number of nanoseconds since 1970: null where it is missing or 0, undefined where it cannot be read.
 */
export function readNanos(value: unknown): bigint | null | undefined {
  if (value === undefined || value === null || value === '') return null;
  const digits =
    typeof value === 'bigint' || typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  if (!NANOS.test(digits)) return undefined;
  const nanos = BigInt(digits);
  return nanos === 0n ? null : nanos;
}

/** ISO 8601 in UTC with milliseconds, cut off and not rounded. */
export function isoOfNanos(nanos: bigint | null): string | null {
  return nanos === null ? null : isoOfMillis(Number(nanos / 1_000_000n));
}

/** Milliseconds between two times, exact to the nanosecond. */
export function millisBetweenNanos(start: bigint | null, end: bigint | null): number | null {
  return start === null || end === null ? null : Number(end - start) / 1e6;
}
