/** Answers the questions of `contract/classes.ts`. */

import { z } from 'zod';
import { classBaselines } from '../classes/baselines.ts';
import { classOverview, configuredCosts } from '../classes/class-overview.ts';
import { classReport } from '../classes/class-report.ts';
import { confusion } from '../classes/confusion.ts';
import { confusionCases } from '../classes/confusion-cases.ts';
import { curves } from '../classes/curves.ts';
import { reliability } from '../classes/scored-slice.ts';
import { thresholdChoice, thresholdSweep } from '../classes/thresholds.ts';
import type { ClassEndpoints } from '../contract/index.ts';
import { embedded, embeds, type Services } from './service.ts';

const slice = z.string().min(1).max(20_000).nullable();
const threshold = z.number().min(-1e12).max(1e12).nullable();
const cost = z.number().min(0).max(1e9);
const costs = z
  .strictObject({ miss: cost, falseAlarm: cost })
  .refine(({ miss, falseAlarm }) => miss + falseAlarm > 0, 'one of both mistakes must cost something');

/** Confusion matrices of an HTML report: those of the size that the page begins with, in each order. */
const CONFUSIONS = (['confusion', 'support', 'change'] as const).map((by) => ({
  slice: null,
  classes: 20,
  by,
}));

export const classesServices: Services<ClassEndpoints> = {
  classes: {
    params: z.strictObject({}),
    writes: false,
    embed: embedded('classes'),
    answer: async (_, { release }) => classOverview(release),
  },
  'class-report': {
    params: z.strictObject({ slice }),
    writes: false,
    embed: embeds('reports of classes', { slice: null }),
    answer: (params, session) =>
      session.once(`classes: report of ${params.slice ?? 'all'}`, () => classReport(session, params.slice)),
  },
  confusion: {
    params: z.strictObject({
      slice,
      classes: z.int().min(2).max(100),
      by: z.enum(['support', 'confusion', 'change']),
    }),
    writes: false,
    embed: embeds('confusion matrices', ...CONFUSIONS),
    answer: (params, session) => confusion(session, params),
  },
  'confusion-cases': {
    params: z.strictObject({
      slice,
      run: z.enum(['baseline', 'candidate']),
      expected: z.string().max(10_000),
      answer: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('class'), label: z.string().max(10_000) }),
        z.strictObject({ kind: z.literal('no answer') }),
        z.strictObject({ kind: z.literal('error') }),
      ]),
    }),
    writes: false,
    answer: (params, session) => confusionCases(session, params),
  },
  reliability: {
    params: z.strictObject({ slice }),
    writes: false,
    embed: embeds('calibrations', { slice: null }),
    answer: (params, session) => reliability(session, params.slice),
  },
  'threshold-sweep': {
    params: z.strictObject({ slice, costs: costs.nullable() }),
    writes: false,
    embed: embeds('thresholds', { slice: null, costs: null }),
    answer: (params, session) => thresholdSweep(session, params),
  },
  'threshold-choice': {
    params: z.strictObject({ slice, baseline: threshold, candidate: threshold, costs }),
    writes: false,
    // What the page shows first: both runs at a half, under the costs that hold.
    embed: async ({ release }) => ({
      what: 'comparisons at thresholds',
      asks:
        release.diagnosis.probabilities?.task === 'binary'
          ? [
              {
                slice: null,
                baseline: release.comparison.baseline === null ? null : 0.5,
                candidate: 0.5,
                costs: configuredCosts(release) ?? { miss: 1, falseAlarm: 1 },
              },
            ]
          : [],
    }),
    answer: (params, session) => thresholdChoice(session, params),
  },
  curves: {
    params: z.strictObject({ slice, label: z.string().max(10_000).nullable() }),
    writes: false,
    embed: embeds('curves', { slice: null, label: null }),
    answer: (params, session) => curves(session, params),
  },
  'class-baselines': {
    params: z.strictObject({}),
    writes: false,
    embed: embedded('baselines of classes'),
    answer: async (_, { release }) => classBaselines(release),
  },
};
