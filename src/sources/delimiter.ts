/** Finds the separator of a delimited text from its header. */

const DELIMITERS = [',', '\t', ';'] as const;

/** The line with which spreadsheets declare a separator. */
const DECLARED = /^\ufeff?sep=([,;\t])\r?\n/i;

/**
 * The separator: the one that the header has most often outside of quotes; comma where it has none.
 *
 * @example headerDelimiter('id;passed\na;1\n') // ';'
 */
export function headerDelimiter(head: string): string {
  const declared = DECLARED.exec(head)?.[1];
  if (declared !== undefined) return declared;
  const counts = new Map<string, number>(DELIMITERS.map((delimiter) => [delimiter, 0]));
  let inQuotes = false;
  for (const character of head.replace(/^[\r\n]+/, '')) {
    if (character === '"') inQuotes = !inQuotes;
    if (inQuotes) continue;
    if (character === '\n') break;
    const count = counts.get(character);
    if (count !== undefined) counts.set(character, count + 1);
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

/**
 * Whether a line declares the separator (`sep=;`), and so is no header.
 *
 * @example declaresDelimiter('sep=;') // true
 */
export function declaresDelimiter(line: string): boolean {
  return DECLARED.test(`${line}\n`);
}
