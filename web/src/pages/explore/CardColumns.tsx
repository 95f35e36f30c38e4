/** Cards in columns of their own, so that a tall one leaves no hole beside it; who stands where depends on sizes that do not change. */

import { type ReactNode, useRef } from 'react';
import type { ExploreDimension } from '../../../../src/studio/contract/index.ts';
import { useWidth } from '../../ui/use-width.ts';

/** Pixels of a column, about. */
const WIDTH = 420;

/** @param sizes of the children, in rows */
export function CardColumns({
  sizes,
  children,
}: {
  readonly sizes: readonly number[];
  readonly children: readonly ReactNode[];
}) {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const count = Math.max(1, Math.floor(width / WIDTH));
  const heights = Array.from({ length: count }, () => 0);
  const columns: ReactNode[][] = Array.from({ length: count }, () => []);
  children.forEach((child, i) => {
    const at = heights.indexOf(Math.min(...heights));
    columns[at]!.push(child);
    heights[at] = heights[at]! + sizes[i]! + 2;
  });
  return (
    <div ref={place} className="card-columns">
      {width === 0
        ? null
        : columns.map((column, i) => (
            <div key={i} className="card-column">
              {column}
            </div>
          ))}
    </div>
  );
}

/** Rows that a card has at first. */
export function cardSize({ values, edges, kind, otherValues }: ExploreDimension): number {
  const isColumns = edges !== null || (kind === 'time' && values.length > 8);
  if (isColumns) return 9 + values.filter(({ state }) => state !== 'value').length;
  return Math.min(8, values.length) + Number(values.length > 8) + Number(otherValues > 0);
}
