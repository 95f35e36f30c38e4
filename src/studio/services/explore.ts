/** Answers the questions of `contract/explore.ts`. */

import { z } from 'zod';
import type { ExploreEndpoints, Params } from '../contract/index.ts';
import { answerCounts, answerHeatmap } from '../explore/explore-counts.ts';
import { foundSlices } from '../explore/found-slices.ts';
import { inputMap } from '../explore/input-map.ts';
import { saveSlice } from '../explore/save-slice.ts';
import { exploreCases } from '../explore/scope.ts';
import { tableAnswer } from '../explore/table-answer.ts';
import { associationsAnswer, treeAnswer } from '../explore/tree-answer.ts';
import type { StudioSession } from '../session.ts';
import type { Embedding, Services } from './service.ts';

const name = z.string().max(1_000);
const scope = {
  metric: name.nullable(),
  where: z.string().min(1).max(20_000).nullable(),
  depth: z.enum(['first', 'all']),
};
const filter = {
  filter: z
    .array(z.strictObject({ dimension: name, values: z.array(name).max(300) }))
    .max(64)
    .refine((choices) => new Set(choices.map(({ dimension }) => dimension)).size === choices.length, {
      message: 'a dimension is named twice',
    }),
};
const show = { show: z.enum(['before', 'after', 'delta']) };

/** Cases up to which HTML reports hold all dimensions; of more those that are at hand. */
const MOST_WITH_ALL = 100_000;

type Asked = Params<'explore-tree'>;

/** What the page asks before anybody has chosen something, for HTML reports. */
function embedsFirst<P>(
  what: string,
  asks: (first: Asked) => readonly P[],
): (session: StudioSession) => Promise<Embedding<P>> {
  return async ({ release }) => {
    const isSmall = release.profile.candidate.cases <= MOST_WITH_ALL;
    return { what, asks: asks({ metric: null, where: null, depth: isSmall ? 'all' : 'first' }) };
  };
}

const SHOWS = ['delta', 'before', 'after'] as const;

export const exploreServices: Services<ExploreEndpoints> = {
  'explore-dimensions': {
    params: z.strictObject(scope),
    writes: false,
    embed: embedsFirst('dimensions', (first) => [
      { ...first, depth: 'first' as const },
      ...(first.depth === 'all' ? [first] : []),
    ]),
    answer: async (asked, session) => (await exploreCases(asked, session)).answer,
  },
  'explore-counts': {
    params: z.strictObject({ ...scope, ...filter, ...show }),
    writes: false,
    embed: embedsFirst('counts', (first) => SHOWS.map((one) => ({ ...first, filter: [], show: one }))),
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
    embed: embedsFirst('associations', (first) => [first]),
    answer: async (asked, session) => {
      const cases = await exploreCases({ ...asked, where: null }, session);
      return session.once(`explore:associations:${asked.depth}:${cases.metric.id}`, () =>
        associationsAnswer(cases, session),
      );
    },
  },
  'explore-tree': {
    params: z.strictObject(scope),
    writes: false,
    embed: embedsFirst('error trees', (first) => [first]),
    answer: async (asked, session) => {
      const cases = await exploreCases({ ...asked, where: null }, session);
      return session.once(`explore:tree:${asked.depth}:${cases.metric.id}`, () => treeAnswer(cases, session));
    },
  },
  'explore-found': {
    params: z.strictObject({ ...scope, start: z.boolean() }),
    writes: false,
    embed: embedsFirst('found slices', (first) => [{ ...first, start: false }]),
    answer: async (asked, session) =>
      foundSlices(await exploreCases({ ...asked, where: null }, session), asked.start, session),
  },
  'explore-map': {
    params: z.strictObject({ ...scope, ...filter }),
    writes: false,
    embed: embedsFirst('maps of inputs', (first) => [{ ...first, filter: [] }]),
    answer: async (asked, session) => inputMap(await exploreCases(asked, session), asked.filter, session),
  },
  'explore-table': {
    params: z.strictObject(scope),
    writes: false,
    embed: embedsFirst('tables of cases', (first) => [first]),
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
