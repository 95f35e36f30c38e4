/** Reads the annotations of a Phoenix run from the list of the JSON download, or from the columns of the CSV. */

import { record, text } from '../json-access.ts';
import { type MetricValue, numberOf, type RecordFields } from '../records/index.ts';

/** One annotation of one run. */
export interface Annotation {
  readonly name: string;
  readonly kind: 'LLM' | 'CODE' | 'HUMAN' | string;
  /** null where the evaluator failed, undefined where it gives a label alone. */
  readonly value: MetricValue | undefined;
  readonly label: string | null;
  readonly explanation: string | null;
  readonly error: string | null;
}

const PART =
  /^annotation_(.+)_(label|score|explanation|metadata|annotator_kind|trace_id|error|start_time|end_time)$/s;

/** Whether a CSV column is part of an annotation. */
export function isAnnotationColumn(name: string): boolean {
  return PART.test(name);
}

/** The list `annotations`; empty where there is none. */
export function listedAnnotations(fields: RecordFields): readonly Annotation[] {
  return (fields.list('annotations') ?? []).flatMap((value) => {
    const annotation = record(value);
    const name = text(annotation?.name);
    if (annotation === null || name === null) {
      fields.problem('annotations', 'holds an annotation without a name');
      return [];
    }
    return [annotationOf(name, (part) => annotation[part], fields)];
  });
}

/** The columns `annotation_NAME_score`, `_label` and so on. A run that was not annotated has them all empty. */
export function columnAnnotations(fields: RecordFields): readonly Annotation[] {
  const names = new Set<string>();
  for (const column of Object.keys(fields.record.fields)) {
    const name = PART.exec(column)?.[1];
    if (name !== undefined && fields.raw(column) !== undefined) names.add(name);
  }
  return [...names].map((name) =>
    annotationOf(name, (part) => fields.raw(`annotation_${name}_${part}`), fields),
  );
}

function annotationOf(name: string, part: (name: string) => unknown, fields: RecordFields): Annotation {
  const label = text(part('label'));
  const error = text(part('error'));
  const score = part('score');
  const number = numberOf(score);
  if (number === null && score !== null && score !== undefined && score !== '') {
    fields.problem(`annotation ${name}`, `has a score that is no number`);
  }
  const kind = text(part('kind')) ?? text(part('annotator_kind')) ?? '';
  const value = number ?? (error !== null || label === null ? null : booleanLabel(label));
  return { name, kind, value, label, explanation: text(part('explanation')), error };
}

/** Evaluators that return true or false leave a label alone; any other label is no metric. */
function booleanLabel(label: string): boolean | undefined {
  if (/^true$/i.test(label)) return true;
  return /^false$/i.test(label) ? false : undefined;
}
