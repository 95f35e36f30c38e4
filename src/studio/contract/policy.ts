/** Questions about the policy tuner. */

import type { Verdict } from '../../findings/index.ts';
import type {
  NamedSlice,
  Outcome,
  PastRelease,
  PolicySetting,
  SimulatedRate,
  TargetKind,
} from '../../studies/index.ts';
import type { Endpoint, NoParams } from './endpoint.ts';

export type { PastRelease, PolicySetting, SimulatedRate };

/** What can be tuned, as it stands. */
export interface PolicyStart {
  readonly setting: PolicySetting;
  /** Whether the gated metric is a rate, so that the margin reads in points. */
  readonly isRate: boolean;
  /** Slices that may be critical, largest first; at most 500. */
  readonly slices: readonly (Pick<NamedSlice, 'dimension' | 'value'> & {
    readonly id: string;
    readonly n: number;
  })[];
  readonly slicesOmitted: number;
  /** Why nothing can be tried; null where it can. */
  readonly whyNot: string | null;
  /** What tuning leaves as it is: margins of single slices, metrics of classes. */
  readonly notes: readonly string[];
  /** The file that is written to; null where there is none. */
  readonly configFile: string | null;
  /** Recorded releases that can be looked at; null without a ledger. */
  readonly past: number | null;
}

/** A setting to try, with the size of the simulation. */
export interface TrialParams extends PolicySetting {
  /** Simulated releases of each kind, 10 to 2,000; more may be there already. */
  readonly releases: number;
  /** Planted loss, a share of a slice's cases in (0,1]. */
  readonly drop: number;
}

/** What a setting would do. */
export interface PolicyTrial {
  /** What the slices of this release come to. */
  readonly outcome: Outcome;
  readonly tested: number;
  /** Slices below the minimum, which do not gate. */
  readonly small: number;
  /** Slices whose verdict differs from the configured rules'. */
  readonly changed: readonly (Pick<NamedSlice, 'dimension' | 'value'> & {
    readonly n: number;
    readonly before: Verdict | null;
    readonly after: Verdict;
  })[];
  readonly falseBlocks: SimulatedRate;
  readonly falseReviews: SimulatedRate;
  /** Blocks and reviews together, which the review budget bounds. */
  readonly falseAlarms: SimulatedRate;
  /** Held up by nothing but critical slices that show nothing either way; no budget bounds it. */
  readonly undecidedCritical: SimulatedRate;
  readonly misses: readonly {
    readonly target: TargetKind;
    readonly missed: SimulatedRate;
    readonly notBlocked: SimulatedRate;
  }[];
  readonly method: string;
}

/** The file as it was and as it is. */
export interface WrittenPolicy {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

export interface PolicyEndpoints {
  readonly policy: Endpoint<NoParams, PolicyStart>;
  readonly 'policy-trial': Endpoint<TrialParams, PolicyTrial>;
  /** The newest 100 recorded releases under a setting. */
  readonly 'policy-past': Endpoint<PolicySetting, { readonly releases: readonly PastRelease[] }>;
  readonly 'policy-write': Endpoint<PolicySetting, WrittenPolicy, true>;
}
