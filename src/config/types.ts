/** The typed configuration: what `slicewise.yaml`, the article's `eval_config.yaml` and the flags all become. */

import type { ColumnMapping, PassWords } from '../cases/index.ts';
import type { Measure } from '../counts/index.ts';
import type { Expression } from '../slices/index.ts';
import type { SourceFormat } from '../sources/index.ts';
import type { OverlapConfig } from './overlap.ts';

/** How slices of one kind are treated; every field may be absent. */
export interface SliceRules {
  readonly owner?: string;
  readonly critical?: boolean;
  /** Lowest acceptable rate, in the metric's own unit. */
  readonly floor?: number;
  /** Smallest drop that matters, in the metric's own unit (0.05 = 5 points of a rate). */
  readonly margin?: number;
}

/** One entry of `slices:`. `gate: false` shows the slices without gating them. */
export type SliceConfig = SliceRules & {
  readonly gate: boolean;
  /** Rules for single values, by exact cell text. */
  readonly values: ReadonlyMap<string, SliceRules>;
  /** When not null, only these are slices of their own, must exist in the data, and the rest is one remainder slice. */
  readonly only: readonly string[] | null;
  /** Values that are left out of the gate and of the config-and-data check, and shown as ignored. */
  readonly ignore: readonly string[];
  /** Digest of the results that the slice was found in; it does not gate on those. */
  readonly foundOn?: string;
  /** Value to family, when families are declared; a text names the column that holds the family. */
  readonly families: ReadonlyMap<string, string> | string | null;
  readonly cut: /** `column` is null where it must be found: the column that holds most of the `only` values. */
    | { readonly kind: 'column'; readonly column: string | null }
    | { readonly kind: 'cross'; readonly columns: readonly string[] }
    | { readonly kind: 'where'; readonly name: string; readonly text: string; readonly where: Expression }
    | {
        readonly kind: 'bins';
        readonly column: string;
        readonly of: 'number' | 'characters' | 'words';
        readonly edges: readonly number[];
      }
    | { readonly kind: 'time'; readonly column: string; readonly by: 'hour' | 'weekday' | 'month' };
};

/** One metric to report and, unless `gate` is false, to gate. */
export interface MetricConfig {
  /** Unique; as written on the command line, for example `passRate`, `mean:helpfulness`, `p95:latency`, `pass@3`. */
  readonly id: string;
  readonly gate: boolean;
  /** Overrides the policy's for this metric; required for metrics without bounds that gate. */
  readonly margin: number | null;
  readonly floor: number | null;
  readonly measure: Measure;
}

export type Multiplicity = 'min-p' | 'holm' | 'tarone' | 'bh' | 'by' | 'none';

/** The rules of the gate, all defaults filled in. Rates are in [0, 1]. */
export interface Policy {
  readonly floor: number | null;
  readonly margin: number;
  readonly minCases: number;
  readonly blockBudget: number;
  readonly reviewBudget: number;
  /** Share of the block budget that goes to floors where one is set (.01 of .05). */
  readonly floorShare: number;
  /** Share of the delta budget that critical slices have for themselves where any is declared. */
  readonly criticalShare: number;
  readonly multiplicity: Multiplicity;
  readonly errors: 'fail' | 'exclude';
  readonly errorBudget: number;
  /** Largest share of cases in one run only that needs no review. */
  readonly unmatchedBudget: number;
  /** A critical slice that stays undecided reads UNTESTED instead of REVIEW. */
  readonly requireEvidence: boolean;
  /** Changes of instrument that the team accepts: comparison goes on although the fingerprint differs. */
  readonly allowChanged: readonly ('judge' | 'dataset')[];
  /** A second stage on fresh cases is planned: direct blocks use less, nominees are looser. */
  readonly confirmation: {
    readonly casesPerNominee: number;
    readonly directBudget: number;
    readonly confirmBudget: number;
    readonly nominateMidP: number;
  } | null;
  /** `always-valid`: looks at accumulating fresh cases of one candidate, by e-processes. */
  readonly looks: 'fixed' | 'always-valid';
  /** What a slice beyond the measured rerun churn leads to. */
  readonly churn: 'nominate' | 'block';
  /** Oldest acceptable baseline of the ledger, in days; null is no limit. */
  readonly maxBaselineAgeDays: number | null;
  readonly level: number;
  readonly resamples: number;
  readonly seed: number;
}

/** Files of one run, or one run of a file that holds several. */
export interface RunInput {
  /** Paths or glob patterns, `-` for standard input, or `ledger:NAME@latest` for a recorded run. */
  readonly files: readonly string[];
  /** Text of the run column that selects this run; null takes every row. */
  readonly run: string | null;
  /** The tool that wrote the files, `rows` for rows of one's own; found by content where it is absent. */
  readonly from?: SourceFormat | null;
  /** The metric of another tool's results that decides; the tool's own where it is absent. */
  readonly score?: string | null;
  /** Rows in memory, from a program; then `files` holds the one name that reports call them. */
  readonly rows?: readonly object[];
}

/** The one block that every command reads; what is absent is said to be absent. */
export interface Inputs {
  readonly runs: {
    readonly baseline: RunInput | null;
    readonly candidate: RunInput | null;
    readonly rerun: RunInput | null;
  };
  /** Training data of the candidate, and of the baseline; neither is needed. */
  readonly train: readonly string[];
  readonly trainBaseline: readonly string[];
  /** Examples that a prompt shows, or the index that passages are retrieved from. */
  readonly fewShot: readonly string[];
  readonly logs: readonly string[];
  readonly labels: readonly string[];
  readonly judgeGold: readonly string[];
  readonly releases: readonly string[];
  readonly prompts: readonly string[];
  readonly lineage: readonly string[];
  /** Training and tuning runs, for the studio: folders of MLflow or W&B, tables. */
  readonly experiments: readonly string[];
}

/** Column roles for both runs, and where the two runs differ, for each. */
export interface ColumnsConfig {
  readonly both: ColumnMapping;
  readonly baseline: ColumnMapping;
  readonly candidate: ColumnMapping;
}

/** A dimension along which results must stay equal. */
export interface EqualConfig {
  readonly column: string;
  /** Largest gap between two values that needs no review; null takes the policy's margin. */
  readonly margin: number | null;
}

/** Splits of the evaluation by one column. */
export interface ShiftConfig {
  readonly column: string;
  /** Values, or kinds before the colon, whose cases are like the training data. */
  readonly inDomain: readonly string[];
  readonly floor: number | null;
}

/** A recorded run that is given as a baseline. */
export interface NamedBaseline {
  readonly name: string;
  readonly kind: 'model' | 'previous' | 'human' | 'other';
  readonly files: readonly string[];
}

/** What the score is compared with beside the cheapest answers, which need no configuration. */
export interface BaselinesConfig {
  /** Labels that an answer may name; null where the data must say. */
  readonly topK: number | null;
  readonly simple: readonly ('length-only' | 'bag-of-words')[];
  readonly runs: readonly NamedBaseline[];
}

/** The memory of runs and verdicts. */
export interface LedgerConfig {
  readonly path: string;
  /** Outcome files kept of each run name, at least 1; those of anchors and of baselines in use stay beside them. */
  readonly keepRuns: number;
}

/** How `derived.cluster` groups the inputs. */
export interface ClustersConfig {
  /** From 2 to 200; null chooses the most stable number. */
  readonly count: number | null;
  /** A column of the runs, or the path of a file with vectors by case id; null for none. */
  readonly vectors: string | null;
  /** Folder of an embedding model; null groups by the vectors, or by the words of the inputs. */
  readonly model: string | null;
}

/** What a miss, a false alarm and a missing answer cost, in one unit. */
export interface ErrorCosts {
  readonly miss: number;
  readonly falseAlarm: number;
  /** Null: a missing answer costs what the mistake costs that it stands for. */
  readonly noAnswer: number | null;
}

/** What mistakes cost: of a positive class, or by pair of labels (null stands for any label; the closest row holds). */
export type ClassCosts =
  | (ErrorCosts & {
      readonly kind: 'errors';
      readonly slices: readonly (ErrorCosts & { readonly column: string; readonly value: string })[];
    })
  | {
      readonly kind: 'matrix';
      readonly rows: readonly {
        readonly expected: string | null;
        readonly predicted: string | null;
        readonly cost: number;
      }[];
      /** Of a mistake without a row; a right answer without a row costs nothing. */
      readonly otherwise: number;
    };

/** How the classes of a classification are judged. */
export interface ClassesConfig {
  /** Lowest acceptable recall of a class; null takes the default. */
  readonly floor: number | null;
  /** The label that costs and F of a two-class task are about. */
  readonly positive: string | null;
  /** Answers that count as no answer. */
  readonly abstain: readonly string[];
  /** What a 0/0 of a class counts as in averages. */
  readonly average0: 'skip' | 'zero' | 'one';
  readonly costs: ClassCosts | null;
  /** Label to parent, in the file or here. */
  readonly map: { readonly file: string } | { readonly parents: ReadonlyMap<string, string> } | null;
}

export interface Config {
  /** The file that it was read from, null where flags alone made it. Paths inside are relative to its folder. */
  readonly file: string | null;
  readonly inputs: Inputs;
  readonly columns: ColumnsConfig;
  /** Texts of the passed column beside the known ones; absent where there are none. */
  readonly passWords?: PassWords;
  /** Empty: the gate looks for a dimension itself. */
  readonly slices: readonly SliceConfig[];
  /** Empty: pass rate, or the mean of the score where nothing passed or failed. */
  readonly metrics: readonly MetricConfig[];
  /** Dimensions that must stay equal; absent where there are none. */
  readonly equal?: readonly EqualConfig[];
  /** Splits per kind of shift; absent where there are none. */
  readonly shifts?: readonly ShiftConfig[];
  /** When a case counts as a copy; absent where the configuration says nothing of it. */
  readonly overlap?: OverlapConfig;
  /** What the score is compared with; absent where the configuration says nothing of it. */
  readonly baselines?: BaselinesConfig;
  /** Absent where the configuration says nothing of classes. */
  readonly classes?: ClassesConfig;
  /** Absent where the configuration says nothing of clusters. */
  readonly clusters?: ClustersConfig;
  readonly policy: Policy;
  readonly waivers: string | null;
  readonly ledger: LedgerConfig | null;
  /** Warnings that the reader of the report must see, such as a key that was translated. */
  readonly notes: readonly string[];
}
