/** Answers the questions of `contract/cases.ts`. */

import { z } from 'zod';
import { CASE_CLASSES, PAGE_LIMIT } from '../../counts/index.ts';
import { caseAnswer, caseText, caseTrace } from '../cases/case-answer.ts';
import { caseFacts } from '../cases/case-facts.ts';
import { embedCases, embedLists, embedTraces } from '../cases/embed-cases.ts';
import { listCases } from '../cases/list-cases.ts';
import { caseNeighbours } from '../cases/neighbours.ts';
import type { CaseEndpoints } from '../contract/index.ts';
import { embedded, type Services } from './service.ts';

const REF = z.string().min(1).max(400);
const METRIC = z.string().max(500);
const TRIAL = z.string().max(2_000);
const PLACE = z.int().min(0).max(1_000_000_000);

/** Bounds keep a question short, and what it may cost small. */
const FILTER = {
  where: z.string().max(12_000),
  slice: z.string().max(20_000),
  within: z.array(z.string().min(1).max(5_000)).max(20),
  classes: z.array(z.enum(CASE_CLASSES)).max(CASE_CLASSES.length),
  errors: z.boolean(),
  search: z.string().max(1_000),
  ids: z.array(REF).max(500),
  order: z.string().max(1_000),
  metric: METRIC,
};

export const casesServices: Services<CaseEndpoints> = {
  cases: {
    params: z.strictObject({ ...FILTER, offset: PLACE, limit: z.int().min(0).max(PAGE_LIMIT) }),
    writes: false,
    embed: embedLists,
    answer: listCases,
  },
  'case-facts': {
    params: z.strictObject({}),
    writes: false,
    embed: embedded('facts about the cases'),
    answer: (_, session) => session.once('cases:facts', () => caseFacts(session)),
  },
  case: {
    params: z.strictObject({ ref: REF, metric: METRIC }),
    writes: false,
    embed: embedCases,
    answer: caseAnswer,
  },
  'case-text': {
    params: z.strictObject({
      ref: REF,
      side: z.enum(['baseline', 'candidate']),
      trial: TRIAL,
      column: z.string().max(2_000),
      from: PLACE,
    }),
    writes: false,
    answer: caseText,
  },
  'case-neighbours': {
    params: z.strictObject({ ref: REF, metric: METRIC }),
    writes: false,
    answer: caseNeighbours,
  },
  'case-trace': {
    params: z.strictObject({ ref: REF, trial: TRIAL }),
    writes: false,
    embed: embedTraces,
    answer: caseTrace,
  },
};
