/** Answers the questions of `contract/explore.ts`. */

import { z } from 'zod';
import type { ExploreEndpoints } from '../contract/index.ts';
import { answerCounts, answerHeatmap } from '../explore/explore-counts.ts';
import { foundSlices } from '../explore/found-slices.ts';
import { inputMap } from '../explore/input-map.ts';
import { saveSlice } from '../explore/save-slice.ts';
import { exploreCases } from '../explore/scope.ts';
import { tableAnswer } from '../explore/table-answer.ts';
import { associationsAnswer, treeAnswer } from '../explore/tree-answer.ts';
import { embeds, type Services } from './service.ts';

const name = z.string().max(1_000);
const scope = { metric: name.nullable(), where: z.string().min(1).max(20_000).nullable() };
const filter = {
  filter: z
    .array(z.strictObject({ dimension: name, values: z.array(name).max(300) }))
    .max(64)
    .refine((choices) => new Set(choices.map(({ dimension }) => dimension)).size === choices.length, {
      message: 'a dimension is named twice',
    }),
};
const show = { show: z.enum(['before', 'after', 'delta']) };

/** What the page asks before anybody has chosen something, for HTML reports. */
const FIRST = { metric: null, where: null };
const FIRST_COUNTS = (['delta', 'before', 'after'] as const).map((one) => ({
  ...FIRST,
  filter: [],
  show: one,
}));

export const exploreServices: Services<ExploreEndpoints> = {
  'explore-dimensions': {
    params: z.strictObject(scope),
    writes: false,
    embed: embeds('dimensions', FIRST),
    answer: async (asked, session) => (await exploreCases(asked, session)).answer,
  },
  'explore-counts': {
    params: z.strictObject({ ...scope, ...filter, ...show }),
    writes: false,
    embed: embeds('counts', ...FIRST_COUNTS),
    answer: async (asked, session) =>
      answerCounts(await exploreCases(asked, session), asked.filter, asked.show, session),
  },
  'explore-heatmap': {
    params: z.strictObject({ ...scope, ...filter, ...show, rows: name, columns: name }),
    writes: false,
    answer: async (asked, session) => answerHeatmap(await exploreCases(asked, session), asked),
  },
  'explore-associations': {
    params: z.strictObject(scope),
    writes: false,
    embed: embeds('associations', FIRST),
    answer: async (asked, session) => {
      const cases = await exploreCases({ ...asked, where: null }, session);
      return session.once(`explore:associations:${cases.metric.id}`, async () => associationsAnswer(cases));
    },
  },
  'explore-tree': {
    params: z.strictObject(scope),
    writes: false,
    embed: embeds('error trees', FIRST),
    answer: async (asked, session) => {
      const cases = await exploreCases({ ...asked, where: null }, session);
      return session.once(`explore:tree:${cases.metric.id}`, async () => treeAnswer(cases));
    },
  },
  'explore-found': {
    params: z.strictObject({ ...scope, start: z.boolean() }),
    writes: false,
    embed: embeds('found slices', { ...FIRST, start: false }),
    answer: async (asked, session) =>
      foundSlices(await exploreCases({ ...asked, where: null }, session), asked.start, session),
  },
  'explore-map': {
    params: z.strictObject({ ...scope, ...filter }),
    writes: false,
    embed: embeds('maps of inputs', { ...FIRST, filter: [] }),
    answer: async (asked, session) => inputMap(await exploreCases(asked, session), asked.filter, session),
  },
  'explore-table': {
    params: z.strictObject(scope),
    writes: false,
    embed: embeds('tables of cases', FIRST),
    answer: async (asked, session) => tableAnswer(await exploreCases(asked, session)),
  },
  'save-slice': {
    params: z.strictObject({
      name: z.string().min(1).max(200),
      predicate: z.string().min(1).max(20_000),
      seenIn: z.enum(['cross-filter', 'error tree', 'found slices', 'heatmap']),
    }),
    writes: true,
    answer: saveSlice,
  },
};
