/** Finds ids of two runs that may be the same case spelled in two ways; nothing is ever matched by it. */

import { foundText } from '../../cases/index.ts';

/** So many pairs are shown. */
const SHOWN = 2;

/**
 * What to do, with two examples, where ids of one run alone equal ids of the other but for zero padding, case or blanks; null where none do.
 *
 * @param baseline ids that only the baseline has, or the first of them; `candidate` likewise
 * @example idSpelling(['007'], ['7']) // 'spell ids alike where they mean one case: "007" and "7" ...'
 */
export function idSpelling(baseline: readonly string[], candidate: readonly string[]): string | null {
  const known = new Map(baseline.map((id) => [plainId(id), id]));
  const pairs = candidate.flatMap((id) => {
    const other = known.get(plainId(id));
    return other === undefined || other === id ? [] : [`${foundText(other)} and ${foundText(id)}`];
  });
  if (pairs.length === 0) return null;
  return `spell ids alike where they mean one case: ${pairs.slice(0, SHOWN).join(', ')} differ only in zero padding, case or blanks (nothing is matched by guess)`;
}

function plainId(id: string): string {
  return id
    .replace(/\s+/g, '')
    .toLowerCase()
    .replace(/(^|[^\d.])0+(?=\d)/g, '$1');
}
