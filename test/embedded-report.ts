/** Reads the answers back out of an HTML report, as its pages do. */

import { EMBEDDED_ID, type EmbeddedDocument, unpacked } from '../src/studio/contract/embedded.ts';

/** What a browser reads as the content of the data element: everything up to the first end tag. */
export function dataElement(html: string): string {
  const start = `<script id="${EMBEDDED_ID}" type="application/json">`;
  const from = html.indexOf(start) + start.length;
  return html.slice(from, html.indexOf('</script', from));
}

/** Every answer of a document by `answerKey`, in the order of its parts; fails where the index names another part. */
export async function embeddedAnswers({
  index,
  parts,
}: Pick<EmbeddedDocument, 'index' | 'parts'>): Promise<ReadonlyMap<string, unknown>> {
  const places = await unpacked<Record<string, number>>(index);
  const answers = new Map<string, unknown>();
  for (const [place, part] of parts.entries()) {
    for (const [key, answer] of Object.entries(await unpacked<Record<string, unknown>>(part))) {
      if (places[key] !== place) throw new Error(`${key} stands in part ${place}, not in ${places[key]}`);
      answers.set(key, answer);
    }
  }
  if (answers.size !== Object.keys(places).length)
    throw new Error('the index names answers that are not there');
  return answers;
}
