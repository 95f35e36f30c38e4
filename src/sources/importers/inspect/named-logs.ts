/** Opens Inspect logs and names their runs: several may be of the same task and model. */

import { foundText, type ProblemLog } from '../../../cases/index.ts';
import type { ImportFile } from '../importer.ts';
import { scalarText, text } from '../json-access.ts';
import { archiveLog } from './archive-log.ts';
import type { InspectLog } from './inspect-log.ts';
import { jsonLog } from './json-log.ts';
import { type LogHeader, logHeader } from './log-header.ts';

/** A log that is one run. */
export interface NamedLog {
  readonly run: string;
  readonly log: InspectLog;
  readonly header: LogHeader;
}

/** The logs of some files, in their order; what cannot be opened, or is given twice, goes to the log of problems. */
export async function namedLogs(
  files: readonly ImportFile[],
  problems: ProblemLog,
): Promise<readonly NamedLog[]> {
  const logs: Omit<NamedLog, 'run'>[] = [];
  for (const file of files) {
    const log = await (file.kind === 'zip' ? archiveLog(file, problems) : jsonLog(file, problems));
    if (log !== null) logs.push({ log, header: logHeader(log.header) });
  }
  const names = runNames(logs, problems);
  return logs.flatMap((one, at) => {
    const run = names[at] ?? null;
    return run === null ? [] : [{ ...one, run }];
  });
}

/** `task: model` of every log, with the eval's id where two are the same; null for a log that was given before. */
function runNames(logs: readonly Omit<NamedLog, 'run'>[], problems: ProblemLog): readonly (string | null)[] {
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
