/** Finds the character of a YAML file that became a given character of a text. */

/** The parts of a scalar node that are needed. */
interface ScalarPlace {
  readonly type?: string | undefined;
  readonly value: unknown;
  readonly range?: readonly [number, number, number] | null | undefined;
}

/** Lengths of the escapes of double-quoted YAML that are not two characters long. */
const LONG_ESCAPES: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };

/**
 * The offset in the file of character `offset` of a scalar's text: exact for plain, quoted and block texts, where
 * indentation and folded lines are stepped over.
 *
 * @param source the whole file
 */
export function offsetInScalar(source: string, scalar: ScalarPlace, offset: number): number {
  const [start, end] = scalar.range ?? [0, 0];
  const value = String(scalar.value);
  const isQuoted = scalar.type === 'QUOTE_SINGLE' || scalar.type === 'QUOTE_DOUBLE';
  const isBlock = scalar.type === 'BLOCK_LITERAL' || scalar.type === 'BLOCK_FOLDED';
  let at = isQuoted ? start + 1 : isBlock ? source.indexOf('\n', start) + 1 : start;
  for (let index = 0; at < end; index++) {
    const wanted = value[index] ?? '';
    const isEscape = scalar.type === 'QUOTE_DOUBLE' && source[at] === '\\';
    if (!isEscape && source[at] !== wanted && /\S/.test(wanted)) at = skipSpace(source, at, end);
    if (index >= offset) return at;
    at += lengthInFile(source, at, wanted, scalar.type);
  }
  return Math.max(start, Math.min(at, end));
}

function skipSpace(source: string, from: number, end: number): number {
  let at = from;
  while (at < end && /\s/.test(source[at] as string)) at++;
  return at;
}

/** How many characters of the file made the one at `at`; 0 for folded space, which the next character steps over. */
function lengthInFile(source: string, at: number, wanted: string, type: string | undefined): number {
  if (type === 'QUOTE_DOUBLE' && source[at] === '\\') return LONG_ESCAPES[source[at + 1] ?? ''] ?? 2;
  if (type === 'QUOTE_SINGLE' && source[at] === "'") return 2;
  return source[at] === wanted ? 1 : 0;
}
