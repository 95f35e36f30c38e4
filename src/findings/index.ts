/** Findings: their shape, ranking and wording. */

export { CHECK_LIMITS, type CheckLimits, limitsOf } from './check-limits.ts';
export { type Finding, type FindingKind, type Grade, VERDICTS, type Verdict } from './finding.ts';
