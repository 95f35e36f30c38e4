/** Which columns of logs and eval set are dimensions: those that were named, or those that the gate would take. */

import { foundText, foundTexts, nearNames } from '../../cases/index.ts';
import { DERIVED, derivedDimension } from '../../derived/index.ts';
import { DataError } from '../../errors.ts';
import type { OpenedRecords } from '../../sources/index.ts';

/** One dimension of the audit. */
export interface LogDimension {
  readonly name: string;
  readonly logColumn: string;
  /** Null where the eval set has none. */
  readonly evalColumn: string | null;
  /** Nobody asked for it. */
  readonly isDetected: boolean;
  /** What it lacks raises an alarm: it was asked for, or the gate would gate by it, or it is a column of locales. */
  readonly isKey: boolean;
}

/** Names that say "gate me", as the gate has them. */
const GATING_NAMES = ['segment', 'slice', 'task', 'category', 'customer', 'language'];
const LOCALE_NAMES = ['locale', 'language', 'lang'];
/** Groups in which tools and people put their keys. */
const PREFIXES = ['tags.', 'metadata.', 'attributes.'];

/**
 * The column of a name: itself, the name without or with a usual prefix, or the one column that ends in it.
 *
 * @example columnFor('customer', ['id', 'tags.customer']) // 'tags.customer'
 */
export function columnFor(name: string, columns: readonly string[]): string | null {
  if (columns.includes(name) || derivedDimension(name) !== null) return name;
  const plain = PREFIXES.find((prefix) => name.startsWith(prefix));
  const bare = plain === undefined ? name : name.slice(plain.length);
  const spelled = [bare, ...PREFIXES.map((prefix) => `${prefix}${bare}`)];
  const found = spelled.find((one) => columns.includes(one));
  if (found !== undefined) return found;
  const ending = columns.filter((column) => column.toLowerCase().endsWith(`.${bare.toLowerCase()}`));
  if (ending.length === 1) return ending[0]!;
  const derived = `${DERIVED}${bare}`;
  return derivedDimension(derived) === null ? null : derived;
}

/**
 * The columns that the user named.
 *
 * @param flag for messages
 * @throws DataError for names that no column has
 */
export function namedColumns(
  names: readonly string[],
  records: Pick<OpenedRecords, 'columns' | 'files'>,
  flag: string,
): readonly string[] {
  refuseUnknown(
    names.filter((name) => columnFor(name, records.columns) === null),
    records,
    flag,
  );
  return names.map((name) => columnFor(name, records.columns)!);
}

/**
 * Checks names that must be spelled as the columns are: those of predicates.
 *
 * @throws DataError for names that no column has
 */
export function exactColumns(
  names: readonly string[],
  records: Pick<OpenedRecords, 'columns' | 'files'>,
  flag: string,
): void {
  refuseUnknown(
    names.filter((name) => !records.columns.includes(name) && derivedDimension(name) === null),
    records,
    flag,
  );
}

function refuseUnknown(
  names: readonly string[],
  { columns, files }: Pick<OpenedRecords, 'columns' | 'files'>,
  flag: string,
): void {
  if (names.length === 0) return;
  throw new DataError(
    names.map((name) => {
      const near = nearNames(name, columns);
      return {
        message: `${flag} names ${foundText(name)}, which is no column; the columns are ${foundTexts(columns, 20)}`,
        ...(near.length > 0 ? { hint: `did you mean ${foundTexts(near, 3)}?` } : {}),
        where: { file: files[0] ?? '' },
      };
    }),
  );
}

/**
 * The dimensions to compare: those named, or every one of segment, slice, task, category, customer, language and tags.* that
 * the logs have, and the language of the input where no column says it.
 *
 * @throws DataError for names that the logs do not have
 */
export function chooseDimensions(
  by: readonly string[],
  logs: OpenedRecords,
  evalSet: OpenedRecords | null,
): readonly LogDimension[] {
  const evalColumn = (name: string): string | null =>
    evalSet === null ? null : columnFor(name, evalSet.columns);
  if (by.length > 0) {
    const columns = namedColumns(by, logs, '--by');
    return by.map((name, at) => ({
      name,
      logColumn: columns[at]!,
      evalColumn: evalColumn(name),
      isDetected: false,
      isKey: true,
    }));
  }
  const isRole = new Set(
    Object.entries(logs.mapping).flatMap(([role, column]) => (role === 'segment' ? [] : [column])),
  );
  const usable = logs.columns.filter((column) => !isRole.has(column));
  const gating = GATING_NAMES.flatMap((name) => usable.find((column) => column.toLowerCase() === name) ?? []);
  const tags = usable.filter((column) => /^tags(?:\.|$)/i.test(column));
  const segment = logs.mapping.segment;
  const locale = localeColumn(logs.columns);
  const language = locale === null && logs.mapping.input !== undefined ? [`${DERIVED}language`] : [];
  const names = [
    ...(segment === undefined ? [] : [segment]),
    ...gating,
    ...tags,
    locale ?? [],
    language,
  ].flat();
  return [...new Set(names)].map((name, at) => ({
    name,
    logColumn: name,
    evalColumn: evalColumn(name),
    isDetected: true,
    isKey: derivedDimension(name) === null && (at === 0 || name === locale),
  }));
}

/** The column that says the locale or language of a row. */
export function localeColumn(columns: readonly string[]): string | null {
  for (const name of LOCALE_NAMES) {
    const found = columns.find((column) => {
      const plain = column.toLowerCase();
      return plain === name || PREFIXES.some((prefix) => plain === `${prefix}${name}`);
    });
    if (found !== undefined) return found;
  }
  return null;
}

/** Whether a dimension tells locales apart. */
export function isLocale({ logColumn }: LogDimension): boolean {
  return logColumn === `${DERIVED}language` || localeColumn([logColumn]) !== null;
}
