/** Reads the waiver file: exceptions that people took on, with a name and an end. */

import { ConfigError, type Problem } from '../errors.ts';
import type { Path } from './path.ts';
import { type Reading, report } from './reading.ts';
import { schemaKeys } from './schema-keys.ts';
import { shapeProblems } from './shape-problems.ts';
import { readYaml } from './yaml-source.ts';

/** One entry. A `waiver` covers one run; `debt` is a standing exception. */
export interface Waiver {
  readonly kind: 'waiver' | 'debt';
  /** Exactly one of the two is not null: the id or value of a slice, or the id of a check. */
  readonly slice: string | null;
  readonly check: string | null;
  readonly reason: string;
  readonly owner: string;
  readonly reviewer: string | null;
  /** ISO dates such as `2026-01-31`; an entry holds up to and including `expires`. */
  readonly date: string | null;
  readonly expires: string;
  /** The run that a waiver covers; null for debt. */
  readonly runHash: string | null;
  /** Line of the entry in the file, counted from 1. */
  readonly line: number;
}

export interface Waivers {
  readonly file: string;
  readonly entries: readonly Waiver[];
}

/**
 * Reads a waiver file: a list of entries, or nothing.
 *
 * @throws ConfigError with all problems, in the order of the file
 * @example (await loadWaivers('w.yaml', '- { kind: debt, slice: acme, reason: r, owner: o, expires: 2026-01-31 }')).entries.length // 1
 */
export async function loadWaivers(file: string, text: string): Promise<Waivers> {
  const source = await readYaml(file, text);
  if (source.value === null) return { file, entries: [] };
  const { z } = await import('zod');
  const word = z.union([z.string().min(1), z.number(), z.boolean()]);
  const shape = z.array(
    z.strictObject({
      kind: z.enum(['waiver', 'debt']).optional(),
      slice: word.optional(),
      check: word.optional(),
      reason: word,
      owner: word,
      reviewer: word.optional(),
      date: word.optional(),
      expires: word,
      runHash: word.optional(),
    }),
  );
  const checked = shape.safeParse(source.value);
  const reading: Reading = { source, problems: [] };
  const misshapen = checked.success
    ? []
    : shapeProblems(checked.error.issues, source, (path) =>
        schemaKeys(z.toJSONSchema(shape, { io: 'input' }), path),
      );
  const list = Array.isArray(source.value) ? source.value : [];
  const entries = list.flatMap((_, index): Waiver[] => {
    const isSound = !misshapen.some(({ path, blocks }) => blocks && (path.length === 0 || path[0] === index));
    return isSound ? [readEntry(reading, list[index], [index])] : [];
  });
  reportRepeats(reading, entries);
  const problems: Problem[] = [
    ...misshapen.map(({ message, hint, where }) => ({ message, hint, where }) as Problem),
    ...reading.problems,
  ];
  if (problems.length > 0) {
    throw new ConfigError(problems.sort((a, b) => (a.where?.line ?? 0) - (b.where?.line ?? 0)));
  }
  return { file, entries };
}

function readEntry(reading: Reading, raw: Readonly<Record<string, unknown>>, path: Path): Waiver {
  const text = (key: string): string | null =>
    raw[key] === undefined ? null : reading.source.text([...path, key]);
  const kind = raw.kind === 'debt' ? 'debt' : 'waiver';
  const entry: Waiver = {
    kind,
    slice: text('slice'),
    check: text('check'),
    reason: text('reason') ?? '',
    owner: text('owner') ?? '',
    reviewer: text('reviewer'),
    date: text('date'),
    expires: text('expires') ?? '',
    runHash: text('runHash'),
    line: reading.source.where(path).line ?? 1,
  };
  if ((entry.slice === null) === (entry.check === null)) {
    report(
      reading,
      path,
      entry.slice === null ? 'names neither a slice nor a check' : 'names a slice and a check, must be one',
    );
  }
  if (kind === 'waiver') {
    for (const key of ['runHash', 'reviewer', 'date'] as const) {
      if (entry[key] === null) report(reading, path, `is a waiver without ${key}`, HINTS[key]);
    }
  } else if (entry.runHash !== null) {
    report(reading, [...path, 'runHash'], 'belongs to a waiver; debt stands for every run until it expires');
  }
  checkDates(reading, entry, path);
  return entry;
}

const HINTS = {
  runHash: 'copy runHash from the report, or write kind: debt for a standing exception',
  reviewer: 'name who agreed; owner and reviewer are two people',
  date: 'write the day on which it was granted, such as 2026-01-31',
} as const;

function checkDates(reading: Reading, entry: Waiver, path: Path): void {
  for (const key of ['date', 'expires'] as const) {
    const date = entry[key];
    if (date !== null && !isDate(date)) {
      report(reading, [...path, key], `is ${JSON.stringify(date)}, must be a date such as 2026-01-31`);
      return;
    }
  }
  if (entry.date !== null && entry.expires < entry.date) {
    report(reading, [...path, 'expires'], `is ${entry.expires}, must not be before date (${entry.date})`);
  }
}

/** Whether a text is a day of the calendar, as `YYYY-MM-DD`. */
function isDate(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
}

function reportRepeats(reading: Reading, entries: readonly Waiver[]): void {
  const keyOf = ({ kind, slice, check, runHash }: Waiver) => JSON.stringify([kind, slice, check, runHash]);
  const seen = new Map<string, Waiver>();
  for (const entry of entries) {
    const first = seen.get(keyOf(entry));
    if (first === undefined) {
      seen.set(keyOf(entry), entry);
      continue;
    }
    reading.problems.push({
      message: `${entry.kind} for ${JSON.stringify(entry.slice ?? entry.check)} stands in line ${first.line} already`,
      where: { file: reading.source.file, line: entry.line, column: 1 },
    });
  }
}
