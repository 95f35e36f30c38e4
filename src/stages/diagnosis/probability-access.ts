/** The diagnosis of probabilities for those who choose their own slices; its code is loaded only when it is asked for. */

import type { ProbabilityDiagnosis } from '../../checks/index.ts';
import type { CompareSettings } from '../../classes/index.ts';
import type { ErrorCosts } from '../../stats/index.ts';
import type { Comparison } from '../load.ts';
import type { ScoredRequest, ScoredTable } from './scored-cases.ts';

/** See `scored-cases.ts`. */
export async function readScoredCases(
  comparison: Pick<Comparison, 'engine' | 'baseline' | 'candidate'>,
  request: ScoredRequest,
): Promise<ScoredTable | null> {
  const loaded = await import('./scored-cases.ts');
  return loaded.readScoredCases(comparison, request);
}

/** See `probabilities.ts`. */
export async function probabilityDiagnosis(
  table: ScoredTable,
  settings: CompareSettings,
  costs: ErrorCosts | null,
): Promise<ProbabilityDiagnosis> {
  const loaded = await import('./probabilities.ts');
  return loaded.probabilityDiagnosis(table, settings, costs);
}
