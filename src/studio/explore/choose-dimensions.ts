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
export const MOST_DERIVED = 10_000;

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

/** Plans the dimensions of a comparison; gated columns come first, what is made from texts and times last. */
export function planDimensions(
  { scope, config }: Pick<OpenRelease, 'scope' | 'config'>,
  profile: ComparisonProfile,
  mappings: readonly ColumnMapping[],
): DimensionPlan {
  const columns = chooseColumns(profile, mappings, [...scope.metrics, ...config.metrics], DISCOVER_DEFAULTS);
  const known = new Set(columns.searched.map(({ column }) => column));
  const gated = new Set(
    scope.groupings
      .filter(({ role }) => role === 'gated')
      .flatMap(({ grouping }) => groupingColumns(grouping)),
  );
  const own = columns.searched.map((chosen): PlannedDimension => ({ chosen, kind: kindOf(chosen) }));
  const made = [...lengthsOf(mappings, known), ...timesOf(mappings, known)];
  const rank = ({ chosen: { column } }: PlannedDimension) =>
    gated.has(column) ? 0 : isDerivedName(column) ? 2 : 1;
  const all = [...own.toSorted((a, b) => rank(a) - rank(b)), ...made];
  const beyond = all.slice(MOST_DIMENSIONS).map(({ chosen: { column } }) => ({
    column,
    reason: `only ${MOST_DIMENSIONS} dimensions are crossed; those that are gated come first`,
  }));
  const replaced = new Set(made.flatMap(({ chosen }) => groupingColumns(chosen.grouping)));
  const left = columns.left.filter(({ column }) => !replaced.has(column));
  return { planned: all.slice(0, MOST_DIMENSIONS), notCrossed: [...left, ...beyond] };
}

/** Whether the engine has the values of a dimension at hand, without reading numbers, texts or times first. */
export function isQuick({ chosen }: PlannedDimension): boolean {
  return chosen.grouping.kind === 'column' && !chosen.isNumber;
}

function kindOf({ isNumber, column }: ChosenColumn): PlannedDimension['kind'] {
  const recipe = derivedDimension(column)?.recipe;
  if (recipe?.kind === 'time') return 'time';
  if (recipe?.kind === 'text' && ['chars', 'words', 'tokens'].includes(recipe.feature)) return 'length';
  return isNumber || (derivedDimension(column)?.edges ?? null) !== null ? 'number' : 'category';
}

/** Characters: half an octave wide, so that short and long texts are both told apart. */
const LENGTHS = [
  ...[16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096, 6144, 8192],
  ...[16_384, 32_768],
] as const;

/** Length of the input, cut by the engine itself. Characters are counted much faster than words. */
function lengthsOf(
  mappings: readonly ColumnMapping[],
  known: ReadonlySet<string>,
): readonly PlannedDimension[] {
  const input = shared(mappings, 'input');
  const isThere = ['chars', 'words', 'tokens'].some((unit) => known.has(`derived.input_${unit}`));
  if (input === null || isThere) return [];
  return [
    {
      kind: 'length',
      chosen: {
        grouping: { kind: 'bins', id: `length(${input})`, column: input, of: 'characters', edges: LENGTHS },
        column: `length of ${input}`,
        isNumber: false,
        definition: derivedDimension('derived.input_chars')!.definition,
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
export async function withEdges(one: PlannedDimension, engine: Engine): Promise<PlannedDimension> {
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
