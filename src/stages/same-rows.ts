/** Knows a file that holds both runs side by side, so that it is read once and no rows have to be paired. */

import type { ColumnMapping, Role } from '../cases/index.ts';
import type { RunInput } from '../config/index.ts';
import type { ComparisonSource } from '../engines/index.ts';
import type { BothRuns } from './loaded-run.ts';

/** Roles that say what a row is; and those that say what derived columns are computed from. */
const ROW_ROLES: readonly Role[] = ['caseId', 'trial', 'input', 'run'];
const DERIVED_ROLES: readonly Role[] = ['output', 'timestamp', 'probabilities', 'predicted', 'expected'];

/** Inputs of both runs, as the configuration names them. */
interface InputPair {
  readonly baseline: RunInput | null;
  readonly candidate: RunInput;
}

/**
 * What an engine opens: where both runs are the same rows of the same files under two mappings, these rows once.
 *
 * @param hasDerived whether derived columns were put beside the rows of each run
 */
export function comparisonSource(
  { baseline, candidate }: BothRuns,
  inputs: InputPair,
  hasDerived: boolean,
): ComparisonSource {
  const source = candidate.opened.source;
  if (baseline === null || inputs.baseline === null) return { baseline: null, candidate: source };
  const { mapping } = baseline.opened;
  const isSame =
    isSameInput(inputs.baseline, inputs.candidate) &&
    candidate.opened.imported === null &&
    agree(mapping, candidate.opened.mapping, hasDerived ? [...ROW_ROLES, ...DERIVED_ROLES] : ROW_ROLES);
  return { baseline: isSame ? { kind: 'same', mapping } : baseline.opened.source, candidate: source };
}

/** Whether two inputs are the same rows of the same files. */
export function isSameInput(a: RunInput, b: RunInput): boolean {
  const isFile = (name: string): boolean => name !== '-' && !name.startsWith('ledger:');
  if (a.rows !== b.rows || (a.rows === undefined && !a.files.every(isFile))) return false;
  const named = ({ files, run, from, score }: RunInput): string => JSON.stringify([files, run, from, score]);
  return named(a) === named(b);
}

function agree(a: ColumnMapping, b: ColumnMapping, roles: readonly Role[]): boolean {
  return roles.every((role) => a[role] === b[role]);
}
