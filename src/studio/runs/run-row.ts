/** Recorded gates as rows of tables. */

import { parseMetric } from '../../config/index.ts';
import { isRate } from '../../counts/index.ts';
import type { GateCell, ListedGate } from '../../ledger/index.ts';
import type { RunCell, RunRow } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';

const DAY_MS = 86_400_000;

/** The row of a gate. @param decisions of people, by run hash */
export function runRow(
  gate: ListedGate,
  { ports, release }: StudioSession,
  decisions: ReadonlyMap<string, number>,
): RunRow {
  const { id, at, verdict, ship, unchanged, runHash, gitCommit, codeVersion, instruments } = gate;
  return {
    ...{ id, at, verdict, ship, unchanged, runHash, gitCommit, codeVersion },
    ageDays: (ports.now().getTime() - Date.parse(at)) / DAY_MS,
    baseline: gate.baselineName,
    candidate: gate.candidateName,
    ...{ baselineFiles: gate.baselineFiles, candidateFiles: gate.candidateFiles },
    policy: gate.policyFingerprint,
    baselineFingerprint: gate.baselineFingerprint,
    candidateFingerprint: gate.candidateFingerprint,
    instruments: instruments && {
      ...{ dataset: instruments.dataset, judge: instruments.judge, prompt: instruments.prompt },
      code: instruments.code ?? [],
    },
    cases: gate.cases,
    overall: gate.overall[0] === undefined ? null : runCell(gate.overall[0]),
    worst: gate.worst && runCell(gate.worst),
    gated: gate.gated,
    isOpen: runHash === release.report.runHash,
    decisions: decisions.get(runHash) ?? 0,
  };
}

/** One recorded slice. */
export function runCell(cell: GateCell): RunCell {
  const { sliceId, metric, dimension, value, direction, n, verdict, delta } = cell;
  return {
    ...{ sliceId, metric, dimension, value, direction, n, verdict, delta },
    ...{ after: cell.candidate, isRate: isRateMetric(metric) },
  };
}

/** Whether a metric of a recorded gate, which knows only its name, is a share. */
export function isRateMetric(metric: string): boolean {
  const measure = parseMetric(metric);
  return !('problem' in measure) && isRate(measure);
}
