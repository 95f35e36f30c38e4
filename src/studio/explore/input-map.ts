/** The inputs as points of a plane: near each other where they share words, coloured by what became of the case. */

import { grouped } from '../../gate/index.ts';
import { measureOf } from '../../studies/index.ts';
import { EMBEDDING_METHOD } from '../../text/index.ts';
import type { ExploreMap, ExplorePoint } from '../contract/explore-finds.ts';
import type { ExploreChoice } from '../contract/explore-selection.ts';
import type { StudioSession } from '../session.ts';
import { aside } from './aside.ts';
import type { ExploreCases } from './explore-cases.ts';
import { withCounts } from './explore-counts.ts';
import { inputPoints } from './input-points.ts';

/** From so many cases on, the results are opened once more in a thread: reading all ids takes its time. */
const LEAST_ASIDE = 50_000;

interface Points {
  readonly points: readonly (Omit<ExplorePoint, 'selected'> & { readonly row: number })[];
  readonly sampled: string | null;
  readonly whyNot: string | null;
}

/** Points are made once; a filter only says which of them it lets through. */
export async function inputMap(
  cases: ExploreCases,
  filter: readonly ExploreChoice[],
  session: StudioSession,
): Promise<ExploreMap> {
  const made = await session.once(`explore:map:${cases.metric.id}`, () => makePoints(cases, session));
  const points = await withCounts(cases, filter, () => {
    const { many } = cases.filter.failing();
    return made.points.map(({ row, ...point }) => ({ ...point, selected: many[row] === 0 }));
  });
  const method = `${EMBEDDING_METHOD}; the two directions along which these cases differ most (principal components). Near points share words, no more is claimed, and distances between far points mean little.`;
  return { points, method, sampled: made.sampled, whyNot: made.whyNot };
}

async function makePoints(cases: ExploreCases, session: StudioSession): Promise<Points> {
  const none = (whyNot: string): Points => ({ points: [], sampled: null, whyNot });
  const { candidate } = session.release.comparison;
  const { mapping, files } = candidate.opened;
  if (mapping.input === undefined)
    return none('the new run has no column known as the input: name it with --map input=COLUMN');
  if (files.includes('-'))
    return none('the results came from standard input and cannot be read again: name a file');
  const { coded, shape, metric } = cases;
  const { config } = session.release;
  const order = {
    ...{ input: mapping.input, measure: measureOf(metric, config.policy.errors), paired: shape.paired },
    coded: { candidate: coded.candidate, weight: coded.weight },
  };
  const isLarge = coded.candidate.length >= LEAST_ASIDE;
  const made = await (isLarge
    ? aside('points', { config, order }, session)
    : session.inTurn(({ comparison }) => inputPoints(comparison, order)));
  if (made.whyNot !== null) return none(made.whyNot);
  const points = made.points.map((point) => ({
    ...point,
    outcome: cases.outcomeNames[cases.outcome[point.row]!]!,
  }));
  const part =
    made.step === 1
      ? ''
      : `one case in ${made.step}, by id: ${grouped(made.picked)} of ${grouped(made.cases)}. `;
  const without = made.picked - points.length;
  const rest = without === 0 ? '' : `${grouped(without)} of them have no input text and no point.`;
  return { points, sampled: `${part}${rest}`.trim() || null, whyNot: null };
}
