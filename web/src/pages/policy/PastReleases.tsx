/** What the tried rules would have said of the releases that the ledger remembers. */

import { useMemo } from 'react';
import type { PastRelease, PolicySetting, PolicyStart } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { Panel } from '../../ui/Page.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { VerdictBadge } from '../../ui/VerdictBadge.tsx';
import { outcomeText } from './outcome-text.ts';

const HEIGHT = 220;

export function PastReleases({
  start,
  setting,
}: {
  readonly start: PolicyStart;
  readonly setting: PolicySetting;
}) {
  const past = useStudio('policy-past', setting, { enabled: (start.past ?? 0) > 0 });
  return (
    <Panel title="Past releases">
      {start.past === null ? (
        <Empty title="No ledger is configured">
          <p>
            Add <code>ledger: .slicewise/ledger.db</code> to slicewise.yaml: each gate is then remembered, and
            its verdict under other rules is shown here.
          </p>
        </Empty>
      ) : start.past === 0 ? (
        <Empty title="The ledger remembers no release yet">
          <p>Each run of slicewise gate adds one.</p>
        </Empty>
      ) : past.error ? (
        <Failed error={past.error} retry={() => void past.refetch()} />
      ) : past.data === undefined ? (
        <Loading height={HEIGHT} what="Judging past releases" />
      ) : (
        <Releases releases={past.data.releases} total={start.past} />
      )}
    </Panel>
  );
}

function Releases({
  releases,
  total,
}: {
  readonly releases: readonly PastRelease[];
  readonly total: number;
}) {
  const columns = useMemo<readonly Column<PastRelease>[]>(
    () => [
      { id: 'at', header: 'when', width: '10rem', cell: ({ at }) => at.slice(0, 16).replace('T', ' ') },
      {
        id: 'name',
        header: 'candidate',
        width: 'minmax(7rem, 1fr)',
        cell: ({ name, unchanged }) => (
          <>
            <HostileText text={name ?? '–'} most={60} />
            {unchanged ? <span className="muted"> unchanged system</span> : null}
          </>
        ),
      },
      {
        id: 'recorded',
        header: 'recorded',
        width: '8rem',
        cell: ({ recorded }) => <VerdictBadge verdict={recorded} />,
      },
      {
        id: 'tried',
        header: 'slices under these rules',
        width: 'minmax(14rem, 2fr)',
        cell: ({ underOwn, underTried, named, why }) =>
          underTried === null ? (
            <span className="muted">not judged anew: {why}</span>
          ) : (
            <>
              <strong>{outcomeText(underTried)}</strong>
              {underTried === underOwn ? null : <span className="muted"> was {outcomeText(underOwn!)}</span>}{' '}
              <HostileText text={named.join(', ')} most={80} />
            </>
          ),
      },
    ],
    [],
  );
  const moved = releases.filter(({ underOwn, underTried }) => underOwn !== underTried).length;
  const judged = releases.filter(({ underTried }) => underTried !== null).length;
  return (
    <DataTable
      label="Past releases"
      rows={releases}
      columns={columns}
      rowId={({ id }) => id}
      maxHeight={HEIGHT}
      footer={[
        `${countOf(releases.length, 'release')}: ${countText(judged)} judged anew, ${countText(moved)} of them with another outcome; ${countText(releases.length - judged)} not judged anew`,
        ...(total > releases.length
          ? [`${countText(total - releases.length)} older releases are not shown`]
          : []),
      ]}
    />
  );
}
