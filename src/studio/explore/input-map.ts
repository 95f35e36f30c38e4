/** The inputs as points of a plane: near each other where they share words, coloured by what became of the case. */

import { textOfCell } from '../../derived/index.ts';
import { type LoadedRun, rowsOf } from '../../stages/index.ts';
import { idsOf, measureOf } from '../../studies/index.ts';
import { EMBEDDING_METHOD } from '../../text/index.ts';
import type { ExploreMap, ExplorePoint } from '../contract/explore-finds.ts';
import type { ExploreChoice } from '../contract/explore-selection.ts';
import type { StudioSession } from '../session.ts';
import { asideIfLarge } from './aside.ts';
import type { ExploreCases } from './explore-cases.ts';
import { withCounts } from './explore-counts.ts';

/** Cases that are points, at most. */
const MOST_POINTS = 5_000;

/** Of longer texts the beginning is embedded, and the very beginning shown. */
const MOST_CHARACTERS = 20_000;
const SHOWN_CHARACTERS = 160;

/** Fewer texts than this have no plane. */
const LEAST_TEXTS = 3;

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
  const ids = await session.inTurn(({ comparison, config }) =>
    idsOf(comparison.engine, measureOf(metric, config.policy.errors), coded, shape.paired),
  );
  if (ids === null) return none('the cases of this table have no ids of their own');
  const step = Math.max(1, Math.ceil(ids.length / MOST_POINTS));
  const rows = new Map(ids.flatMap((id, row) => (row % step === 0 ? [[id, row] as const] : [])));
  const texts = await textsOf(candidate, mapping.input, new Set(rows.keys()));
  const found = [...rows].filter(([id]) => texts.has(id));
  if (found.length < LEAST_TEXTS)
    return none(`only ${found.length} of these cases have an input text: three are needed`);
  const own = found.map(([id]) => texts.get(id)!);
  const [xs, ys] = await asideIfLarge('plane', own.length, { texts: own }, session);
  const points = found.map(([id, row], i) => ({
    ...{ id, row, x: xs[i]!, y: ys[i]! },
    outcome: cases.outcomeNames[cases.outcome[row]!]!,
    text: own[i]!.slice(0, SHOWN_CHARACTERS),
  }));
  const part = step === 1 ? '' : `one case in ${step}, by id: ${rows.size} of ${ids.length}. `;
  const without = rows.size - found.length;
  const rest = without === 0 ? '' : `${without} of them have no input text and no point.`;
  return { points, sampled: `${part}${rest}`.trim() || null, whyNot: null };
}

async function textsOf(
  run: LoadedRun,
  input: string,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for await (const { caseId, attributes } of rowsOf(run, [input]).chunks) {
    const cells = attributes.get(input) ?? [];
    for (let i = 0; i < caseId.length; i++) {
      const id = caseId[i]!;
      if (!wanted.has(id) || texts.has(id)) continue;
      const text = textOfCell(cells[i])?.text.slice(0, MOST_CHARACTERS);
      if (text !== undefined) texts.set(id, text);
    }
  }
  return texts;
}
