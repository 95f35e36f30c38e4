/** The numbers of one slice: before, after and change with intervals, the tests, what it could have shown, and where its cases went. */

import type { ReactNode } from 'react';
import type { SliceAnswer } from '../../../../src/studio/contract/index.ts';
import { countOf, countText, pValueText } from '../../format/numbers.ts';
import { changeIn, changeUnit, statedIn } from '../../format/units.ts';
import { Hint } from '../../ui/Hint.tsx';
import { DeltaText, EstimateText } from '../../ui/Measures.tsx';

export function SliceNumbers({ answer }: { readonly answer: SliceAnswer }) {
  const { report, metric, hasBaseline } = answer;
  const unit = metric.isRate ? 'rate' : 'number';
  const higherIsBetter = metric.direction === 'higher';
  return (
    <section aria-label="Numbers">
      <dl className="facts">
        {hasBaseline ? (
          <Fact name="Before">
            <EstimateText of={report.baseline} unit={unit} />
          </Fact>
        ) : null}
        <Fact name={hasBaseline ? 'After' : metric.name}>
          <EstimateText of={report.candidate} unit={unit} />
        </Fact>
        {hasBaseline ? (
          <>
            <Fact name="Change">
              <DeltaText of={report.delta} unit={unit} higherIsBetter={higherIsBetter} />
              <span className="muted">{changeUnit(metric)}</span>
            </Fact>
            <Fact name="Cases">
              {countText(report.lost)} lost, {countText(report.gained)} gained of {countText(report.n)}
            </Fact>
          </>
        ) : null}
        <Fact name="Test">
          <TestText answer={answer} />
        </Fact>
        <Fact name="Could it see a loss?">
          <PowerText answer={answer} />
        </Fact>
        <Fact name="Margin and floor">
          a loss counts from {statedIn(metric, higherIsBetter ? -report.margin : report.margin, 'change')}
          {changeUnit(metric)};{' '}
          {report.floor === null
            ? 'no floor set'
            : `floor ${statedIn(metric, report.floor, 'value')}${report.floorPValue === null ? '' : `, p below it ${pValueText(report.floorPValue)}`}`}
        </Fact>
        <Fact name="Where its cases went">
          <CaseParts answer={answer} />
        </Fact>
        {report.owner === null && report.family === null && !report.critical ? null : (
          <Fact name="Policy">
            {[
              report.critical ? 'critical' : null,
              report.owner === null ? null : `owner ${report.owner}`,
              report.family === null ? null : `family ${report.family}`,
            ]
              .filter((part) => part !== null)
              .join(', ')}
          </Fact>
        )}
        {report.train === undefined ? null : (
          <Fact name="Share of the training data">
            {report.train.baseline === null ? null : <EstimateText of={report.train.baseline} />} →{' '}
            <EstimateText of={report.train.candidate} />
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function TestText({ answer: { report } }: { readonly answer: SliceAnswer }) {
  if (report.test === null) return <span className="muted">none: there is nothing to compare</span>;
  return (
    <>
      {report.test}, one-sided p {pValueText(report.pValue)}
      {report.adjustedPValue === null ? null : (
        <>
          ; adjusted <strong>{pValueText(report.adjustedPValue)}</strong>
        </>
      )}{' '}
      <Hint about="this p-value">
        <p>The chance of a loss at least as large if nothing had changed.</p>
        {report.adjustment === null ? null : (
          <p>Adjusted for the number of slices by {report.adjustment}; this one decides.</p>
        )}
        <p>
          Two-sided {pValueText(report.pValueTwoSided)}
          {report.holmPValue === null ? '' : `, Holm's ${pValueText(report.holmPValue)}`}
          {report.boschlooPValue === null ? '' : `, Boschloo's ${pValueText(report.boschlooPValue)}`}.
        </p>
      </Hint>
    </>
  );
}

function PowerText({ answer: { report, metric } }: { readonly answer: SliceAnswer }) {
  const { minimumDetectableDrop: drop, casesNeeded } = report;
  // A confirmed breach and a proven harmlessness need no more cases.
  const isSettled = report.verdict === 'BLOCK' || report.grade === 'non-inferior';
  const turned = (size: number) => (metric.direction === 'higher' ? -size : size);
  if (drop === null && casesNeeded === null) return <span className="muted">not known for this test</span>;
  return (
    <>
      {drop === null
        ? 'no loss could be seen here with 80% power'
        : `a change of ${changeIn(metric, turned(drop))}${changeUnit(metric)} or more is seen with 80% power`}
      {isSettled || casesNeeded === null || casesNeeded <= report.n
        ? ''
        : `; ${countOf(casesNeeded, 'case')} would settle what was observed (${countText(casesNeeded - report.n)} more)`}
    </>
  );
}

function CaseParts({ answer: { report, hasBaseline } }: { readonly answer: SliceAnswer }) {
  const { cases, compared, onlyBaseline, onlyCandidate, edited, unscored, withErrors } = report.counts;
  const parts = [
    [hasBaseline ? 'compared' : 'scored', compared],
    ['only before', onlyBaseline],
    ['only after', onlyCandidate],
    ['edited', edited],
    ['unscored', unscored],
  ] as const;
  const told = parts.filter(([name, count]) => count > 0 || name === 'compared' || name === 'scored');
  return (
    <>
      {told.map(([name, count]) => `${countText(count)} ${name}`).join(' + ')} = {countOf(cases, 'case')}
      {withErrors === 0 ? '' : `; ${countText(withErrors)} with an error`}
    </>
  );
}
