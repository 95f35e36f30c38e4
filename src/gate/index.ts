/** The gate: policy and evidence become a verdict with reasons, waivers and an exit code. */
export {
  type Answer,
  type CaseCounts,
  type CaseReport,
  type ExitCode,
  type NextStep,
  type OverallReport,
  type PolicyReport,
  REPORT_SCHEMA_VERSION,
  type Report,
  type ReportCounts,
  type RunReport,
  type SliceReport,
  type SliceRole,
  type WaiverReport,
} from './report.ts';
export { reportSchema } from './report-schema.ts';
export type { SchemaNode } from './schema-node.ts';
