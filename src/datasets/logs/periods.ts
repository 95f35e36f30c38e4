/** Days put together to periods, so that topics can be followed over time. */

import { compareText } from '../../slices/index.ts';
import type { TopicTraffic } from '../audit/seasons.ts';

export type Period = 'day' | 'week' | 'month';

/**
 * The period that fits a span: days up to three weeks, weeks up to three months, months beyond.
 *
 * @param days all days with rows, ISO
 */
export function periodFor(days: readonly string[]): Period {
  const sorted = days.toSorted(compareText);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return 'day';
  const span = (Date.parse(last) - Date.parse(first)) / 86_400_000;
  return span <= 21 ? 'day' : span <= 92 ? 'week' : 'month';
}

/**
 * The period of a day: itself, the Monday of its week, or its month.
 *
 * @example periodOf('2026-01-04', 'week') // '2025-12-29'
 */
export function periodOf(day: string, period: Period): string {
  if (period === 'day') return day;
  if (period === 'month') return day.slice(0, 7);
  const date = new Date(Date.parse(day));
  const back = (date.getUTCDay() + 6) % 7;
  return new Date(date.getTime() - back * 86_400_000).toISOString().slice(0, 10);
}

/** Rows of every topic by period; topics that are only in the eval set have rows 0. */
export function topicTraffic(
  days: ReadonlyMap<string, ReadonlyMap<string, number>>,
  cases: ReadonlyMap<string, number>,
  period: Period,
): TopicTraffic {
  const periods = [...new Set([...days.keys()].map((day) => periodOf(day, period)))].toSorted(compareText);
  const position = new Map(periods.map((one, at) => [one, at]));
  const rows = new Map<string, number[]>();
  const rowsOf = (topic: string): number[] => {
    const known = rows.get(topic) ?? periods.map(() => 0);
    rows.set(topic, known);
    return known;
  };
  for (const topic of cases.keys()) rowsOf(topic);
  for (const [day, counts] of days) {
    const at = position.get(periodOf(day, period))!;
    for (const [topic, count] of counts) rowsOf(topic)[at]! += count;
  }
  return { periods, rows, cases };
}
