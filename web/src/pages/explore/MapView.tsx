/** The inputs as a map: texts with the same words lie near each other. */

import * as Plot from '@observablehq/plot';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ExploreMap, ExplorePoint } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countText } from '../../format/numbers.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { harmless } from '../../ui/foreign-name.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { PlotPicture } from '../../ui/PlotPicture.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import type { ExploreTabProps } from './CrossFilter.tsx';
import { choiceText } from './Selection.tsx';

/** Worse lies on top, and differs in shape as well as in colour. */
const LOOKS: readonly {
  readonly outcome: ExplorePoint['outcome'];
  readonly label: string;
  readonly symbol: string;
  readonly colour: string;
}[] = [
  { outcome: 'kept', label: 'passed in both', symbol: 'circle', colour: 'var(--before)' },
  { outcome: 'same', label: 'as before', symbol: 'circle', colour: 'var(--before)' },
  { outcome: 'failing', label: 'failed in both', symbol: 'times', colour: 'var(--ink)' },
  { outcome: 'gained', label: 'gained', symbol: 'triangle', colour: 'var(--gain)' },
  { outcome: 'better', label: 'better', symbol: 'triangle', colour: 'var(--gain)' },
  { outcome: 'worse', label: 'worse', symbol: 'diamond', colour: 'var(--loss)' },
  { outcome: 'lost', label: 'lost', symbol: 'diamond', colour: 'var(--loss)' },
];

const HEIGHT = 560;

export function MapView({ dimensions, scope, state }: ExploreTabProps) {
  const question = useStudio('explore-map', { ...scope, filter: state.filter });
  const { data } = question;
  if (question.error !== null) return <Failed error={question.error} retry={() => void question.refetch()} />;
  if (data === undefined) return <Loading height={HEIGHT} what="Placing the inputs" />;
  if (data.whyNot !== null) {
    return (
      <Empty title="No map">
        <p>
          <HostileText text={data.whyNot} />.
        </p>
      </Empty>
    );
  }
  const under = state.filter.map((choice) => choiceText(dimensions, choice)).join('; ');
  return <Points answer={data} under={under} paired={dimensions.paired} />;
}

function Points({
  answer,
  under,
  paired,
}: {
  readonly answer: ExploreMap;
  readonly under: string;
  readonly paired: boolean;
}) {
  const navigate = useNavigate();
  const { points } = answer;
  const open = ({ id }: ExplorePoint) =>
    void navigate({ to: '/cases', search: { ids: [id], case: id } as never });
  const options = useMemo(() => optionsOf(points, under !== '', paired), [points, under, paired]);
  const selected = points.filter((point) => point.selected);
  const present = LOOKS.filter(({ outcome }) => points.some((point) => point.outcome === outcome));
  const nameOf = (outcome: ExplorePoint['outcome']) => outcomeName(outcome, paired);
  const columns: readonly Column<ExplorePoint>[] = [
    {
      ...{ id: 'id', header: 'case', width: 'minmax(8rem, 14rem)', sort: ({ id }) => id },
      cell: ({ id }) => <HostileText text={id} most={80} />,
    },
    {
      ...{ id: 'outcome', header: 'outcome', width: '11rem' },
      sort: ({ outcome }) => LOOKS.findIndex((look) => look.outcome === outcome),
      cell: ({ outcome }) => nameOf(outcome),
    },
    {
      ...{ id: 'text', header: 'input', width: 'minmax(10rem, 1fr)' },
      cell: ({ text }) => <HostileText text={text} most={160} />,
    },
  ];
  return (
    <>
      <Figure
        title="Map of the inputs"
        caption={
          <>
            {countText(points.length)} points
            {answer.sampled === null ? '. ' : `: ${answer.sampled} `}
            {answer.method}
          </>
        }
        tools={
          <ul className="map-key" aria-label="Key">
            {present.map(({ outcome, colour }) => (
              <li key={outcome}>
                <svg width="12" height="12" viewBox="-7 -7 14 14" aria-hidden="true">
                  <path
                    d={SHAPES[outcome]}
                    fill={outcome === 'failing' ? 'none' : colour}
                    stroke={colour}
                    strokeWidth="1.6"
                  />
                </svg>{' '}
                {nameOf(outcome)} {countText(selected.filter((point) => point.outcome === outcome).length)}
              </li>
            ))}
          </ul>
        }
        table={() => ({
          columns: ['case', 'outcome', 'x', 'y', 'under the filter', 'input'],
          rows: points.map(({ id, outcome, x, y, selected: own, text }) => [
            ...[id, nameOf(outcome), x, y, own ? 'yes' : 'no', text],
          ]),
        })}
      >
        <PlotPicture
          alt={`Map of ${points.length} inputs by the words that they share; ${selected.length} are under the filter.`}
          height={HEIGHT}
          options={options}
          onChoose={(point) => open(point as ExplorePoint)}
        />
      </Figure>
      <p className="muted">
        {under === ''
          ? 'Filters of the cross-filter apply here too: points that they leave out become pale.'
          : `Under: ${under}. ${countText(selected.length)} of ${countText(points.length)} points; the others are pale.`}
      </p>
      <DataTable
        label="Cases of the map"
        rows={selected}
        columns={columns}
        rowId={({ id }) => id}
        onOpen={open}
        maxHeight={320}
        empty="No point is under the filter."
      />
    </>
  );
}

const CIRCLE = 'M3.5,0A3.5,3.5,0,1,1,-3.5,0A3.5,3.5,0,1,1,3.5,0Z';
const SHAPES: Readonly<Record<ExplorePoint['outcome'], string>> = {
  kept: CIRCLE,
  same: CIRCLE,
  failing: 'M-4,-4L4,4M-4,4L4,-4',
  gained: 'M0,-5L5,4L-5,4Z',
  better: 'M0,-5L5,4L-5,4Z',
  lost: 'M0,-6L5,0L0,6L-5,0Z',
  worse: 'M0,-6L5,0L0,6L-5,0Z',
};

function outcomeName(outcome: ExplorePoint['outcome'], paired: boolean): string {
  if (!paired && outcome === 'kept') return 'passed';
  if (!paired && outcome === 'failing') return 'failed';
  return LOOKS.find((look) => look.outcome === outcome)!.label;
}

function optionsOf(points: readonly ExplorePoint[], isFiltered: boolean, paired: boolean): Plot.PlotOptions {
  const axis = { axis: null, nice: true, inset: 12 } as const;
  return {
    ...{ x: axis, y: axis, margin: 4 },
    marks: [
      Plot.frame({ stroke: 'var(--line)' }),
      Plot.dot(
        points.filter(({ selected }) => !selected),
        { x: 'x', y: 'y', r: 2, fill: 'var(--line)' },
      ),
      ...LOOKS.map(({ outcome, symbol, colour }) =>
        Plot.dot(
          points.filter((point) => point.selected && point.outcome === outcome),
          {
            ...{ x: 'x', y: 'y', symbol: symbol as Plot.SymbolType, stroke: colour },
            r: outcome === 'kept' || outcome === 'same' ? 2 : 3.5,
            ...(outcome === 'failing' ? {} : { fill: colour, fillOpacity: 0.65 }),
          },
        ),
      ),
      Plot.tip(
        isFiltered ? points.filter(({ selected }) => selected) : points,
        Plot.pointer({
          ...{ x: 'x', y: 'y', fill: 'var(--surface)', stroke: 'var(--line-strong)', lineWidth: 28 },
          title: ({ id, outcome, text }: ExplorePoint) =>
            `${harmless(id, 60)}: ${outcomeName(outcome, paired)}\n${harmless(text, 140)}`,
        }),
      ),
    ],
  };
}
