/** Whether a run has probabilities and true labels, told from its columns alone. */

import { probabilityColumns } from '../../cases/index.ts';
import type { LoadedRun } from '../loaded-run.ts';

/** Whether the probabilities of a run can be scored at all. */
export function hasProbabilities({ opened: { mapping, columns } }: LoadedRun): boolean {
  return mapping.expected !== undefined && probabilityColumns(mapping, columns) !== null;
}
