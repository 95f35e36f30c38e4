/** Arguments of tools as one text, the same for the same arguments. */

/**
 * JSON with sorted keys and two blanks of indentation; a text that is no JSON stays as it is.
 *
 * @example canonicalText('{"b":1,"a":[2]}') // '{\n  "a": [\n    2\n  ],\n  "b": 1\n}'
 */
export function canonicalText(given: unknown): string {
  const value = typeof given === 'string' ? fromJson(given) : given;
  return typeof value === 'string' ? value : JSON.stringify(sorted(value), null, 2);
}

/** The value that a text spells as JSON, else the text. */
export function fromJson(text: string): unknown {
  if (!/^\s*[[{"]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
