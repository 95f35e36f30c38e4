/** Inspect logs that are one JSON document, read in bounded memory. */

import { createProblemLog, type ProblemLog } from '../../../cases/index.ts';
import type { ImportFile } from '../importer.ts';
import { path, record } from '../json-access.ts';
import { streamJson } from '../json-stream.ts';
import type { InspectLog } from './inspect-log.ts';
import { allReductions, createReductions } from './reductions.ts';

const HEADER = ['version', 'status', 'eval', 'plan', 'results', 'error', 'invalidated', 'tags'];
const SAMPLES = 'samples';

/** Logs of evals that ended by themselves have results; where they do not stand before the samples they come after. */
const ENDED: ReadonlySet<unknown> = new Set(['success', 'error']);

/** Reads the header of a JSON log; null, with the reason in the log of problems, where it has none. */
export async function jsonLog(file: ImportFile, log: ProblemLog): Promise<InspectLog | null> {
  // What is malformed is told when the samples are read, with the header around them, unless there is nothing to read.
  const found = createProblemLog();
  let header = await readHeader(file, found, true);
  const isPartial = header.eval === undefined || (ENDED.has(header.status) && header.results === undefined);
  if (isPartial && found.count() === 0) header = await readHeader(file, found, false);
  if (record(header.eval) === null) {
    if (found.count() > 0) found.moveTo(log);
    else {
      log.add({
        message: 'the Inspect log has no "eval", which says what was run',
        hint: 'the file may be cut off; copy it again',
        where: { file: file.source.label, field: 'eval' },
      });
    }
    return null;
  }
  const reductions = createReductions();
  return {
    file,
    header,
    isFinished: true,
    replaced: [],
    async *samples() {
      const wanted = {
        elements: [SAMPLES, 'reductions.*.samples'],
        values: [...HEADER, 'reductions.*.scorer', 'reductions.*.reducer'],
        nonFinite: true,
      };
      for await (const event of streamJson(file, wanted, log)) {
        if (event.path === SAMPLES) {
          yield { value: event.value, line: event.line, file: file.source.label };
        } else if (event.path.startsWith('reductions.')) {
          reductions.add(event.path, event.value);
        }
      }
    },
    async *reductions() {
      // Logs before 2025 have them in the results.
      yield* allReductions(path(header, 'results.sample_reductions'));
      yield* reductions.all();
    },
  };
}

/** The header, up to the first sample or of all the file. */
async function readHeader(
  file: ImportFile,
  log: ProblemLog,
  untilSamples: boolean,
): Promise<Record<string, unknown>> {
  const header: Record<string, unknown> = {};
  const elements = untilSamples ? [SAMPLES] : [];
  for await (const event of streamJson(file, { elements, values: HEADER, nonFinite: true }, log)) {
    if (event.kind === 'element') break;
    header[event.path] = event.value;
  }
  return header;
}
