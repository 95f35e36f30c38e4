/** Reads the logs of Inspect (UK AI Security Institute): `.eval` archives and JSON logs. */

import { foundText } from '../../../cases/index.ts';
import type { ImportContext, Importer, ImportFile } from '../importer.ts';
import { scalarText, text } from '../json-access.ts';
import { archiveLog, isInspectArchive } from './archive-log.ts';
import type { InspectLog } from './inspect-log.ts';
import { jsonLog } from './json-log.ts';
import { type LogHeader, logHeader } from './log-header.ts';
import { readLog } from './read-log.ts';

/** Root keys of every JSON log, in the order in which Inspect writes them. */
const JSON_LOG = /^\s*\{\s*"version"\s*:\s*\d+\s*,\s*"status"\s*:\s*"\w+"\s*,\s*"eval"\s*:\s*\{/;

export const inspectImporter: Importer = {
  name: 'inspect',
  label: 'Inspect',
  recognises: (file) => (file.kind === 'zip' ? isInspectArchive(file) : JSON_LOG.test(file.head)),
  async *read(files, context) {
    const logs: { log: InspectLog; header: LogHeader }[] = [];
    for (const file of files) {
      const log = await openLog(file, context);
      if (log !== null) logs.push({ log, header: logHeader(log.header) });
    }
    const names = runNames(logs, context);
    for (const [at, { log, header }] of logs.entries()) {
      const run = names[at];
      if (run !== undefined && run !== null) yield* readLog(run, log, header, context);
    }
  },
};

function openLog(file: ImportFile, { log }: ImportContext): Promise<InspectLog | null> {
  return file.kind === 'zip' ? archiveLog(file, log) : jsonLog(file, log);
}

/** `task: model` of every log, with the eval's id where two are the same; null for a log that was given before. */
function runNames(
  logs: readonly { readonly log: InspectLog; readonly header: LogHeader }[],
  { log: problems }: ImportContext,
): (string | null)[] {
  const named = logs.map(({ log, header: { eval: spec } }) => ({
    file: log.file.source.label,
    name: `${text(spec.task) ?? 'task'}: ${text(spec.model) ?? 'model'}`,
    id:
      text(spec.eval_id) ||
      ['run_id', 'task_id', 'created'].map((key) => scalarText(spec[key]) ?? '').join(' '),
  }));
  return named.map(({ file, name, id }, at) => {
    const same = named.filter((other) => other.name === name);
    if (named.findIndex((other) => other.name === name && other.id === id) < at) {
      problems.add({
        message: `the log of the eval ${foundText(id)} is given twice`,
        hint: 'name each log once; the .eval and the .json file of an eval are the same log',
        where: { file },
      });
      return null;
    }
    return same.length === 1 ? name : `${name} (${id})`;
  });
}
