/** What the command line says about a comparison, exactly as typed. */

/**
 * Flags as strings; the command line only passes them on. Lists are flags that may be repeated. What is absent changes
 * nothing; what is given wins over the file.
 */
export interface Flags {
  /** Paths or patterns of a run, relative to the working folder; `-` and `ledger:NAME@latest` as in the file. */
  readonly baseline?: readonly string[] | undefined;
  readonly candidate?: readonly string[] | undefined;
  readonly rerun?: readonly string[] | undefined;
  /** Text of the run column that selects a run, where one file holds several. */
  readonly baselineRun?: string | undefined;
  readonly candidateRun?: string | undefined;
  /** `--from TOOL` and `--score METRIC`, for every run. */
  readonly from?: string | undefined;
  readonly score?: string | undefined;
  /** `--map ROLE=COLUMN`, or `baseline.ROLE=COLUMN` and `candidate.ROLE=COLUMN`; the first `=` splits. Adds to the file's. */
  readonly map?: readonly string[] | undefined;
  /** `--pass-words A,B` and `--fail-words C`: texts of the passed column beside the known ones. Add to the file's. */
  readonly passWords?: readonly string[] | undefined;
  readonly failWords?: readonly string[] | undefined;
  /**
   * `--slice COLUMN`, `--cross A,B` and `--where 'NAME: EXPRESSION'`. Together they replace the file's slices; a slice that
   * the file has as well keeps its rules.
   */
  readonly slice?: readonly string[] | undefined;
  readonly cross?: readonly string[] | undefined;
  readonly where?: readonly string[] | undefined;
  /** `--metric`, in the short form. Replaces the file's metrics; a metric that the file has as well keeps its rules. */
  readonly metric?: readonly string[] | undefined;
  /** `--critical COLUMN=VALUE`, the first `=` splits. Adds to the rules of the slice, and the slice where it is new. */
  readonly critical?: readonly string[] | undefined;
  /** `--floor NUMBER` and `--margin NUMBER` for the policy, `METRIC=NUMBER` (the last `=` splits) for one metric. */
  readonly floor?: readonly string[] | undefined;
  readonly margin?: readonly string[] | undefined;
  readonly minCases?: string | undefined;
  readonly blockBudget?: string | undefined;
  readonly reviewBudget?: string | undefined;
  readonly multiplicity?: string | undefined;
  readonly errors?: string | undefined;
  readonly requireEvidence?: boolean | undefined;
  readonly level?: string | undefined;
  readonly resamples?: string | undefined;
  readonly seed?: string | undefined;
  /** Paths, relative to the working folder. */
  readonly waivers?: string | undefined;
  readonly ledger?: string | undefined;
}

/** Name of a flag as typed, for messages: `--min-cases`. */
export function flagName(flag: keyof Flags): string {
  return `--${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
