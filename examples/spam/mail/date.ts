/** Reads the Date header without the help of the machine's clock or time zone. */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const ZONES: ReadonlyMap<string, string> = new Map([
  ['ut', '+0000'],
  ['utc', '+0000'],
  ['gmt', '+0000'],
  ['est', '-0500'],
  ['edt', '-0400'],
  ['cst', '-0600'],
  ['cdt', '-0500'],
  ['mst', '-0700'],
  ['mdt', '-0600'],
  ['pst', '-0800'],
  ['pdt', '-0700'],
]);

const DATE =
  /^(?:[a-z]{3,9},?\s+)?(\d{1,2})\s+([a-z]{3})\s+(\d{4}|\d{2})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s+([+-]\d{4}|[a-z]{2,3})\b/i;

/**
 * The date of a mail as ISO 8601 with the sender's own hour and offset (RFC 822 and its forgiving readers), or null
 * where it is no such date. Two-digit years are 1970 to 2069.
 *
 * @example mailTimestamp('Thu, 22 Aug 2002 18:26:25 +0700') // '2002-08-22T18:26:25+07:00'
 */
export function mailTimestamp(header: string | undefined): string | null {
  const match = DATE.exec(header ?? '');
  if (!match) return null;
  const [, day, monthName, yearText, hour, minute, second = '00', zoneText] = match;
  const month = MONTHS.indexOf(monthName!.toLowerCase()) + 1;
  const zone = /^[+-]/.test(zoneText!) ? zoneText! : ZONES.get(zoneText!.toLowerCase());
  if (month === 0 || zone === undefined) return null;
  if (Number(zone.slice(1, 3)) > 14 || Number(zone.slice(3)) > 59) return null;
  const short = Number(yearText);
  const year = yearText!.length === 4 ? short : short < 70 ? 2000 + short : 1900 + short;
  const two = (text: string | number) => String(text).padStart(2, '0');
  const local = `${String(year).padStart(4, '0')}-${two(month)}-${two(day!)}T${two(hour!)}:${minute}:${second}`;
  return isRealTime(local) ? `${local}${zone.slice(0, 3)}:${zone.slice(3)}` : null;
}

/** A date is real when it survives the trip through the calendar (no 31 February, no 25 o'clock). */
function isRealTime(local: string): boolean {
  const time = Date.parse(`${local}Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(local);
}
