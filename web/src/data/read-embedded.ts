/** Finds the answers inside an HTML report. */

import { EMBEDDED_ID, type EmbeddedDocument } from '../../../src/studio/contract/embedded.ts';

/** The document of the file that is open; null where the page was served by the studio. */
export function readEmbedded(page: Document): EmbeddedDocument | null {
  const text = page.getElementById(EMBEDDED_ID)?.textContent;
  return text ? (JSON.parse(text) as EmbeddedDocument) : null;
}
