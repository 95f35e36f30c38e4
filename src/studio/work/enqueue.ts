/** Puts cases that a person picked into a queue of the ledger; cases that neither run has are refused. */

import { foundTexts } from '../../cases/index.ts';
import { PAGE_LIMIT } from '../../counts/index.ts';
import { type Problem, UsageError } from '../../errors.ts';
import type { Recorded } from '../../ledger/index.ts';
import { visible } from '../../reports/index.ts';
import { isBlank } from '../../text/index.ts';
import { caseMeasure } from '../cases/case-measure.ts';
import { idsOf } from '../cases/case-refs.ts';
import type { EnqueueParams } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { tellLedger } from './session-ledger.ts';

/** Unknown ids that a message names. */
const NAMED = 20;

/**
 * Records the cases as one selection. Picked by a person, they have no inclusion probability, and no rate can use them.
 *
 * @throws UsageError where the queue has no name or a case is unknown, with all of that; nothing is written then
 */
export async function enqueue(
  { queue, purpose, why, caseIds }: EnqueueParams,
  session: StudioSession,
): Promise<Recorded> {
  const { report } = session.release;
  const unique = [...new Set(await idsOf(caseIds, session))];
  const problems: Problem[] = [];
  if (isBlank(queue)) problems.push({ message: 'the queue has no name', where: { field: 'queue' } });
  const unknown = await unknownIds(unique, session);
  if (unknown.length > 0) {
    problems.push({
      message: `${unknown.length} of ${unique.length} cases are in neither run: ${foundTexts(unknown, NAMED)}`,
      hint: 'nothing was queued; take cases of this comparison',
      where: { field: 'caseIds' },
    });
  }
  if (problems.length > 0) throw new UsageError(problems);
  return tellLedger(session, (ledger) =>
    ledger.recordSelection({
      ...{ queue: queue.trim(), purpose: purpose.trim() || 'picked in the studio' },
      design: { designs: [{ name: 'picked', size: unique.length }], runHash: report.runHash },
      population: unique.length,
      items: unique.map((caseId) => ({
        ...{ caseId, place: `run ${report.runHash.slice(0, 12)}`, stratum: null },
        // Pages name slices in it, and slices are named by data.
        ...{ why: visible(why), probability: null, slices: {} },
      })),
    }),
  );
}

/** In the order in which they were given. */
async function unknownIds(ids: readonly string[], session: StudioSession): Promise<readonly string[]> {
  const { measure } = caseMeasure('', session);
  const found = new Set<string>();
  for (let from = 0; from < ids.length; from += PAGE_LIMIT) {
    const some = ids.slice(from, from + PAGE_LIMIT);
    const { cases } = await session.inTurn(({ comparison }) =>
      comparison.engine.cases({
        ...{
          within: [],
          classes: null,
          withErrors: false,
          words: [],
          ids: some,
          offset: 0,
          limit: PAGE_LIMIT,
        },
        ...{ measure, order: { by: 'id', descending: false }, columns: [] },
      }),
    );
    for (const { id } of cases) found.add(id);
  }
  return ids.filter((id) => !found.has(id));
}
