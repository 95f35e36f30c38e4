/** The table of cases and results: column roles, cells, interpretation of rows, fingerprints. */
export { type ColumnMapping, ROLES, type Role } from './roles.ts';
export type { Cell, ResultChunk, RowChunk, RowStatus } from './table.ts';
