/** What a slice is: a grouping cuts the cases of a comparison into named slices. */

import type { Expression } from './expression.ts';

/**
 * A way to cut the cases. Every grouping looks only at *case attributes* (see `attribute.ts`), never at what a
 * run did with the case. Unless said otherwise a missing attribute gives state `missing`, a changed one `changed`.
 *
 * - `all`: one slice with every case, value `(all)`.
 * - `column`: one slice per value of a column; a list puts the case into one slice per distinct tag, an empty list is `untagged`.
 * - `cross`: one slice per combination of the parts' values (cartesian product), joined by `crossValue`. If any part is
 *   changed the case is changed, else if any is missing it is missing, else if any is untagged it is untagged.
 * - `predicate`: one slice, value = `name`, of the cases for which `where` is true. Otherwise the case is `changed` if `where`
 *   is unknown and any column that it names is changed for the case, else `untagged` (a missing operand is not true).
 * - `bins`: half-open ranges [edge, next edge) of a column's number (`parseDecimal`), or of its length in code points
 *   (`characterCount`) or words (`wordCount`). A list, and for numbers a text that is no number, is `missing`.
 *   Values read `<10`, `10-20`, `>=20` (edges printed by JavaScript's String()).
 * - `time`: hour `00`..`23`, weekday `1 Mon`..`7 Sun`, or month `2026-01`, of an ISO 8601 timestamp as written (no zone change;
 *   `timeBucket`). A list and a text that is no such timestamp are `missing`.
 * - `map`: the values of another grouping renamed (families, or listed values and one remainder).
 *   A value that the map does not list becomes `other`, or stays itself where `other` is null. States stay as they are.
 */
export type Grouping =
  | { readonly kind: 'all'; readonly id: string }
  | { readonly kind: 'column'; readonly id: string; readonly column: string }
  | { readonly kind: 'cross'; readonly id: string; readonly parts: readonly Grouping[] }
  | { readonly kind: 'predicate'; readonly id: string; readonly name: string; readonly where: Expression }
  | {
      readonly kind: 'bins';
      readonly id: string;
      readonly column: string;
      readonly of: 'number' | 'characters' | 'words';
      /** Strictly increasing, at least one. */
      readonly edges: readonly number[];
    }
  | {
      readonly kind: 'time';
      readonly id: string;
      readonly column: string;
      readonly by: 'hour' | 'weekday' | 'month';
    }
  | {
      readonly kind: 'map';
      readonly id: string;
      readonly of: Grouping;
      readonly values: ReadonlyMap<string, string>;
      readonly other: string | null;
    };

/**
 * In which state a case is towards a grouping.
 * `value`: it is in the slice(s) named. `missing`: the attribute is absent. `untagged`: its list of tags is empty, or no
 * predicate holds. `changed`: the attribute has different values in different rows of the case, so it is no attribute of the case.
 */
export type SliceState = 'value' | 'missing' | 'untagged' | 'changed';

/** One slice of one grouping. `value` is the exact cell text for state `value`, else `''`. */
export interface SliceKey {
  readonly grouping: string;
  readonly state: SliceState;
  readonly value: string;
}
