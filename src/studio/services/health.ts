/** Answers the questions of `contract/health.ts`. */

import { z } from 'zod';
import type { HealthEndpoints } from '../contract/index.ts';
import { coverageOf } from '../health/coverage.ts';
import { doctorWalk } from '../health/doctor.ts';
import { lookAt, type Work } from '../health/jobs.ts';
import { suspectsWork } from '../health/label-suspects.ts';
import { logAuditWork } from '../health/log-audit.ts';
import { duplicatesWork } from '../health/near-duplicates.ts';
import { overlapOverview } from '../health/overlap.ts';
import { pairPage } from '../health/pair-page.ts';
import { samplingPlan } from '../health/sampling-plan.ts';
import type { StudioSession } from '../session.ts';
import { embedded, embeds, type Services } from './service.ts';

const nothing = z.strictObject({});
const job = z.strictObject({ start: z.boolean() });

/** A file cannot begin work: it holds why there is none to do, and else leaves the question to the studio. */
function ofWork(what: string, work: (session: StudioSession) => Work<unknown>) {
  return async (session: StudioSession) => ({
    what,
    asks: work(session).impossible === null ? [] : [{ start: false }],
  });
}

export const healthServices: Services<HealthEndpoints> = {
  doctor: {
    params: nothing,
    writes: false,
    embed: embedded('steps of the doctor'),
    answer: async (_, { release }) => doctorWalk(release.report),
  },
  overlap: {
    params: nothing,
    writes: false,
    embed: embedded('overlaps'),
    answer: async (_, { release }) => overlapOverview(release),
  },
  'overlap-pairs': {
    params: z.strictObject({
      side: z.enum(['train', 'fewShot', 'self']),
      closeness: z.enum(['exact', 'near', 'similar']).nullable(),
      onlyConflicts: z.boolean(),
      search: z.string().max(1_000),
      offset: z.int().min(0).max(1_000_000),
      limit: z.int().min(1).max(1_000),
    }),
    writes: false,
    answer: async (params, session) => pairPage(session, params),
  },
  'near-duplicates': {
    params: job,
    writes: false,
    embed: ofWork('near-duplicates', duplicatesWork),
    answer: async ({ start }, session) => {
      const found = lookAt(session, duplicatesWork(session), start);
      return found.state === 'ready' ? { state: 'ready', result: found.result.summary } : found;
    },
  },
  coverage: {
    params: nothing,
    writes: false,
    embed: embedded('coverages'),
    answer: async (_, { release }) => coverageOf(release),
  },
  'log-audit': {
    params: job,
    writes: false,
    embed: ofWork('audits of logs', logAuditWork),
    answer: async ({ start }, session) => lookAt(session, logAuditWork(session), start),
  },
  'sampling-plan': {
    params: z.strictObject({
      drop: z.number().min(0).max(1e9).nullable(),
      churn: z.number().min(0).max(1).nullable(),
    }),
    writes: false,
    embed: embeds('sampling plans', { drop: null, churn: null }),
    answer: async (params, session) => samplingPlan(session, params),
  },
  'label-suspects': {
    params: job,
    writes: false,
    embed: ofWork('label suspects', suspectsWork),
    answer: async ({ start }, session) => lookAt(session, suspectsWork(session), start),
  },
};
