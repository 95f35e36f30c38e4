/** Last stage: the ledger remembers the runs and the verdict, where one is configured. */

import { createHash } from 'node:crypto';
import type { Config } from '../config/index.ts';
import type { FlippedCase } from '../counts/index.ts';
import type { ComparisonProfile, Side } from '../engines/index.ts';
import type { CaseHistory, Report, RunReport } from '../gate/index.ts';
import { VERSION } from '../version.ts';
import { canonicalJson, type DescribedRuns } from './describe.ts';
import { type Comparison, fromCwd, type LoadedRun, type Ports } from './load.ts';

/** Name under which the ledger keeps a baseline that came from a file. */
const BASELINE = 'baseline';

/** Looks at this candidate so far, this one included; null without a ledger. */
export async function countLooks(
  config: Config,
  described: DescribedRuns,
  ports: Ports,
): Promise<number | null> {
  if (config.ledger === null) return null;
  const { openLedger } = await import('../ledger/index.ts');
  const ledger = await openLedger(fromCwd(ports.cwd, config.ledger), { now: ports.now });
  try {
    return await ledger.looks([described.runs.candidate.fingerprint], described.runHash);
  } finally {
    await ledger.close();
  }
}

/** What the ledger knows of the cases that this report lists; empty without a ledger. */
export async function caseHistories(
  config: Config,
  flips: ReadonlyMap<string, readonly FlippedCase[]>,
  ports: Ports,
): Promise<ReadonlyMap<string, CaseHistory>> {
  if (config.ledger === null || flips.size === 0) return new Map();
  const { openLedger } = await import('../ledger/index.ts');
  const ledger = await openLedger(fromCwd(ports.cwd, config.ledger), { now: ports.now });
  try {
    const ids = [...new Set([...flips.values()].flatMap((cases) => cases.map(({ id }) => id)))];
    const records = await ledger.caseRecords(ids);
    return new Map(
      records.filter(({ comparisons }) => comparisons > 0).map(({ id, ...history }) => [id, history]),
    );
  } finally {
    await ledger.close();
  }
}

/** Records both runs with their per-case outcomes, and the whole report. */
export async function record(
  report: Report,
  comparison: Comparison,
  config: Config,
  profile: ComparisonProfile,
  recordAs: string,
  ports: Ports,
): Promise<void> {
  if (config.ledger === null) return;
  ports.progress('recording in the ledger');
  const { openLedger } = await import('../ledger/index.ts');
  const ledger = await openLedger(fromCwd(ports.cwd, config.ledger), { now: ports.now });
  const remember = async (
    side: Side,
    run: LoadedRun | null,
    described: RunReport | null,
    fallback: string,
  ) => {
    if (run === null || described === null) return null;
    if (run.recorded !== null) return run.recorded.runId;
    const recorded = await ledger.recordRun({
      name: fallback,
      files: described.files,
      fingerprint: described.fingerprint,
      mapping: run.opened.mapping,
      counts: described,
      instruments: profile[side]?.fingerprints,
      writeOutcomes: (file) => comparison.engine.writeRows(side, file, { texts: false }),
    });
    return recorded.id;
  };
  try {
    const baselineRunId = await remember('baseline', comparison.baseline, report.baseline, BASELINE);
    const candidateRunId = await remember('candidate', comparison.candidate, report.candidate, recordAs);
    const named = {
      ...report,
      baseline: report.baseline && {
        ...report.baseline,
        name: comparison.baseline?.recorded?.name ?? BASELINE,
      },
      candidate: { ...report.candidate, name: recordAs },
    };
    await ledger.recordGate(named, {
      codeVersion: VERSION,
      configFingerprint: createHash('sha256').update(canonicalJson(report.policy)).digest('hex'),
      baselineRunId,
      candidateRunId,
      unchanged: report.baseline?.fingerprint === report.candidate.fingerprint,
    });
  } finally {
    await ledger.close();
  }
}
