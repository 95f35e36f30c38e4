/** Readers of recorded result files: what is in them, and their rows as results. */
export { openRows, type RowsRequest } from './open-rows.ts';
export { type OpenedRun, openRun, type RunRequest, type RunSource } from './open-run.ts';
