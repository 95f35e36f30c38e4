/** What could not be told: silence must not look like proof. */

import { Link } from '@tanstack/react-router';
import type { MetricReading, ReleaseAnswer, SliceRow } from '../../../../src/studio/contract/index.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { changeIn, changeUnit } from '../../format/units.ts';
import { Panel } from '../../ui/Page.tsx';
import { sliceName, valueName } from '../slices/reading.ts';

const SHOWN = 5;

export function CouldNotTell({ answer }: { readonly answer: ReleaseAnswer }) {
  const { undecided, lowN, counts, notCheckable, checks, metrics } = answer;
  const several = new Set([...undecided.shown, ...lowN.shown].map(({ dimension }) => dimension)).size > 1;
  const metricOf = (row: SliceRow) => metrics.find(({ id }) => id === row.metric) ?? metrics[0]!;
  if (undecided.total + lowN.total + notCheckable === 0) {
    return (
      <Panel title="What could not be told">
        <p>Every gated slice is decided, none is too small, and every check could run.</p>
      </Panel>
    );
  }
  return (
    <Panel title="What could not be told">
      {undecided.total === 0 ? null : (
        <>
          <p>
            <strong>{countOf(undecided.total, 'slice')} undecided</strong>: neither a loss nor its absence
            could be shown. {passText(undecided.shown)} A smaller loss than this may be in{' '}
            {undecided.total === 1 ? 'it' : 'them'}:
          </p>
          <ul className="untold">
            {undecided.shown.slice(0, SHOWN).map((row) => (
              <li key={row.id}>
                <SliceLink row={row} several={several} />{' '}
                <span className="muted">
                  {metrics.length > 1 ? `${metricOf(row).name}, ` : ''}n {countText(row.n)},
                </span>{' '}
                {seesText(row, metricOf(row))}
              </li>
            ))}
          </ul>
          {undecided.total > SHOWN ? (
            <p>
              <Link to="/slices" search={{ grade: 'undecided', role: 'gated', sort: '-sees' } as never}>
                {metrics.length > 1
                  ? 'Undecided slices'
                  : `All ${countText(undecided.total)} undecided slices`}
              </Link>
            </p>
          ) : null}
        </>
      )}
      {lowN.total === 0 ? null : (
        <p>
          <strong>{countOf(lowN.total, 'slice')} too small to gate</strong> (
          {countOf(counts.lowNCases, 'case')}; fewer than {lowN.fewerThan} each):{' '}
          {lowN.shown.slice(0, SHOWN).map((row, i) => (
            <span key={row.id}>
              {i === 0 ? '' : ', '}
              <SliceLink row={row} several={several} />{' '}
              <span className="muted">
                ({metrics.length > 1 ? `${metricOf(row).name}, ` : ''}
                {countText(row.n)})
              </span>
            </span>
          ))}
          {lowN.total > SHOWN ? (
            <>
              {' and '}
              <Link to="/slices" search={{ verdict: 'LOW-N' } as never}>
                {countText(lowN.total - SHOWN)} more
              </Link>
            </>
          ) : null}
          .
        </p>
      )}
      {notCheckable === 0 ? null : (
        <p>
          <strong>
            {countText(notCheckable)} of {countOf(checks, 'check')} could not run
          </strong>
          : something that they need is not in the files.{' '}
          <Link to="/findings" search={{ show: 'not checkable' } as never}>
            What to add
          </Link>
        </p>
      )}
    </Panel>
  );
}

function SliceLink({ row, several }: { readonly row: SliceRow; readonly several: boolean }) {
  return (
    <Link to="/slices" search={{ slice: row.id } as never}>
      <bdi>{several ? sliceName(row) : valueName(row)}</bdi>
    </Link>
  );
}

function seesText({ detectable, needed }: SliceRow, metric: MetricReading): string {
  const size = detectable === null ? null : changeIn(metric, detectable).replace('+', '');
  const sees =
    size === null ? 'no loss could be seen' : `shows only losses of ${size}${changeUnit(metric)} or more`;
  return needed === null ? sees : `${sees}; ${countText(needed)} cases would settle it`;
}

/** Undecided slices pass, unless they are critical: then a person looks. */
function passText(rows: readonly SliceRow[]): string {
  if (rows.some(({ critical }) => critical)) return 'Critical ones ask for a review, the others pass.';
  return rows.length === 1 ? 'It passes.' : 'They pass.';
}
