/** What another threshold would have done: sliders for both runs, what mistakes cost, and when the cheaper run changes. */

import { useMemo } from 'react';
import { useStudio } from '../../data/hooks.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { Slider } from '../../ui/controls.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { Panel } from '../../ui/Page.tsx';
import { Failed, Loading } from '../../ui/states.tsx';
import { useView } from '../../view.ts';
import type { TabProps } from './ClassesPage.tsx';
import { CostInput } from './CostInput.tsx';
import { CLASSES_VIEW } from './classes-view.ts';
import { Missing } from './Missing.tsx';
import { RatioFigure } from './RatioFigure.tsx';
import { ThresholdFigure } from './ThresholdFigure.tsx';
import { ThresholdMetrics } from './ThresholdMetrics.tsx';
import {
  atThreshold,
  placeOf,
  readCost,
  type Sweep,
  thresholdKey,
  thresholdText,
} from './threshold-numbers.ts';

export function ThresholdTab({ overview, slice }: TabProps) {
  const [view] = useView(CLASSES_VIEW);
  const [miss, falseAlarm] = [readCost(view.miss), readCost(view.fa)];
  const configured = overview.costs ?? { miss: 1, falseAlarm: 1 };
  const asked =
    miss === null && falseAlarm === null
      ? null
      : { miss: miss ?? configured.miss, falseAlarm: falseAlarm ?? configured.falseAlarm };
  const costs = asked !== null && asked.miss + asked.falseAlarm > 0 ? asked : null;
  const question = useStudio('threshold-sweep', { slice, costs });
  if (question.error !== null) return <Failed error={question.error} retry={() => void question.refetch()} />;
  if (question.data === undefined) return <Loading height={900} what="Sweeping the threshold" />;
  if (question.data.kind === 'none') {
    return <Missing title="No threshold to move" why={question.data} />;
  }
  return <Thresholds sweep={question.data} slice={slice} />;
}

function Thresholds({ sweep, slice }: { readonly sweep: Sweep } & Pick<TabProps, 'slice'>) {
  const [view, change] = useView(CLASSES_VIEW);
  const { baseline, candidate, costs } = sweep;
  const before = baseline && placeOf(baseline.points, view.tb);
  const after = placeOf(candidate.points, view.tc);
  const chosen = useMemo(
    () => ({
      baseline: baseline && atThreshold(baseline.points[before!]!, sweep, costs),
      candidate: atThreshold(candidate.points[after]!, sweep, costs),
    }),
    [sweep, baseline, candidate, before, after, costs],
  );
  return (
    <div className="classes-stack">
      <Panel title="Threshold and costs">
        <p className="muted">
          Every case with at least this probability of <HostileText text={sweep.positive} most={80} /> is
          called <HostileText text={sweep.positive} most={80} />. {countOf(sweep.n, 'case')}:{' '}
          {countText(sweep.positives)} are, {countText(sweep.others)} are not.
          {sweep.costsFrom === 'none' ? ' Nothing was said about costs, so both mistakes cost 1.' : ''}
        </p>
        <div className="toolbar">
          {baseline === null || before === null ? null : (
            <ThresholdSlider
              label="Threshold before"
              points={baseline.points}
              place={before}
              onChange={(place) => change({ tb: thresholdKey(baseline.points[place]!) }, { replace: true })}
            />
          )}
          <ThresholdSlider
            label={baseline === null ? 'Threshold' : 'Threshold after'}
            points={candidate.points}
            place={after}
            onChange={(place) => change({ tc: thresholdKey(candidate.points[place]!) }, { replace: true })}
          />
          <CostInput label="A miss costs" value={costs.miss} onChange={(miss) => change({ miss })} />
          <CostInput label="A false alarm costs" value={costs.falseAlarm} onChange={(fa) => change({ fa })} />
          <button
            type="button"
            className="button"
            onClick={() =>
              change({
                tb:
                  baseline === null
                    ? ''
                    : thresholdKey({ ...candidate.points[0]!, threshold: baseline.best.threshold }),
                tc: thresholdKey({ ...candidate.points[0]!, threshold: candidate.best.threshold }),
              })
            }
          >
            Take the cheapest of each run
          </button>
        </div>
        <ThresholdMetrics sweep={sweep} chosen={chosen} slice={slice} />
      </Panel>
      <div className="columns">
        <ThresholdFigure sweep={sweep} chosen={chosen} />
        <RatioFigure sweep={sweep} />
      </div>
    </div>
  );
}

function ThresholdSlider({
  label,
  points,
  place,
  onChange,
}: {
  readonly label: string;
  readonly points: Sweep['candidate']['points'];
  readonly place: number;
  readonly onChange: (place: number) => void;
}) {
  const last = points.length - 1;
  return (
    <Slider
      label={label}
      // To the right the threshold rises, as on the axis of the picture.
      value={[last - place]}
      min={0}
      max={last}
      step={1}
      format={(value) => thresholdText(points[last - value]?.threshold ?? null)}
      onChange={([value = 0]) => onChange(last - value)}
    />
  );
}
