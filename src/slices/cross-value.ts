/** How the values of a cross are joined into one text that only one combination can have. */

/**
 * The parts joined by ` x `. A part that would make the text ambiguous (it contains ` x `, ends with ` x`, or begins with a
 * double quote) stands in double quotes with its own doubled. In SQL:
 * `case when contains(v || ' ', ' x ') or starts_with(v, '"') then '"' || replace(v, '"', '""') || '"' else v end`.
 *
 * @example crossValue(['acme', 'en']) // 'acme x en'
 * @example crossValue(['a x b', 'en']) // '"a x b" x en'
 */
export function crossValue(parts: readonly string[]): string {
  return parts
    .map((part) =>
      `${part} `.includes(' x ') || part.startsWith('"') ? `"${part.replaceAll('"', '""')}"` : part,
    )
    .join(' x ');
}
