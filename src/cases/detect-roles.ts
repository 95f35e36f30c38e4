/** Finds out which column plays which role, from what the user said and from common names. */

import { distance } from 'fastest-levenshtein';
import { DataError, type Problem } from '../errors.ts';
import { foundText, foundTexts } from './found-text.ts';
import { type PassWords, passReader } from './pass-text.ts';
import { plainName, ROLE_LABELS, ROLE_NAMES } from './role-names.ts';
import { type ColumnMapping, ROLES, type Role } from './roles.ts';
import { sideColumns } from './side-columns.ts';
import type { Cell } from './table.ts';

/** Names of passed columns that other columns have as well, such as the right answer or the output. */
const AMBIGUOUS_PASSED: ReadonlySet<string> = new Set(['correct', 'ok', 'result', 'acc']);

/** What else is known when roles are detected. */
export interface DetectionHints {
  /** One run of several was asked for, so that a run column is looked for. */
  readonly wantsRun?: boolean;
  /** Some rows; a column named `result` or `correct` is then not taken for `passed` because of its name alone. */
  readonly sample?: ReadonlyMap<string, readonly Cell[]>;
  /** Texts of the passed column beside the known ones. */
  readonly passWords?: PassWords | undefined;
  /** Which of both runs is read, where one file holds them side by side. */
  readonly side?: 'baseline' | 'candidate';
}

/** The roles of one run's columns. */
export interface DetectedRoles {
  readonly mapping: ColumnMapping;
  /** Roles that were found by name, in the order of `ROLES`. */
  readonly detected: readonly Role[];
  /** What a reader of the report should know about the choice. */
  readonly notes: readonly string[];
}

/**
 * Completes a mapping. What the user mapped stays; a role that the user mapped to `''` stays absent; every other role
 * takes the first column that has one of its names and that no other role has.
 *
 * @param columns all column names of the run
 * @throws DataError for each mapped column that does not exist, with the names that come near
 * @example detectRoles(['id', 'pass'], {}).mapping // { caseId: 'id', passed: 'pass' }
 */
export function detectRoles(
  columns: readonly string[],
  explicit: ColumnMapping,
  hints: DetectionHints = {},
): DetectedRoles {
  checkExplicit(columns, explicit);
  const taken = new Set(Object.values(explicit));
  const mapping: Partial<Record<Role, string>> = {};
  const detected: Role[] = [];
  const notes: string[] = [];
  const own: string[] = [];
  for (const role of ROLES) {
    const said = explicit[role];
    if (said !== undefined) {
      if (said !== '') mapping[role] = said;
      continue;
    }
    if (role === 'run' && !hints.wantsRun) continue;
    const named = roleColumns(role, columns);
    const beside = hints.side === undefined ? [] : sideColumns(role, hints.side, columns);
    // An answer that both runs share, such as the right one in a column "answer", is neither's output.
    const ordered = role === 'output' ? [...beside, ...named] : [...named, ...beside];
    const found = ordered.filter((column) => !taken.has(column));
    const usable = found.filter((column) => fits(role, column, columns, hints, notes));
    const [first, ...others] = usable;
    if (first === undefined) continue;
    mapping[role] = first;
    taken.add(first);
    detected.push(role);
    if (beside.includes(first)) own.push(first);
    if (others.length > 0 && role !== 'segment') {
      notes.push(
        `column ${foundText(first)} is taken as ${ROLE_LABELS[role]}; ${foundTexts(others, 3)} would do too (--map ${role}=COLUMN chooses)`,
      );
    }
  }
  if (own.length > 0)
    notes.push(`both runs are in one file: of the ${hints.side} are ${foundTexts(own, own.length)}`);
  return { mapping, detected, notes };
}

/**
 * Columns that have a name of the role, best name first.
 *
 * @example roleColumns('run', ['id', 'variant']) // ['variant']
 */
export function roleColumns(role: Role, columns: readonly string[]): string[] {
  const names = ROLE_NAMES[role];
  const named = columns
    .map((column, index) => ({ column, index, rank: names.indexOf(plainName(column)) }))
    .filter(({ rank }) => rank >= 0)
    .toSorted((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ column }) => column);
  if (role !== 'segment') return named;
  return [...named, ...columns.filter((column) => column.toLowerCase().startsWith('tags.'))];
}

/** Whether the column can play the role for all that its neighbours and first rows say. */
function fits(
  role: Role,
  column: string,
  columns: readonly string[],
  { sample, passWords }: DetectionHints,
  notes: string[],
): boolean {
  if (role === 'error' && columns.includes('failureReason')) {
    notes.push(
      `column ${foundText(column)} is not taken as error: beside a column "failureReason" (promptfoo) it repeats failed assertions (--map error=COLUMN insists)`,
    );
    return false;
  }
  // Beside a column of expected answers, or without predictions, it is the model's own output.
  if (role === 'expected' && plainName(column) === 'actual')
    return roleColumns('predicted', columns).length > 0;
  if (role !== 'passed' || !AMBIGUOUS_PASSED.has(plainName(column))) return true;
  const filled = sample?.get(column)?.filter((cell) => cell !== null && cell !== '') ?? [];
  const readWord = passReader(passWords);
  const known = filled.some(
    (cell) => typeof cell === 'string' && (readWord(cell) !== null || /^[-+.\d]/.test(cell)),
  );
  if (filled.length === 0 || known) return true;
  notes.push(
    `column ${foundText(column)} is not taken as passed: its values are other texts (--map passed=COLUMN chooses)`,
  );
  return false;
}

function checkExplicit(columns: readonly string[], explicit: ColumnMapping): void {
  const known = new Set(columns);
  const problems: Problem[] = [];
  for (const role of ROLES) {
    const column = explicit[role];
    if (column === undefined || column === '' || known.has(column)) continue;
    // An object of probabilities was read as one column per label.
    if (role === 'probabilities' && columns.some((name) => name.startsWith(`${column}.`))) continue;
    const near = nearNames(column, columns);
    problems.push({
      message: `${ROLE_LABELS[role]} is mapped to the column ${foundText(column)}, which does not exist; the columns are ${foundTexts(columns, 20)}`,
      hint:
        near.length > 0
          ? `did you mean ${foundTexts(near, 3)}? (--map ${role}=COLUMN)`
          : `name one of the columns (--map ${role}=COLUMN)`,
      where: { field: `columns.${role}` },
    });
  }
  if (problems.length > 0) throw new DataError(problems);
}

/**
 * The names nearest to a wrong one, at most three, best first: equal but for case and separators, or few letters apart.
 *
 * @example nearNames('Passed', ['id', 'passed']) // ['passed']
 */
export function nearNames(wanted: string, names: readonly string[]): readonly string[] {
  const plain = plainName(wanted);
  return names
    .map((name) => ({ name, far: distance(plain, plainName(name)) }))
    .filter(
      ({ name, far }) =>
        far <= Math.max(2, Math.floor(Math.min(name.length, wanted.length) / 3)) && far < plain.length,
    )
    .toSorted((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ name }) => name);
}
