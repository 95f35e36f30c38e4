/** Slices over the recorded gates, one picture each, all on the same gates. */

import { useMemo } from 'react';
import type { TrendAnswer, TrendLine } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, rateText, valueText } from '../../format/numbers.ts';
import { changeIn } from '../../format/units.ts';
import { Segmented, Select } from '../../ui/controls.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { harmless } from '../../ui/foreign-name.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { PlotPicture } from '../../ui/PlotPicture.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { useView } from '../../view.ts';
import { RUNS_VIEW, sliceText, timeText } from './runs-view.ts';
import { trendOptions } from './trend-plot.ts';

type Recorded = Extract<TrendAnswer, { state: 'recorded' }>;

const MOST_LINES = 12;

export function TrendTab() {
  const [view] = useView(RUNS_VIEW);
  const limit = Math.min(200, Math.max(2, Math.trunc(view.gates)));
  const { data, error, refetch } = useStudio('trend', { slices: view.slices.slice(0, MOST_LINES), limit });
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading what="Reading the history" height={560} />;
  if (data.state === 'no ledger') return <Empty title="No history">{data.hint}</Empty>;
  if (data.lines.length === 0) {
    return (
      <Empty title="No gate is recorded yet">
        The next slicewise gate with this ledger is the first point.
      </Empty>
    );
  }
  return <Trends answer={data} />;
}

function Trends({ answer }: { readonly answer: Recorded }) {
  const [view, change] = useView(RUNS_VIEW);
  const { lines, choices, shown, gates } = answer;
  const axis = view.axis === 'time' ? 'time' : 'gate';
  const ids = lines.map(({ sliceId }) => sliceId);
  const left = choices.filter(({ sliceId }) => !ids.includes(sliceId));
  const slides = choices.filter(({ slide }) => slide).length;
  return (
    <div className="trends">
      <div className="toolbar">
        <Select
          label="Add a slice"
          value=""
          choices={[
            { value: '', label: left.length === 0 ? 'all are shown' : `one of ${left.length}` },
            ...left.slice(0, 300).map((choice) => ({
              value: choice.sliceId,
              label: `${choice.slide ? '↘ slide: ' : ''}${sliceText(choice)} · ${choice.metric}`.slice(
                0,
                120,
              ),
            })),
          ]}
          onChange={(id) => id !== '' && change({ slices: [...ids, id].slice(-MOST_LINES) })}
        />
        <Select
          label="Gates"
          value={String(view.gates)}
          choices={[10, 20, 50, 100, 200].map((n) => ({ value: String(n), label: `newest ${n}` }))}
          onChange={(n) => change({ gates: Number(n) })}
        />
        <Segmented
          label="Axis"
          value={axis}
          choices={[
            { value: 'gate', label: 'By gate' },
            { value: 'time', label: 'By time' },
          ]}
          onChange={(next) => change({ axis: next }, { replace: true })}
        />
        {view.slices.length === 0 ? null : (
          <button type="button" className="button" onClick={() => change({ slices: [] })}>
            Back to the worst
          </button>
        )}
      </div>
      <p className="muted">
        {countOf(shown, 'gate')} of {gates} recorded. Slid since the last anchor or break: {slides} of{' '}
        {countOf(answer.choicesTotal, 'slice')}, where {answer.slidesByChance.toFixed(1)} are to be expected
        by chance. ■ BLOCK, ◆ REVIEW, ▲ INVALID, ● PASS or shown. The band is the interval of each gate.
      </p>
      {answer.anchors.length === 0 ? null : (
        <ul className="anchors">
          {answer.anchors.map((anchor) => (
            <li key={`${anchor.at}${anchor.name}`}>
              ⚓ {timeText(anchor.at)} <HostileText text={anchor.name} most={60} />:{' '}
              <HostileText text={anchor.reason} most={300} />{' '}
              <span className="muted">
                (<HostileText text={anchor.who} most={80} />)
              </span>
            </li>
          ))}
        </ul>
      )}
      {lines.map((line) => (
        <TrendFigure
          key={`${line.metric}${line.sliceId}`}
          {...{ line, answer, axis }}
          onRemove={
            lines.length < 2 ? null : () => change({ slices: ids.filter((id) => id !== line.sliceId) })
          }
        />
      ))}
    </div>
  );
}

function TrendFigure({
  line,
  answer,
  axis,
  onRemove,
}: {
  readonly line: TrendLine;
  readonly answer: Recorded;
  readonly axis: 'gate' | 'time';
  readonly onRemove: (() => void) | null;
}) {
  const options = useMemo(() => trendOptions(line, answer, axis), [line, answer, axis]);
  const title = `${sliceText(line)}: ${harmless(line.metric, 60)} over ${countOf(line.points.length, 'gate')}`;
  const last = line.points.at(-1)?.value?.estimate ?? null;
  const read = line.isRate ? rateText : valueText;
  return (
    <Figure
      title={title}
      caption={<HostileText text={driftText(line)} />}
      tools={
        onRemove === null ? null : (
          <button
            type="button"
            className="button quiet"
            aria-label={`Remove ${sliceText(line)}`}
            onClick={onRemove}
          >
            Remove
          </button>
        )
      }
      table={() => ({
        columns: ['gate', 'at', 'n', line.metric, 'lower', 'upper', 'slice', 'release', 'changed before it'],
        rows: line.points.map((point) => [
          ...[point.gateId, point.at, point.n, point.value?.estimate ?? null, point.value?.lower ?? null],
          ...[point.value?.upper ?? null, point.verdict, point.releaseVerdict, point.breaks.join(', ')],
        ]),
      })}
    >
      <PlotPicture
        alt={`${title}. The last is ${read(last)}. ${harmless(driftText(line), 400)}`}
        height={220}
        options={options}
      />
    </Figure>
  );
}

function driftText({ drift, isRate }: TrendLine): string {
  if (drift === null) return 'No drift can be told: there is nothing before it to compare with.';
  const text = (value: number | null) => changeIn({ isRate }, value);
  const { change, slide, from, at, reason, basis } = drift;
  const since = `${from}${reason === null ? '' : ` (${reason})`} of ${at.slice(0, 10)}`;
  const moved = `${text(change.estimate)}${isRate ? ' points' : ''} (${text(change.lower)} to ${text(change.upper)})`;
  return `Since the ${since}: ${moved}, ${basis === 'paired' ? 'case by case' : basis}.${slide ? ' A SLIDE: more than chance, whatever each single gate said.' : ''}`;
}
