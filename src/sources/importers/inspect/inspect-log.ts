/** Inspect logs as both kinds of file hold them: a header, then samples one by one, then the log's own reductions. */

import type { ImportFile } from '../importer.ts';
import type { RawHeader } from './log-header.ts';
import type { RawReduction } from './reductions.ts';

/** One sample as the log holds it. */
export interface RawSample {
  readonly value: unknown;
  /** Line of the document, or ordinal of the member of an archive. */
  readonly line: number;
  /** What messages call the file; of an archive with the member, such as `a.eval/samples/1_epoch_1.json`. */
  readonly file: string;
}

/** A log whose header was read. */
export interface InspectLog {
  readonly file: ImportFile;
  readonly header: RawHeader;
  /** Archives of evals that were stopped hard have no header yet, only what was known at the start. */
  readonly isFinished: boolean;
  /** Members of the archive that later ones of the same name replace: samples that were run again. */
  readonly replaced: readonly string[];
  samples(): AsyncGenerator<RawSample>;
  /** Complete once the samples were read to their end. */
  reductions(): AsyncGenerator<RawReduction>;
}
