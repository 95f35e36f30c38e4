/** Whether the cases of a second stage are new: neither their ids nor their inputs were in stage one. */

import { foundTexts, ROLES } from '../cases/index.ts';
import { type Config, EMPTY_CONFIG, type RunInput } from '../config/index.ts';
import type { Engine } from '../engines/index.ts';
import { DataError, UsageError } from '../errors.ts';
import type { Report, RunReport } from '../gate/index.ts';
import { type Comparison, load } from './load.ts';
import type { Ports } from './ports.ts';

/** Most cases named in one message. */
const NAMED = 10;

/**
 * Opens the files of stage one again and compares.
 *
 * @param file name of stage one's report, for errors
 * @param config of this stage, whose rules are those of stage one: how results of another tool are read, and what is measured
 * @returns what the reader should know where inputs could not be compared
 * @throws DataError where the files of stage one changed, or any fresh case was already in them, by its id or by its input
 */
export async function checkFresh(
  fresh: Engine,
  stageOne: Report,
  file: string,
  config: Config,
  ports: Ports,
): Promise<readonly string[]> {
  const old = await reopen(stageOne, file, config, ports);
  try {
    const known = new Set(await old.engine.caseIds());
    const sameId = (await fresh.caseIds()).filter((id) => known.has(id));
    const [before, after] = [await old.engine.contentKeys(), await fresh.contentKeys()];
    const asked = new Set(before.map(({ key }) => key));
    const ids = new Set(sameId);
    const sameInput = after.filter(({ key, caseId }) => asked.has(key) && !ids.has(caseId));
    const problems = [
      ...repeated(sameId, 'of the fresh cases were already in stage one'),
      ...repeated(
        sameInput.map(({ caseId }) => caseId),
        'of the fresh cases have an input that was already in stage one, under another id',
      ),
    ].map((message) => ({
      message,
      hint: 'a nominee can only be confirmed on cases that did not nominate it',
      where: { file },
    }));
    if (problems.length > 0) throw new DataError(problems);
    if (before.length > 0 && after.length > 0) return [];
    const lacking = before.length === 0 ? 'stage one has' : 'the fresh cases have';
    return [`fresh cases were told from those of stage one by id alone: ${lacking} no input texts`];
  } finally {
    await old.engine.close();
  }
}

function repeated(ids: readonly string[], what: string): readonly string[] {
  return ids.length === 0 ? [] : [`${ids.length} ${what}: ${foundTexts(ids, NAMED)}`];
}

async function reopen(
  { baseline, candidate }: Report,
  file: string,
  { inputs, metrics }: Config,
  ports: Ports,
): Promise<Comparison> {
  if (baseline === null) throw new UsageError({ message: 'stage one had no baseline', where: { file } });
  const input = ({ files, run }: RunReport, now: RunInput | null): RunInput => {
    const { from = null, score = null } = now ?? {};
    return { files, run, from, score };
  };
  const config: Config = {
    ...EMPTY_CONFIG,
    metrics,
    columns: { both: {}, baseline: exactly(baseline), candidate: exactly(candidate) },
  };
  const old = await load(
    config,
    {
      baseline: input(baseline, inputs.runs.baseline),
      candidate: input(candidate, inputs.runs.candidate),
    },
    ports,
  );
  const same =
    (await old.engine.fingerprint('baseline')) === baseline.fingerprint &&
    (await old.engine.fingerprint('candidate')) === candidate.fingerprint;
  if (same) return old;
  await old.engine.close();
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
