/** Reads the fields of an object that another tool wrote: what is there but has another type is a problem, never a blank. */

import { foundText, type ProblemLog } from '../../cases/index.ts';

/** Where an object stands. */
export interface FieldPlace {
  readonly file: string;
  readonly line: number;
  /** Where the line alone does not tell. */
  readonly column?: number;
  /** Name of the object in the document, such as `results.prompts`; left out for a row. */
  readonly within?: string;
}

/** Reads one field; null where it is missing, null or of another type. */
export type FieldReader = <T>(name: string, read: (value: unknown) => T | null, expected: string) => T | null;

/**
 * A reader of the fields of an object.
 *
 * @example fieldReader({ score: 'x' }, place, log)('score', number, 'a number') // null, and a problem in the log
 */
export function fieldReader(
  fields: Readonly<Record<string, unknown>>,
  { within, ...place }: FieldPlace,
  log: ProblemLog,
): FieldReader {
  return (name, read, expected) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : null;
    if (value === null || value === undefined) return null;
    const result = read(value);
    if (result === null) {
      const field = within === undefined ? name : `${within}.${name}`;
      log.add({
        message: `${foundText(field)} is ${nameOf(value)}, expected ${expected}`,
        where: { ...place, field },
      });
    }
    return result;
  };
}

/** A value in a message. */
function nameOf(value: unknown): string {
  if (typeof value === 'string') return foundText(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : String(value);
}
