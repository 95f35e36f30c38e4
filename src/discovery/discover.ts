/** Discover on one half, confirm on the other: the honest default of slice search, with the reverse direction as an option. */

import {
  CONFIRM_DEFAULTS,
  type Confirmation,
  type ConfirmedSlice,
  type ConfirmOptions,
  type ConfirmState,
  confirmSlices,
} from './confirm.ts';
import type { SearchMode, SearchOptions, SearchResult, SearchTable, SliceItem } from './kernel/types.ts';
import { type HalvedTable, halvesOf } from './rows.ts';
import type { SliceQuestion } from './slice-tests.ts';

/** What is searched. */
export type DiscoveryInput = HalvedTable;

/** A search of one table, such as `searchSlices`. */
export type Search = (table: SearchTable, options: SearchOptions) => SearchResult | Promise<SearchResult>;

/** How slices are searched and confirmed. */
export interface DiscoveryOptions {
  readonly search: SearchOptions;
  /** Without a question: that of the search mode (`worst` asks for `worse`). */
  readonly confirm: Partial<ConfirmOptions>;
  /** Also search half 1 and confirm on half 0; each direction then spends half of alpha. */
  readonly crossFit: boolean;
}

/** One direction: where it was searched, how much was looked at, what was found. */
export interface DiscoveryDirection {
  /** The half that was searched; the other one confirmed. */
  readonly searched: 0 | 1;
  readonly casesSearched: number;
  readonly casesHeldOut: number;
  readonly levels: SearchResult['levels'];
  readonly confirmation: Confirmation;
}

/** A slice by its conditions, with its numbers of each direction that found it. */
export interface DiscoveredSlice {
  readonly items: readonly SliceItem[];
  readonly state: ConfirmState;
  /** Smallest over the directions, times their number; null where it was tested in none. */
  readonly adjustedP: number | null;
  readonly found: readonly (ConfirmedSlice & { readonly searched: 0 | 1 })[];
}

/** What was found, and how much was looked at to find it. */
export interface Discovery {
  /** In order of the search; those that only the second direction found follow. */
  readonly slices: readonly DiscoveredSlice[];
  readonly directions: readonly DiscoveryDirection[];
  readonly alpha: number;
  readonly question: SliceQuestion;
  readonly counts: {
    /** Columns with at least one value that is frequent enough to be searched. */
    readonly columns: number;
    /** Slices counted or excluded by bounds, over all levels and directions. */
    readonly enumerated: number;
    readonly candidates: number;
    readonly tested: number;
    readonly confirmed: number;
  };
}

const QUESTION_OF: Record<SearchMode, SliceQuestion> = {
  worst: 'worse',
  regressed: 'regressed',
  improved: 'improved',
};

/**
 * Searches one half of the cases and tests exactly what was found on the other half.
 *
 * @param search the search; called once per direction with the rows of one half
 * @throws RangeError where a half has no cases
 */
export async function discover(
  input: DiscoveryInput,
  options: DiscoveryOptions,
  search: Search,
): Promise<Discovery> {
  const halves = halvesOf(input);
  const empty = halves.findIndex(({ table }) => table.rows === 0);
  if (empty >= 0) throw new RangeError(`half ${empty} has no cases: nothing can be found and confirmed`);
  const confirm = { ...CONFIRM_DEFAULTS, question: QUESTION_OF[options.search.mode], ...options.confirm };
  const starts: readonly (0 | 1)[] = options.crossFit ? [0, 1] : [0];
  const directions: DiscoveryDirection[] = [];
  for (const searched of starts) {
    const found = halves[searched];
    const heldOut = halves[searched === 0 ? 1 : 0];
    const { slices, levels, all } = await search(found.table, options.search);
    const candidates = slices.map(({ items }) => items);
    directions.push({
      searched,
      casesSearched: all.cases,
      casesHeldOut: heldOut.table.count.reduce((sum, count) => sum + count, 0),
      levels,
      confirmation: confirmSlices(found, heldOut, candidates, {
        ...confirm,
        alpha: confirm.alpha / starts.length,
      }),
    });
  }
  const slices = mergeDirections(directions);
  const add = (of: (direction: DiscoveryDirection) => number) =>
    directions.reduce((sum, direction) => sum + of(direction), 0);
  return {
    slices,
    directions,
    alpha: confirm.alpha,
    question: confirm.question,
    counts: {
      columns: input.table.columns.filter(({ cardinality }) => cardinality > 0).length,
      enumerated: add(({ levels }) => levels.reduce((sum, { counted, pruned }) => sum + counted + pruned, 0)),
      candidates: slices.length,
      tested: slices.filter(({ adjustedP }) => adjustedP !== null).length,
      confirmed: slices.filter(({ state }) => state === 'confirmed').length,
    },
  };
}

function mergeDirections(directions: readonly DiscoveryDirection[]): DiscoveredSlice[] {
  const merged = new Map<string, DiscoveredSlice['found'][number][]>();
  for (const { searched, confirmation } of directions) {
    for (const slice of confirmation.slices) {
      const key = slice.items.map(({ column, code }) => `${column}=${code}`).join('&');
      merged.set(key, [...(merged.get(key) ?? []), { ...slice, searched }]);
    }
  }
  return [...merged.values()].map((found) => {
    const adjusted = found.flatMap(({ adjustedP }) => (adjustedP === null ? [] : [adjustedP]));
    const states = found.map(({ state }) => state);
    return {
      items: found[0]!.items,
      state:
        (['confirmed', 'not confirmed'] as const).find((state) => states.includes(state)) ??
        'too few to confirm',
      adjustedP: adjusted.length === 0 ? null : Math.min(1, directions.length * Math.min(...adjusted)),
      found,
    };
  });
}
