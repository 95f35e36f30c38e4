/** Answers the questions of `contract/runs.ts`. */

import { z } from 'zod';
import type { RunEndpoints } from '../contract/index.ts';
import { compareAnswer } from '../runs/compare-answer.ts';
import { experimentsAnswer } from '../runs/experiments-answer.ts';
import { runsAnswer } from '../runs/runs-answer.ts';
import { trendAnswer } from '../runs/trend-answer.ts';
import type { Services } from './service.ts';

/** Slices are cells of the results. */
const SLICE = z.string().min(1).max(20_000);
const NAME = z.string().max(4_000);

export const runsServices: Services<RunEndpoints> = {
  runs: {
    params: z.strictObject({}),
    writes: false,
    answer: (_, session) => runsAnswer(session),
  },
  trend: {
    params: z.strictObject({ slices: z.array(SLICE).max(12), limit: z.int().min(2).max(200) }),
    writes: false,
    answer: trendAnswer,
  },
  'compare-runs': {
    params: z.strictObject({
      gates: z
        .array(z.string().min(1).max(64))
        .min(2)
        .max(6)
        .refine((gates) => new Set(gates).size === gates.length, 'a run is named twice'),
    }),
    writes: false,
    answer: compareAnswer,
  },
  experiments: {
    params: z.strictObject({ source: NAME, metric: NAME, curve: NAME }),
    writes: false,
    answer: experimentsAnswer,
  },
};
