/** Names of classes on axes: short, and harmless whatever they are. */

import { visible } from '../../../../src/reports/format/visible.ts';

/**
 * A name cut in its middle, with control characters spelled out.
 *
 * @example clipped('declined_card_payment', 12) // 'declin…yment'
 */
export function clipped(name: string, longest: number): string {
  const characters = [...visible(name.slice(0, 400))];
  if (characters.length <= longest) return characters.join('');
  const head = Math.ceil((longest - 1) / 2);
  return `${characters.slice(0, head).join('')}…${characters.slice(head + 1 - longest).join('')}`;
}
