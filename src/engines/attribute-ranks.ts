/** The order of attributes in lists of cases: numbers by value, then texts. */

import { parseDecimal } from '../cases/index.ts';
import { type CaseAttribute, compareText } from '../slices/index.ts';
import type { Ranks } from './case-list.ts';
import { cellText } from './cell.ts';
import type { AttributeCodes } from './grouping-codes.ts';

/** Ranks cases by an attribute; cases without one have no place. */
export function rankAttributes({ codes, attributes }: AttributeCodes): Ranks {
  const keys = attributes.map(sortKey);
  const order = keys
    .flatMap((key, code) => (key === null ? [] : [{ key, code }]))
    .sort((a, b) => compareKeys(a.key, b.key));
  const rankOf = new Uint32Array(attributes.length);
  let size = 0;
  order.forEach(({ key, code }, i) => {
    if (i > 0 && compareKeys(order[i - 1]!.key, key) !== 0) size++;
    rankOf[code] = size;
  });
  if (order.length > 0) size++;
  keys.forEach((key, code) => {
    if (key === null) rankOf[code] = size;
  });
  const rank = new Uint32Array(codes.length);
  for (let i = 0; i < codes.length; i++) rank[i] = rankOf[codes[i]!]!;
  return { rank, size };
}

interface SortKey {
  readonly number: number | null;
  readonly text: string;
}

function sortKey(attribute: CaseAttribute): SortKey | null {
  if (attribute.state !== 'value') return null;
  const text = cellText(attribute.cell)!;
  return { number: typeof attribute.cell === 'string' ? parseDecimal(text) : null, text };
}

function compareKeys(a: SortKey, b: SortKey): number {
  if (a.number !== null && b.number !== null) return a.number - b.number;
  if (a.number === null && b.number === null) return compareText(a.text, b.text);
  return a.number === null ? 1 : -1;
}
