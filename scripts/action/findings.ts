/** Reduces a report to the verdicts that somebody must know of, so that two nights can be compared. */

import type { Report } from '../../src/gate/report.ts';

/** Verdicts and slices without any number that moves by chance: what is left changes only when the answer does. */
export type ReportVerdicts = Pick<Report, 'verdict'> & {
  readonly slices: readonly Pick<Report['slices'][number], 'id' | 'verdict' | 'grade'>[];
  readonly findings: readonly Pick<Report['findings'][number], 'check' | 'slice' | 'verdict'>[];
};

const SILENT = new Set(['PASS', 'LOW-N']);

/**
 * One line of JSON for the release and for every slice and finding whose verdict is not PASS or LOW-N, in code unit
 * order, each line ended. The same lines in two reports mean that nothing new is to be said.
 *
 * @example findingLines({ verdict: 'PASS', slices: [], findings: [] }) // '["release","PASS"]\n'
 */
export function findingLines(report: ReportVerdicts): string {
  const lines = [
    ['release', report.verdict],
    ...report.slices
      .filter(({ verdict }) => verdict !== null && !SILENT.has(verdict))
      .map(({ id, verdict, grade }) => ['slice', id, verdict, grade]),
    ...report.findings
      .filter(({ verdict }) => verdict !== null && !SILENT.has(verdict))
      .map(({ check, slice, verdict }) => ['finding', check, slice, verdict]),
  ].map((line) => JSON.stringify(line));
  return [...new Set(lines)]
    .sort()
    .map((line) => `${line}\n`)
    .join('');
}
