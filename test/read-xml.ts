/** A strict reader for the XML that reports write: throws at anything that is not well-formed XML 1.0. */

export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  readonly text: string;
}

const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The root element. */
export function readXml(source: string): XmlNode {
  const illegal = NOT_XML.exec(source);
  if (illegal) throw new Error(`character ${JSON.stringify(illegal[0])} is not allowed in XML 1.0`);
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!source.startsWith(head)) throw new Error('no XML declaration');
  const reader = { source, at: head.length };
  const root = readElement(reader);
  if (source.slice(reader.at).trim() !== '') throw new Error('something follows the root element');
  return root;
}

function readElement(reader: { readonly source: string; at: number }): XmlNode {
  const open = /<([A-Za-z][\w.-]*)((?: [A-Za-z][\w.-]*="[^"<]*")*)(\/?)>/y;
  open.lastIndex = reader.at;
  const match = open.exec(reader.source);
  if (match === null) throw new Error(`no element at ${reader.source.slice(reader.at, reader.at + 60)}`);
  reader.at = open.lastIndex;
  const [, name = '', attributeText = '', empty] = match;
  const attributes: Record<string, string> = {};
  for (const [, key = '', value = ''] of attributeText.matchAll(/ ([\w.-]+)="([^"]*)"/g)) {
    if (key in attributes) throw new Error(`attribute ${key} twice`);
    attributes[key] = decode(value);
  }
  const children: XmlNode[] = [];
  let text = '';
  if (empty === '/') return { name, attributes, children, text };
  for (;;) {
    const next = reader.source.indexOf('<', reader.at);
    if (next < 0) throw new Error(`${name} is not closed`);
    text += decode(reader.source.slice(reader.at, next));
    reader.at = next;
    if (!reader.source.startsWith('</', next)) {
      children.push(readElement(reader));
      continue;
    }
    if (!reader.source.startsWith(`</${name}>`, next)) throw new Error(`${name} is closed by another tag`);
    reader.at = next + name.length + 3;
    return { name, attributes, children, text };
  }
}

function decode(text: string): string {
  if (text.includes(']]>')) throw new Error(']]> in text');
  return text.replace(/&([^;]*);?/g, (whole, name: string) => {
    const character = whole.endsWith(';') ? ENTITIES[name] : undefined;
    if (character === undefined) throw new Error(`unknown reference ${whole}`);
    return character;
  });
}
