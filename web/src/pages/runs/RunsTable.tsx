/** The table of recorded gates: sort, open one, choose two or more to compare. */

import type { RunRow, RunsAnswer } from '../../../../src/studio/contract/index.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { DeltaText, EstimateText } from '../../ui/Measures.tsx';
import { VerdictBadge } from '../../ui/VerdictBadge.tsx';
import { ageText, shortPrint, sliceText, timeText } from './runs-view.ts';

type Recorded = Extract<RunsAnswer, { state: 'recorded' }>;

/** Runs that one comparison takes. */
export const MOST_CHOSEN = 6;

export function RunsTable({
  answer,
  sort,
  chosen,
  open,
  onSort,
  onChoose,
  onOpen,
}: {
  readonly answer: Recorded;
  readonly sort: string;
  readonly chosen: readonly string[];
  readonly open: string;
  readonly onSort: (sort: string) => void;
  readonly onChoose: (ids: readonly string[]) => void;
  readonly onOpen: (id: string) => void;
}) {
  const { runs, total } = answer;
  const told = INSTRUMENTS.filter((kind) =>
    runs.some(({ instruments }) => (instruments?.[kind] ?? []).length > 0),
  );
  const untold = INSTRUMENTS.filter((kind) => !told.includes(kind));
  const columns: readonly Column<RunRow>[] = [
    {
      id: 'choose',
      header: 'Compare',
      width: '5.5rem',
      cell: (run) => (
        <input
          type="checkbox"
          className="run-check"
          aria-label={`Compare the run of ${timeText(run.at)}`}
          checked={chosen.includes(run.id)}
          disabled={!chosen.includes(run.id) && chosen.length >= MOST_CHOSEN}
          onClick={(event) => event.stopPropagation()}
          onChange={({ target }) =>
            onChoose(target.checked ? [...chosen, run.id] : chosen.filter((id) => id !== run.id))
          }
        />
      ),
    },
    ...COLUMNS,
    ...told.map(instrumentColumn),
    AGE,
  ];
  return (
    <DataTable
      label="Recorded gates"
      rows={runs}
      columns={columns}
      rowId={({ id }) => id}
      selected={open === '' ? null : open}
      onOpen={({ id }) => onOpen(id)}
      {...{ sort, onSort }}
      empty="No gate is recorded yet: the next slicewise gate with this ledger is the first."
      footer={[
        `${countOf(runs.length, 'gate')} of ${countText(total)} in the ledger${total > runs.length ? ', the newest' : ''}. Times are UTC. The mean is shown, never gated.`,
        ...(runs.length === 0 || untold.length === 0
          ? []
          : [`No run names its ${untold.map((kind) => headOf(kind).toLowerCase()).join(', ')}.`]),
      ]}
    />
  );
}

const COLUMNS: readonly Column<RunRow>[] = [
  {
    ...{ id: 'at', header: 'When', width: '10rem' },
    sort: ({ at }) => at,
    cell: ({ at }) => timeText(at),
  },
  {
    ...{ id: 'name', header: 'Candidate', width: 'minmax(9rem, 1fr)' },
    sort: ({ candidate }) => candidate,
    cell: ({ candidate, isOpen }) => (
      <>
        <HostileText text={candidate ?? '–'} most={60} />
        {isOpen ? <span className="muted"> open here</span> : null}
      </>
    ),
  },
  {
    ...{ id: 'verdict', header: 'Verdict', width: '12rem' },
    sort: ({ verdict }) => verdict,
    cell: ({ verdict, decisions }) => (
      <>
        <VerdictBadge verdict={verdict} />
        {decisions > 0 ? <span className="muted"> {countText(decisions)} decided</span> : null}
      </>
    ),
  },
  {
    ...{ id: 'mean', header: 'Mean, not gated', width: '15.5rem', align: 'right' as const },
    sort: ({ overall }) => overall?.after?.estimate ?? null,
    cell: ({ overall }) => (
      <EstimateText of={overall?.after ?? null} unit={overall?.isRate ? 'rate' : 'number'} />
    ),
  },
  {
    ...{ id: 'worst', header: 'Worst slice', width: 'minmax(11rem, 1.2fr)' },
    sort: ({ worst }) => worst && sliceText({ ...worst, role: 'gated' }),
    cell: ({ worst }) =>
      worst === null ? (
        <span className="muted">nothing was gated</span>
      ) : (
        <HostileText text={sliceText({ ...worst, role: 'gated' })} most={90} />
      ),
  },
  {
    ...{ id: 'change', header: 'Its change', width: '13rem', align: 'right' as const },
    sort: ({ worst }) => worst?.delta?.estimate ?? null,
    cell: ({ worst }) => (
      <DeltaText
        of={worst?.delta ?? null}
        unit={worst === null || worst.isRate ? 'rate' : 'number'}
        higherIsBetter={worst === null || worst.direction === 'higher'}
      />
    ),
  },
  {
    ...{ id: 'gated', header: 'Gated', width: '5rem', align: 'right' as const },
    sort: ({ gated }) => gated,
    cell: ({ gated }) => countText(gated),
  },
];

type Instrument = 'dataset' | 'judge' | 'prompt' | 'code';

const INSTRUMENTS: readonly Instrument[] = ['dataset', 'judge', 'prompt', 'code'];

function instrumentColumn(kind: Instrument): Column<RunRow> {
  return {
    ...{ id: kind, header: headOf(kind), width: '6rem' },
    sort: ({ instruments }) => instruments?.[kind].join(' ') ?? null,
    cell: ({ instruments }) =>
      instruments === null || instruments[kind].length === 0 ? (
        <span className="muted">not told</span>
      ) : (
        <HostileText text={instruments[kind].map(shortPrint).join(', ')} most={40} />
      ),
  };
}

const AGE: Column<RunRow> = {
  ...{ id: 'age', header: 'Age', width: '6rem', align: 'right' as const },
  sort: ({ ageDays }) => ageDays,
  cell: ({ ageDays }) => ageText(ageDays),
};

function headOf(kind: Instrument): string {
  return { dataset: 'Data set', judge: 'Judge', prompt: 'Prompt', code: 'Code' }[kind];
}
