/** Judges whether the roles of a run are enough, and notes what is unusual about them. */

import {
  type ColumnMapping,
  caseKey,
  type DetectedRoles,
  foundText,
  foundTexts,
  labelColumns,
  ROLE_LABELS,
  ROLES,
  sideBySide,
  spellingNotes,
} from '../cases/index.ts';
import { DataError, type Problem } from '../errors.ts';
import type { FileShape } from './file-shape.ts';
import type { RunRequest } from './opened-run.ts';

/**
 * Refuses a mapping that leaves cases or the wanted run unknown.
 *
 * @throws DataError that says which role to map
 */
export function checkRoles(
  mapping: ColumnMapping,
  columns: readonly string[],
  { run, cases }: Pick<RunRequest, 'run' | 'cases'>,
): void {
  const listed = `the columns are ${foundTexts(columns, 20)}`;
  if (caseKey(mapping) === 'row' && cases !== 'rows') {
    throw new DataError(unknownCases(columns));
  }
  if (run !== null && mapping.run === undefined) {
    throw new DataError({
      message: `the run ${foundText(run)} was asked for, but no column is known as the run; ${listed}`,
      hint: 'name the column that tells the runs apart with --map run=COLUMN',
      where: { field: 'columns.run' },
    });
  }
}

/** The problem of a run whose columns do not say what a case is; of a file with both runs side by side, with what may be done instead. */
export function unknownCases(columns: readonly string[], file?: string): Problem {
  const map = 'name the column that identifies a case with --map caseId=COLUMN';
  return {
    message: `no column is known as the case id or the input, so cases cannot be told apart; the columns are ${foundTexts(columns, 20)}`,
    hint: sidesOf(columns)
      ? `${map}; where each row holds both runs, name their columns, such as --map baseline.passed=COLUMN --map candidate.passed=COLUMN, and each row is a case (without a ledger)`
      : map,
    where: { ...(file === undefined ? {} : { file }), field: 'columns.caseId' },
  };
}

/** Whether some columns look like those of two runs. */
function sidesOf(columns: readonly string[]): boolean {
  return (
    sideBySide(columns) !== null || columns.some((column) => /[_ .-](?:before|old|baseline)$/i.test(column))
  );
}

/** What a reader of the report should know about the roles of a run. */
export function roleNotes(
  { mapping, detected }: DetectedRoles,
  shapes: readonly FileShape[],
): readonly string[] {
  const notes: string[] = [];
  if (caseKey(mapping) === 'row') {
    notes.push('no column is the case id or the input: each row is a case of its own');
  }
  if (caseKey(mapping) === 'input') {
    notes.push(
      `no case id column: cases are told apart by their input text (column ${foundText(mapping.input!)})`,
    );
  }
  const labels = labelColumns(mapping);
  if (labels !== null) {
    const { expected, predicted } = labels;
    notes.push(
      `a case passes when its prediction (column ${foundText(predicted)}) equals its label (column ${foundText(expected)})`,
    );
    for (const { sample } of shapes.slice(0, 1))
      notes.push(...spellingNotes(sample.get(expected) ?? [], sample.get(predicted) ?? []));
  } else if (mapping.passed === undefined && mapping.score === undefined) {
    notes.push('no column says whether a case passed (--map passed=COLUMN or --metric mean:COLUMN)');
  }
  for (const role of ROLES) {
    const column = mapping[role];
    const lacking = shapes.filter((shape) => column !== undefined && !shape.columns.includes(column));
    if (
      column !== undefined &&
      lacking.length > 0 &&
      (detected.includes(role) || lacking.length < shapes.length)
    ) {
      const files = foundTexts(
        lacking.map(({ label }) => label),
        3,
      );
      notes.push(`the ${ROLE_LABELS[role]} column ${foundText(column)} is missing from ${files}`);
    }
  }
  return notes;
}
