/** The mean of all cases, which decides nothing: a mean can rise while a slice falls. */

import type { ReleaseAnswer } from '../../../../src/studio/contract/index.ts';
import { countText, pValueText } from '../../format/numbers.ts';
import { changeUnit } from '../../format/units.ts';
import { DeltaText, EstimateText } from '../../ui/Measures.tsx';

export function MeanNotGated({ answer: { overall, metrics } }: { readonly answer: ReleaseAnswer }) {
  if (overall.length === 0) {
    return (
      <p>
        All cases are the one slice here, and it is gated: nothing cuts them. A small group can hide in it, so
        name a dimension with <code>--slice COLUMN</code>.
      </p>
    );
  }
  return (
    <>
      {overall.map((mean) => {
        const metric = metrics.find(({ id }) => id === mean.metric) ?? metrics[0]!;
        const unit = metric.isRate ? 'rate' : 'number';
        return (
          <dl key={mean.metric} className="facts">
            <div>
              <dt>{mean.baseline === null ? metric.name : `${metric.name} before`}</dt>
              <dd>
                <EstimateText of={mean.baseline ?? mean.candidate} unit={unit} />
              </dd>
            </div>
            {mean.baseline === null ? null : (
              <>
                <div>
                  <dt>after</dt>
                  <dd>
                    <EstimateText of={mean.candidate} unit={unit} />
                  </dd>
                </div>
                <div>
                  <dt>change</dt>
                  <dd>
                    <DeltaText of={mean.delta} unit={unit} higherIsBetter={mean.direction === 'higher'} />
                    <span className="muted">{changeUnit(metric)}</span>
                  </dd>
                </div>
                <div>
                  <dt>cases</dt>
                  <dd>
                    {countText(mean.lost)} lost, {countText(mean.gained)} gained; two-sided p{' '}
                    {pValueText(mean.pValueTwoSided)}
                    {mean.conclusion === null ? '' : `: ${mean.conclusion.toLowerCase()}`}
                  </dd>
                </div>
              </>
            )}
            {mean.weighted === null ? null : (
              <div>
                <dt>by case weights</dt>
                <dd>
                  {mean.weighted.baseline === null ? null : (
                    <>
                      <EstimateText of={mean.weighted.baseline} unit={unit} /> before,{' '}
                    </>
                  )}
                  <EstimateText of={mean.weighted.candidate} unit={unit} />
                  {mean.weighted.baseline === null ? null : ' after'}
                </dd>
              </div>
            )}
          </dl>
        );
      })}
      <p className="muted">A mean can rise while a slice falls, so it decides nothing here.</p>
    </>
  );
}
