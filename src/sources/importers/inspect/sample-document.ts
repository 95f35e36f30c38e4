/** Looks through the text of one Inspect sample for some of its parts, block by block, and stops when it has them. */

import { createProblemLog } from '../../../cases/index.ts';
import { createJsonWalk, type JsonPart } from '../../json-walk.ts';
import type { WantedPaths } from '../../json-wanted.ts';

/** A JSON document that is a sample, or holds it. */
export interface SampleDocument {
  /** What messages call it, such as `a.eval/samples/1_epoch_1.json`. */
  readonly label: string;
  /** Path of the sample within: `''` where it is the whole, else such as `samples.17`. */
  readonly path: string;
  /** The text from its start. */
  blocks(): AsyncIterable<string>;
}

/** A part with its path within the sample. */
export type SamplePart = Pick<JsonPart, 'path' | 'index' | 'text'>;

/**
 * Hands on the wanted parts in file order.
 *
 * @param wanted paths within the sample
 * @param onPart gives false where it needs no more
 * @throws DataError where the document is malformed or cannot be read up to there
 */
export async function walkSample(
  document: SampleDocument,
  wanted: WantedPaths,
  onPart: (part: SamplePart) => boolean,
): Promise<void> {
  const prefix = document.path === '' ? '' : `${document.path}.`;
  const within = (paths: readonly string[]) => paths.map((path) => prefix + path);
  const log = createProblemLog();
  let goesOn = true;
  const walk = createJsonWalk(
    document.label,
    { elements: within(wanted.elements), values: within(wanted.values) },
    log,
    ({ path, index, text }) => {
      if (goesOn) goesOn = onPart({ path: path.slice(prefix.length), index, text });
    },
  );
  for await (const block of document.blocks()) {
    const isSound = walk.push(block);
    if (!goesOn || !isSound) break;
  }
  if (goesOn) walk.end();
  log.throwIfAny();
}
