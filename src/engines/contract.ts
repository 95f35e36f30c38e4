/** What every engine must do. The memory engine is the definition of right; all others must agree with it exactly. */

import type { ColumnMapping, PassWords, ResultChunk, RunCount } from '../cases/index.ts';
import type {
  CasePage,
  CasePlan,
  CaseRow,
  CodedTable,
  CountPlan,
  FlipPlan,
  FlippedCase,
  LabelCounts,
  LabelledCases,
  LabelledPlan,
  LabelPlan,
  SliceCount,
  TablePlan,
  UnitPlan,
  UnitTable,
} from '../counts/index.ts';

/** The two runs of a comparison. A report on one run alone has only a candidate. */
export type Side = 'baseline' | 'candidate';

/** Where one side's rows come from. With neither a case id nor an input mapped, each row is a case of its own (`rowId`). */
export type SideSource =
  /** Rows that were read and interpreted by TypeScript readers. */
  | {
      readonly kind: 'rows';
      readonly chunks: AsyncIterable<ResultChunk> | Iterable<ResultChunk>;
      readonly mapping: ColumnMapping;
      /** Texts of the passed column beside the known ones: for rows that are read again (`SameRows`). */
      readonly passWords?: PassWords | undefined;
    }
  /** Parquet files that the engine reads itself; `run` keeps only the rows whose run column has that text. */
  | {
      readonly kind: 'parquet';
      readonly files: readonly string[];
      readonly mapping: ColumnMapping;
      readonly passWords?: PassWords | undefined;
      readonly run: string | null;
      /** What to do about several runs where none was chosen, for messages. */
      readonly chooseRun?: (runs: readonly RunCount[]) => string;
    };

/**
 * The candidate's own rows under another mapping: files that hold both runs side by side, as `pass_before` and `pass_after`.
 * They are read once, and each row pairs with itself. Both mappings have the same case id, trial, input and run columns.
 */
export interface SameRows {
  readonly kind: 'same';
  readonly mapping: ColumnMapping;
}

/**
 * How the two runs are joined. The pairing key is the mapped case id, or else the input text itself; never the position.
 * Rows that are cases of their own pair with themselves alone (`SameRows`).
 */
export interface ComparisonSource {
  readonly baseline: SideSource | SameRows | null;
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
  readonly fingerprints: Readonly<Record<'judge' | 'dataset' | 'prompt' | 'code', readonly string[]>>;
}

/** What one column holds, counted over the cases of both runs together; columns are ordered by name in UTF-8 byte order. */
export interface ColumnProfile {
  readonly name: string;
  /** Runs whose files have the column at all. */
  readonly inBaseline: boolean;
  readonly inCandidate: boolean;
  /** Distinct attributes of cases (list cells: distinct tags), counted up to 10,000; a changed case has none. */
  readonly distinct: number;
  /** Cases without a value, and cases whose rows disagree. */
  readonly missingCases: number;
  readonly changedCases: number;
  /** Rows (both runs) whose cell is a decimal number, and rows with any cell. A list is no number. */
  readonly numericRows: number;
  readonly filledRows: number;
  /** Whether any cell is a list. */
  readonly isList: boolean;
  /** Up to 50 values by number of cases (ties in UTF-8 byte order); empty when there are more than 1,000 distinct ones. */
  readonly top: readonly { readonly value: string; readonly cases: number }[];
}

/** What `Engine.settle` found of one column. */
export interface SettledColumn {
  readonly column: string;
  /** Cases whose rows disagree and whose baseline rows have one value, which holds from here on. */
  readonly cases: number;
  /** The first 100 of their ids, UTF-8 byte order. */
  readonly ids: readonly string[];
  /** Cases whose rows disagree and whose baseline rows have none or several values: these stay `changed`. */
  readonly open: number;
  /**
   * Values of both runs, most cases first (ties in UTF-8 byte order), at most 50; a list reads as `cellText` writes it.
   * `to` is null where the candidate's own rows disagree.
   */
  readonly moves: readonly { readonly from: string; readonly to: string | null; readonly cases: number }[];
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

/** An input text without the text: cases with the same key are the same case, whatever their ids. */
export interface ContentKey {
  /** `sha256:<hex>` of the text; a cell of that form stands for itself. */
  readonly key: string;
  /** The first case with this text, in UTF-8 byte order of ids. */
  readonly caseId: string;
}

/**
 * One opened comparison.
 *
 * **Case attributes.** A case's attribute for a column is the one distinct non-missing cell over all its rows in both
 * runs; none is `missing`; two or more different ones is `changed`, but in columns that are settled (`settle`). Groupings see
 * only attributes.
 * **Lists.** A column with a list in any row of either run is a column of lists: a text in it is a list of one. Lists are
 * sets of tags. Where a role needs a text, a list of one tag reads as the tag and others as `["a","b"]` (`cellText`).
 * **Edited.** A case is edited when the sets of its distinct input texts, or of its expected texts, are present in both runs
 * and differ. A cell of the form `sha256:<64 hex digits>` equals every text with that SHA-256; where the input text is the
 * pairing key, such hashes pair with the texts that they stand for.
 * **Outcomes.** A row that is scored by a number alone has no verdict, so outcome cells count it as unscored; profiles count
 * it as scored.
 * **Roles.** A case's cluster and weight are what all its rows in both runs agree on; without agreement the cluster is one of
 * its own, and the weight is NaN.
 * **Duplicates.** Opening fails with a DataError that names every duplicate (case, trial) of a side, with lines.
 */
export interface Engine {
  readonly kind: 'memory' | 'duckdb';
  profile(): Promise<ComparisonProfile>;
  /**
   * Lets the baseline decide: from here on, the attribute of a case for these columns is the one value of its baseline rows
   * wherever the runs disagree. A profile that was given before stays true of the files. Asked before anything is
   * counted; one entry per column with such cases, in the order of `columns`.
   */
  settle(columns: readonly string[]): Promise<readonly SettledColumn[]>;
  /** One entry per slice that has at least one case, ordered as `compareSliceKeys`. */
  count(plan: CountPlan): Promise<readonly SliceCount[]>;
  units(plan: UnitPlan): Promise<UnitTable>;
  /** Cases as codes, for a search over many groupings at once; see `CodedTable`. */
  table(plan: TablePlan): Promise<CodedTable>;
  /**
   * Ordered by slice, direction (lost first), case id. A lost case has a lower value in the candidate. The input is the
   * lowest of the case's input texts (a hash only where there is no text), an output that of the first trial that has one.
   */
  flips(plan: FlipPlan): Promise<readonly FlippedCase[]>;
  /**
   * True labels and predictions, counted over the cases that are not edited. The true label is the first text by trial, the
   * candidate's before the baseline's, a hash only where there is no text; a hash of another label reads as that label. The
   * prediction is that of the first trial. Clusters are numbered by the lowest id of their cases. `tooMany` is `maxLabels + 1`.
   */
  labels(plan: LabelPlan): Promise<LabelCounts>;
  /** Cases by true label and answers, as `labels` counts them; the labels of the comparison are few enough to be counted. */
  labelled(plan: LabelledPlan): Promise<LabelledCases>;
  /**
   * A page of a list of cases; see `CasePlan`. What decides it is kept for the pages that follow, so that the first question
   * costs a few bytes per case and no gate pays for it. The input is that of `flips`.
   */
  cases(plan: CasePlan): Promise<CasePage>;
  /** All rows of one case, those of the baseline first, each side by trial (UTF-8 byte order); empty for an unknown id. */
  caseRows(id: string): Promise<readonly CaseRow[]>;
  /** Case ids of the comparison (both runs), UTF-8 byte order. */
  caseIds(): Promise<readonly string[]>;
  /** What the cases of both runs ask, one entry per distinct input text, by key; empty where no input column is mapped. */
  contentKeys(): Promise<readonly ContentKey[]>;
  /**
   * Order-independent digest of one side's results, 32 hex digits: the sums modulo 2^64 of the upper and lower halves
   * (first and last eight bytes, little-endian) of the MD5 of `caseId US trial US status US passed US score` (UTF-8, US = U+001F, missing as empty)
   * over all rows. It is equal for every engine and every row order. Where the case id is the input text itself, its
   * `sha256:` form stands for it, so that a run recorded without texts keeps its fingerprint.
   */
  fingerprint(side: Side): Promise<string>;
  /**
   * Writes one side's rows as Parquet, ordered by case id and trial: `__case_id`, `__trial`, `__passed` (0, 1, null),
   * `__error` (`error` or null), and every attribute under its own name. Input, expected and output texts are replaced by
   * `sha256:<hex>` unless `texts` is true; so is a case id that is the input text itself. The file can be read back as a run
   * with the mapping that is returned.
   */
  writeRows(side: Side, file: string, options: { readonly texts: boolean }): Promise<ColumnMapping>;
  close(): Promise<void>;
}

/** Opens a comparison; `where` texts of errors name the files. */
export type OpenEngine = (source: ComparisonSource) => Promise<Engine>;
