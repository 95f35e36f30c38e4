/** Writes results in the shape of MLflow's `eval_results_table.json`: column names once, then rows of values. */

import type { Cell } from '../../cases/index.ts';
import type { ExportRow } from './export-row.ts';

/** Value of one column in a row; what JSON can hold. */
type Value = (row: ExportRow) => unknown;

/** MLflow's own columns first, then what it has no name for: a table may have any column. */
const FIXED: readonly (readonly [name: string, value: Value])[] = [
  ['inputs', ({ input }) => input],
  ['ground_truth', ({ expected }) => expected],
  ['outputs', ({ output }) => output],
  ['latency', ({ latencyMs }) => (latencyMs === null ? null : latencyMs / 1000)],
  ['token_count', ({ outputTokens }) => outputTokens],
  ['passed/v1/score', ({ passed }) => (passed === null ? null : Number(passed))],
  ['score/v1/score', ({ score }) => score],
  ['case_id', ({ caseId }) => caseId],
  ['trial', ({ trial }) => (trial === '' ? null : trial)],
  ['status', ({ status }) => status],
  ['error', ({ error }) => error],
  ['input_tokens', ({ inputTokens }) => inputTokens],
  ['total_tokens', ({ totalTokens }) => totalTokens],
  ['cost_usd', ({ costUsd }) => costUsd],
  ['model', ({ model }) => model],
  ['cluster', ({ cluster }) => cluster],
  ['timestamp', ({ timestamp }) => timestamp],
  ['judge_fingerprint', ({ judgeFingerprint }) => judgeFingerprint],
  ['dataset_fingerprint', ({ datasetFingerprint }) => datasetFingerprint],
  ['prompt_fingerprint', ({ promptFingerprint }) => promptFingerprint],
  ['code_fingerprint', ({ codeFingerprint }) => codeFingerprint],
];

const ALWAYS = new Set(['inputs', 'outputs', 'case_id', 'status']);

/** The columns of a table. */
export interface TableColumns {
  readonly names: readonly string[];
  row(row: ExportRow): readonly unknown[];
}

/** Finds the columns that any row fills, while rows stream by once before they are written. */
export interface ColumnSurvey {
  add(row: ExportRow): void;
  columns(): TableColumns;
}

export function surveyColumns(): ColumnSurvey {
  const filled = new Set(ALWAYS);
  const scores = new Set<string>();
  const fields = new Set<string>();
  return {
    add(row) {
      for (const [name, value] of FIXED) {
        if (!filled.has(name) && value(row) !== null) filled.add(name);
      }
      for (const name of row.scores.keys()) scores.add(name);
      for (const name of row.fields.keys()) fields.add(name);
    },
    columns: () => columnsOf(filled, scores, fields),
  };
}

function columnsOf(
  filled: ReadonlySet<string>,
  scores: ReadonlySet<string>,
  fields: ReadonlySet<string>,
): TableColumns {
  const fixed = FIXED.filter(([name]) => filled.has(name));
  const taken = new Set(fixed.map(([name]) => name));
  const free = (name: string): string => {
    let unused = name;
    while (taken.has(unused)) unused = `${unused}_`;
    taken.add(unused);
    return unused;
  };
  const metrics = [...scores].map((name) => [free(`${name}/v1/score`), name] as const);
  const others = [...fields].map((name) => [free(name), name] as const);
  return {
    names: [
      ...fixed.map(([name]) => name),
      ...metrics.map(([name]) => name),
      ...others.map(([name]) => name),
    ],
    row: (row) => [
      ...fixed.map(([, value]) => value(row)),
      ...metrics.map(([, name]) => figure(row.scores.get(name))),
      ...others.map(([, name]): Cell => row.fields.get(name) ?? null),
    ],
  };
}

function figure(value: number | boolean | undefined): number | null {
  return value === undefined ? null : Number(value);
}
