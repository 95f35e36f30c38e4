/** The confusion matrix as cells to walk by keyboard: arrows move, Enter opens the cases. */

import { type KeyboardEvent, useRef, useState } from 'react';
import type { ConfusionMatrix } from '../../../../src/studio/contract/index.ts';
import { countText } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { answerOf, type MatrixCell, placeName } from './matrix-cells.ts';

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

export function MatrixGrid({
  matrix,
  cells,
  isDifference,
  onOpen,
}: {
  readonly matrix: ConfusionMatrix;
  readonly cells: readonly MatrixCell[];
  readonly isDifference: boolean;
  readonly onOpen: (cell: MatrixCell) => void;
}) {
  const { rows, columns } = matrix;
  const [at, setAt] = useState({ row: 0, column: 0 });
  const grid = useRef<HTMLTableElement>(null);
  const here = { row: Math.min(at.row, rows.length - 1), column: Math.min(at.column, columns.length - 1) };
  const goTo = (row: number, column: number) => {
    const next = {
      row: Math.max(0, Math.min(rows.length - 1, row)),
      column: Math.max(0, Math.min(columns.length - 1, column)),
    };
    setAt(next);
    grid.current?.querySelector<HTMLElement>(`[data-cell="${next.row},${next.column}"]`)?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    const move = MOVES[event.key];
    if (move !== undefined) goTo(here.row + move[0], here.column + move[1]);
    else if (event.key === 'Home') goTo(here.row, 0);
    else if (event.key === 'End') goTo(here.row, columns.length - 1);
    else return;
    event.preventDefault();
  };
  return (
    <div className="classes-scroll">
      <table
        ref={grid}
        className="matrix-grid"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells one walks by arrows is a grid (ARIA)
        role="grid"
        aria-label="Confusion matrix: rows are true classes, columns answers"
        onKeyDown={onKey}
      >
        <thead>
          <tr>
            <th scope="col">true class, answered as</th>
            {columns.map((place, column) => (
              <th key={column} scope="col">
                <HostileText text={placeName(place, 28)} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((place, row) => (
            <tr key={row}>
              <th scope="row">
                <HostileText text={placeName(place, 28)} />
              </th>
              {columns.map((answer, column) => {
                const cell = cells[row * columns.length + column]!;
                const opens = place.kind === 'class' && answerOf(answer) !== null;
                const isHere = here.row === row && here.column === column;
                return (
                  <td
                    key={column}
                    data-cell={`${row},${column}`}
                    tabIndex={isHere ? 0 : -1}
                    className={`${cell.isRight ? 'right' : ''} ${isDifference && cell.better === false ? 'worse' : ''} ${opens ? 'opens' : ''}`}
                    aria-label={labelOf(cell)}
                    onFocus={() => setAt({ row, column })}
                    onClick={() => onOpen(cell)}
                    onKeyDown={(event) => {
                      if (event.key !== 'Enter') return;
                      event.preventDefault();
                      onOpen(cell);
                    }}
                  >
                    {cell.text === '' ? '·' : cell.text}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function labelOf({ y, x, isRight, before, after }: MatrixCell): string {
  const counts =
    before === null ? countText(after) : `${countText(before)} before, ${countText(after)} after`;
  return `${y}, ${isRight ? 'answered right' : `answered as ${x}`}: ${counts}`;
}
