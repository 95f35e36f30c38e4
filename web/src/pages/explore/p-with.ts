/** A p-value with its sign of comparison. */

import { pValueText } from '../../format/numbers.ts';

/** @example pWith(0.003) // '= 0.003', and pWith(1e-9) is '<.0001' */
export function pWith(p: number | null): string {
  const text = pValueText(p);
  return text.startsWith('<') ? text : `= ${text}`;
}
