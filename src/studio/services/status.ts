/** Answers whether the comparison is read, for a session that is. */

import { z } from 'zod';
import type { Report, RunReport } from '../../gate/index.ts';
import type { StatusEndpoints } from '../contract/index.ts';
import { embedded, type Services } from './service.ts';

export const statusServices: Services<StatusEndpoints> = {
  status: {
    params: z.strictObject({}),
    writes: false,
    embed: embedded('statements about the runs'),
    answer: async (_, { request, release }) => {
      const { report, config, diagnosis } = release;
      const [baseline, candidate] = runNames(report);
      return {
        state: 'ready',
        runHash: report.runHash,
        version: report.tool.version,
        baseline,
        candidate,
        cases: report.counts.paired + report.counts.onlyBaseline + report.counts.onlyCandidate,
        ledger: config.ledger !== null,
        configFile: config.file,
        classes: diagnosis.classes !== null,
        inputs: request.inputs,
      };
    },
  },
  // The server opens sessions and answers this itself; whoever holds a session only has nothing to open.
  reopen: { params: z.strictObject({}), writes: true, answer: async () => ({ opening: false }) },
};

/** What both runs are called; runs of one file that hold both side by side by the column that tells them apart. */
function runNames({ baseline, candidate }: Report): readonly [string | null, string] {
  const nameOf = ({ name, run, files }: RunReport) => name ?? run ?? files.join(', ');
  const own = nameOf(candidate);
  if (baseline === null) return [null, own];
  if (nameOf(baseline) !== own) return [nameOf(baseline), own];
  const role = Object.keys(candidate.columns).find((key) => candidate.columns[key] !== baseline.columns[key]);
  if (role === undefined) return [own, own];
  return [`${own}: ${baseline.columns[role]}`, `${own}: ${candidate.columns[role]}`];
}
