/** Answers whether the comparison is read, for a session that is. */

import { z } from 'zod';
import type { StatusEndpoints } from '../contract/index.ts';
import { embedded, type Services } from './service.ts';

export const statusServices: Services<StatusEndpoints> = {
  status: {
    params: z.strictObject({}),
    writes: false,
    embed: embedded('statements about the runs'),
    answer: async (_, { request, release }) => {
      const { report, config, diagnosis } = release;
      const nameOf = ({ name, run, files }: typeof report.candidate) => name ?? run ?? files.join(', ');
      return {
        state: 'ready',
        version: report.tool.version,
        baseline: report.baseline && nameOf(report.baseline),
        candidate: nameOf(report.candidate),
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
