/** Production logs with what an audit should find: customers of very unequal size, hours, topics, tool calls. */

import { randomStream } from './random.ts';

/** One call as a plain log has it. */
export interface LogRow {
  readonly call_id: string;
  readonly ts: string;
  readonly customer?: string;
  readonly prompt: string;
  readonly output: string;
  readonly tool_calls: readonly { readonly name: string; readonly args: object }[];
  readonly [column: string]: unknown;
}

const THINGS = ['refund', 'invoice', 'parcel', 'password', 'card', 'order', 'voucher', 'address'];

/** Shares of Zipf's law: the k-th of `count` is proportional to 1 / k^exponent. */
export function zipfShares(count: number, exponent: number): readonly number[] {
  const weights = Array.from({ length: count }, (_, at) => 1 / (at + 1) ** exponent);
  const total = weights.reduce((sum, one) => sum + one, 0);
  return weights.map((one) => one / total);
}

/** Position drawn with these shares. */
export function drawShare(shares: readonly number[], uniform: () => number): number {
  let left = uniform();
  for (const [at, share] of shares.entries()) {
    left -= share;
    if (left < 0) return at;
  }
  return shares.length - 1;
}

/** Two digits. */
const two = (value: number): string => String(value).padStart(2, '0');

/**
 * Calls of 40 customers by Zipf(1.1) over four weeks, at any hour.
 *
 * @param make changes a row, or adds columns
 */
export function logRows(
  seed: number,
  count: number,
  make: (row: LogRow, at: number, uniform: () => number) => LogRow = (row) => row,
): readonly LogRow[] {
  const uniform = randomStream(seed);
  const shares = zipfShares(40, 1.1);
  return Array.from({ length: count }, (_, at) => {
    const customer = `customer-${two(drawShare(shares, uniform) + 1)}`;
    const [day, hour, minute] = [
      1 + Math.floor(uniform() * 28),
      Math.floor(uniform() * 24),
      Math.floor(uniform() * 60),
    ];
    const [thing, other] = [THINGS[Math.floor(uniform() * 8)]!, THINGS[Math.floor(uniform() * 8)]!];
    const row: LogRow = {
      call_id: `call-${at + 1}`,
      ts: `2026-02-${two(day)}T${two(hour)}:${two(minute)}:00Z`,
      customer,
      prompt: `Where is the ${thing} that I asked about, and what of my ${other}? Number ${at % 313}.`,
      output: `It is on its way (${at % 7}).`,
      tool_calls: [{ name: 'lookup', args: { thing, nested: { at, tags: ['a', 'b'] } } }],
    };
    return make(row, at, uniform);
  });
}

/** So many rows, drawn without replacement, all equally likely. */
export function drawRows<T>(rows: readonly T[], count: number, seed: number): readonly T[] {
  const uniform = randomStream(seed);
  return rows
    .map((row) => ({ row, number: uniform() }))
    .toSorted((a, b) => a.number - b.number)
    .slice(0, count)
    .map(({ row }) => row);
}
