/** Reads and spells points in time without the time zone of the machine. */

const ZONE = /(?:Z|[+-]\d{2}:?\d{2})$/;

/**
 * Milliseconds since 1970 of an ISO 8601 time; one without zone is UTC. Null where it is none.
 *
 * @example millisOf('2025-08-01 13:22:00.147') // 1754054520147
 */
export function millisOf(time: string | null): number | null {
  if (time === null) return null;
  const plain = time.replace(/ UTC$/, 'Z').replace(' ', 'T');
  const millis = Date.parse(ZONE.test(plain) || !plain.includes('T') ? plain : `${plain}Z`);
  return Number.isNaN(millis) ? null : millis;
}

/** Milliseconds from one time to another; null where one is missing. */
export function millisBetween(start: string | null, end: string | null): number | null {
  const [from, to] = [millisOf(start), millisOf(end)];
  return from === null || to === null ? null : to - from;
}

/** ISO 8601 in UTC with milliseconds; null where no date has that number. */
export function isoOfMillis(millis: number): string | null {
  const date = new Date(millis);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
