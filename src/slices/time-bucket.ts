/** Hours, weekdays and months of timestamps as they are written, without any change of zone. */

/**
 * RE2 syntax, matched against the whole text: a date of the years 1000 to 9999, with or without a time of day and a zone.
 * The day must also exist in its month; that is checked apart.
 */
export const TIMESTAMP_PATTERN =
  '[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])' +
  '([Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.,][0-9]+)?)? ?([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)?)?';

const TIMESTAMP = new RegExp(`^${TIMESTAMP_PATTERN}$`);

const WEEKDAYS = ['1 Mon', '2 Tue', '3 Wed', '4 Thu', '5 Fri', '6 Sat', '7 Sun'] as const;

/**
 * The bucket of a timestamp: hour `00`..`23` (characters 12 and 13 of the text), weekday `1 Mon`..`7 Sun` of its date in the
 * Gregorian calendar, month `2026-01` (its first 7 characters). Null where the text is no such timestamp, the day does not
 * exist, or the hour is asked of a date alone.
 *
 * @example timeBucket('2024-02-29T23:30:00-08:00', 'weekday') // '4 Thu'
 */
export function timeBucket(text: string, by: 'hour' | 'weekday' | 'month'): string | null {
  if (!TIMESTAMP.test(text)) return null;
  const [year, month, day] = [text.slice(0, 4), text.slice(5, 7), text.slice(8, 10)].map(Number) as [
    number,
    number,
    number,
  ];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCDate() !== day) return null;
  switch (by) {
    case 'hour':
      return text.length > 10 ? text.slice(11, 13) : null;
    case 'weekday':
      return WEEKDAYS[(date.getUTCDay() + 6) % 7] as string;
    case 'month':
      return text.slice(0, 7);
  }
}
