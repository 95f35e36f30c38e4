/** Turns an edited YAML document back into text; what data put into names never steers who reads the file. */

import type { Document } from 'yaml';

/**
 * Control characters but for line ends and tabs, line separators, halves of characters, what turns the reading direction, byte order
 * mark and noncharacters.
 */
const STEERING = /[^\P{Cc}\t\n\r]|[\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/u;

/**
 * The text of a document. Texts with characters that steer a display stand in double quotes, spelled by escapes, and are read back as
 * they were. A file that has such characters itself is left to whoever wrote them there.
 *
 * @param before the text that was edited; empty for a new one
 */
export async function writtenYaml(document: Document, before: string): Promise<string> {
  const { isScalar, visit } = await import('yaml');
  if (STEERING.test(before)) return document.toString({ lineWidth: 0 });
  visit(document, (_, node) => {
    if (isScalar(node) && typeof node.value === 'string' && STEERING.test(node.value)) {
      node.type = 'QUOTE_DOUBLE';
    }
  });
  return spelled(document.toString({ lineWidth: 0 }));
}

/** For texts in double quotes: the characters that JSON leaves as they are. */
export function spelled(text: string): string {
  return text.replace(
    new RegExp(STEERING, 'gu'),
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
