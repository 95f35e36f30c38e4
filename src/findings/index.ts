/** Findings: their shape, ranking and wording. */
export { type Finding, type FindingKind, type Grade, VERDICTS, type Verdict } from './finding.ts';
