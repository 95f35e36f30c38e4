/** The search for slices that nobody declared: started on demand, one per metric, and asked for until it is there. */

import { SlicewiseError } from '../../errors.ts';
import { columnsOf, type Expression, formatExpression, parseExpression } from '../../slices/index.ts';
import { type DiscoveredSliceReport, type DiscoverResult, whyNotAdopted } from '../../studies/index.ts';
import type { ExploreFound, ExploreFoundSlice } from '../contract/explore-finds.ts';
import type { StudioSession } from '../session.ts';
import { aside } from './aside.ts';
import type { ExploreCases } from './explore-cases.ts';
import { predicateFigures } from './predicate-figures.ts';

/** A search on its way. */
interface Search {
  state: ExploreFound;
  readonly began: Date;
}

const searches = new WeakMap<StudioSession, Map<string, Search>>();

/** Where the search is; `start` begins it, also again where it failed. */
export function foundSlices(cases: ExploreCases, start: boolean, session: StudioSession): ExploreFound {
  const own = searches.get(session) ?? new Map<string, Search>();
  searches.set(session, own);
  const { id } = cases.metric;
  const known = own.get(id);
  const isOver = known === undefined || known.state.state === 'failed';
  if (isOver && !start) return known?.state ?? { state: 'not started', command: commandOf(session) };
  if (!isOver) return withTime(known, session);
  const search: Search = {
    began: session.ports.now(),
    state: { state: 'running', stage: 'reading', elapsedMs: 0 },
  };
  own.set(id, search);
  void run(cases, search, session);
  return search.state;
}

const commandOf = ({ request }: StudioSession): string => `slicewise discover ${request.inputs}`.trim();

function withTime({ state, began }: Search, { ports }: StudioSession): ExploreFound {
  return state.state === 'running' ? { ...state, elapsedMs: ports.now().getTime() - began.getTime() } : state;
}

async function run(cases: ExploreCases, search: Search, session: StudioSession): Promise<void> {
  const progress = (stage: string) => {
    search.state = { state: 'running', stage, elapsedMs: 0 };
  };
  try {
    const config = { ...session.request.config, metrics: [cases.metric] };
    const result = await aside('search', { config }, session, progress);
    progress('looking at what slices are part of');
    search.state = await answerOf(result, cases, session);
  } catch (error) {
    const problems =
      error instanceof SlicewiseError
        ? error.problems.map(({ message, hint }) => (hint === undefined ? message : `${message}: ${hint}`))
        : [error instanceof Error ? error.message : String(error)];
    search.state = { state: 'failed', problems };
  }
}

async function answerOf(
  result: DiscoverResult,
  cases: ExploreCases,
  session: StudioSession,
): Promise<ExploreFound> {
  const { metric, casesLeftOut, settings, modes, notes } = result;
  return {
    state: 'ready',
    ...{ metric, cases: result.cases, casesLeftOut, minCases: settings.minCases, modes, notes },
    slices: await slicesOf(result.slices, cases, session),
    command: commandOf(session),
  };
}

async function slicesOf(
  slices: readonly DiscoveredSliceReport[],
  cases: ExploreCases,
  session: StudioSession,
): Promise<readonly ExploreFoundSlice[]> {
  const { known } = cases;
  const parents = slices.map((slice) => (slice.conditions.length < 2 ? [] : parentsOf(slice)));
  const counted = parents
    .flat()
    .flatMap(({ where }) =>
      where !== null && columnsOf(where).every((column) => known.has(column)) ? [where] : [],
    );
  const figures = await predicateFigures(counted, cases, session);
  return slices.map(({ lost: _, words: __, mix: ___, sql: ____, ...slice }, i) => ({
    ...slice,
    id: `${slice.mode}:${slice.name}`,
    parents: parents[i]!.map(({ name, where }) => {
      const own = where === null ? undefined : figures[counted.indexOf(where)];
      const [n, estimate] = [own?.cases[0] ?? null, own?.estimate[0] ?? null];
      const [lower, upper] = [own?.lower[0] ?? null, own?.upper[0] ?? null];
      return { name, predicate: where && formatExpression(where), cases: n, estimate, lower, upper };
    }),
    whyNotSaved: whyNotAdopted(slice),
    derived:
      slice.predicate === null
        ? []
        : columnsOf(parseExpression(slice.predicate)).filter((column) => !known.has(column)),
  }));
}

/** The slice without one of its conditions; what belongs to a condition is what looks at its column. */
function parentsOf({ conditions, predicate }: DiscoveredSliceReport) {
  const whole = predicate === null ? null : parseExpression(predicate);
  return conditions.map((without, left) => ({
    name: conditions
      .filter((_, i) => i !== left)
      .map(({ name }) => name)
      .join(' & '),
    where:
      whole &&
      withoutColumn(
        whole,
        without.column,
        conditions.filter((_, i) => i !== left).map(({ column }) => column),
      ),
  }));
}

/** Null where two conditions look at one column, so that its parts cannot be told apart. */
function withoutColumn(whole: Expression, column: string, others: readonly string[]): Expression | null {
  if (others.includes(column)) return null;
  const parts = whole.kind === 'and' ? whole.parts : [whole];
  const left = parts.filter((part) => !columnsOf(part).includes(column));
  if (left.length === 0 || left.length === parts.length) return null;
  return left.length === 1 ? left[0]! : { kind: 'and', parts: left };
}
