/** Which dimensions are crossed: columns of the results, ranges of their numbers, length and time of the inputs, what was derived. */

import type { ColumnMapping } from '../../cases/index.ts';
import { derivedDimension, isDerivedName } from '../../derived/index.ts';
import type { ComparisonProfile, Engine } from '../../engines/index.ts';
import type { OpenRelease } from '../../pipeline.ts';
import { groupingColumns } from '../../slices/index.ts';
import type { BothRuns } from '../../stages/index.ts';
import { type ChosenColumn, chooseColumns, DISCOVER_DEFAULTS, derivable } from '../../studies/index.ts';
import type { ExploreDimension } from '../contract/explore.ts';
import { binEdges } from './bin-edges.ts';

/** More would be a wall of charts, and the kernel keeps one number for each. */
const MOST_DIMENSIONS = 40;

/** Cases up to which script, language and the like are computed from the inputs on opening. */
export const MOST_DERIVED = 50_000;

/** A dimension before its values are known. */
export interface PlannedDimension {
  readonly chosen: ChosenColumn;
  readonly kind: Exclude<ExploreDimension['kind'], 'outcome' | 'tag' | 'condition'>;
}

export interface DimensionPlan {
  readonly planned: readonly PlannedDimension[];
  readonly notCrossed: ExploreNotCrossed;
}

type ExploreNotCrossed = readonly { readonly column: string; readonly reason: string }[];

/** Derived columns that are worth their time here: those that need no model of all texts, and that the engine cannot cut itself. */
export function derivedHere(runs: BothRuns): readonly string[] {
  return derivable(runs, DISCOVER_DEFAULTS).filter((name) => {
    const { recipe, fitted } = derivedDimension(name)!;
    const isLength = recipe.kind === 'text' && ['chars', 'words', 'tokens'].includes(recipe.feature);
    return !fitted && !isLength && recipe.kind !== 'time';
  });
}

/**
 * Plans the dimensions of a comparison; gated columns come first.
 *
 * @param engine of the comparison, whose numbers are read for the edges of their ranges
 */
export async function planDimensions(
  { scope, config }: Pick<OpenRelease, 'scope' | 'config'>,
  engine: Engine,
  profile: ComparisonProfile,
  mappings: readonly ColumnMapping[],
): Promise<DimensionPlan> {
  const columns = chooseColumns(profile, mappings, [...scope.metrics, ...config.metrics], DISCOVER_DEFAULTS);
  const known = new Set(columns.searched.map(({ column }) => column));
  const gated = new Set(
    scope.groupings
      .filter(({ role }) => role === 'gated')
      .flatMap(({ grouping }) => groupingColumns(grouping)),
  );
  const own = columns.searched.map((chosen): PlannedDimension => ({ chosen, kind: kindOf(chosen) }));
  const rank = ({ chosen: { column } }: PlannedDimension) =>
    gated.has(column) ? 0 : isDerivedName(column) ? 2 : 1;
  const all = [...own, ...lengthsOf(mappings, known), ...timesOf(mappings, known)].sort(
    (a, b) => rank(a) - rank(b),
  );
  const planned: PlannedDimension[] = [];
  for (const one of all.slice(0, MOST_DIMENSIONS)) planned.push(await withEdges(one, engine));
  const beyond = all.slice(MOST_DIMENSIONS).map(({ chosen: { column } }) => ({
    column,
    reason: `only ${MOST_DIMENSIONS} dimensions are crossed; those that are gated come first`,
  }));
  const replaced = new Set(
    [...lengthsOf(mappings, known), ...timesOf(mappings, known)].flatMap(({ chosen }) =>
      groupingColumns(chosen.grouping),
    ),
  );
  return { planned, notCrossed: [...columns.left.filter(({ column }) => !replaced.has(column)), ...beyond] };
}

function kindOf({ isNumber, column }: ChosenColumn): PlannedDimension['kind'] {
  const recipe = derivedDimension(column)?.recipe;
  if (recipe?.kind === 'time') return 'time';
  if (recipe?.kind === 'text' && ['chars', 'words', 'tokens'].includes(recipe.feature)) return 'length';
  return isNumber || (derivedDimension(column)?.edges ?? null) !== null ? 'number' : 'category';
}

/** Words of the input, cut by the engine itself. */
function lengthsOf(
  mappings: readonly ColumnMapping[],
  known: ReadonlySet<string>,
): readonly PlannedDimension[] {
  const input = shared(mappings, 'input');
  const { edges, definition } = derivedDimension('derived.input_words')!;
  const isThere = ['chars', 'words', 'tokens'].some((unit) => known.has(`derived.input_${unit}`));
  if (input === null || edges === null || isThere) return [];
  return [
    {
      kind: 'length',
      chosen: {
        grouping: { kind: 'bins', id: `words(${input})`, column: input, of: 'words', edges },
        column: `words of ${input}`,
        isNumber: false,
        definition,
      },
    },
  ];
}

/** Month, weekday and hour of the timestamp, cut by the engine itself and called as the gate calls them. */
function timesOf(
  mappings: readonly ColumnMapping[],
  known: ReadonlySet<string>,
): readonly PlannedDimension[] {
  const column = shared(mappings, 'timestamp');
  if (column === null) return [];
  return (['month', 'weekday', 'hour'] as const)
    .filter((by) => !known.has(`derived.${by}`))
    .map((by) => ({
      kind: 'time',
      chosen: {
        grouping: { kind: 'time', id: `derived.${by}`, column, by },
        column: `derived.${by}`,
        isNumber: false,
        definition: derivedDimension(`derived.${by}`)!.definition,
      },
    }));
}

/** The column of a role, where all runs call it the same. */
function shared(mappings: readonly ColumnMapping[], role: 'input' | 'timestamp'): string | null {
  const names = new Set(mappings.map((mapping) => mapping[role]));
  const [name] = names;
  return names.size === 1 && name !== undefined ? name : null;
}

/** Numbers of the results get the edges of a histogram. */
async function withEdges(one: PlannedDimension, engine: Engine): Promise<PlannedDimension> {
  const { chosen } = one;
  if (!chosen.isNumber) return one;
  const { column } = chosen;
  const { candidate } = await engine.table({
    ...{ groupings: [], minCases: 1, maxValues: 1, split: null, fold: false },
    measure: { kind: 'number', column },
  });
  const edges = binEdges(candidate);
  if (edges.length === 0) return { kind: 'category', chosen: { ...chosen, isNumber: false } };
  return {
    ...one,
    chosen: {
      ...chosen,
      isNumber: false,
      grouping: { kind: 'bins', id: column, column, of: 'number', edges },
      definition: `${chosen.definition}; ${edges.length + 1} ranges of its numbers`,
    },
  };
}
