/** Answers the questions of `contract/release.ts`. */

import { z } from 'zod';
import type { ReleaseEndpoints } from '../contract/index.ts';
import { findingsAnswer } from '../release/findings-answer.ts';
import { releaseAnswer } from '../release/release-answer.ts';
import { sliceAnswer } from '../release/slice-answer.ts';
import { sliceCauses } from '../release/slice-causes.ts';
import { sliceWords } from '../release/slice-words.ts';
import { slicesAnswer } from '../release/slices-answer.ts';
import type { StudioSession } from '../session.ts';
import { type Embedding, embedded, type Services } from './service.ts';

/** Longest id of a slice: its value is a cell of the results. */
const ID = z.string().min(1).max(20_000);
const ONE_SLICE = z.strictObject({ id: ID });

/** Slices of an HTML report that open, and those whose losses are explained, which takes a search each. */
const MOST_SLICES = 300;
const MOST_EXPLAINED = 40;

/** The slices of the report, which stand worst first. */
function ofSlices(what: string, most: number) {
  return async ({ release }: StudioSession): Promise<Embedding<{ readonly id: string }>> => {
    const { slices } = release.report;
    return { asks: slices.slice(0, most).map(({ id }) => ({ id })), of: slices.length, what };
  };
}

export const releaseServices: Services<ReleaseEndpoints> = {
  release: {
    params: z.strictObject({}),
    writes: false,
    embed: embedded('verdicts'),
    answer: (_, session) =>
      session.once('release:verdict', async () => releaseAnswer(session.release, session.request.waivers)),
  },
  findings: {
    params: z.strictObject({}),
    writes: false,
    embed: embedded('findings'),
    answer: (_, session) =>
      session.once('release:findings', async () => findingsAnswer(session.release.report)),
  },
  slices: {
    params: z.strictObject({}),
    writes: false,
    embed: embedded('tables of slices'),
    answer: (_, session) => session.once('release:rows', async () => slicesAnswer(session.release)),
  },
  slice: {
    params: ONE_SLICE,
    writes: false,
    embed: ofSlices('slices with their cases and definition', MOST_SLICES),
    answer: ({ id }, session) => sliceAnswer(id, session),
  },
  'slice-causes': {
    params: ONE_SLICE,
    writes: false,
    embed: ofSlices('slices with what is over-represented in them', MOST_EXPLAINED),
    answer: ({ id }, session) => sliceCauses(id, session),
  },
  'slice-words': {
    params: ONE_SLICE,
    writes: false,
    embed: ofSlices('slices with the words of their lost cases', MOST_EXPLAINED),
    answer: ({ id }, session) => sliceWords(id, session),
  },
};
