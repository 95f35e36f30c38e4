/** How columns and shares are spelled in the tables of logs and samples. */

import { percentText } from '../../reports/index.ts';
import type { Estimate } from '../../stats/index.ts';

export const left = (header: string) => ({ header, align: 'left' as const });
export const right = (header: string) => ({ header, align: 'right' as const });

/** A share with its interval: `12.0 (10.9-13.2)`. */
export function shareText(share: Estimate | null): string {
  if (share === null || share.estimate === null) return '-';
  const bounds =
    share.lower === null || share.upper === null
      ? ''
      : ` (${percentText(share.lower)}-${percentText(share.upper)})`;
  return `${percentText(share.estimate)}${bounds}`;
}
