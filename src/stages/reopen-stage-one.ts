/** The files of a first stage, opened again as its report says that they were read. */

import { ROLES } from '../cases/index.ts';
import type { Config, RunInput } from '../config/index.ts';
import { DataError, UsageError } from '../errors.ts';
import type { Report, RunReport } from '../gate/index.ts';
import { type Comparison, load } from './load.ts';
import type { Ports } from './ports.ts';

/** Stage one's comparison and the configuration that it was opened with. The engine must be closed. */
export interface Reopened {
  readonly comparison: Comparison;
  readonly config: Config;
}

/**
 * Opens both runs of stage one.
 *
 * @param file name of stage one's report, for errors
 * @param rules the configuration of the second stage, whose rules are those of stage one: how results of another tool are read, what is measured
 * @throws DataError where the files changed since stage one ran, UsageError where it had no baseline
 */
export async function reopenStageOne(
  { baseline, candidate }: Report,
  file: string,
  rules: Config,
  ports: Ports,
): Promise<Reopened> {
  if (baseline === null) throw new UsageError({ message: 'stage one had no baseline', where: { file } });
  const input = ({ files, run }: RunReport, now: RunInput | null): RunInput => {
    const { from = null, score = null } = now ?? {};
    return { files, run, from, score };
  };
  const config: Config = {
    ...rules,
    columns: { both: {}, baseline: exactly(baseline), candidate: exactly(candidate) },
  };
  const { runs } = rules.inputs;
  const comparison = await load(
    config,
    { baseline: input(baseline, runs.baseline), candidate: input(candidate, runs.candidate) },
    ports,
  );
  const same =
    (await comparison.engine.fingerprint('baseline')) === baseline.fingerprint &&
    (await comparison.engine.fingerprint('candidate')) === candidate.fingerprint;
  if (same) return { comparison, config };
  await comparison.engine.close();
  throw new DataError({
    message: 'the files of stage one changed since it ran, so it cannot be seen whether the cases are new',
    hint: 'restore them, or run stage one again',
    where: { file },
  });
}

/** The columns of a run as they were used; a role that had none is not looked for again. */
function exactly({ columns }: RunReport): Config['columns']['both'] {
  return { ...Object.fromEntries(ROLES.map((role) => [role, ''])), ...columns };
}
