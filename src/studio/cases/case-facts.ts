/** What the page of cases needs to know once: columns, metrics, what is searched. */

import { CASE_CLASSES, type CaseClass, SEARCHED_ROLES } from '../../counts/index.ts';
import type { CaseFacts } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { caseMeasures, turnClass } from './case-measure.ts';

/** Values named of a column. */
const EXAMPLES = 8;

export async function caseFacts(session: StudioSession): Promise<CaseFacts> {
  const { profile, comparison, report } = session.release;
  const { paired, onlyBaseline, onlyCandidate } = report.counts;
  const searched = comparison.mappings.flatMap((mapping) =>
    SEARCHED_ROLES.flatMap((role) => mapping[role] ?? []),
  );
  const { byClass, withErrors } = await countClasses(session);
  return {
    ...{ byClass, withErrors },
    all: paired + onlyBaseline + onlyCandidate,
    hasBaseline: profile.baseline !== null,
    metrics: caseMeasures(session).map(({ metric }) => metric),
    columns: profile.columns.map(({ name, numericRows, filledRows, isList, distinct, top }) => ({
      name,
      isNumeric: filledRows > 0 && numericRows === filledRows,
      isList,
      distinct,
      examples: top.slice(0, EXAMPLES).map(({ value }) => value.slice(0, 100).toWellFormed()),
    })),
    searched: [...new Set(searched)],
  };
}

async function countClasses(session: StudioSession): Promise<Pick<CaseFacts, 'byClass' | 'withErrors'>> {
  const { metric, measure } = caseMeasures(session)[0]!;
  const page = await session.inTurn(({ comparison }) =>
    comparison.engine.cases({
      ...{ within: [], classes: null, withErrors: false, words: [], ids: null, columns: [] },
      ...{ measure, order: { by: 'id', descending: false }, offset: 0, limit: 0 },
    }),
  );
  const turned = CASE_CLASSES.map((name) => [name, page.byClass[turnClass(name, metric)]]);
  return { byClass: Object.fromEntries(turned) as Record<CaseClass, number>, withErrors: page.withErrors };
}
