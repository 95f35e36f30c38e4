/** What an experiment tool recorded of training and tuning: runs with parameters, metrics, curves and links. */

/** One metric over the steps of a run, steps in rising order and each once. */
export interface Curve {
  readonly steps: Float64Array;
  /** May hold NaN and infinities, as they were logged. */
  readonly values: Float64Array;
  /** Points as logged, before those of one step were reduced to the last. */
  readonly logged: number;
  /** Points that an other point of the same step took the place of. */
  readonly repeated: number;
  /** Points that were logged after a point of a later step. */
  readonly outOfOrder: number;
}

/** A data set that a run says it used. */
export interface RunDataset {
  readonly name: string;
  readonly digest: string;
  /** Such as `training` or `evaluation`; null where nobody said. */
  readonly context: string | null;
}

export type RunStatus = 'finished' | 'failed' | 'killed' | 'running' | 'unknown';

/** One run. Every text is foreign. */
export interface ExperimentRun {
  /** Unique among the runs that were read together. */
  readonly id: string;
  readonly name: string;
  /** Experiment or project; null where the tool has none. */
  readonly experiment: string | null;
  readonly status: RunStatus;
  /** Milliseconds since 1970. */
  readonly started: number | null;
  readonly ended: number | null;
  readonly params: ReadonlyMap<string, string>;
  /** The value at the last step; NaN and infinities as they were logged. */
  readonly metrics: ReadonlyMap<string, number>;
  readonly curves: ReadonlyMap<string, Curve>;
  readonly tags: ReadonlyMap<string, string>;
  readonly datasets: readonly RunDataset[];
  /** Where the run's files are: paths or addresses. */
  readonly artifacts: readonly string[];
  readonly tool: 'mlflow' | 'wandb' | 'trainer' | 'rows';
  /** File, folder or address. */
  readonly place: string;
}

/** Something that could not be read, while the rest was. */
export interface Damage {
  readonly place: string;
  readonly reason: string;
}

/** Runs read together, in order of their start, then of their id. */
export interface ExperimentSet {
  readonly runs: readonly ExperimentRun[];
  /** What was left out knowingly, and how names were understood. */
  readonly notes: readonly string[];
  readonly damage: readonly Damage[];
}

/** A server of MLflow, reached only because a person named its address. */
export interface MlflowConnection {
  /** As named, without credentials. */
  readonly address: string;
  /**
   * @param path below the address, such as `api/2.0/mlflow/runs/get`
   * @throws DataError with address, status and the server's own words
   */
  get(path: string, query: Readonly<Record<string, string>>): Promise<unknown>;
  post(path: string, body: unknown): Promise<unknown>;
  put(path: string, bytes: Uint8Array, type: string): Promise<void>;
}
