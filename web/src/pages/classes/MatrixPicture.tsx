/** The confusion matrix drawn by Plot; wide ones scroll sideways in their own box. */

import * as Plot from '@observablehq/plot';
import { useMemo } from 'react';
import type { ConfusionMatrix } from '../../../../src/studio/contract/index.ts';
import { countText } from '../../format/numbers.ts';
import { PlotPicture } from '../../ui/PlotPicture.tsx';
import type { MatrixCell, MatrixShow, MatrixValues } from './matrix-cells.ts';

/** Pixels of a cell: of few classes, with numbers, and without. */
const CELL = { large: 64, written: 30, small: 16 } as const;
const ROW = { large: 44, written: 26, small: 16 } as const;
/** Columns up to which cells are large. */
const FEW = 6;
/** Columns up to which numbers are written into the cells. */
const WRITTEN = 42;

export function MatrixPicture({
  matrix,
  cells,
  values,
  show,
  onOpen,
}: {
  readonly matrix: ConfusionMatrix;
  readonly cells: readonly MatrixCell[];
  readonly values: MatrixValues;
  readonly show: MatrixShow;
  readonly onOpen: (cell: MatrixCell) => void;
}) {
  const { rows, columns } = matrix;
  const isWritten = columns.length <= WRITTEN;
  const size = columns.length <= FEW ? 'large' : isWritten ? 'written' : 'small';
  const margin = useMemo(() => marginOf(cells, CELL[size]), [cells, size]);
  const width = margin.left + columns.length * CELL[size] + margin.right;
  const height = margin.top + 20 + rows.length * ROW[size];
  const options = useMemo(
    () => optionsOf(cells, isWritten, values, show, margin),
    [cells, isWritten, values, show, margin],
  );
  const worst = cells
    .filter(
      ({ isRight, row, column }) =>
        !isRight && rows[row]!.kind === 'class' && columns[column]!.kind === 'class',
    )
    .reduce<MatrixCell | null>(
      (most, cell) => (most === null || cell.after > most.after ? cell : most),
      null,
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="classes-scroll" tabIndex={0} aria-label="Confusion matrix, scrolls sideways">
      <div
        style={{
          minWidth: width,
          maxWidth: Math.max(width, columns.length * CELL.large + margin.left + margin.right),
        }}
      >
        <PlotPicture
          alt={
            worst === null || worst.after === 0
              ? 'Confusion matrix without mistakes between the shown classes.'
              : `Confusion matrix. The most frequent mistake: ${worst.y} answered as ${worst.x}, ${countText(worst.after)} cases.`
          }
          height={height}
          options={options}
          onChoose={(cell) => onOpen(cell as MatrixCell)}
        />
      </div>
    </section>
  );
}

function optionsOf(
  cells: readonly MatrixCell[],
  isWritten: boolean,
  values: MatrixValues,
  show: MatrixShow,
  margin: Margin,
): Plot.PlotOptions {
  const place = { x: 'x', y: 'y' } as const;
  const names = (of: 'x' | 'y') => [...new Set(cells.map((cell) => cell[of]))];
  const fill = ({ better, isRight }: MatrixCell) => {
    if (show === 'difference') return better ? 'var(--gain)' : 'var(--mark)';
    return isRight ? 'var(--accent)' : 'var(--mark)';
  };
  return {
    marginLeft: margin.left,
    marginTop: margin.top,
    marginBottom: 20,
    marginRight: margin.right,
    x: { domain: names('x'), axis: 'top', tickRotate: -50, label: 'answer', tickSize: 0 },
    y: { domain: names('y'), label: 'true class', tickSize: 0 },
    marks: [
      Plot.cell(cells, {
        ...place,
        fill,
        // Ink stays readable on the strongest colour in both themes.
        fillOpacity: ({ strength, better }: MatrixCell) =>
          show === 'difference' && better === null ? 0 : 0.42 * strength ** 0.7,
        stroke: ({ isRight, better }: MatrixCell) =>
          isRight ? 'var(--line-strong)' : better === false ? 'var(--mark)' : 'var(--line)',
        strokeDasharray: undefined,
        strokeWidth: 1,
        inset: 0.5,
      }),
      Plot.cell(
        cells.filter(({ better, strength }) => better === false && strength > 0),
        { ...place, fill: 'none', stroke: 'var(--mark)', strokeDasharray: '3 2', strokeWidth: 1.5, inset: 1 },
      ),
      ...(isWritten ? [Plot.text(cells, { ...place, text: 'text', fill: 'var(--ink)', fontSize: 11 })] : []),
      Plot.tip(cells, Plot.pointer({ ...place, title: (cell: MatrixCell) => tipOf(cell, values) })),
    ],
  };
}

/** Pixels around the cells. */
interface Margin {
  readonly left: number;
  readonly top: number;
  readonly right: number;
}

/** Names are slanted on top: their height is that of their sine, and the last ones reach beyond the last cell. */
function marginOf(cells: readonly MatrixCell[], cell: number): Margin {
  const longest = (of: 'x' | 'y') => Math.max(...cells.map((one) => [...one[of]].length), 1);
  const columns = Math.max(...cells.map(({ column }) => column), 0) + 1;
  const beyond = cells.map(({ x, column }) => 4.6 * [...x].length - cell * (columns - column - 0.5));
  return { left: 34 + 7 * longest('y'), top: 44 + 5.5 * longest('x'), right: Math.max(4, ...beyond) };
}

function tipOf({ x, y, before, after, text, isRight }: MatrixCell, values: MatrixValues): string {
  const counts =
    before === null ? `${countText(after)} cases` : `${countText(before)} before, ${countText(after)} after`;
  return `${y}\n${isRight ? 'answered right' : `answered as ${x}`}: ${counts}${values === 'shares' && text !== '' ? `\n${text}% shown` : ''}`;
}
