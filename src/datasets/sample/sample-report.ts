/** The document that `slicewise sample` answers with. */

import type { Allocation } from '../../sampling/index.ts';
import type { PopulationCounts } from './population.ts';
import type { RoundTrip } from './round-trip.ts';
import type { CaseFormat, Design } from './sample-request.ts';

/** One stratum: what production has, what the eval set has, what is added. */
export interface StratumReport {
  readonly stratum: string;
  readonly slices: Readonly<Record<string, string>>;
  readonly rows: number;
  readonly share: number;
  readonly existing: number;
  readonly drawn: number;
  readonly forFloor: number | null;
  /** Existing and drawn. */
  readonly total: number;
  /** Null where no design has the floor. */
  readonly floor: Allocation['floor'] | null;
}

/** One drawn item. */
export interface ItemReport {
  readonly item: string;
  readonly place: string;
  readonly stratum: string;
  /** Null where the design does not reach every row. */
  readonly probability: number | null;
  readonly why: string;
}

/** Everything. */
export interface SampleReport {
  readonly kind: 'slicewise sample';
  readonly files: readonly string[];
  readonly leftOut: readonly string[];
  readonly population: PopulationCounts;
  readonly evalSet: {
    readonly files: readonly string[];
    readonly cases: number;
    readonly missing: number;
  } | null;
  readonly by: readonly string[];
  readonly where: string | null;
  readonly floor: number;
  /** Why the floor is what it is, where a drop was named. */
  readonly floorReason: string | null;
  readonly rule: string;
  readonly seed: number;
  readonly designs: readonly { readonly name: Design; readonly size: number }[];
  /** Margin of error of a rate at worst, as if the draw were a simple random sample; null where nothing was drawn. */
  readonly margin: number | null;
  readonly drawn: number;
  /** Drawn rows whose input another drawn row has too. */
  readonly sameInput: number;
  /** Rows that no design could have drawn: with any, no rate can use the sample. */
  readonly unreached: number;
  readonly strata: readonly StratumReport[];
  readonly classes: readonly Allocation[] | null;
  readonly spreads: readonly { readonly stratum: string; readonly spread: number }[] | null;
  readonly written: { readonly file: string; readonly as: CaseFormat; readonly roundTrip: RoundTrip } | null;
  readonly worksheet: string | null;
  readonly ledger: { readonly queue: string; readonly selection: string; readonly isNew: boolean } | null;
  /** Megabytes that names and strata of the rows took, roughly. */
  readonly memoryMb: number;
  readonly notes: readonly string[];
  readonly items: readonly ItemReport[];
}
