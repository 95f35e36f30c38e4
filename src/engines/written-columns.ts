/** The layout of the Parquet files that engines write: which columns, and how they are mapped when read back. */

import { type ColumnMapping, caseKey, type Role } from '../cases/index.ts';

/** The names of the columns that hold what was read from the roles. */
export const WRITTEN = {
  caseId: '__case_id',
  trial: '__trial',
  passed: '__passed',
  error: '__error',
} as const;

/** Attributes with these names are not written, as the file has columns of that name. */
export const WRITTEN_NAMES: ReadonlySet<string> = new Set(Object.values(WRITTEN));

/** Roles whose texts are replaced by their hash unless texts are wanted. */
const TEXT_ROLES: readonly Role[] = ['input', 'expected', 'output'];

/** Columns of a side whose cells are hashed. */
export function hashedColumns(mapping: ColumnMapping, texts: boolean): ReadonlySet<string> {
  return new Set(texts ? [] : TEXT_ROLES.flatMap((role) => mapping[role] ?? []));
}

/**
 * The mapping with which a written file reads as the same run. A run without a case id keeps its input text as the key,
 * and a run that was scored by numbers alone stays so.
 */
export function writtenMapping(mapping: ColumnMapping): ColumnMapping {
  const { caseId: _caseId, trial: _trial, passed, error: _error, run: _run, ...others } = mapping;
  const scoredByNumber = passed === undefined && mapping.score !== undefined;
  return {
    ...(caseKey(mapping) === 'input' ? {} : { caseId: WRITTEN.caseId }),
    trial: WRITTEN.trial,
    ...(scoredByNumber ? {} : { passed: WRITTEN.passed }),
    error: WRITTEN.error,
    ...others,
  };
}
