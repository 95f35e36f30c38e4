/** Which runs may be compared: those that say the same data set and the same judge (practice B-11). */

import { compareText } from '../../slices/index.ts';
import type { ExperimentRun } from '../../sources/index.ts';
import { FINGERPRINTS, type Fingerprint, fieldOf } from './run-fields.ts';

/** Runs whose scores were measured alike. */
export interface ComparableGroup {
  /** A, B, ...; the largest group first. */
  readonly name: string;
  readonly runs: readonly ExperimentRun[];
  /** What they agree on; null where none of them says it. */
  readonly fields: Readonly<Partial<Record<Fingerprint, string | null>>>;
  /** Fields that do not part groups: how many values the runs of this group have, those that say nothing left out. */
  readonly varying: Readonly<Partial<Record<Fingerprint, number>>>;
}

/**
 * Parts runs by what the fields say. A run that says nothing of a field is apart from those that say something.
 *
 * @param by fields that must agree
 */
export function comparableGroups(
  runs: readonly ExperimentRun[],
  by: readonly Fingerprint[],
): readonly ComparableGroup[] {
  const parts = Map.groupBy(runs, (run) => JSON.stringify(by.map((field) => fieldOf(run, field))));
  return [...parts]
    .toSorted(([a, own], [b, other]) => other.length - own.length || compareText(a, b))
    .map(([key, own], at) => {
      const values = JSON.parse(key) as readonly (string | null)[];
      return {
        name: groupName(at),
        runs: own,
        fields: Object.fromEntries(by.map((field, i) => [field, values[i] ?? null])),
        varying: Object.fromEntries(
          FINGERPRINTS.filter((field) => !by.includes(field)).map((field) => [
            field,
            countValues(own, field),
          ]),
        ),
      };
    });
}

function countValues(runs: readonly ExperimentRun[], field: Fingerprint): number {
  return new Set(runs.map((run) => fieldOf(run, field)).filter((value) => value !== null)).size;
}

/** A to Z, then AA. */
function groupName(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26));
  return at < 26 ? letter : `${groupName(Math.floor(at / 26) - 1)}${letter}`;
}
