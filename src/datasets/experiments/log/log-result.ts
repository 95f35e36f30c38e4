/** What was written into a run of MLflow. */

/** A file of the run, by its name below the run's files. */
export interface LoggedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly type: string;
}

/** Counts and names. */
export interface LogResult {
  readonly metrics: number;
  readonly tags: number;
  readonly files: readonly string[];
  /** What could not be written, and why. */
  readonly notes: readonly string[];
}
