/** Last stage: the ledger remembers the runs and the verdict, where one is configured. */

import { createHash } from 'node:crypto';
import type { Config } from '../config/index.ts';
import type { FlippedCase } from '../counts/index.ts';
import type { ComparisonProfile, Side } from '../engines/index.ts';
import type { CaseHistory, Report } from '../gate/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { VERSION } from '../version.ts';
import { canonicalJson, type DescribedRuns } from './describe.ts';
import type { Comparison } from './load.ts';
import type { Ports } from './ports.ts';
import { withLedger } from './with-ledger.ts';

/** Name under which the ledger keeps a baseline that came from a file. */
const BASELINE = 'baseline';

/** Name under which the ledger keeps a second run of the baseline. */
const RERUN = 'rerun';

/**
 * Looks at this candidate so far, this one included; null without a ledger. In the always-valid mode every look has
 * results of its own, so that the name tells which candidate it is.
 */
export async function countLooks(
  config: Config,
  described: DescribedRuns,
  recordAs: string,
  ports: Ports,
): Promise<number | null> {
  if (config.ledger === null) return null;
  const { candidate } = described.runs;
  const at =
    config.policy.looks === 'always-valid'
      ? { candidate: recordAs }
      : { fingerprints: [candidate.fingerprint] };
  return withLedger(config.ledger, ports, true, (ledger) => ledger.looks(at, described.runHash));
}

/**
 * What the ledger knows of the cases that this report lists; empty without a ledger. A comparison that was recorded before is no past
 * of its own cases.
 */
export async function caseHistories(
  config: Config,
  flips: ReadonlyMap<string, readonly FlippedCase[]>,
  { runs: { baseline, candidate } }: Pick<DescribedRuns, 'runs'>,
  ports: Ports,
): Promise<ReadonlyMap<string, CaseHistory>> {
  if (config.ledger === null || flips.size === 0) return new Map();
  const ids = [...new Set([...flips.values()].flatMap((cases) => cases.map(({ id }) => id)))];
  const except = baseline && { baseline: baseline.fingerprint, candidate: candidate.fingerprint };
  const records = await withLedger(config.ledger, ports, true, (ledger) =>
    ledger.caseRecords(ids, except === null ? {} : { except }),
  );
  return new Map(
    records.filter(({ comparisons }) => comparisons > 0).map(({ id, ...history }) => [id, history]),
  );
}

/** Records the baseline and its rerun, whose flips are noise of single cases. */
export async function recordRerun(comparison: Comparison, config: Config, ports: Ports): Promise<void> {
  if (config.ledger === null) return;
  const profile = await comparison.engine.profile();
  await withLedger(config.ledger, ports, true, async (ledger) => {
    const baselineRunId = await rememberRun(ledger, comparison, 'baseline', profile, BASELINE);
    const rerunRunId = await rememberRun(ledger, comparison, 'candidate', profile, RERUN);
    if (baselineRunId !== null && rerunRunId !== null) {
      await ledger.recordRerun({ baselineRunId, rerunRunId });
    }
  });
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
  await withLedger(config.ledger, ports, true, async (ledger) => {
    const baselineRunId = await rememberRun(ledger, comparison, 'baseline', profile, BASELINE);
    const candidateRunId = await rememberRun(ledger, comparison, 'candidate', profile, recordAs);
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
  });
}

/** The id of a run in the ledger, which has it from now on; null where there is no such run. */
async function rememberRun(
  ledger: Ledger,
  comparison: Comparison,
  side: Side,
  profile: ComparisonProfile,
  name: string,
): Promise<string | null> {
  const run = comparison[side];
  const counts = profile[side];
  if (run === null || counts === null) return null;
  if (run.recorded !== null) return run.recorded.runId;
  const { engine } = comparison;
  const { id } = await ledger.recordRun({
    name,
    files: run.opened.files,
    fingerprint: await engine.fingerprint(side),
    mapping: run.opened.mapping,
    counts,
    instruments: counts.fingerprints,
    writeOutcomes: (file) => engine.writeRows(side, file, { texts: false }),
  });
  return id;
}
