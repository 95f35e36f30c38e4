/** Prints values and names as SQL; the only place where text of a user becomes text of a statement. */

import { InternalError } from '../../errors.ts';

/**
 * A text as a SQL expression. NUL cannot stand in a statement, so it is joined in by `chr(0)`; lone surrogates become
 * U+FFFD.
 *
 * @example textLiteral("it's") // "'it''s'"
 */
export function textLiteral(text: string): string {
  const parts = text
    .toWellFormed()
    .split('\0')
    .map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? parts[0]! : `(${parts.join(' || chr(0) || ')})`;
}

/**
 * A finite number as a SQL double.
 *
 * @throws InternalError for NaN and infinite numbers
 * @example numberLiteral(0.1) // "CAST('0.1' AS DOUBLE)"
 */
export function numberLiteral(value: number): string {
  if (!Number.isFinite(value)) throw new InternalError({ message: `${value} has no SQL literal` });
  return `CAST('${Object.is(value, -0) ? '0' : String(value)}' AS DOUBLE)`;
}

/**
 * A SQL literal for a text, a finite number, a boolean or null.
 *
 * @example literal(null) // 'NULL'
 */
export function literal(value: string | number | boolean | null): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return textLiteral(value);
  return typeof value === 'number' ? numberLiteral(value) : String(value).toUpperCase();
}

/**
 * A list of texts.
 *
 * @example listLiteral(['a']) // "['a']::VARCHAR[]"
 */
export function listLiteral(values: readonly string[]): string {
  return `[${values.map(textLiteral).join(', ')}]::VARCHAR[]`;
}

/**
 * A name in double quotes.
 *
 * @throws InternalError for an empty name and one with NUL, which SQL cannot spell
 * @example identifier('a "b"') // '"a ""b"""'
 */
export function identifier(name: string): string {
  if (name === '' || name.includes('\0')) {
    throw new InternalError({ message: `${JSON.stringify(name)} has no SQL identifier` });
  }
  return `"${name.replaceAll('"', '""')}"`;
}
