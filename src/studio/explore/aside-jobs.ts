/** What is computed aside, in a thread of its own: whatever looks at all cases at one go, so that others are answered meanwhile. */

import type { Config, MetricConfig } from '../../config/index.ts';
import type { CodedTable } from '../../counts/index.ts';
import { errorTree, type TreeNode, type TreeOptions } from '../../discovery/index.ts';
import { configuredRuns, load, type Ports } from '../../stages/index.ts';
import {
  type Associations,
  associate,
  DISCOVER_DEFAULTS,
  type DiscoverResult,
  runDiscover,
  type SearchColumn,
  type SearchedCases,
  searchedCases,
} from '../../studies/index.ts';
import { type InputPoints, inputPoints, type PointsOrder } from './input-points.ts';

/** Cases as the page has them. Copied into the thread: some tens of megabytes for a million cases, some tens of milliseconds. */
export interface AsideCases {
  readonly coded: CodedTable;
  readonly columns: readonly SearchColumn[];
  readonly metric: MetricConfig;
  readonly paired: boolean;
}

/** By the name of the job: what it takes, and what comes back. Plain data and typed arrays alone. */
export interface AsideJobs {
  /** The results are opened anew; nothing is shared but the files. */
  readonly search: { readonly input: { readonly config: Config }; readonly result: DiscoverResult };
  readonly tree: {
    readonly input: { readonly cases: AsideCases; readonly options: TreeOptions };
    readonly result: { readonly tree: TreeNode; readonly scale: SearchedCases['scale'] };
  };
  readonly associations: {
    readonly input: { readonly cases: AsideCases };
    readonly result: Associations | null;
  };
  /** Opens the results anew as well. */
  readonly points: {
    readonly input: { readonly config: Config; readonly order: PointsOrder };
    readonly result: InputPoints;
  };
}

type Work = {
  readonly [Name in keyof AsideJobs]: (
    input: AsideJobs[Name]['input'],
    ports: Ports,
  ) => Promise<AsideJobs[Name]['result']>;
};

/** How each is done. */
export const ASIDE_WORK: Work = {
  search: ({ config }, ports) => runDiscover({ config, ...DISCOVER_DEFAULTS }, ports),
  tree: async ({ cases, options }) => {
    const { input, scale } = searched(cases);
    return { tree: errorTree(input, options), scale };
  },
  associations: async ({ cases }) => associate(searched(cases)),
  points: async ({ config, order }, ports) => {
    const comparison = await load(config, configuredRuns(config), ports);
    try {
      return await inputPoints(comparison, order);
    } finally {
      await comparison.engine.close();
    }
  },
};

/** The cases as searches take them. */
function searched({ coded, columns, metric, paired }: AsideCases): SearchedCases {
  return searchedCases(coded, columns, metric, paired, null, false);
}
