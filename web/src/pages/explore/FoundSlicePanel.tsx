/** One found slice: how it was confirmed, the slices it is part of, the slices that overlap it, and its predicate. */

import type { ExploreFoundSlice, MetricReading } from '../../../../src/studio/contract/index.ts';
import { countText, measuredText, rateText } from '../../format/numbers.ts';
import { changeIn } from '../../format/units.ts';
import { Copyable } from '../../ui/Copyable.tsx';
import { harmless } from '../../ui/foreign-name.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { DeltaText, EstimateText } from '../../ui/Measures.tsx';
import { Panel } from '../../ui/Page.tsx';
import { SelectionActions } from './links.tsx';
import { pWith } from './p-with.ts';

export function FoundSlicePanel({
  slice,
  metric,
}: {
  readonly slice: ExploreFoundSlice;
  readonly metric: MetricReading;
}) {
  const unit = metric.isRate ? 'rate' : 'number';
  const { predicate, whyNotSaved, derived } = slice;
  const text = metric.isRate ? rateText : measuredText;
  const change = (value: number | null) => changeIn(metric, value);
  return (
    <Panel title={harmless(slice.name, 200)} className="found-panel">
      <dl className="facts">
        <div>
          <dt>how sure</dt>
          <dd>
            {slice.state}
            {slice.confirmedBy === null ? '' : ` by ${slice.confirmedBy}`}
            {slice.adjustedP === null ? '' : `, adjusted p ${pWith(slice.adjustedP)} (${slice.method})`}
            {slice.reason === null ? null : (
              <>
                : <HostileText text={slice.reason} most={300} />
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>after, {slice.shownOn}</dt>
          <dd>
            <EstimateText of={slice.rate} unit={unit} />
          </dd>
        </div>
        {slice.rest === null ? null : (
          <div>
            <dt>all other cases</dt>
            <dd>
              <EstimateText of={slice.rest} unit={unit} />
            </dd>
          </div>
        )}
        <div>
          <dt>difference</dt>
          <dd>
            <DeltaText of={slice.difference} unit={unit} higherIsBetter={metric.direction === 'higher'} />{' '}
            <span className="muted">{slice.rest === null ? 'to the old run' : 'to all other cases'}</span>
          </dd>
        </div>
        <div>
          <dt>size</dt>
          <dd>
            {countText(slice.cases)} cases, {rateText(slice.share)} of all
            {slice.errorShare === null ? '' : `; ${rateText(slice.errorShare)} of all errors`}
          </dd>
        </div>
      </dl>
      <div className="columns">
        {slice.parents.length === 0 ? null : (
          <section aria-label="Parents">
            <h3>
              Part of
              {slice.beyondParents === null
                ? ''
                : slice.beyondParents
                  ? ': proved worse than each'
                  : ': not proved worse than each'}
            </h3>
            <table className="plain-table">
              <thead>
                <tr>
                  <th scope="col">slice with one condition less</th>
                  <th scope="col" className="number">
                    cases
                  </th>
                  <th scope="col" className="number">
                    after, all of its cases
                  </th>
                </tr>
              </thead>
              <tbody>
                {slice.parents.map(({ name, cases, estimate, lower, upper }) => (
                  <tr key={name}>
                    <td>
                      <HostileText text={name} most={120} />
                    </td>
                    <td className="number">{cases === null ? '–' : countText(cases)}</td>
                    <td className="number">
                      {text(estimate)}{' '}
                      <span className="muted">
                        {lower === null ? '' : `${text(lower)} to ${text(upper)}`}
                      </span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
        {slice.folded.length === 0 ? null : (
          <section aria-label="Overlaps">
            <h3>Says much the same</h3>
            <table className="plain-table">
              <thead>
                <tr>
                  <th scope="col">slice</th>
                  <th scope="col" className="number">
                    cases
                  </th>
                  <th scope="col" className="number">
                    shared
                  </th>
                </tr>
              </thead>
              <tbody>
                {slice.folded.map(({ name, cases, overlap }) => (
                  <tr key={name}>
                    <td>
                      <HostileText text={name} most={120} />
                    </td>
                    <td className="number">{countText(cases)}</td>
                    <td className="number">{rateText(overlap)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
        {slice.conditions.length < 2 ? null : (
          <section aria-label="Conditions">
            <h3>What carries the difference</h3>
            <table className="plain-table">
              <tbody>
                {slice.conditions.map(({ name, contribution }) => (
                  <tr key={name}>
                    <th scope="row">
                      <HostileText text={name} most={120} />
                    </th>
                    <td className="number">{change(contribution)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </div>
      {predicate === null ? null : <Copyable text={predicate} what="the predicate" />}
      <SelectionActions
        definition={{
          predicate,
          whyNot: predicate === null ? 'the language of predicates has no words for it' : null,
          derived,
          isListable: predicate !== null && derived.length === 0,
        }}
        whyNotSaved={whyNotSaved}
        seenIn="found slices"
        name={harmless(slice.name, 120)}
        cases={slice.cases}
      />
      {whyNotSaved === null ? null : <p className="muted dimension-note">Not to be saved: {whyNotSaved}.</p>}
    </Panel>
  );
}
