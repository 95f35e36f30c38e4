/** What the outside world lends to a run: folder, clock, standard streams. */

/** Everything that a run needs from outside; handed in at the edge, so that the same input gives the same result. */
export interface Ports {
  readonly cwd: string;
  readonly now: () => Date;
  /** Says on stderr what takes long; one line at a time. */
  readonly progress: (text: string) => void;
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Absolute folder in which derived columns are kept; without it they are computed each time. */
  readonly cacheFolder?: string;
}
