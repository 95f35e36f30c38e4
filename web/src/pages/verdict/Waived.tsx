/** What passes by exception: each with what was found, who answers for it, and until when. */

import { Link } from '@tanstack/react-router';
import type {
  MetricReading,
  ReleaseAnswer,
  SliceRow,
  WaivedItem,
} from '../../../../src/studio/contract/index.ts';
import { useHasPage } from '../../data/use-has-page.ts';
import { countText } from '../../format/numbers.ts';
import { changeIn, changeUnit, rangeIn } from '../../format/units.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { Panel } from '../../ui/Page.tsx';
import { VerdictBadge } from '../../ui/VerdictBadge.tsx';
import { toneOf } from '../slices/reading.ts';

export function Waived({ answer: { waived, metrics } }: { readonly answer: ReleaseAnswer }) {
  const hasReview = useHasPage('/review');
  if (waived.total === 0) return null;
  return (
    <Panel title="What was waived">
      <ul className="deciding">
        {waived.shown.map((item, i) => (
          <li key={`${item.key}${i}`}>
            <Exception item={item} metrics={metrics} hasReview={hasReview} />
          </li>
        ))}
      </ul>
      {waived.total > waived.shown.length ? (
        <p className="muted">And {countText(waived.total - waived.shown.length)} more.</p>
      ) : null}
    </Panel>
  );
}

function Exception({
  item: { key, name, verdict, slice, reason, waiver },
  metrics,
  hasReview,
}: {
  readonly item: WaivedItem;
  readonly metrics: readonly MetricReading[];
  readonly hasReview: boolean;
}) {
  const metric = metrics.find(({ id }) => id === slice?.metric) ?? metrics[0]!;
  return (
    <>
      <p className="deciding-name">
        <VerdictBadge verdict={verdict} grade={slice?.grade ?? null} />{' '}
        {slice === null ? (
          name
        ) : (
          <Link to="/slices" search={{ slice: slice.id } as never}>
            <HostileText text={name} most={120} />
          </Link>
        )}
        {slice !== null && metrics.length > 1 ? <span className="muted"> {metric.name}</span> : null}
      </p>
      <p>
        {slice === null ? (
          <HostileText sentence text={reason} most={500} />
        ) : (
          <Fell row={slice} metric={metric} />
        )}
      </p>
      {waiver === null ? null : (
        <p>
          <strong>
            Waived until {waiver.expires}, owner <HostileText text={waiver.owner} most={120} />
          </strong>
          {waiver.reviewer === null ? null : (
            <>
              , reviewer <HostileText text={waiver.reviewer} most={120} />
            </>
          )}
          : <HostileText text={waiver.reason} most={400} />
        </p>
      )}
      {hasReview ? (
        <p className="toolbar">
          <Link className="button" to="/review" search={{ item: key } as never}>
            Open in Review
          </Link>
        </p>
      ) : null}
    </>
  );
}

function Fell({ row, metric }: { readonly row: SliceRow; readonly metric: MetricReading }) {
  return (
    <>
      {countText(row.lost)} lost, {countText(row.gained)} gained of {countText(row.n)} cases
      {row.delta === null ? null : (
        <>
          :{' '}
          <span className={toneOf(metric, row)}>
            {changeIn(metric, row.delta)}
            {changeUnit(metric)}
          </span>{' '}
          <span className="muted">{rangeIn(metric, row.deltaLower, row.deltaUpper, 'change')}</span>
        </>
      )}
    </>
  );
}
