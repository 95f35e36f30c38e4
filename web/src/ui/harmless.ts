/** Foreign text where no element can stand around it: names in titles, choices and pictures. */

import { visible } from '../../../src/reports/format/visible.ts';

/** Foreign text where only plain text may stand: control and bidirectional characters spelled out, cut in code points. */
export function harmless(text: string, most: number): string {
  const shown = [...visible(text.slice(0, most * 2))];
  return shown.length > most ? `${shown.slice(0, most - 1).join('')}…` : shown.join('');
}
