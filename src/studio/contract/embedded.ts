/** The answers inside an HTML report: what the studio would have answered, by question. Free of Node, read by the front end. */

/** The content of `<script id="slicewise-data" type="application/json">`. */
export interface EmbeddedDocument {
  /** Packed: by `answerKey` the place of its part. */
  readonly index: string;
  /** Packed: answers by `answerKey`; those of one page stand together, and none is unpacked before it is asked for. */
  readonly parts: readonly string[];
  /** Statements that every page shows on top, such as how large data were sampled. */
  readonly notices: readonly string[];
  /** The command that opens the same comparison in the studio. */
  readonly command: string;
  /** Path of the page to open first, such as `/verdict`. */
  readonly home: string;
  /** Paths of pages that have nothing to show in this file. */
  readonly hidden: readonly string[];
}

/** Id of the script element that holds the document. */
export const EMBEDDED_ID = 'slicewise-data';

/**
 * One question as a text, whatever the order of its parameters.
 *
 * @example answerKey('slice', { id: 'a', cut: undefined }) // 'slice {"id":"a"}'
 */
export function answerKey(name: string, params: unknown): string {
  return `${name} ${JSON.stringify(sorted(params))}`;
}

/**
 * What a packed text says: base64 of JSON, deflated with a zlib header (RFC 1950).
 *
 * @throws TypeError or SyntaxError where it is no such text
 */
export async function unpacked<Content>(text: string): Promise<Content> {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return (await new Response(inflated).json()) as Content;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
