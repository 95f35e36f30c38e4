/** Reads times as logs write them: ISO 8601 as it stands, and seconds or fractions of seconds since 1970 as UTC. */

import type { Cell } from '../../cases/index.ts';
import { TIMESTAMP_PATTERN } from '../../slices/index.ts';

const TIMESTAMP = new RegExp(`^${TIMESTAMP_PATTERN}$`);
/** Digits of a time since 1970 to its factor in milliseconds: seconds, milliseconds, microseconds, nanoseconds. */
const MILLISECONDS: Readonly<Record<number, number>> = { 10: 1_000, 13: 1, 16: 1e-3, 19: 1e-6 };

/**
 * The time as ISO 8601; null where the cell holds none.
 *
 * @example timeText('1767225600') // '2026-01-01T00:00:00.000Z'
 */
export function timeText(cell: Cell): string | null {
  if (typeof cell !== 'string') return null;
  const text = cell.trim();
  if (TIMESTAMP.test(text)) return text;
  const number = /^([0-9]{10,19})(?:\.[0-9]+)?$/.exec(text);
  const factor = number === null ? undefined : MILLISECONDS[number[1]!.length];
  if (factor === undefined) return null;
  const date = new Date(Math.floor(Number(text) * factor));
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
