/** Pairs of texts that overlap, page by page; one pair is shown side by side. */

import { useMemo } from 'react';
import type {
  Closeness,
  OverlapPairRow,
  OverlapSide,
  PairSide,
} from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { SearchBox, Segmented } from '../../ui/controls.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { Panel } from '../../ui/Page.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { useShortcuts } from '../../ui/shortcuts.tsx';
import { Failed, Loading } from '../../ui/states.tsx';
import { useView } from '../../view.ts';
import { HEALTH_VIEW } from './health-view.ts';
import { PairTexts } from './PairTexts.tsx';

/** Pairs that are fetched at a time, and at most; a search narrows further ones down. */
const PAGE = 200;
const MOST = 1_000;

const NAMES: Readonly<Record<OverlapSide, string>> = {
  train: 'Training data',
  fewShot: 'Examples',
  self: 'Eval set',
};

interface NumberedPair extends OverlapPairRow {
  readonly at: number;
}

export function PairBrowser({ sides }: { readonly sides: readonly OverlapSide[] }) {
  const [view, change] = useView(HEALTH_VIEW);
  const side = sides.find((one) => one === view.side) ?? sides[0]!;
  const closeness: Closeness | null =
    view.close === 'exact' || view.close === 'near' || view.close === 'similar' ? view.close : null;
  const question = useStudio('overlap-pairs', {
    side,
    closeness,
    onlyConflicts: view.conflicts,
    search: view.q,
    offset: 0,
    limit: Math.max(PAGE, Math.min(MOST, view.pairs)),
  });
  const rows = useMemo(
    () => (question.data?.rows ?? []).map((row, at): NumberedPair => ({ ...row, at })),
    [question.data],
  );
  const open = rows[view.pair] ?? null;
  useShortcuts('Pairs', [
    {
      keys: 'j',
      does: 'next pair',
      run: () => view.pair < rows.length - 1 && change({ pair: view.pair + 1 }),
    },
    { keys: 'k', does: 'pair before', run: () => view.pair > 0 && change({ pair: view.pair - 1 }) },
  ]);
  return (
    <Panel
      title="Pairs side by side"
      tools={
        <>
          {sides.length < 2 ? null : (
            <Segmented
              label="Beside what"
              value={side}
              choices={sides.map((value) => ({ value, label: NAMES[value] }))}
              onChange={(next) => change({ side: next, pair: -1 })}
            />
          )}
          <Segmented
            label="Closeness"
            value={closeness ?? 'any'}
            choices={(['any', 'exact', 'near', 'similar'] as const).map((value) => ({ value, label: value }))}
            onChange={(next) => change({ close: next === 'any' ? '' : next, pair: -1 })}
          />
          <label className="health-check">
            <input
              type="checkbox"
              checked={view.conflicts}
              onChange={({ target }) => change({ conflicts: target.checked, pair: -1 })}
            />{' '}
            only other labels
          </label>
          <SearchBox
            label="Search pairs"
            value={view.q}
            onChange={(q) => change({ q, pair: -1 }, { replace: true })}
          />
        </>
      }
    >
      {question.error !== null ? (
        <Failed error={question.error} retry={() => void question.refetch()} />
      ) : question.data === undefined ? (
        <Loading height={420} what="Reading the pairs" />
      ) : (
        <DataTable
          label="Pairs of texts that overlap"
          rows={rows}
          columns={COLUMNS}
          rowId={({ at }) => String(at)}
          selected={open === null ? null : String(open.at)}
          onOpen={({ at }) => change({ pair: at })}
          rowHeight={44}
          maxHeight={440}
          empty={
            question.data.kept === 0
              ? 'No two texts are close.'
              : 'No pair fits. Choose another closeness or other words.'
          }
          footer={[
            `${countOf(question.data.matching, 'pair')} of ${countText(question.data.total)} fit; ${countText(rows.length)} listed, closest first${question.data.kept < question.data.total ? `. ${countText(question.data.total - question.data.kept)} further pairs are counted and not kept` : ''}`,
          ]}
        />
      )}
      {question.data !== undefined && rows.length < Math.min(MOST, question.data.matching) ? (
        <button
          type="button"
          className="button"
          onClick={() => change({ pairs: rows.length + PAGE }, { replace: true })}
        >
          List {countText(Math.min(PAGE, MOST - rows.length, question.data.matching - rows.length))} more
        </button>
      ) : null}
      {open === null ? null : (
        <Sheet
          title={`Pair ${countText(open.at + 1)} of ${countText(rows.length)}: ${open.closeness}, Jaccard ${open.jaccard.toFixed(3)}`}
          open
          place="side"
          onOpenChange={(isOpen) => {
            if (!isOpen) change({ pair: -1 });
          }}
        >
          {open.conflict ? <p className="loss">▲ Both have labels, and they differ.</p> : null}
          <PairTexts pair={open} />
        </Sheet>
      )}
    </Panel>
  );
}

const COLUMNS: readonly Column<NumberedPair>[] = [
  {
    id: 'closeness',
    header: 'Closeness',
    cell: ({ closeness, jaccard, conflict }) => (
      <>
        {conflict ? <span className="loss">▲ </span> : null}
        {closeness} <span className="muted">{jaccard.toFixed(3)}</span>
      </>
    ),
    width: '10.5rem',
  },
  { id: 'left', header: 'Case', cell: ({ left }) => <SideText side={left} />, width: 'minmax(12rem, 1fr)' },
  {
    id: 'right',
    header: 'Beside it',
    cell: ({ right }) => <SideText side={right} />,
    width: 'minmax(12rem, 1fr)',
  },
];

function SideText({ side }: { readonly side: PairSide }) {
  return (
    <span title={side.caseId ?? side.place ?? undefined}>
      {side.label === null ? null : (
        <span className="badge plain">
          <HostileText text={side.label} most={30} />
        </span>
      )}{' '}
      {side.text === null ? (
        <span className="muted">no text</span>
      ) : (
        <HostileText text={side.text.text} most={160} />
      )}
    </span>
  );
}
