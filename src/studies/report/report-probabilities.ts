/** The probabilities of a report, where a column holds them. */

import type { Ports } from '../../stages/index.ts';
import type { ReportedProbabilities } from './probability-report.ts';
import type { ReportInput } from './report-classes.ts';

/** Null where no column holds probabilities. */
export async function reportProbabilities(
  _input: ReportInput,
  _ports: Ports,
): Promise<ReportedProbabilities | null> {
  return null;
}
