/** Foreign text on several lines. */

import { visible } from '../../../src/reports/format/visible.ts';

/** As `visible`, with line breaks and tabs as they are. */
export function legible(text: string): string {
  return text
    .split(/(\r?\n|\t)/)
    .map((part, i) => (i % 2 === 1 ? part : visible(part)))
    .join('');
}
