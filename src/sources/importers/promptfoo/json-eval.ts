/** promptfoo's JSON export, and its JSON lines, read in bounded memory. */

import { createProblemLog } from '../../../cases/index.ts';
import type { ImportFile } from '../importer.ts';
import { streamJson, streamJsonLines } from '../json-stream.ts';
import { type EvalFile, type EvalValues, RESULTS, WANTED_VALUES } from './eval-file.ts';

/** The JSON export: one document, results in a list. */
export function jsonEval(file: ImportFile): EvalFile {
  return {
    file,
    async values(all): Promise<EvalValues> {
      const values: Record<string, unknown> = {};
      const wanted = { elements: all ? [] : [RESULTS], values: WANTED_VALUES };
      for await (const event of streamJson(file, wanted, createProblemLog())) {
        if (event.kind === 'element') break;
        values[event.path] = event.value;
      }
      return values;
    },
    async *results(onValue, log) {
      for await (const event of streamJson(file, { elements: [RESULTS], values: WANTED_VALUES }, log)) {
        if (event.kind === 'element') yield event;
        else onValue(event.path, event.value);
      }
    },
  };
}

/** JSON lines: one result a line and nothing else. */
export function linesEval(file: ImportFile): EvalFile {
  return {
    file,
    values: () => Promise.resolve({}),
    results: (_onValue, log) => streamJsonLines(file, log),
  };
}
