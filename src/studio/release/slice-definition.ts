/** A slice in words that can be pasted: as the predicate of `slices: where`, and as SQL. */

import { whereText } from '../../engines/index.ts';
import type { OpenRelease } from '../../pipeline.ts';
import { formatExpression } from '../../slices/index.ts';
import type { SliceAnswer } from '../contract/index.ts';
import type { KnownSlice } from './known-slice.ts';

/** Where there is no text, `why` says what is in the way. */
export function sliceDefinition(
  { report, where, evidence }: KnownSlice,
  { profile }: OpenRelease,
): SliceAnswer['definition'] {
  const dimension = report.definition;
  const lists = new Set(profile.columns.filter(({ isList }) => isList).map(({ name }) => name));
  if (where !== null) {
    const sql = whereText(where, lists);
    const why = sql === null ? 'SQL has no plain words for this condition: use the predicate' : null;
    return { predicate: formatExpression(where), sql, why, dimension };
  }
  return { predicate: null, sql: null, why: reasonWhy(report.state, evidence === null), dimension };
}

function reasonWhy(state: string, isAbsent: boolean): string {
  if (isAbsent) return 'no case belongs to this slice, so there is nothing to select';
  switch (state) {
    case 'changed':
      return 'its attribute differs between rows of the same case: no condition on one row selects these cases';
    case 'untagged':
      return 'these are the cases that no slice of the dimension takes';
    case 'missing':
      return 'cases can lack this cut for several reasons, which no single condition covers';
    default:
      return 'this cut (a time, a renamed rest) has no words in the language of predicates';
  }
}
