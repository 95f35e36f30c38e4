/** The picture of two dimensions crossed: a cell for each pair of values, with its figure and its cases in words. */

import * as Plot from '@observablehq/plot';
import type { ExploreCell, ExploreHeatmap, ExploreValue } from '../../../../src/studio/contract/index.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { type Tone, toneOfChange } from '../../format/tone.ts';
import { harmless, shortened } from '../../ui/foreign-name.ts';
import type { ExploreTabProps } from './CrossFilter.tsx';
import type { FigureScale } from './figure-scale.ts';

/** Values of a side that are drawn; the others are in the table. */
export const MOST_DRAWN = 24;
/** Cells with fewer cases are drawn hollow: their colour would promise too much. */
export const FEW = 20;
/** Height of a row, pixels. */
export const ROW = 30;

/** Height of the names above, pixels. */
export const LABEL_SPACE = 74;

/** Characters of a value on an axis; longer ones are cut in the middle, as their ends often tell them apart. */
const LONGEST_NAME = 24;

/** One cell with the values that meet in it. */
export interface Crossing extends ExploreCell {
  readonly id: string;
  readonly row: ExploreValue;
  readonly column: ExploreValue;
  readonly tone: Tone;
}

/** Every cell, row by row. */
export function crossingsOf(
  answer: ExploreHeatmap,
  isDelta: boolean,
  higherIsBetter: boolean,
): readonly Crossing[] {
  return answer.cells.flatMap((line, i) =>
    line.map((cell, j) => ({
      ...cell,
      id: `${i} ${j}`,
      row: answer.rows[i]!,
      column: answer.columns[j]!,
      tone: isDelta ? toneOfChange(cell, higherIsBetter) : '',
    })),
  );
}

/** @param show what the figures are: a change, or one of the runs */
export function heatmapPlot(
  answer: ExploreHeatmap,
  cells: readonly Crossing[],
  scale: FigureScale,
  show: ExploreTabProps['show'],
): Plot.PlotOptions {
  const rows = answer.rows.slice(0, MOST_DRAWN);
  const columns = answer.columns.slice(0, MOST_DRAWN);
  const shown = cells.filter(
    ({ row, column, cases }) => rows.includes(row) && columns.includes(column) && cases > 0,
  );
  const short = (values: readonly ExploreValue[]) => (key: string) => {
    return shortened(values.find((value) => value.key === key)?.label ?? '', LONGEST_NAME);
  };
  const longest = Math.max(0, ...rows.map(({ key }) => [...short(rows)(key)].length));
  const solid = shown.filter(({ cases }) => cases >= FEW);
  const place = { x: ({ column }: Crossing) => column.key, y: ({ row }: Crossing) => row.key } as const;
  const word = ({ estimate, tone }: Crossing) =>
    `${tone === 'loss' ? '▼ ' : tone === 'gain' ? '▲ ' : ''}${scale.text(estimate)}`;
  return {
    ...{ marginLeft: 30 + 6.6 * longest, marginTop: LABEL_SPACE, padding: 0.04 },
    x: {
      domain: columns.map(({ key }) => key),
      tickFormat: short(columns),
      label: null,
      axis: 'top',
      tickRotate: -28,
    },
    y: { domain: rows.map(({ key }) => key), tickFormat: short(rows), label: null },
    color: { type: 'identity' },
    marks: [
      Plot.cell(solid, { ...place, fill: (cell: Crossing) => colourOf(cell, scale, show) }),
      Plot.cell(shown, { ...place, fill: 'transparent', stroke: 'var(--line)' }),
      Plot.text(shown, { ...place, text: word, dy: -5, fontWeight: 600, fill: 'var(--ink)' }),
      Plot.text(shown, {
        ...{ ...place, dy: 8, fontSize: 10, fill: 'var(--ink)' },
        text: ({ cases }: Crossing) => countText(cases),
      }),
      Plot.tip(
        shown,
        Plot.pointer({
          ...{ ...place, fill: 'var(--surface)', stroke: 'var(--line-strong)' },
          title: (cell: Crossing) =>
            `${harmless(cell.row.label, 60)} × ${harmless(cell.column.label, 60)}\n${scale.text(cell.estimate)} (${scale.text(cell.lower)} to ${scale.text(cell.upper)})\n${countOf(cell.cases, 'case')}`,
        }),
      ),
    ],
  };
}

/** Pale enough for text on it; the words say the same. */
function colourOf({ estimate }: Crossing, { low, high }: FigureScale, show: ExploreTabProps['show']): string {
  if (estimate === null) return 'transparent';
  const paint = (colour: string, share: number) =>
    `color-mix(in srgb, ${colour} ${Math.round(45 * Math.max(0, Math.min(1, share)))}%, var(--surface))`;
  if (show !== 'delta') return paint('var(--after)', (estimate - low) / (high - low));
  // Equal changes are equally strong, whichever way they go.
  return paint(estimate < 0 ? 'var(--mark)' : 'var(--gain)', Math.abs(estimate) / Math.max(-low, high));
}
