/** Recognises texts that hold no table, such as YAML, Markdown and web pages, which would else read as a CSV of one column. */

/** A kind of text and what to do about it. */
export interface DocumentText {
  readonly what: string;
  readonly hint: string;
}

const YAML: DocumentText = {
  what: 'is YAML',
  hint: 'write its entries as JSON lines, one object per case (for example with yq -o=json)',
};
const MARKDOWN: DocumentText = {
  what: 'is Markdown',
  hint: 'name the file with the rows; a table in a document is written as CSV first',
};
const MARKUP: DocumentText = {
  what: 'is a web page or XML',
  hint: 'name the file with the rows; a table in a page is saved as CSV first',
};

/** What names say; the content must not look like a table. */
const BY_NAME: readonly (readonly [RegExp, DocumentText])[] = [
  [/\.ya?ml$/i, YAML],
  [/\.(?:md|markdown|rst)$/i, MARKDOWN],
  [/\.(?:html?|xml)$/i, MARKUP],
];

/** How the first lines of such texts look; headers of tables do not begin so. */
const BY_START: readonly (readonly [RegExp, DocumentText])[] = [
  [/^(?:---[ \t]*\r?\n|(?:#.*\r?\n|\s*\r?\n)*- [\w."' -]+:(?:\s|$))/, YAML],
  [/^(?:#.*\r?\n|\s*\r?\n)*[\w.-]+:(?: .*)?\r?\n(?:[\w.-]+:(?:\s|$)|[ \t]+[\w.-]+:\s|[ \t]*- )/, YAML],
  [/^#{1,6} \S/, MARKDOWN],
  [/^<(?:!doctype|html|\?xml|[a-z][\w-]*[\s>])/i, MARKUP],
];

/**
 * What a text is that holds no rows; null where it may be a table.
 *
 * @param start the text from its first character that is not blank
 * @param delimiter the separator that its first line has most often
 * @param name the name of the file, compressions left out or not
 * @example documentText('# Notes\n\nSome text.', ',', 'SOURCE.md')?.what // 'is Markdown'
 */
export function documentText(start: string, delimiter: string, name: string): DocumentText | null {
  const lines = start.split('\n', 3).filter((line) => line.trim() !== '');
  const fields = lines.map((line) => line.split(delimiter).length);
  const isTable = fields.length > 1 && fields[0]! > 1 && fields.every((count) => count === fields[0]);
  if (isTable || /\.(?:csv|tsv)(?:\.gz|\.zst)?$/i.test(name)) return null;
  const plain = name.replace(/\.(?:gz|zst)$/i, '');
  const found = BY_NAME.find(([pattern]) => pattern.test(plain));
  if (found !== undefined) return found[1];
  return BY_START.find(([pattern]) => pattern.test(start))?.[1] ?? null;
}
