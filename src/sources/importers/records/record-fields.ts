/** Reads the fields of one record by type; what is there but cannot be read is a problem that names the row, never a blank. */

import { foundText, type ProblemLog } from '../../../cases/index.ts';
import { isRecord, nameOf, type SourceRecord } from './records.ts';

const DECIMAL = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const ISO_TIME =
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?(?: UTC)?$/;

/** Typed access to one record. A missing key, null and (in CSV) an empty cell are all `null`. */
export interface RecordFields {
  readonly record: SourceRecord;
  /** The value as the file holds it; undefined where it is missing. */
  raw(name: string): unknown;
  /** A text; numbers and booleans as they are spelled. Anything else is a problem. */
  text(name: string): string | null;
  number(name: string): number | null;
  /** An ISO 8601 time; a text that is none is a problem. */
  time(name: string): string | null;
  /** A list; in text columns it is spelled as JSON. */
  list(name: string): readonly unknown[] | null;
  /** An object; in text columns it is spelled as JSON. */
  object(name: string): Readonly<Record<string, unknown>> | null;
  /** A value that text columns spell as JSON; whatever does not start like JSON is the text itself. */
  json(name: string): unknown;
  /** Adds a problem of this row. */
  problem(name: string, message: string, hint?: string): void;
}

/** The fields of a record; problems go to the log. */
export function recordFields(record: SourceRecord, log: ProblemLog): RecordFields {
  const { fields, file, line, column, isText } = record;

  const problem = (field: string, message: string, hint?: string): void =>
    log.add({
      message: `${foundText(field)} ${message}`,
      ...(hint === undefined ? {} : { hint }),
      where: { file, line, ...(column === undefined ? {} : { column }), field },
    });

  const raw = (name: string): unknown => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return value === null || (isText && value === '') ? undefined : value;
  };

  function text(name: string): string | null {
    const value = raw(name);
    if (value === undefined) return null;
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    problem(name, `is ${nameOf(value)}, expected a text`);
    return null;
  }

  function number(name: string): number | null {
    const value = raw(name);
    if (value === undefined || value === '') return null;
    const parsed = numberOf(value);
    if (parsed === null) problem(name, `is ${shown(value)}, expected a number`);
    return parsed;
  }

  function time(name: string): string | null {
    const value = text(name);
    if (value === null || value === '') return null;
    if (ISO_TIME.test(value)) return value;
    problem(name, `is ${foundText(value)}, expected a time such as 2026-01-31T12:00:00Z`);
    return null;
  }

  /** A text that starts like JSON must be JSON. */
  function json(name: string): unknown {
    const value = raw(name);
    if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      problem(name, `holds JSON that is malformed or cut off: ${foundText(value.slice(-30))} at its end`);
      return undefined;
    }
  }

  function list(name: string): readonly unknown[] | null {
    const value = json(name);
    if (value === undefined || value === '') return null;
    if (Array.isArray(value)) return value;
    problem(name, `is ${shown(value)}, expected a list`);
    return null;
  }

  function object(name: string): Readonly<Record<string, unknown>> | null {
    const value = json(name);
    if (value === undefined || value === '' || value === null) return null;
    if (isRecord(value)) return value;
    problem(name, `is ${shown(value)}, expected an object`);
    return null;
  }

  return { record, raw, text, number, time, json, list, object, problem };
}

/** The finite number that a value is or spells, else null. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !DECIMAL.test(value)) return null;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : null;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? foundText(value) : nameOf(value);
}
