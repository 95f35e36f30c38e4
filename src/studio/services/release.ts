/** Answers the questions of `contract/release.ts`. */

import { z } from 'zod';
import type { ReleaseEndpoints } from '../contract/index.ts';
import { findingsAnswer } from '../release/findings-answer.ts';
import { releaseAnswer } from '../release/release-answer.ts';
import { sliceAnswer } from '../release/slice-answer.ts';
import { sliceCauses } from '../release/slice-causes.ts';
import { sliceWords } from '../release/slice-words.ts';
import { slicesAnswer } from '../release/slices-answer.ts';
import type { Services } from './service.ts';

/** Longest id of a slice: its value is a cell of the results. */
const ID = z.string().min(1).max(20_000);
const ONE_SLICE = z.strictObject({ id: ID });

export const releaseServices: Services<ReleaseEndpoints> = {
  release: {
    params: z.strictObject({}),
    writes: false,
    answer: (_, session) => session.once('release:verdict', async () => releaseAnswer(session.release)),
  },
  findings: {
    params: z.strictObject({}),
    writes: false,
    answer: (_, session) =>
      session.once('release:findings', async () => findingsAnswer(session.release.report)),
  },
  slices: {
    params: z.strictObject({}),
    writes: false,
    answer: (_, session) => session.once('release:rows', async () => slicesAnswer(session.release)),
  },
  slice: {
    params: ONE_SLICE,
    writes: false,
    answer: ({ id }, session) => sliceAnswer(id, session),
  },
  'slice-causes': {
    params: ONE_SLICE,
    writes: false,
    answer: ({ id }, session) => sliceCauses(id, session),
  },
  'slice-words': {
    params: ONE_SLICE,
    writes: false,
    answer: ({ id }, session) => sliceWords(id, session),
  },
};
