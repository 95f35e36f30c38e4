/** Writes well-formed XML 1.0. */

import { visible } from '../format/visible.ts';

/** An element; attributes keep their order, undefined ones are left out. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  readonly children?: readonly XmlElement[];
  readonly text?: string;
}

/**
 * The text escaped for XML; characters that XML 1.0 or a reader's display cannot take are spelled out.
 *
 * @example escapeXml('a<b & "c"\u0000') // 'a&lt;b &amp; &quot;c&quot;\\x00'
 */
export function escapeXml(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

/** The element as indented lines. Line feeds inside `text` are kept; everything else that steers is spelled out. */
export function renderXml(element: XmlElement, indent = ''): string {
  const attributes = Object.entries(element.attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
  const open = `${indent}<${element.name}${attributes}`;
  if (element.text !== undefined) {
    const text = element.text.split('\n').map(escapeXml).join('\n');
    return `${open}>${text}</${element.name}>\n`;
  }
  const children = element.children ?? [];
  if (children.length === 0) return `${open}/>\n`;
  const inner = children.map((child) => renderXml(child, `${indent}  `)).join('');
  return `${open}>\n${inner}${indent}</${element.name}>\n`;
}
