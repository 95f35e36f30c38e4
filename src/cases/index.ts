/** The table of cases and results: column roles, cells, interpretation of rows, fingerprints. */
export { commaHint } from './cell-complaints.ts';
export { NUMBER_PATTERN, parseDecimal } from './decimal.ts';
export {
  type DetectedRoles,
  type DetectionHints,
  detectRoles,
  nearNames,
  roleColumns,
} from './detect-roles.ts';
export { foundText, foundTexts } from './found-text.ts';
export {
  type Interpretation,
  interpretRows,
  ROW_DIGITS,
  ROW_PREFIX,
  rowId,
  rowNumber,
} from './interpret-rows.ts';
export { labelColumns, spellingNotes } from './label-outcome.ts';
export { isOutcomeColumn } from './outcome-columns.ts';
export {
  isErrorText,
  NO_ERROR_PATTERN,
  type PassWords,
  passReader,
  passValue,
  plainWord,
} from './pass-text.ts';
export {
  type ProbabilityColumns,
  probabilityColumnNames,
  probabilityColumns,
} from './probability-columns.ts';
export { createProblemLog, LISTED_PROBLEMS, type ProblemLog } from './problem-log.ts';
export { type Outcomes, rereadOutcomes } from './reread-outcomes.ts';
export { ROLE_LABELS, roleMeant } from './role-names.ts';
export { type ColumnMapping, caseKey, ROLES, type Role } from './roles.ts';
export { errorColumnNames } from './row-outcome.ts';
export { listRuns, type RunChoice, type RunCount, reportRuns } from './run-selection.ts';
export { type SideBySide, sideBySide } from './side-columns.ts';
export type { Cell, ResultChunk, RowChunk, RowStatus } from './table.ts';
export { createTextPool, type TextPool } from './text-pool.ts';
