/** The items of one queue, one of them open; keys go through them and close them. */

import { Link } from '@tanstack/react-router';
import type { QueueAnswer, QueueHead, QueueRow } from '../../../../src/studio/contract/index.ts';
import { useStudio, useStudioWrite } from '../../data/hooks.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { Segmented, Select } from '../../ui/controls.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { harmless } from '../../ui/foreign-name.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { useShortcuts } from '../../ui/shortcuts.tsx';
import { Failed, Loading } from '../../ui/states.tsx';
import { useWho } from '../../ui/use-who.ts';
import { useView } from '../../view.ts';
import { CaseTags } from '../cases/CaseTags.tsx';
import { PAGE_SIZE, QUEUES_VIEW } from './queues-view.ts';

type Recorded = Extract<QueueAnswer, { state: 'recorded' }>;

export function QueuePanel({ head }: { readonly head: QueueHead }) {
  const [view] = useView(QUEUES_VIEW);
  const page = Math.max(0, Math.trunc(view.page));
  const { data, error, refetch } = useStudio('queue', {
    queue: head.queue,
    state: stateOf(view.state),
    tag: view.tag,
    ...{ offset: page * PAGE_SIZE, limit: PAGE_SIZE },
  });
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined || data.state === 'no ledger') return <Loading what="Reading items" height={420} />;
  return <Items answer={data} page={page} />;
}

function stateOf(text: string): 'open' | 'closed' | 'all' {
  return text === 'closed' || text === 'all' ? text : 'open';
}

function Items({ answer, page }: { readonly answer: Recorded; readonly page: number }) {
  const [view, change] = useView(QUEUES_VIEW);
  const [who] = useWho();
  const write = useStudioWrite('queue-event', ['queue', 'queues', 'case-tags']);
  const { rows, total, words } = answer;
  const at = Math.max(
    0,
    rows.findIndex(({ itemId }) => itemId === view.item),
  );
  const item = rows[at] ?? null;
  const move = (step: number) => {
    const next = rows[at + step];
    if (next !== undefined) change({ item: next.itemId }, { replace: true });
  };
  const close = (kind: 'done' | 'skip' | 'reopen') => {
    if (item === null || who.trim() === '') return;
    // What is closed leaves the list of open items: the next one takes its place.
    const next = rows[at + 1] ?? rows[at - 1];
    write.mutate(
      { itemId: item.itemId, kind, value: '', who },
      {
        onSuccess: () => change({ item: next?.itemId ?? '' }, { replace: true }),
      },
    );
  };
  useShortcuts('Queue', [
    { keys: 'j', does: 'next item', run: () => move(1) },
    { keys: 'k', does: 'previous item', run: () => move(-1) },
    { keys: 'd', does: 'done', run: () => close('done') },
    { keys: 's', does: 'skip', run: () => close('skip') },
    { keys: 'o', does: 'open again', run: () => close('reopen') },
  ]);
  return (
    <>
      <div className="toolbar">
        <Segmented
          label="Items"
          value={stateOf(view.state)}
          choices={[
            { value: 'open', label: 'Open' },
            { value: 'closed', label: 'Closed' },
            { value: 'all', label: 'All' },
          ]}
          onChange={(state) => change({ state, item: '', page: 0 })}
        />
        <Select
          label="Tag"
          value={view.tag}
          choices={[
            { value: '', label: 'any' },
            ...words
              .filter(({ cases, tag }) => cases > 0 || tag === view.tag)
              .map(({ tag, cases }) => ({ value: tag, label: `${harmless(tag, 60)} (${countText(cases)})` })),
          ]}
          onChange={(tag) => change({ tag, item: '', page: 0 })}
        />
        <Pages {...{ total, page }} onPage={(next) => change({ page: next, item: '' })} />
      </div>
      <div className="queue-columns">
        <DataTable
          label="Items of the queue"
          rows={rows}
          columns={COLUMNS}
          rowId={({ itemId }) => itemId}
          selected={item?.itemId ?? null}
          onOpen={({ itemId }) => change({ item: itemId })}
          rowHeight={40}
          empty={
            view.state === 'open'
              ? 'Nothing is open: everything here was looked at.'
              : 'No item is like that: choose another state or tag.'
          }
          footer={[`${countOf(rows.length, 'item')} of ${countText(total)} under these filters.`]}
        />
        {item === null ? null : (
          <OpenItem item={item} nameless={who.trim() === ''} busy={write.isPending} onClose={close} />
        )}
      </div>
      <div role="status">{write.error ? <Failed error={write.error} /> : null}</div>
    </>
  );
}

function Pages({
  total,
  page,
  onPage,
}: {
  readonly total: number;
  readonly page: number;
  readonly onPage: (page: number) => void;
}) {
  const pages = Math.ceil(total / PAGE_SIZE);
  if (pages < 2) return null;
  return (
    <span className="toolbar">
      <button type="button" className="button" disabled={page === 0} onClick={() => onPage(page - 1)}>
        Before
      </button>
      <span className="muted">
        page {page + 1} of {pages}
      </span>
      <button type="button" className="button" disabled={page + 1 >= pages} onClick={() => onPage(page + 1)}>
        After
      </button>
    </span>
  );
}

const STATES = { open: 'open', done: '✓ done', skipped: '– skipped' } as const;

const COLUMNS: readonly Column<QueueRow>[] = [
  {
    ...{ id: 'case', header: 'Case', width: 'minmax(8rem, 1.2fr)' },
    cell: ({ caseId }) => <HostileText text={caseId} most={80} />,
  },
  { id: 'state', header: 'State', width: '6rem', cell: ({ state }) => STATES[state] },
  {
    ...{ id: 'tags', header: 'Tags', width: 'minmax(7rem, 1fr)' },
    cell: ({ tags }) =>
      tags.length === 0 ? (
        <span className="muted">none</span>
      ) : (
        <HostileText text={tags.join(', ')} most={80} />
      ),
  },
  {
    ...{ id: 'why', header: 'Why selected', width: 'minmax(11rem, 1.4fr)' },
    cell: ({ why }) => <HostileText text={why} most={80} />,
  },
  {
    ...{ id: 'probability', header: 'Inclusion', width: '6.5rem', align: 'right' },
    cell: ({ probability }) =>
      probability === null ? <span className="muted">picked</span> : probabilityText(probability),
  },
];

/** Three digits, small ones too. */
function probabilityText(probability: number): string {
  return probability >= 0.001 ? probability.toPrecision(3) : probability.toExponential(2);
}

function OpenItem({
  item,
  nameless,
  busy,
  onClose,
}: {
  readonly item: QueueRow;
  readonly nameless: boolean;
  readonly busy: boolean;
  readonly onClose: (kind: 'done' | 'skip' | 'reopen') => void;
}) {
  const facts: readonly (readonly [string, string])[] = [
    ['State', STATES[item.state]],
    ['Why selected', item.why],
    ['Drawn for', item.purpose],
    [
      'Inclusion probability',
      item.probability === null ? 'none: picked, not drawn' : probabilityText(item.probability),
    ],
    ['Stratum', item.stratum ?? 'none'],
    ['Where', item.place],
    ...item.slices.map(({ column, value }) => [column, value] as const),
  ];
  return (
    <article className="queue-open" aria-label="The open item">
      <h3>
        <HostileText text={item.caseId} most={200} />
      </h3>
      <div className="toolbar">
        {item.state === 'open' ? (
          <>
            <button
              type="button"
              className="button primary"
              disabled={nameless || busy}
              onClick={() => onClose('done')}
            >
              Done <kbd>d</kbd>
            </button>
            <button
              type="button"
              className="button"
              disabled={nameless || busy}
              onClick={() => onClose('skip')}
            >
              Skip <kbd>s</kbd>
            </button>
          </>
        ) : (
          <button
            type="button"
            className="button"
            disabled={nameless || busy}
            onClick={() => onClose('reopen')}
          >
            Open again <kbd>o</kbd>
          </button>
        )}
        <Link className="button" to="/cases" search={{ case: item.caseId } as never}>
          See the case
        </Link>
      </div>
      {nameless ? <p className="muted">Say your name below: the ledger keeps who closed it.</p> : null}
      <dl className="facts">
        {facts.map(([name, text], i) => (
          <div key={`${name}${i}`}>
            <dt>
              <HostileText text={name} most={60} />
            </dt>
            <dd>
              <HostileText text={text} most={400} />
            </dd>
          </div>
        ))}
      </dl>
      <CaseTags caseId={item.caseId} keys />
    </article>
  );
}
