/** The comparison with baselines for those who choose their own slices; its code is loaded only when it is asked for. */

import type { BaselineDiagnosis } from '../../checks/index.ts';
import type { Ports } from '../ports.ts';
import type { DiagnoseInput } from './input.ts';

/** See `baselines.ts`. */
export async function diagnoseBaselines(
  input: DiagnoseInput,
  ports: Pick<Ports, 'cwd' | 'progress'>,
): Promise<BaselineDiagnosis | null> {
  const loaded = await import('./baselines.ts');
  return loaded.diagnoseBaselines(input, ports);
}
