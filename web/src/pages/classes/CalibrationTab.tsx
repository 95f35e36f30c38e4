/** How far the probabilities of both runs can be believed: reliability diagram, calibration figures, proper scores. */

import type { ReactNode } from 'react';
import type { Calibration, Compared } from '../../../../src/classes/index.ts';
import type { Estimate } from '../../../../src/stats/index.ts';
import type { Reliability } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, countText, pValueText, valueText } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { DeltaText, EstimateText } from '../../ui/Measures.tsx';
import { Panel } from '../../ui/Page.tsx';
import { Failed, Loading, TooLittle } from '../../ui/states.tsx';
import type { TabProps } from './ClassesPage.tsx';
import { ReliabilityFigure } from './ReliabilityFigure.tsx';

export function CalibrationTab({ slice }: TabProps) {
  const question = useStudio('reliability', { slice });
  if (question.error !== null) return <Failed error={question.error} retry={() => void question.refetch()} />;
  if (question.data === undefined) return <Loading height={900} what="Reading the probabilities" />;
  const found = question.data;
  return (
    <div className="classes-stack">
      <div className="columns">
        {found.n < found.leastCases ? (
          <TooLittle title={`${countOf(found.n, 'case')} with probabilities: too few for a diagram`}>
            <p>
              Bars are drawn from {found.leastCases} cases on. Choose all cases, or add cases to this slice.
            </p>
          </TooLittle>
        ) : (
          <ReliabilityFigure found={found} />
        )}
        <div className="classes-stack">
          <CalibrationPanel found={found} />
          <ScoresPanel found={found} />
        </div>
      </div>
      <Unusable found={found} />
    </div>
  );
}

/** What the probability is about, in words. */
export function eventText({ task, positive }: Pick<Reliability, 'task' | 'positive'>): string {
  return task === 'binary' ? `of being ${positive ?? 'positive'}` : 'that the answer is right';
}

function CalibrationPanel({ found }: { readonly found: Reliability }) {
  const { baseline, candidate } = found.calibration;
  const rows: readonly (readonly [string, string, (of: Calibration) => ReactNode])[] = [
    [
      'Promised minus happened',
      'Mean probability minus the share of events: above 0 promises too much.',
      ({ inTheLarge, inTheLargeP }) => (
        <>
          <DeltaEstimate of={inTheLarge} /> <span className="muted">p&nbsp;{pValueText(inTheLargeP)}</span>
        </>
      ),
    ],
    [
      'Slope',
      'Of the logistic recalibration: below 1 is overconfident, above 1 too timid.',
      ({ slope }) => <EstimateText of={slope} unit="number" />,
    ],
    [
      'Intercept',
      'Of the same fit, in logits.',
      ({ intercept }) => <EstimateText of={intercept} unit="number" />,
    ],
    [
      'Calibration error, less chance',
      'Mean distance between promised and observed, less what chance alone gives: a picture, never a verdict.',
      ({ error }) => errorText(error),
    ],
    [
      'Calibration error as other tools print it',
      'Ten bins of equal width, nothing taken away.',
      ({ publishedError }) => valueText(publishedError),
    ],
  ];
  return (
    <Panel title="Calibration">
      <RunTable
        label="Calibration of both runs, as a table"
        heads={baseline === null ? ['Value'] : ['Before', 'After']}
        rows={rows.map(([name, hint, of]) => ({
          name,
          hint,
          cells: [...(baseline === null ? [] : [of(baseline)]), of(candidate)],
        }))}
      />
    </Panel>
  );
}

function ScoresPanel({ found }: { readonly found: Reliability }) {
  const { accuracy, brier, logLoss, clipped, n, without } = found;
  const rows: readonly (readonly [string, string, Compared, 'rate' | 'number', boolean])[] = [
    [
      'Brier score',
      'Mean squared distance of the probabilities from what happened; lower is better.',
      brier,
      'number',
      false,
    ],
    [
      'Log loss',
      'In nats; lower is better. It punishes sure answers that are wrong.',
      logLoss,
      'number',
      false,
    ],
    ['Accuracy', 'Share of right answers on these very cases.', accuracy, 'rate', true],
  ];
  return (
    <Panel title="Proper scores">
      <RunTable
        label="Proper scores of both runs, as a table"
        heads={brier.baseline === null ? ['Value'] : ['Before', 'After', 'Difference', 'p']}
        rows={rows.map(([name, hint, { baseline, candidate, delta, pValue }, unit, higherIsBetter]) => ({
          name,
          hint,
          cells: [
            ...(baseline === null ? [] : [<EstimateText key="before" of={baseline} unit={unit} />]),
            <EstimateText key="after" of={candidate} unit={unit} />,
            ...(baseline === null
              ? []
              : [
                  <DeltaText key="delta" of={delta} unit={unit} higherIsBetter={higherIsBetter} />,
                  <span key="p">{pValueText(pValue)}</span>,
                ]),
          ],
        }))}
      />
      <p className="muted">
        {countOf(n, 'case')} with a true label and usable probabilities; {countOf(without, 'case')} without.
        {clipped.candidate + (clipped.baseline ?? 0) > 0
          ? ` Clipped log losses: ${clipped.baseline === null ? '' : `${countText(clipped.baseline)} before, `}${countText(clipped.candidate)} after.`
          : ''}
      </p>
    </Panel>
  );
}

function RunTable({
  label,
  heads,
  rows,
}: {
  readonly label: string;
  readonly heads: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    readonly hint: string;
    readonly cells: readonly ReactNode[];
  }[];
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="classes-scroll" tabIndex={0} aria-label={label}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">Figure</th>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, hint, cells }) => (
            <tr key={name}>
              <th scope="row" className="classes-figure-name">
                {name}
                <span className="muted">{hint}</span>
              </th>
              {cells.map((cell, at) => (
                <td key={heads[at]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Unusable({ found: { unusable } }: { readonly found: Reliability }) {
  if (unusable.length === 0) return null;
  return (
    <Panel title="Rows whose probabilities cannot be used">
      <ul>
        {unusable.map(({ run, fault, rows, places }) => (
          <li key={`${run}${fault}`}>
            {run === 'baseline' ? 'before' : 'after'}: {countOf(rows, 'row')} <HostileText text={fault} />
            <span className="muted">
              {' '}
              (first: <HostileText text={places.join(', ')} />)
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Signed points, without a colour: too much and too little are both wrong. */
function DeltaEstimate({ of }: { readonly of: Estimate }) {
  if (of.estimate === null) return <span className="muted">{of.reason ?? 'undefined'}</span>;
  const points = (value: number | null) =>
    value === null ? '–' : `${value < 0 ? '−' : '+'}${Math.abs(100 * value).toFixed(1)}`;
  return (
    <span className="estimate">
      {points(of.estimate)}{' '}
      <span className="muted interval">
        {points(of.lower)} to {points(of.upper)} points
      </span>
    </span>
  );
}

/** Less what chance gives, with the share of redrawn labels that err as much. */
function errorText({ debiased, raw, pValue, bins }: Calibration['error']): ReactNode {
  if (debiased === null) return <span className="muted">too few cases</span>;
  return (
    <span className="estimate">
      {valueText(debiased)}{' '}
      <span className="muted">
        (raw {valueText(raw)}, {bins} bins, p {pValueText(pValue)})
      </span>
    </span>
  );
}
