/** The figures over all classes, before and after, and where the cases went. */

import type { Compared } from '../../../../src/classes/index.ts';
import type { ClassReport } from '../../../../src/studio/contract/index.ts';
import { countText, pValueText } from '../../format/numbers.ts';
import { DeltaText, EstimateText } from '../../ui/Measures.tsx';
import { Panel } from '../../ui/Page.tsx';

const AVERAGES = { macro: 'Macro', micro: 'Micro', weighted: 'Weighted' } as const;

interface Line {
  readonly name: string;
  readonly value: Compared;
  readonly isNumber?: boolean;
}

export function Headline({ report }: { readonly report: ClassReport }) {
  const { figures } = report;
  const compared = figures.pairing !== 'single run';
  const lines: readonly Line[] = [
    { name: figures.multiLabel ? 'Exactly the right set' : 'Accuracy', value: figures.accuracy },
    { name: 'Balanced accuracy', value: figures.balancedAccuracy },
    ...figures.averages
      .filter(({ average }) => average === 'macro' || (figures.multiLabel && average === 'micro'))
      .flatMap((one) => {
        const name = AVERAGES[one.average as keyof typeof AVERAGES];
        return [
          { name: `${name} F1`, value: one.fScore },
          { name: `${name} precision`, value: one.precision },
        ];
      }),
    ...(figures.multiLabel
      ? []
      : [
          { name: 'Matthews correlation', value: figures.mcc, isNumber: true },
          { name: 'Cohen’s kappa', value: figures.kappa, isNumber: true },
        ]),
  ];
  return (
    <div className="columns">
      <Panel title={`Over all classes: ${report.name}`}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section className="classes-scroll" tabIndex={0} aria-label="Figures over all classes">
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">Metric</th>
                {compared ? <th scope="col">Before</th> : null}
                <th scope="col">{compared ? 'After' : 'Value'}</th>
                {compared ? <th scope="col">Difference</th> : null}
                {compared ? (
                  <th scope="col" className="number">
                    p
                  </th>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {lines.map(({ name, value, isNumber }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {compared ? (
                    <td>
                      <EstimateText of={value.baseline} unit={isNumber ? 'number' : 'rate'} />
                    </td>
                  ) : null}
                  <td>
                    <EstimateText of={value.candidate} unit={isNumber ? 'number' : 'rate'} />
                  </td>
                  {compared ? (
                    <td>
                      <DeltaText of={value.delta} unit={isNumber ? 'number' : 'rate'} />
                    </td>
                  ) : null}
                  {compared ? <td className="number">{pValueText(value.pValue)}</td> : null}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        {figures.accuracy.candidate.n < figures.n ? (
          <p className="muted">n counts clusters here: cases of one cluster are drawn together.</p>
        ) : null}
      </Panel>
      <Panel title="Where the cases went">
        <CaseFlow report={report} />
      </Panel>
    </div>
  );
}

/** Every line adds up to the cases of the slice. */
function CaseFlow({ report: { figures } }: { readonly report: ClassReport }) {
  const { n, unlabelled, edited, onlyBaseline, onlyCandidate, abstained, errors, pairing } = figures;
  const total = n + unlabelled + edited + onlyBaseline + onlyCandidate;
  const rows: readonly (readonly [string, number])[] = [
    ['compared', n],
    ['without a true label', unlabelled],
    ['input or label differs between the runs', edited],
    ['only in the baseline', onlyBaseline],
    ['only in the candidate', onlyCandidate],
  ];
  const wrong = (what: string, of: { readonly baseline: number | null; readonly candidate: number }) =>
    of.candidate + (of.baseline ?? 0) === 0
      ? []
      : [
          `${what}: ${of.baseline === null ? '' : `${countText(of.baseline)} before, `}${countText(of.candidate)} after`,
        ];
  const counted = [...wrong('without an answer', abstained), ...wrong('with an error', errors)];
  return (
    <>
      <table className="plain-table">
        <tbody>
          {rows
            .filter(([what, cases]) => what === 'compared' || cases > 0)
            .map(([what, cases]) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td className="number">{countText(cases)}</td>
              </tr>
            ))}
          <tr>
            <th scope="row">all cases{pairing === 'unpaired' ? ' of both runs, which share none' : ''}</th>
            <td className="number">{countText(total)}</td>
          </tr>
        </tbody>
      </table>
      {counted.length === 0 ? null : (
        <p className="muted">Of the compared, counted as wrong: {counted.join('; ')}.</p>
      )}
    </>
  );
}
