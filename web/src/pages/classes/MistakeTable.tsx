/** Kinds of mistakes with their rates before and after: those that doubled first, then the most frequent. */

import { useMemo } from 'react';
import type { ConfusionPair } from '../../../../src/classes/index.ts';
import type { ConfusionMatrix } from '../../../../src/studio/contract/index.ts';
import { countOf, countText, pValueText } from '../../format/numbers.ts';
import { SearchBox } from '../../ui/controls.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { DeltaText, EstimateText } from '../../ui/Measures.tsx';
import { Panel } from '../../ui/Page.tsx';
import { useView } from '../../view.ts';
import { CLASSES_VIEW } from './classes-view.ts';

export function MistakeTable({
  matrix,
  onOpen,
}: {
  readonly matrix: ConfusionMatrix;
  readonly onOpen: (pair: ConfusionPair) => void;
}) {
  const [view, change] = useView(CLASSES_VIEW);
  const compared = matrix.baseline !== null;
  const rows = useMemo(() => {
    const words = view.q.toLowerCase().split(/\s+/).filter(Boolean);
    return matrix.pairs.filter(({ expected, predicted }) => {
      const text = `${expected}\n${predicted ?? 'no answer'}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }, [matrix, view.q]);
  const columns = useMemo(() => columnsOf(compared), [compared]);
  const alarms = matrix.pairs.filter(({ alarm }) => alarm).length;
  return (
    <Panel
      title="Kinds of mistakes"
      tools={
        <SearchBox
          label="Search mistakes by class"
          value={view.q}
          onChange={(q) => change({ q }, { replace: true })}
        />
      }
    >
      <DataTable
        label="Kinds of mistakes"
        rows={rows}
        columns={columns}
        rowId={({ expected, predicted }) => JSON.stringify([expected, predicted])}
        onOpen={onOpen}
        sort={view.sort}
        onSort={(sort) => change({ sort })}
        maxHeight={440}
        empty={
          matrix.pairs.length === 0 ? 'No mistake in either run.' : 'No kind of mistake has these words.'
        }
        footer={[
          `${countText(rows.length)} of ${countOf(matrix.pairs.length + matrix.unlisted, 'kind')} of mistakes shown${matrix.unlisted > 0 ? `; the ${countText(matrix.unlisted)} rarest are not listed, and none of them doubled beyond chance` : ''}`,
          ...(compared
            ? [
                `${countOf(alarms, 'kind')} doubled beyond chance; ${countText(matrix.tested)} had enough changed cases to be tested, and p is adjusted over all of them (Holm)`,
              ]
            : []),
        ]}
      />
    </Panel>
  );
}

function columnsOf(compared: boolean): readonly Column<ConfusionPair>[] {
  return [
    {
      id: 'pair',
      header: 'True class → answer',
      cell: ({ expected, predicted, alarm }) => (
        <>
          {alarm ? <span className="loss">▲ doubled: </span> : null}
          <HostileText text={expected} most={60} /> <span aria-hidden="true">→</span>
          <span className="visually-hidden"> answered as </span>{' '}
          {predicted === null ? (
            <span className="muted">no answer</span>
          ) : (
            <HostileText text={predicted} most={60} />
          )}
        </>
      ),
      sort: ({ expected }) => expected,
      width: 'minmax(14rem, 2fr)',
    },
    ...(compared
      ? [
          {
            id: 'casesBefore',
            header: 'Before',
            cell: ({ baseline }: ConfusionPair) => countText(baseline ?? 0),
            sort: ({ baseline }: ConfusionPair) => baseline,
            align: 'right' as const,
            width: '5.5rem',
          },
        ]
      : []),
    {
      id: 'casesAfter',
      header: compared ? 'After' : 'Cases',
      cell: ({ candidate }) => countText(candidate),
      sort: ({ candidate }) => candidate,
      align: 'right',
      width: '5.5rem',
    },
    {
      id: 'rate',
      header: 'Of the true class',
      cell: ({ rate }) => <EstimateText of={rate.candidate} />,
      sort: ({ rate }) => rate.candidate.estimate,
      width: 'minmax(13rem, 1fr)',
    },
    ...(compared
      ? [
          {
            id: 'change',
            header: 'Difference',
            cell: ({ rate }: ConfusionPair) => <DeltaText of={rate.delta} higherIsBetter={false} />,
            sort: ({ rate }: ConfusionPair) => rate.delta?.estimate ?? null,
            width: 'minmax(11rem, 1fr)',
          },
          {
            id: 'pAdjusted',
            header: 'p (Holm)',
            cell: ({ adjusted }: ConfusionPair) => pValueText(adjusted),
            sort: ({ adjusted }: ConfusionPair) => adjusted,
            align: 'right' as const,
            width: '6rem',
          },
        ]
      : []),
  ];
}
