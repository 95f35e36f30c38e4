/** What every engine must do. The memory engine is the definition of right; all others must agree with it exactly. */

import type { ColumnMapping, ResultChunk } from '../cases/index.ts';
import type { CountPlan, FlipPlan, FlippedCase, SliceCount, UnitPlan, UnitTable } from '../counts/index.ts';

/** The two runs of a comparison. A report on one run alone has only a candidate. */
export type Side = 'baseline' | 'candidate';

/** Where one side's rows come from. */
export type SideSource =
  /** Rows that were read and interpreted by TypeScript readers. */
  | {
      readonly kind: 'rows';
      readonly chunks: AsyncIterable<ResultChunk> | Iterable<ResultChunk>;
      readonly mapping: ColumnMapping;
    }
  /** Parquet files that the engine reads itself; `run` keeps only the rows whose run column has that text. */
  | {
      readonly kind: 'parquet';
      readonly files: readonly string[];
      readonly mapping: ColumnMapping;
      readonly run: string | null;
    };

/**
 * How the two runs are joined. The pairing key is the mapped case id, or else the input text itself; never the position.
 */
export interface ComparisonSource {
  readonly baseline: SideSource | null;
  readonly candidate: SideSource;
}

/** What one run holds, all counted in rows unless said otherwise. */
export interface RunProfile {
  readonly rows: number;
  readonly cases: number;
  readonly scored: number;
  readonly errors: number;
  readonly unscored: number;
  /** Largest number of trials of any case. */
  readonly maxTrials: number;
  /** Whether any row has a passed value. */
  readonly hasPassed: boolean;
  /** Distinct texts found in the fingerprint columns, sorted; empty where not mapped or all missing. */
  readonly fingerprints: Readonly<Record<'judge' | 'dataset' | 'prompt', readonly string[]>>;
}

/** What one column holds, counted over the cases of both runs together. */
export interface ColumnProfile {
  readonly name: string;
  /** Runs whose files have the column at all. */
  readonly inBaseline: boolean;
  readonly inCandidate: boolean;
  /** Distinct case values (list cells: distinct tags), counted up to 10,000. */
  readonly distinct: number;
  /** Cases without a value, and cases whose rows disagree. */
  readonly missingCases: number;
  readonly changedCases: number;
  /** Rows (both runs) whose cell is a decimal number, and rows with any cell. */
  readonly numericRows: number;
  readonly filledRows: number;
  /** Whether any cell is a list. */
  readonly isList: boolean;
  /** Up to 50 values by number of cases (ties in UTF-8 byte order); empty when there are more than 1,000 distinct ones. */
  readonly top: readonly { readonly value: string; readonly cases: number }[];
}

export interface ComparisonProfile {
  readonly baseline: RunProfile | null;
  readonly candidate: RunProfile;
  /** Cases in both runs (edited ones included), in one run only, and with edited content; ids in UTF-8 byte order, at most 100. */
  readonly paired: number;
  readonly onlyBaseline: number;
  readonly onlyCandidate: number;
  readonly onlyBaselineIds: readonly string[];
  readonly onlyCandidateIds: readonly string[];
  readonly edited: number;
  readonly editedIds: readonly string[];
  /** Whether edits could be seen: input or expected is mapped on both sides. */
  readonly editsVisible: boolean;
  readonly columns: readonly ColumnProfile[];
}

/**
 * One opened comparison.
 *
 * **Case attributes.** A case's attribute for a column is the one distinct non-missing cell over all its rows in both
 * runs; none is `missing`; two or more different ones is `changed`. Groupings see only attributes.
 * **Edited.** A case is edited when its input, or its expected text, is present in both runs and differs. A cell of the
 * form `sha256:<64 hex digits>` equals every text with that SHA-256.
 * **Duplicates.** Opening fails with a DataError that names every duplicate (case, trial) of a side, with lines.
 */
export interface Engine {
  readonly kind: 'memory' | 'duckdb';
  profile(): Promise<ComparisonProfile>;
  /** One entry per slice that has at least one case, ordered as `compareSliceKeys`. */
  count(plan: CountPlan): Promise<readonly SliceCount[]>;
  units(plan: UnitPlan): Promise<UnitTable>;
  /** Ordered by slice, direction (lost first), case id. A lost case has a lower value in the candidate. */
  flips(plan: FlipPlan): Promise<readonly FlippedCase[]>;
  /** Case ids of the comparison (both runs), UTF-8 byte order. */
  caseIds(): Promise<readonly string[]>;
  /**
   * Order-independent digest of one side's results, 32 hex digits: the sums modulo 2^64 of the upper and lower halves
   * (big-endian) of the MD5 of `caseId US trial US status US passed US score` (UTF-8, US = U+001F, missing as empty)
   * over all rows. It is equal for every engine and every row order.
   */
  fingerprint(side: Side): Promise<string>;
  /**
   * Writes one side's rows as Parquet, ordered by case id and trial: `__case_id`, `__trial`, `__passed` (0, 1, null),
   * `__error` (`error` or null), and every attribute under its own name. Input, expected and output texts are replaced by
   * `sha256:<hex>` unless `texts` is true. The file can be read back as a run with the mapping that is returned.
   */
  writeRows(side: Side, file: string, options: { readonly texts: boolean }): Promise<ColumnMapping>;
  close(): Promise<void>;
}

/** Opens a comparison; `where` texts of errors name the files. */
export type OpenEngine = (source: ComparisonSource) => Promise<Engine>;
