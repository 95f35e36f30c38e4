/** Reads the lines of an OpenAI evals record: the specification, events, and the final report, wherever it stands. */

import type { ProblemLog } from '../../../cases/index.ts';
import type { ImportFile } from '../importer.ts';
import { record, scalarText, text } from '../json-access.ts';
import { streamJsonLines } from '../json-stream.ts';

type Fields = Readonly<Record<string, unknown>>;

/** One event of one sample. */
export interface SampleEvent {
  readonly kind: 'event';
  readonly sample: string;
  readonly type: string;
  readonly data: Fields;
  readonly createdAt: string | null;
  readonly line: number;
}

/** What a line is. */
export type RecordLine =
  | SampleEvent
  | { readonly kind: 'spec'; readonly spec: Fields; readonly line: number }
  | { readonly kind: 'report'; readonly report: unknown; readonly line: number };

/** The lines in order. A line that is nothing of this goes to the log. */
export async function* readRecordLines(file: ImportFile, log: ProblemLog): AsyncGenerator<RecordLine> {
  for await (const { value, line } of streamJsonLines(file, log, { nonFinite: true })) {
    const found = lineOf(value, line);
    if (found !== null) {
      yield found;
    } else {
      log.add({
        message:
          'the line is no event: it has no "sample_id" and "type", and it is no "spec" or "final_report"',
        hint: 'name the record that oaieval wrote, as it is',
        where: { file: file.source.label, line },
      });
    }
  }
}

function lineOf(value: unknown, line: number): RecordLine | null {
  const fields = record(value);
  if (fields === null) return null;
  const spec = record(fields.spec);
  if (spec !== null) return { kind: 'spec', spec, line };
  if (Object.hasOwn(fields, 'final_report')) return { kind: 'report', report: fields.final_report, line };
  const sample = scalarText(fields.sample_id);
  const type = text(fields.type);
  if (sample === null || type === null) return null;
  return {
    kind: 'event',
    sample,
    type,
    data: record(fields.data) ?? {},
    createdAt: text(fields.created_at),
    line,
  };
}
