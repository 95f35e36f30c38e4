/** Questions about cross-filtered counts over all cases, error tree, found slices. */

import type { Expression } from '../../slices/index.ts';
import type { Estimate } from '../../stats/index.ts';
import type { Endpoint } from './endpoint.ts';
import type { ExploreAssociations, ExploreFound, ExploreMap, ExploreTree } from './explore-finds.ts';
import type { ExploreChoice, ExploreDefinition } from './explore-selection.ts';
import type { MetricReading } from './release.ts';

/** What is looked at. */
export interface ExploreScope {
  /** Null is the first metric of the comparison that has a value per case. */
  readonly metric: string | null;
  /** A predicate that becomes a dimension of its own (`CONDITION`); null for none. */
  readonly where: string | null;
  /** `first` has what is at hand; `all` also what takes longer to read: numbers, lengths, times and languages of many cases. */
  readonly depth: 'first' | 'all';
}

/** What the bars and their intervals show. */
export type ExploreShow = 'before' | 'after' | 'delta';

/** One value of a dimension: a bar. */
export interface ExploreValue {
  /** Stable between runs of the same columns, for addresses. */
  readonly key: string;
  /** The exact text, or what is the matter with the cases: `(missing)`. Foreign text. */
  readonly label: string;
  readonly state: 'value' | 'missing' | 'untagged' | 'changed' | 'other';
  /** Among all cases of the table. */
  readonly cases: number;
  /** Its code in the table. */
  readonly code: number;
  /** What holds for exactly these cases; null where the language of predicates has no words for them. */
  readonly where: Expression | null;
}

/** One dimension of the cross-filter. */
export interface ExploreDimension {
  readonly id: string;
  /** The column, and the tag that it is about. Foreign text. */
  readonly label: string;
  /**
   * `number` and `length` are ranges in order, `time` buckets in order; `tag` is a tag of a list column, had or not; `outcome` is
   * what became of the case, which no slice may depend on; `condition` is the predicate that was asked for.
   */
  readonly kind: 'category' | 'number' | 'length' | 'time' | 'tag' | 'outcome' | 'condition';
  /** How it is defined. */
  readonly definition: string;
  /** Where ranges begin, without the first; null for other kinds. */
  readonly edges: readonly number[] | null;
  /** In the order in which they are drawn: ranges and times by size, others by number of cases; `other` last. */
  readonly values: readonly ExploreValue[];
  /** Distinct values behind `other`. */
  readonly otherValues: number;
}

/** What can be crossed. */
export interface ExploreDimensions {
  readonly metric: MetricReading;
  /** Ids of the metrics that can be chosen. */
  readonly metrics: readonly string[];
  /** Whether there is an old run to compare with. */
  readonly paired: boolean;
  /** Cases in the table, and those that are not, by reason. All add up to the cases of the comparison. */
  readonly cases: number;
  readonly leftOut: readonly { readonly reason: string; readonly cases: number }[];
  readonly level: number;
  /** Statements about weights and clusters, and how intervals are made. */
  readonly notes: readonly string[];
  readonly dimensions: readonly ExploreDimension[];
  /** Names of dimensions that the depth `all` may have beyond these. */
  readonly pending: readonly string[];
  /** Columns that are no dimension, and why. */
  readonly notCrossed: readonly { readonly column: string; readonly reason: string }[];
}

/** Some cases: how many, and the metric before and after. */
export interface ExploreLine {
  readonly cases: number;
  readonly lost: number;
  readonly gained: number;
  /** Null without an old run. */
  readonly before: Estimate | null;
  readonly after: Estimate;
  readonly delta: Estimate | null;
  /** After, weighted by the weight column; null where none is mapped. */
  readonly weighted: Estimate | null;
}

/**
 * The bars of one dimension, in the order of its values, under the filter of all *other* dimensions. `estimate` and its limits are
 * of what is shown; null where there is none.
 */
export interface ExploreBars {
  readonly cases: readonly number[];
  readonly lost: readonly number[];
  readonly gained: readonly number[];
  readonly estimate: readonly (number | null)[];
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
}

/** What a filter leaves. */
export interface ExploreCounts {
  readonly all: ExploreLine;
  readonly selected: ExploreLine;
  /** In the order of the dimensions. */
  readonly bars: readonly ExploreBars[];
  readonly definition: ExploreDefinition;
}

/** A cell of the heatmap; the rate is of what is shown. */
export interface ExploreCell {
  readonly cases: number;
  readonly lost: number;
  readonly gained: number;
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Two dimensions crossed, under the filter of all other dimensions. */
export interface ExploreHeatmap {
  readonly rows: readonly ExploreValue[];
  readonly columns: readonly ExploreValue[];
  readonly cells: readonly (readonly ExploreCell[])[];
  readonly cases: number;
}

/** The table itself, for a file without a studio behind it: codes as base64 of bytes. */
export interface ExploreTable {
  /** Null where the table fits the file; else why not. */
  readonly tooLarge: string | null;
  readonly rows: number;
  /** Bytes per row, one text per dimension. */
  readonly codes: readonly string[];
  readonly outcome: string;
  /** The values behind the outcome codes; null for metrics with too many values. */
  readonly outcomes: readonly { readonly before: number | null; readonly after: number }[];
}

/** A slice to write into slicewise.yaml. */
export interface SliceToSave {
  readonly name: string;
  readonly predicate: string;
  /** Where it was seen, for the comment above the entry. */
  readonly seenIn: 'cross-filter' | 'error tree' | 'found slices' | 'heatmap';
}

/** What became of it. */
export interface SavedSlice {
  /** The name in the file: one that was taken gets a number. */
  readonly name: string;
  readonly predicate: string;
  readonly file: string;
  /** Nothing was written: the file has this predicate already. */
  readonly known: boolean;
  /** What it means: from when on it gates. */
  readonly statement: string;
}

type Filtered = ExploreScope & { readonly filter: readonly ExploreChoice[] };

export interface ExploreEndpoints {
  readonly 'explore-dimensions': Endpoint<ExploreScope, ExploreDimensions>;
  readonly 'explore-counts': Endpoint<Filtered & { readonly show: ExploreShow }, ExploreCounts>;
  readonly 'explore-heatmap': Endpoint<
    Filtered & { readonly show: ExploreShow; readonly rows: string; readonly columns: string },
    ExploreHeatmap
  >;
  readonly 'explore-associations': Endpoint<ExploreScope, ExploreAssociations>;
  readonly 'explore-tree': Endpoint<ExploreScope, ExploreTree>;
  /** `start` begins the search where it was not begun; ask again until it is ready. */
  readonly 'explore-found': Endpoint<ExploreScope & { readonly start: boolean }, ExploreFound>;
  readonly 'explore-map': Endpoint<Filtered, ExploreMap>;
  readonly 'explore-table': Endpoint<ExploreScope, ExploreTable>;
  readonly 'save-slice': Endpoint<SliceToSave, SavedSlice, true>;
}
