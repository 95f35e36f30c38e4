/** The columns that every import has, whatever the tool: the names that reports, mappings and files use. */

import type { ColumnMapping } from '../../cases/index.ts';

/** Column of each fixed field of an imported result. Tags are `tags.NAME`, metrics `scores.NAME`, the rest its own name. */
export const IMPORTED_COLUMNS = {
  run: 'run',
  caseId: 'case_id',
  trial: 'trial',
  passed: 'passed',
  score: 'score',
  error: 'error',
  input: 'input',
  expected: 'expected',
  output: 'output',
  latencyMs: 'latency_ms',
  costUsd: 'cost_usd',
  inputTokens: 'input_tokens',
  outputTokens: 'output_tokens',
  totalTokens: 'total_tokens',
  timestamp: 'timestamp',
  model: 'model',
  cluster: 'cluster',
  judgeFingerprint: 'judge_fingerprint',
  datasetFingerprint: 'dataset_fingerprint',
  promptFingerprint: 'prompt_fingerprint',
  codeFingerprint: 'code_fingerprint',
} as const;

/** What these columns mean to the gate; roles whose column no row fills are left out by whoever opens the run. */
export const IMPORTED_MAPPING: ColumnMapping = {
  run: 'run',
  caseId: 'case_id',
  trial: 'trial',
  passed: 'passed',
  score: 'score',
  error: 'error',
  input: 'input',
  expected: 'expected',
  output: 'output',
  latency: 'latency_ms',
  cost: 'cost_usd',
  timestamp: 'timestamp',
  cluster: 'cluster',
  judgeFingerprint: 'judge_fingerprint',
  datasetFingerprint: 'dataset_fingerprint',
  promptFingerprint: 'prompt_fingerprint',
  codeFingerprint: 'code_fingerprint',
};
