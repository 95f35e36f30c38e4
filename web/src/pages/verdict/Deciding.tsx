/** What decided: the slices and findings whose verdict is that of the release. */

import { Link } from '@tanstack/react-router';
import type { MetricReading, ReleaseAnswer, ToldSlice } from '../../../../src/studio/contract/index.ts';
import { countText, pValueText } from '../../format/numbers.ts';
import { changeIn, changeUnit, rangeIn, valueIn } from '../../format/units.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { Panel } from '../../ui/Page.tsx';
import { VerdictBadge } from '../../ui/VerdictBadge.tsx';
import { CasesLink } from '../slices/CasesLink.tsx';
import { sliceName, toneOf } from '../slices/reading.ts';

const TITLES: Readonly<Record<string, string>> = {
  BLOCK: 'What blocked it',
  REVIEW: 'What a person must look at',
  INVALID: 'Why it cannot be trusted',
  UNTESTED: 'What is not tested',
  STALE: 'What is out of date',
};

export function Deciding({ answer }: { readonly answer: ReleaseAnswer }) {
  const { verdict, deciding, decidingFindings, lesser, counts, metrics } = answer;
  if (verdict === 'PASS') return <WhyItPasses answer={answer} />;
  if (answer.baseline === null && verdict === 'UNTESTED') {
    return (
      <Panel title="What is not tested">
        <p>
          There is no baseline, so nothing says whether a slice got worse. {countText(counts.gatedSlices)}{' '}
          {counts.gatedSlices === 1
            ? 'slice waits for one; its value and interval are known.'
            : 'slices wait for one; their values and intervals are known.'}{' '}
          The first command below adds it.
        </p>
        <Link className="button" to="/slices">
          See the slices
        </Link>
      </Panel>
    );
  }
  const left = deciding.total - deciding.shown.length;
  const metricOf = ({ row }: ToldSlice) => metrics.find(({ id }) => id === row.metric) ?? metrics[0]!;
  const several = metrics.length > 1;
  return (
    <Panel title={TITLES[verdict] ?? 'What decided'}>
      {deciding.total + decidingFindings.total === 0 ? (
        <p>
          <HostileText sentence text={answer.ship} most={800} />
        </p>
      ) : null}
      <ul className="deciding">
        {deciding.shown.slice(0, IN_FULL).map((told) => (
          <li key={told.row.id}>
            <DecidingSlice told={told} metric={metricOf(told)} several={several} />
          </li>
        ))}
        {decidingFindings.shown.map((finding, i) => (
          <li key={`${finding.check}${i}`}>
            <p className="deciding-name">
              <VerdictBadge verdict={finding.verdict} /> {finding.check}
            </p>
            <p>
              <HostileText sentence text={finding.reason} most={500} />
            </p>
            {finding.remedy === null ? null : (
              <p>
                <strong>To do:</strong> <HostileText sentence text={finding.remedy} most={500} />
              </p>
            )}
          </li>
        ))}
      </ul>
      <SliceLines slices={deciding.shown.slice(IN_FULL)} metricOf={metricOf} several={several} />
      {left > 0 ? (
        <Link className="button" to="/slices" search={{ verdict } as never}>
          See {countText(left)} more
        </Link>
      ) : null}
      {lesser.total === 0 ? null : (
        <>
          <h3 className="lesser">
            {lesser.total === 1 ? 'One more slice asks' : `${countText(lesser.total)} more slices ask`} for a
            look
          </h3>
          <SliceLines slices={lesser.shown.slice(0, LESSER)} metricOf={metricOf} several={several} />
          {lesser.total > LESSER ? <Link to="/slices">All slices</Link> : null}
        </>
      )}
    </Panel>
  );
}

/** A loss within the margin is none that counts, and one that was waived is told above. */
function WhyItPasses({ answer: { counts, waivedSlices } }: { readonly answer: ReleaseAnswer }) {
  const slices = counts.gatedSlices - waivedSlices;
  const others = waivedSlices > 0 ? 'other ' : '';
  const parts = [
    `${countText(counts.nonInferior)} proved no worse by more than the margin`,
    ...(counts.undecided > 0
      ? [`${countText(counts.undecided)} too small to prove either, which is told below`]
      : []),
    ...(counts.debt > 0 ? [`${countText(counts.debt)} in debt: below the floor in both runs`] : []),
  ];
  return (
    <Panel title={waivedSlices > 0 ? 'Why the rest passes' : 'Why it passes'}>
      <p>
        No loss of the margin or more is confirmed or suspected in {countText(slices)} {others}gated{' '}
        {slices === 1 ? 'slice' : 'slices'}: {parts.join(', ')}.
      </p>
    </Panel>
  );
}

/** Slices told in full; the others take a line each. */
const IN_FULL = 3;
const LESSER = 5;

/** One line for each slice. */
function SliceLines({
  slices,
  metricOf,
  several,
}: {
  readonly slices: readonly ToldSlice[];
  readonly metricOf: (told: ToldSlice) => MetricReading;
  readonly several: boolean;
}) {
  return (
    <ul className="untold">
      {slices.map((told) => {
        const { row } = told;
        const metric = metricOf(told);
        return (
          <li key={row.id}>
            <VerdictBadge verdict={row.verdict} />{' '}
            <Link to="/slices" search={{ slice: row.id } as never}>
              <bdi>{sliceName(row)}</bdi>
            </Link>{' '}
            {several ? `${metric.name}, ` : ''}
            {row.delta === null ? (
              valueIn(metric, row.after)
            ) : (
              <span className={toneOf(metric, row)}>
                {changeIn(metric, row.delta)}
                {changeUnit(metric)}
              </span>
            )}{' '}
            <span className="muted">
              {row.delta === null
                ? rangeIn(metric, row.afterLower, row.afterUpper, 'value')
                : rangeIn(metric, row.deltaLower, row.deltaUpper, 'change')}
              , n {countText(row.n)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** Before, after, change with its interval, lost of n, and p: the whole case against one slice. */
function DecidingSlice({
  told: { row, reason },
  metric,
  several,
}: {
  readonly told: ToldSlice;
  readonly metric: MetricReading;
  readonly several: boolean;
}) {
  return (
    <>
      <p className="deciding-name">
        <VerdictBadge verdict={row.verdict} grade={row.grade} />{' '}
        <Link to="/slices" search={{ slice: row.id } as never}>
          <bdi>{sliceName(row)}</bdi>
        </Link>
        {several ? <span className="muted"> {metric.name}</span> : null}
      </p>
      {row.before === null && row.after === null ? null : (
        <p className="deciding-numbers">
          {row.before === null ? null : (
            <>
              <span className="big">{valueIn(metric, row.before)}</span> <span aria-hidden="true">→</span>
              <span className="visually-hidden">to</span>{' '}
            </>
          )}
          <span className="big">{valueIn(metric, row.after)}</span>
          {row.delta === null ? null : (
            <span className={toneOf(metric, row)}>
              {' '}
              {changeIn(metric, row.delta)}
              {changeUnit(metric)}
            </span>
          )}
          <span className="muted">
            {row.delta === null
              ? ` ${rangeIn(metric, row.afterLower, row.afterUpper, 'value')}`
              : ` ${rangeIn(metric, row.deltaLower, row.deltaUpper, 'change')}`}
          </span>
        </p>
      )}
      <p>
        {row.delta === null
          ? `${countText(row.n)} cases`
          : `${countText(row.lost)} lost, ${countText(row.gained)} gained of ${countText(row.n)} cases`}
        {row.adjustedP === null ? '' : `; p ${pValueText(row.p)}, adjusted ${pValueText(row.adjustedP)}`}.{' '}
        <HostileText sentence text={sentence(reason)} most={400} />
      </p>
      <p className="toolbar">
        {row.lost > 0 ? (
          <CasesLink id={row.id} flip="lost" label={`See the ${countText(row.lost)} lost`} />
        ) : null}
        <Link className="button" to="/slices" search={{ slice: row.id } as never}>
          Open the slice
        </Link>
      </p>
    </>
  );
}

function sentence(text: string): string {
  return text === '' ? '' : `${text[0]!.toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
