/** Foreign text where no element can stand around it, made short: names in titles, choices, axes and pictures. */

import { visible } from '../../../src/reports/format/visible.ts';

/**
 * Foreign text cut at its end, in code points; control and bidirectional characters are spelled out. For sentences, conditions
 * and other texts that are read from their beginning.
 *
 * @param most code points, 2 or more
 * @example harmless('declined_card_payment', 12) // 'declined_ca…'
 */
export function harmless(text: string, most: number): string {
  // A text may be megabytes long: only its beginning is looked at.
  const shown = [...visible(text.slice(0, 2 * most + 2))];
  return shown.length > most ? `${shown.slice(0, most - 1).join('')}…` : shown.join('');
}

/**
 * A foreign name cut in its middle, because names that begin alike end differently; otherwise as `harmless`.
 *
 * @param most code points, 3 or more
 * @example shortened('declined_card_payment', 12) // 'declin…yment'
 */
export function shortened(name: string, most: number): string {
  const reach = 2 * most + 2;
  const isLong = name.length > 2 * reach;
  const characters = isLong
    ? [...visible(name.slice(0, reach)), ...visible(name.slice(-reach))]
    : [...visible(name)];
  if (characters.length <= most) return characters.join('');
  const head = Math.ceil((most - 1) / 2);
  return `${characters.slice(0, head).join('')}…${characters.slice(head + 1 - most).join('')}`;
}
