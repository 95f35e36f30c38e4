/** The catalogue of derived dimensions: names, what they need, how they are cut, how they are defined. */

import { type ColumnMapping, probabilityColumnNames, probabilityColumns, type Role } from '../cases/index.ts';
import type { Grouping } from '../slices/index.ts';
import { RUN_WORDS } from '../text/index.ts';
import { EDGES, TEXT_FEATURES } from './features.ts';
import { PROBABILITY_SCORES, type ProbabilityScore } from './probabilities/index.ts';

/** Prefix of every derived column. */
export const DERIVED = 'derived.';

/** Changes with anything that changes what a derived cell holds; part of every cache key. */
export const DERIVE_VERSION = 2;

/** Column that says how the clusters of a dimension were made; see `cluster-definitions`. */
export const DEFINITION_SUFFIX = '_definition';

/** Rows of which run are filled; an output belongs to one run, so a case has one value for each. */
export type FilledBy = 'both' | 'baseline' | 'candidate';

/** How a derived column is made. */
export type Recipe =
  | { readonly kind: 'text'; readonly of: 'input' | 'output'; readonly feature: string }
  | { readonly kind: 'boilerplate' | 'cluster'; readonly of: 'input' | 'output' }
  | { readonly kind: 'logits' }
  | { readonly kind: 'probability'; readonly of: ProbabilityScore }
  | { readonly kind: 'time'; readonly by: 'hour' | 'weekday' | 'month' }
  | { readonly kind: 'source' | 'turns' | 'tools' | 'toolCount' };

/** One derived dimension. */
export interface DerivedDimension {
  readonly name: string;
  readonly recipe: Recipe;
  readonly filledBy: FilledBy;
  /** The role that it is made from; null where several columns will do. */
  readonly role: Role | null;
  /** Columns that are taken as they are, best first, by their names in lower case. */
  readonly columns: readonly string[];
  /** Columns whose entries are counted where there is none of those, likewise. */
  readonly counted: readonly string[];
  /** Column of whole conversations, which tells more than a text of the role that was taken out of it; null for none. */
  readonly messages: string | null;
  readonly edges: readonly number[] | null;
  /** In one sentence, with method and version. */
  readonly definition: string;
  /** All texts of the comparison are looked at before the first cell is made. */
  readonly fitted: boolean;
  /** What a run did decides who is in the slice. */
  readonly ofOutput: boolean;
}

type Parts = Pick<DerivedDimension, 'recipe' | 'definition'> & Partial<DerivedDimension>;

function dimension(name: string, parts: Parts): DerivedDimension {
  return {
    name: `${DERIVED}${name}`,
    filledBy: 'both',
    role: null,
    columns: [],
    counted: [],
    messages: null,
    edges: null,
    fitted: false,
    ofOutput: false,
    ...parts,
  };
}

const LENGTHS = new Set(['chars', 'words', 'tokens']);

/** Where importers, and many files, keep the conversation that a text was taken out of. */
const MESSAGES = { input: 'messages', output: 'output_messages' } as const;

const messagesOf = (role: 'input' | 'output', feature: string) => ({
  messages: feature === 'modality' ? MESSAGES[role] : null,
});

const CLUSTERS = 'clusters; good for finding and sampling, no claim about meaning';
const BOILERPLATE = `share of runs of ${RUN_WORDS} words of TEXT that stand in at least 5 texts and 1 % of all`;

const ofInput: readonly DerivedDimension[] = [
  ...TEXT_FEATURES.map(({ name, edges, definition }) =>
    dimension(LENGTHS.has(name) ? `input_${name}` : name, {
      recipe: { kind: 'text', of: 'input', feature: name },
      role: 'input',
      ...messagesOf('input', name),
      edges,
      definition: definition.replace('TEXT', 'the input'),
    }),
  ),
  dimension('boilerplate', {
    recipe: { kind: 'boilerplate', of: 'input' },
    role: 'input',
    edges: EDGES.share,
    fitted: true,
    definition: BOILERPLATE.replace('TEXT', 'the input'),
  }),
  dimension('cluster', {
    recipe: { kind: 'cluster', of: 'input' },
    role: 'input',
    fitted: true,
    definition: `inputs in ${CLUSTERS}`,
  }),
  ...(['hour', 'weekday', 'month'] as const).map((by) =>
    dimension(by, {
      recipe: { kind: 'time', by },
      role: 'timestamp',
      definition: `${by} of the timestamp as written, without any change of zone`,
    }),
  ),
  dimension('source', {
    recipe: { kind: 'source' },
    columns: ['source', 'tags.source', 'metadata.source', 'meta.source', 'dataset', 'origin'],
    definition: 'the source column, or the name of the file where a run has several',
  }),
  dimension('turns', {
    recipe: { kind: 'turns' },
    role: 'input',
    messages: MESSAGES.input,
    columns: ['turns', 'num_turns', 'turn_count'],
    edges: EDGES.turns,
    definition: 'the turns column, or messages of the user in the input; 1 for a plain text',
  }),
  dimension('tools', {
    recipe: { kind: 'tools' },
    role: 'input',
    messages: MESSAGES.input,
    columns: ['tools', 'tool_names', 'tools_called', 'tools_used', 'tool_calls'],
    definition: 'names of tools: the tools column, or the calls in the messages of the input',
  }),
  dimension('tool_count', {
    recipe: { kind: 'toolCount' },
    role: 'input',
    messages: MESSAGES.input,
    columns: ['tool_count', 'num_tool_calls', 'tool_calls_count'],
    counted: ['tool_calls', 'tools_called', 'tools_used', 'tools', 'tool_names'],
    edges: EDGES.tools,
    definition:
      'calls of tools: the count column, the entries of the calls or tools column, or the calls in the messages of the input',
  }),
];

const WHOSE = { both: '', baseline: "the baseline's ", candidate: "the candidate's " } as const;

const ofOutput: readonly DerivedDimension[] = (['both', 'baseline', 'candidate'] as const).flatMap(
  (filledBy) => {
    const prefix = filledBy === 'both' ? '' : `${filledBy}_`;
    const text = filledBy === 'both' ? 'the output' : `${WHOSE[filledBy]}output`;
    const shared = { filledBy, ofOutput: true } as const;
    return [
      ...TEXT_FEATURES.map(({ name, edges, definition }) =>
        dimension(`${prefix}output_${name}`, {
          ...shared,
          recipe: { kind: 'text', of: 'output', feature: name },
          role: 'output',
          ...messagesOf('output', name),
          edges,
          definition: definition.replace('TEXT', text),
        }),
      ),
      dimension(`${prefix}output_boilerplate`, {
        ...shared,
        recipe: { kind: 'boilerplate', of: 'output' },
        role: 'output',
        edges: EDGES.share,
        fitted: true,
        definition: BOILERPLATE.replace('TEXT', text),
      }),
      dimension(`${prefix}output_cluster`, {
        ...shared,
        recipe: { kind: 'cluster', of: 'output' },
        role: 'output',
        fitted: true,
        definition: `${text} in ${CLUSTERS}`,
      }),
      dimension(`${prefix}logit_cluster`, {
        ...shared,
        recipe: { kind: 'logits' },
        role: 'probabilities',
        fitted: true,
        definition: `${WHOSE[filledBy]}vectors of probabilities in clusters`,
      }),
      ...PROBABILITY_SCORES.map(({ name, of, edges, definition }) =>
        dimension(`${prefix}${name}`, {
          ...shared,
          recipe: { kind: 'probability', of },
          role: 'probabilities',
          edges,
          fitted: true,
          definition: definition.replace('WHOSE', filledBy === 'both' ? "the run's" : WHOSE[filledBy].trim()),
        }),
      ),
    ];
  },
);

/** Every derived dimension, those of inputs first. */
export const DERIVED_DIMENSIONS: readonly DerivedDimension[] = [...ofInput, ...ofOutput];

const byName: ReadonlyMap<string, DerivedDimension> = new Map(
  DERIVED_DIMENSIONS.map((one) => [one.name, one]),
);

/** The dimension of a column name, null where there is none of that name. */
export function derivedDimension(name: string): DerivedDimension | null {
  return byName.get(name) ?? null;
}

/** Whether a column is called like a derived one. */
export function isDerivedName(name: string): boolean {
  return name.startsWith(DERIVED);
}

/**
 * How a column is cut when it is named as a dimension: numbers in ranges with fixed edges, everything else by value.
 *
 * @example columnGrouping('derived.input_words').kind // 'bins'
 */
export function columnGrouping(column: string): Grouping {
  const edges = byName.get(column)?.edges ?? null;
  return edges === null
    ? { kind: 'column', id: column, column }
    : { kind: 'bins', id: column, column, of: 'number', edges };
}

/** Groupings of derived dimensions, in the order asked for. */
export function derivedGroupings(wanted: readonly string[]): readonly Grouping[] {
  return wanted.map(columnGrouping);
}

/** The column of a run that a dimension takes as it is; null where its rows must be looked at. */
export function givenColumn({ columns: names }: DerivedDimension, columns: readonly string[]): string | null {
  return firstOf(names, columns);
}

/** The column of a run whose entries a dimension counts; null where there is none. */
export function countedColumn(one: DerivedDimension, columns: readonly string[]): string | null {
  return firstOf(one.counted, columns);
}

/** Every column of a run that a dimension may look at. */
export function columnsRead(
  one: DerivedDimension,
  { mapping, columns }: { readonly mapping: ColumnMapping; readonly columns: readonly string[] },
): readonly string[] {
  const found = [
    givenColumn(one, columns),
    countedColumn(one, columns),
    one.messages === null ? null : firstOf([one.messages], columns),
    one.role === null ? null : (mapping[one.role] ?? null),
  ];
  if (one.recipe.kind === 'probability') {
    const where = probabilityColumns(mapping, columns);
    if (where === null || mapping.expected === undefined) return [];
    return [
      ...probabilityColumnNames(where),
      mapping.expected,
      ...(mapping.predicted === undefined ? [] : [mapping.predicted]),
    ];
  }
  return found.filter((name) => name !== null);
}

function firstOf(names: readonly string[], columns: readonly string[]): string | null {
  for (const name of names) {
    const found = columns.find((column) => column.toLowerCase() === name);
    if (found !== undefined) return found;
  }
  return null;
}

/** Why a run cannot have a dimension, in words that name what to add; null where it can. */
export function absence(
  one: DerivedDimension,
  run: { readonly mapping: ColumnMapping; readonly columns: readonly string[]; readonly files: number },
): string | null {
  if (columnsRead(one, run).length > 0) return null;
  if (one.recipe.kind === 'source') {
    return run.files > 1
      ? null
      : `a column named ${one.columns.slice(0, 3).join(', ')}, or results in several files`;
  }
  if (one.role === null) return null;
  if (one.recipe.kind === 'probability') return 'probabilities and a column known as the expected answer';
  return one.role === 'probabilities'
    ? 'a column of probabilities (lists of numbers)'
    : `a column known as the ${one.role}`;
}
