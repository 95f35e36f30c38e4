/** What each class is taken for: the matrix as a picture or as cells to walk, the kinds of mistakes, and the cases behind a cell. */

import { useMemo, useRef } from 'react';
import type { ConfusionMatrix } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf } from '../../format/numbers.ts';
import { Segmented, Select } from '../../ui/controls.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { useWidth } from '../../ui/use-width.ts';
import { useView } from '../../view.ts';
import { CellSheet } from './CellSheet.tsx';
import type { TabProps } from './ClassesPage.tsx';
import { cellKey } from './cell-key.ts';
import { CLASSES_VIEW } from './classes-view.ts';
import { MatrixGrid } from './MatrixGrid.tsx';
import { MatrixPicture } from './MatrixPicture.tsx';
import { MistakeTable } from './MistakeTable.tsx';
import { answerOf, cellsOf, type MatrixCell, type MatrixShow, placeName } from './matrix-cells.ts';

/** Below so many pixels names are shorter. */
const NARROW = 640;
const SIZES = ['10', '20', '40', '77', '100'];

export function ConfusionTab({ overview, slice }: TabProps) {
  const [view] = useView(CLASSES_VIEW);
  const by = view.by === 'support' || view.by === 'change' ? view.by : 'confusion';
  const classes = Math.max(2, Math.min(100, Math.trunc(view.classes)));
  const question = useStudio('confusion', { slice, classes, by }, { enabled: !overview.multiLabel });
  if (overview.multiLabel) {
    return (
      <Empty title="No confusion matrix for several labels per case">
        <p>
          An answer is not one class in place of another. Read recall and precision of each class in the
          report.
        </p>
      </Empty>
    );
  }
  if (question.error !== null) return <Failed error={question.error} retry={() => void question.refetch()} />;
  if (question.data === undefined) return <Loading height={900} what="Counting the answers" />;
  return <Confusion matrix={question.data} slice={slice} by={by} />;
}

function Confusion({
  matrix,
  slice,
  by,
}: Pick<TabProps, 'slice'> & {
  readonly matrix: ConfusionMatrix;
  readonly by: 'support' | 'confusion' | 'change';
}) {
  const [view, change] = useView(CLASSES_VIEW);
  const compared = matrix.baseline !== null;
  const show: MatrixShow =
    compared && (view.show === 'baseline' || view.show === 'difference') ? view.show : 'candidate';
  const values = view.values === 'shares' ? 'shares' : 'counts';
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  // Unknown at first: a large matrix is not drawn twice for it.
  const isNarrow = width > 0 && width < NARROW;
  const cells = useMemo(
    () => cellsOf(matrix, show, values, isNarrow ? 14 : 28),
    [matrix, show, values, isNarrow],
  );
  const open = ({ row, column }: Pick<MatrixCell, 'row' | 'column'>) => {
    const truth = matrix.rows[row]!;
    const answer = answerOf(matrix.columns[column]!);
    if (truth.kind !== 'class' || answer === null) return;
    change({
      cell: cellKey({ run: show === 'baseline' ? 'baseline' : 'candidate', expected: truth.label, answer }),
    });
  };
  const shown = matrix.rows.filter(({ kind }) => kind === 'class').length;
  const total = shown + (matrix.rows.find((row) => row.kind === 'others')?.classes ?? 0);
  return (
    <div ref={place} className="classes-stack">
      <div className="toolbar">
        {compared ? (
          <Segmented
            label="Which run"
            value={show}
            choices={[
              { value: 'baseline', label: 'Before' },
              { value: 'candidate', label: 'After' },
              { value: 'difference', label: 'Difference' },
            ]}
            onChange={(next) => change({ show: next })}
          />
        ) : null}
        <Segmented
          label="Values"
          value={values}
          choices={[
            { value: 'counts', label: 'Cases' },
            { value: 'shares', label: '% of the true class' },
          ]}
          onChange={(next) => change({ values: next })}
        />
        <Segmented
          label="Shown as"
          value={view.as === 'cells' ? 'cells' : 'picture'}
          choices={[
            { value: 'picture', label: 'Picture' },
            { value: 'cells', label: 'Cells' },
          ]}
          onChange={(next) => change({ as: next })}
        />
        {total > 2 ? (
          <>
            <Select
              label="Classes with rows of their own"
              value={String(shown)}
              choices={sizesOf(shown, total).map((size) => ({
                value: size,
                label: Number(size) >= total ? `all ${total}` : size,
              }))}
              onChange={(next) => change({ classes: Number(next) })}
            />
            <Select
              label="Which first"
              value={by}
              choices={[
                { value: 'confusion', label: 'most mistakes' },
                { value: 'change', label: 'most changed mistakes' },
                { value: 'support', label: 'most cases' },
              ].filter(({ value }) => compared || value !== 'change')}
              onChange={(next) => change({ by: next })}
            />
          </>
        ) : null}
      </div>
      <Figure
        title={`Confusion matrix: ${matrix.name}${show === 'difference' ? ', after minus before' : compared ? (show === 'baseline' ? ', before' : ', after') : ''}`}
        caption={captionOf(matrix, { show, values, asCells: view.as === 'cells' }, shown, total)}
        table={() => ({
          columns: ['true class', 'answer', 'cases before', 'cases after'],
          rows: cells
            .filter(({ before, after }) => after > 0 || (before ?? 0) > 0)
            .map(({ row, column, before, after }) => [
              placeName(matrix.rows[row]!),
              placeName(matrix.columns[column]!),
              before,
              after,
            ]),
        })}
      >
        {view.as === 'cells' ? (
          <MatrixGrid matrix={matrix} cells={cells} isDifference={show === 'difference'} onOpen={open} />
        ) : (
          <MatrixPicture matrix={matrix} cells={cells} values={values} show={show} onOpen={open} />
        )}
      </Figure>
      <MistakeTable
        matrix={matrix}
        onOpen={(pair) =>
          change({
            cell: cellKey({
              run: 'candidate',
              expected: pair.expected,
              answer:
                pair.predicted === null ? { kind: 'no answer' } : { kind: 'class', label: pair.predicted },
            }),
          })
        }
      />
      <CellSheet slice={slice} />
    </div>
  );
}

/** How many classes may have rows; the number of an address is one of them. */
function sizesOf(shown: number, total: number): readonly string[] {
  const sizes = new Set([...SIZES.map(Number).filter((size) => size < total), shown, Math.min(100, total)]);
  return [...sizes].toSorted((a, b) => a - b).map(String);
}

function captionOf(
  { n }: ConfusionMatrix,
  {
    show,
    values,
    asCells,
  }: { readonly show: MatrixShow; readonly values: 'counts' | 'shares'; readonly asCells: boolean },
  shown: number,
  total: number,
): string {
  const cases = countOf((show === 'baseline' ? n.baseline : n.candidate) ?? 0, 'case');
  const rest =
    shown < total ? ` The other ${total - shown} classes are one row and column, so every row adds up.` : '';
  return `Rows are true classes, columns answers, ${values === 'counts' ? 'in cases' : 'in % of the true class'}; ${cases}. ${looksOf(show, asCells)}.${rest} ${asCells ? 'Arrows move, Enter opens the cases.' : 'A click opens the cases; by keyboard the view "Cells" does.'}`;
}

function looksOf(show: MatrixShow, asCells: boolean): string {
  if (show === 'difference') {
    return `${asCells ? 'A dashed border' : 'Orange with a dashed border'} is worse (more mistakes or fewer right answers)${asCells ? '' : ', green is better'}; the sign says which way the number went`;
  }
  return asCells
    ? 'Right answers are bold'
    : 'Right answers are blue with a border, mistakes orange; stronger is more, each on a scale of its own';
}
