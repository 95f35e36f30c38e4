/** Both runs at their chosen thresholds: counted by the page at once, compared case by case by the studio. */

import type { ReactNode } from 'react';
import { useStudio } from '../../data/hooks.ts';
import { countText, measuredText, pValueText, rateText, valueText } from '../../format/numbers.ts';
import { DeltaText, EstimateText } from '../../ui/Measures.tsx';
import { PartFailed } from '../../ui/states.tsx';
import { type AtThreshold, type Sweep, thresholdText } from './threshold-numbers.ts';

/** What is chosen of each run. */
export interface Chosen {
  readonly baseline: AtThreshold | null;
  readonly candidate: AtThreshold;
}

export function ThresholdMetrics({
  sweep,
  chosen,
  slice,
}: {
  readonly sweep: Sweep;
  readonly chosen: Chosen;
  readonly slice: string | null;
}) {
  const { baseline, candidate } = chosen;
  const question = useStudio(
    'threshold-choice',
    {
      slice,
      baseline: baseline?.point.threshold ?? null,
      candidate: candidate.point.threshold,
      costs: sweep.costs,
    },
    { enabled: baseline !== null || sweep.clustered },
  );
  const runs = [...(baseline === null ? [] : [baseline]), candidate];
  const limitsOf = (of: AtThreshold, share: 'precision' | 'recall'): Limits => {
    if (!sweep.clustered) return of.point[share] ?? 'none';
    if (question.error !== null) return 'unknown';
    if (question.data === undefined || question.isPlaceholderData) return 'coming';
    const { lower, upper } = question.data.shares![of === candidate ? 'candidate' : 'baseline']![share];
    return lower === null || upper === null ? 'none' : [lower, upper];
  };
  const rows: readonly (readonly [string, (of: AtThreshold) => ReactNode])[] = [
    ['Threshold', ({ point }) => thresholdText(point.threshold)],
    [
      'Precision',
      (of) => (
        <Share
          value={of.precision}
          limits={limitsOf(of, 'precision')}
          of={of.point.truePositives + of.point.falsePositives}
        />
      ),
    ],
    ['Recall', (of) => <Share value={of.recall} limits={limitsOf(of, 'recall')} of={sweep.positives} />],
    ['F1', ({ f1 }) => f1.toFixed(3)],
    [
      'False alarms',
      ({ falseAlarmRate, point }) =>
        `${rateText(falseAlarmRate)} (${countText(point.falsePositives)} of ${countText(sweep.others)})`,
    ],
    ['Called positive', ({ called }) => rateText(called)],
    ['Cost per 1,000 cases', ({ costPer1000 }) => measuredText(costPer1000)],
  ];
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="classes-scroll" tabIndex={0} aria-label="Figures at the chosen thresholds">
        <table className="plain-table" aria-live="polite">
          <thead>
            <tr>
              <th scope="col">At this threshold</th>
              {baseline === null ? null : <th scope="col">Before</th>}
              <th scope="col">{baseline === null ? 'Value' : 'After'}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, of]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {runs.map((run, at) => (
                  <td key={at === 0 && baseline !== null ? 'before' : 'after'}>{of(run)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {sweep.clustered ? (
        <p className="muted">
          Cases come in clusters: the intervals of precision and recall are those of whole clusters, drawn
          anew.
        </p>
      ) : null}
      {question.error === null ? null : (
        <PartFailed error={question.error} retry={() => void question.refetch()} />
      )}
      {baseline === null ? null : <Comparison question={question} />}
    </>
  );
}

/** Both ends, or why there are none: nothing to tell, not there yet, could not be asked (which is told below the table). */
type Limits = readonly [number, number] | 'none' | 'coming' | 'unknown';

function Share({
  value,
  limits,
  of,
}: {
  readonly value: number | null;
  readonly limits: Limits;
  readonly of: number;
}) {
  if (value === null) return <span className="muted">nothing is called positive</span>;
  return (
    <span className="estimate">
      {rateText(value)}{' '}
      <span className="muted interval">
        {typeof limits === 'string'
          ? { none: 'no interval', coming: '…', unknown: 'no interval' }[limits]
          : `${(100 * limits[0]).toFixed(1)} to ${rateText(limits[1])}`}
      </span>{' '}
      <span className="muted">n&nbsp;{countText(of)}</span>
    </span>
  );
}

function Comparison({ question }: { readonly question: ReturnType<typeof useStudio<'threshold-choice'>> }) {
  const found = question.data;
  return (
    <div className={`classes-compared ${question.isPlaceholderData ? 'waiting' : ''}`}>
      {question.error === null ? (
        <table className="plain-table">
          <tbody>
            <tr>
              <th scope="row">Difference in cost per 1,000, paired</th>
              <td>
                {found === undefined ? (
                  '…'
                ) : (
                  <>
                    <DeltaText of={found.costPer1000.delta} unit="number" higherIsBetter={false} />{' '}
                    <span className="muted">p {pValueText(found.costPer1000.pValue)}</span>
                  </>
                )}
              </td>
            </tr>
            <tr>
              <th scope="row">Right answers after, and their difference</th>
              <td>
                {found === undefined ? (
                  '…'
                ) : (
                  <>
                    <EstimateText of={found.accuracy.candidate} /> <DeltaText of={found.accuracy.delta} />
                  </>
                )}
              </td>
            </tr>
            <tr>
              <th scope="row">The cheaper run changes</th>
              <td>
                {found === undefined
                  ? '…'
                  : found.flipRatio === null
                    ? 'at no ratio of costs: one run is cheaper, or as cheap, at every one'
                    : `where a miss costs ${valueText(found.flipRatio)} false alarms`}
              </td>
            </tr>
          </tbody>
        </table>
      ) : null}
      <p className="muted">
        Thresholds that are chosen on these very cases flatter themselves: confirm them on cases that had no
        part in the choice.
      </p>
    </div>
  );
}
