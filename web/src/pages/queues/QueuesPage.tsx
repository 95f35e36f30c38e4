/** Queues of cases that people look at: what is open, why it was drawn, what was said. */

import type {
  FreshRequest,
  QueueHead,
  QueuesAnswer,
  TagWord,
} from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { Copyable } from '../../ui/Copyable.tsx';
import { Select } from '../../ui/controls.tsx';
import { harmless } from '../../ui/foreign-name.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { Page, Panel } from '../../ui/Page.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { useView } from '../../view.ts';
import { QueuePanel } from './QueuePanel.tsx';
import { QUEUES_VIEW } from './queues-view.ts';
import './queues.css';

export function QueuesPage() {
  const { data, error, refetch } = useStudio('queues', {});
  return (
    <Page
      title="Queues"
      lead="Cases that somebody picked or drew for people to look at, and what was said of them."
    >
      {error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading what="Reading queues" height={560} />
      ) : data.state === 'no ledger' ? (
        <Empty title="There is no ledger to keep queues in">
          <p>{data.hint}</p>
        </Empty>
      ) : (
        <Queues answer={data} />
      )}
    </Page>
  );
}

type Recorded = Extract<QueuesAnswer, { state: 'recorded' }>;

function Queues({ answer: { queues, tags, requests } }: { readonly answer: Recorded }) {
  const [view, change] = useView(QUEUES_VIEW);
  const chosen = queues.find(({ queue }) => queue === view.queue) ?? queues[0];
  return (
    <>
      {chosen === undefined ? (
        <Panel>
          <Empty title="No queue yet">
            <p>
              Draw cases from production logs with{' '}
              <code>slicewise sample LOGS --ledger FILE --queue review</code>, or pick cases on the page
              Cases. They are listed here until somebody closes them.
            </p>
          </Empty>
        </Panel>
      ) : (
        <Panel
          title="Items"
          tools={
            <Select
              label="Queue"
              value={chosen.queue}
              choices={queues.map(({ queue, open }) => ({
                value: queue,
                label: `${harmless(queue, 80)} (${countText(open)} open)`,
              }))}
              onChange={(queue) => change({ queue, item: '', tag: '' })}
            />
          }
        >
          <QueueSums of={chosen} />
          <QueuePanel head={chosen} />
        </Panel>
      )}
      <div className="columns">
        <Requests requests={requests} />
        <Words words={tags} onChoose={(tag) => change({ tag, item: '', state: 'all' })} />
      </div>
    </>
  );
}

function QueueSums({ of }: { readonly of: QueueHead }) {
  const looked = of.done + of.skipped;
  return (
    <>
      <p>
        {countOf(of.items, 'item')}: {countText(of.open)} open, {countText(of.done)} done,{' '}
        {countText(of.skipped)} skipped. <HostileText text={of.purposes.join('; ')} most={200} />
        <span className="muted">, last filled {of.newest.slice(0, 10)}.</span>
      </p>
      <progress
        className="queue-progress"
        aria-label="Items that were looked at"
        value={looked}
        max={Math.max(1, of.items)}
      />
      {of.withProbability < of.items ? (
        <p className="muted">
          {countText(of.items - of.withProbability)} of them were picked, not drawn: they have no inclusion
          probability, so no rate can be made of this queue.
        </p>
      ) : null}
    </>
  );
}

function Requests({ requests }: { readonly requests: readonly FreshRequest[] }) {
  return (
    <Panel title="Fresh cases asked for">
      {requests.length === 0 ? (
        <p className="muted">Nobody waits for fresh cases. A review can ask for them.</p>
      ) : (
        <ul className="requests">
          {requests.map((request) => (
            <li key={`${request.runHash}${request.slice}`}>
              <strong>
                <HostileText text={request.slice} most={120} />
              </strong>
              : {countText(request.drawn)} of {countOf(request.cases, 'case')} drawn.{' '}
              <span className="muted">
                <HostileText
                  text={`${request.who}, ${request.at.slice(0, 10)}: ${request.reason}`}
                  most={300}
                />
              </span>
              <Copyable text={request.command} what="the command that draws them" />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

const GROUPS = { data: 'the case', error: 'the answer', own: 'your own' } as const;

function Words({
  words,
  onChoose,
}: {
  readonly words: readonly TagWord[];
  readonly onChoose: (tag: string) => void;
}) {
  const used = words.filter(({ cases }) => cases > 0).toSorted((a, b) => b.cases - a.cases);
  return (
    <Panel title="Tags in use">
      {used.length === 0 ? (
        <p className="muted">No case is tagged yet.</p>
      ) : (
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Tag</th>
              <th scope="col">About</th>
              <th scope="col" className="number">
                Cases
              </th>
            </tr>
          </thead>
          <tbody>
            {used.map(({ tag, group, cases }) => (
              <tr key={tag}>
                <td>
                  <button type="button" className="button quiet" onClick={() => onChoose(tag)}>
                    <HostileText text={tag} most={80} />
                  </button>
                </td>
                <td>{GROUPS[group]}</td>
                <td className="number">{countText(cases)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
