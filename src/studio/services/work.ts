/** Answers the questions of `contract/work.ts` and `contract/review.ts`. */

import { z } from 'zod';
import type { Recorded } from '../../ledger/index.ts';
import { isPlainLine, isPlainText } from '../../text/index.ts';
import type { WorkEndpoints, Written } from '../contract/index.ts';
import { decide } from '../work/decide.ts';
import { enqueue } from '../work/enqueue.ts';
import { queueAnswer, queuesAnswer } from '../work/queues-answer.ts';
import { reviewAnswer } from '../work/review-answer.ts';
import { askLedger, tellLedger } from '../work/session-ledger.ts';
import { tagWords } from '../work/taxonomy.ts';
import type { Services } from './service.ts';

/** Case ids and slices are cells of the results. */
const CELL = z.string().min(1).max(20_000);
const UNFIT = 'must be one line without characters that steer a terminal or turn the reading direction';
const NAME = z.string().max(200).refine(isPlainLine, UNFIT);
const WHO = NAME;
const TAG = z.string().max(200);
const lines = (most: number) =>
  z
    .string()
    .max(most)
    .refine(
      isPlainText,
      'must be text without characters that steer a terminal or turn the reading direction',
    );
const COMMENT = lines(20_000);

const written = ({ id, recordedAt, isNew }: Recorded): Written => ({ id, at: recordedAt, isNew });

export const workServices: Services<WorkEndpoints> = {
  queues: {
    params: z.strictObject({}),
    writes: false,
    answer: (_, session) => queuesAnswer(session),
  },
  queue: {
    params: z.strictObject({
      queue: CELL,
      state: z.enum(['open', 'closed', 'all']),
      tag: TAG,
      offset: z.int().min(0).max(1_000_000_000),
      limit: z.int().min(1).max(500),
    }),
    writes: false,
    answer: queueAnswer,
  },
  'queue-event': {
    params: z.strictObject({
      itemId: z.string().min(1).max(200),
      kind: z.enum(['tag', 'comment', 'done', 'skip', 'reopen']),
      value: COMMENT,
      who: WHO,
    }),
    writes: true,
    answer: async (event, session) =>
      written(await tellLedger(session, (ledger) => ledger.recordQueueEvent(event))),
  },
  enqueue: {
    params: z.strictObject({
      queue: NAME,
      purpose: NAME,
      why: z.string().max(2_000),
      caseIds: z.array(CELL).min(1).max(1_000),
    }),
    writes: true,
    answer: async (params, session) => written(await enqueue(params, session)),
  },
  'case-tags': {
    params: z.strictObject({ caseId: CELL }),
    writes: false,
    answer: ({ caseId }, session) =>
      askLedger(session, async (ledger) => {
        const [noted] = await ledger.caseNotes([caseId]);
        return {
          state: 'recorded' as const,
          ...{ tags: noted!.tags, events: noted!.notes, words: tagWords(await ledger.tags()) },
        };
      }),
  },
  'tag-case': {
    params: z
      .strictObject({ caseId: CELL, tag: TAG, on: z.boolean(), who: WHO })
      // Whatever the ledger has can be taken away.
      .refine(({ tag, on }) => !on || isPlainLine(tag), { path: ['tag'], message: UNFIT }),
    writes: true,
    answer: async ({ caseId, tag, on, who }, session) => {
      const note = { caseId, kind: on ? ('tag' as const) : ('untag' as const), value: tag.trim(), who };
      return written(await tellLedger(session, (ledger) => ledger.recordCaseNote(note)));
    },
  },
  'comment-case': {
    params: z.strictObject({ caseId: CELL, text: COMMENT, who: WHO }),
    writes: true,
    answer: async ({ caseId, text, who }, session) => {
      const note = { caseId, kind: 'comment' as const, value: text.trim(), who };
      return written(await tellLedger(session, (ledger) => ledger.recordCaseNote(note)));
    },
  },
  review: {
    params: z.strictObject({ item: z.string().max(20_100) }),
    writes: false,
    answer: ({ item }, session) => reviewAnswer(item, session),
  },
  decide: {
    params: z.strictObject({
      target: z.strictObject({ kind: z.enum(['slice', 'check']), id: CELL }),
      decision: z.enum(['uphold', 'waive', 'fresh']),
      reason: lines(4_000),
      owner: WHO,
      reviewer: WHO,
      expires: z.string().max(40),
      cases: z.int().min(1).max(1_000_000).nullable(),
      who: WHO,
    }),
    writes: true,
    answer: decide,
  },
};
