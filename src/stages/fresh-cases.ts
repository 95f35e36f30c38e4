/** Whether the cases of a second stage are new: neither their ids nor their inputs were in stage one. */

import { foundTexts } from '../cases/index.ts';
import type { Engine } from '../engines/index.ts';
import { DataError } from '../errors.ts';

/** Most cases named in one message. */
const NAMED = 10;

/**
 * Compares fresh cases with those of stage one.
 *
 * @param file name of stage one's report, for errors
 * @returns what the reader should know where inputs could not be compared
 * @throws DataError where any fresh case was already in stage one, by its id or by its input
 */
export async function checkFresh(fresh: Engine, old: Engine, file: string): Promise<readonly string[]> {
  const known = new Set(await old.caseIds());
  const sameId = (await fresh.caseIds()).filter((id) => known.has(id));
  const [before, after] = [await old.contentKeys(), await fresh.contentKeys()];
  const asked = new Set(before.map(({ key }) => key));
  const ids = new Set(sameId);
  const sameInput = after.filter(({ key, caseId }) => asked.has(key) && !ids.has(caseId));
  const problems = [
    ...repeated(sameId, 'of the fresh cases were already in stage one'),
    ...repeated(
      sameInput.map(({ caseId }) => caseId),
      'of the fresh cases have an input that was already in stage one, under another id',
    ),
  ].map((message) => ({
    message,
    hint: 'a nominee can only be confirmed on cases that did not nominate it',
    where: { file },
  }));
  if (problems.length > 0) throw new DataError(problems);
  if (before.length > 0 && after.length > 0) return [];
  const lacking = before.length === 0 ? 'stage one has' : 'the fresh cases have';
  return [`fresh cases were told from those of stage one by id alone: ${lacking} no input texts`];
}

function repeated(ids: readonly string[], what: string): readonly string[] {
  return ids.length === 0 ? [] : [`${ids.length} ${what}: ${foundTexts(ids, NAMED)}`];
}
