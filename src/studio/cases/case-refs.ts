/** What cases are called in addresses: their ids, and hashes of those that are too long for one. */

import { hashedText } from '../../engines/index.ts';
import type { StudioSession } from '../session.ts';

/** Longer ids, such as input texts that are ids, are called by their hash. */
const LONGEST_REF = 300;

/** Characters of an id in a list. */
const SHOWN = 200;

/** What other questions call a case. */
export function refOf(id: string): string {
  return id.length > LONGEST_REF ? hashedText(id) : id;
}

/** The beginning of an id, never torn within a character. */
export function shownId(id: string): string {
  if (id.length <= SHOWN) return id;
  const cut = id.slice(0, SHOWN);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** The ids that are meant; a ref that stands for no long id is an id. */
export async function idsOf(refs: readonly string[], session: StudioSession): Promise<readonly string[]> {
  if (!refs.some((ref) => ref.startsWith('sha256:'))) return refs;
  const long = await session.once('cases:long-ids', async () => {
    const ids = await session.inTurn(({ comparison }) => comparison.engine.caseIds());
    return new Map(ids.filter((id) => id.length > LONGEST_REF).map((id) => [hashedText(id), id]));
  });
  return refs.map((ref) => long.get(ref) ?? ref);
}
