/** Reads the logs of Inspect (UK AI Security Institute): `.eval` archives and JSON logs. */

import type { Importer } from '../importer.ts';
import { isInspectArchive } from './archive-log.ts';
import { findTranscript } from './find-transcript.ts';
import { namedLogs } from './named-logs.ts';
import { readLog } from './read-log.ts';

/** Root keys of every JSON log, in the order in which Inspect writes them. */
const JSON_LOG = /^\s*\{\s*"version"\s*:\s*\d+\s*,\s*"status"\s*:\s*"\w+"\s*,\s*"eval"\s*:\s*\{/;

export const inspectImporter: Importer = {
  name: 'inspect',
  label: 'Inspect',
  recognises: (file) => (file.kind === 'zip' ? isInspectArchive(file) : JSON_LOG.test(file.head)),
  async *read(files, context) {
    for (const { run, log, header } of await namedLogs(files, context.log)) {
      yield* readLog(run, log, header, context);
    }
  },
  transcripts: {
    expects: (cells) => (cells.get('turns') === '1' && cells.get('tool_calls') === '0' ? 'answer' : 'steps'),
    find: findTranscript,
  },
};
