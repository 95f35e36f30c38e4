/** What the page of cases needs to know once: columns, metrics, what is searched. */

import { SEARCHED_ROLES } from '../../counts/index.ts';
import type { CaseFacts } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { caseMeasures } from './case-measure.ts';

/** Values named of a column. */
const EXAMPLES = 8;

export function caseFacts(session: StudioSession): CaseFacts {
  const { profile, comparison, report } = session.release;
  const { paired, onlyBaseline, onlyCandidate } = report.counts;
  const searched = comparison.mappings.flatMap((mapping) =>
    SEARCHED_ROLES.flatMap((role) => mapping[role] ?? []),
  );
  return {
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
