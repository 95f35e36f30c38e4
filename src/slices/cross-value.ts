/** How the values of a cross are joined into one text that only one combination can have, and taken apart again. */

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

/**
 * The parts that `crossValue` joined; null where the text is none of its own.
 *
 * @example crossParts('"a x b" x en') // ['a x b', 'en']
 */
export function crossParts(value: string): readonly string[] | null {
  const parts: string[] = [];
  let rest = value;
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"(?= x |$)/.exec(rest);
    const end = rest.indexOf(' x ');
    const written = quoted?.[0] ?? (end < 0 ? rest : rest.slice(0, end));
    parts.push(quoted === null ? written : quoted[1]!.replaceAll('""', '"'));
    if (written.length === rest.length) break;
    rest = rest.slice(written.length + 3);
  }
  return crossValue(parts) === value ? parts : null;
}
