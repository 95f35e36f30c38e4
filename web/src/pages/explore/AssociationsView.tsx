/** Which dimensions go together, and which go with the metric: two that say the same need not both be looked at. */

import * as Plot from '@observablehq/plot';
import { useMemo } from 'react';
import type { ExploreAssociations } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { shortened } from '../../ui/foreign-name.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { PlotPicture } from '../../ui/PlotPicture.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { useView } from '../../view.ts';
import type { ExploreTabProps } from './CrossFilter.tsx';
import { EXPLORE_VIEW } from './explore-view.ts';

interface Pair {
  readonly a: number;
  /** Null is the metric. */
  readonly b: number | null;
  readonly value: number | null;
}

export function AssociationsView({ dimensions, scope }: ExploreTabProps) {
  const [, change] = useView(EXPLORE_VIEW);
  const question = useStudio('explore-associations', { ...scope, where: null });
  const { data } = question;
  if (question.error !== null) return <Failed error={question.error} retry={() => void question.refetch()} />;
  if (data === undefined) return <Loading height={600} what="Counting every pair" />;
  if (data.tooMany !== null) {
    return (
      <Empty title="No matrix">
        <p>{data.tooMany}. Look at two dimensions in the heatmap.</p>
      </Empty>
    );
  }
  return (
    <Matrix
      answer={data}
      metric={dimensions.metric.name}
      onOpen={({ a, b }) =>
        b === null
          ? change({ tab: 'filter' })
          : change({ tab: 'heatmap', rows: data.dimensions[a]!.id, columns: data.dimensions[b]!.id })
      }
    />
  );
}

const CELL = 34;

/** So wide that the numbers of neighbours do not touch. */
const CELL_WIDTH = 40;

const MARGIN_LEFT = 160;

function Matrix({
  answer,
  metric,
  onOpen,
}: {
  readonly answer: ExploreAssociations;
  readonly metric: string;
  readonly onOpen: (pair: Pair) => void;
}) {
  const pairs = useMemo(() => pairsOf(answer), [answer]);
  const label = (at: number | null) => (at === null ? metric : (answer.dimensions[at]?.label ?? ''));
  const options = useMemo(() => optionsOf(answer, metric), [answer, metric]);
  const strong = pairs.filter(({ b, value }) => b !== null && (value ?? 0) >= 0.5).length;
  const columns: readonly Column<Pair>[] = [
    {
      ...{ id: 'a', header: 'dimension', width: 'minmax(8rem, 1fr)', sort: ({ a }) => label(a) },
      cell: ({ a }) => <HostileText text={label(a)} most={80} />,
    },
    {
      ...{ id: 'b', header: 'with', width: 'minmax(8rem, 1fr)', sort: ({ b }) => label(b) },
      cell: ({ b }) => (b === null ? <em>{metric}</em> : <HostileText text={label(b)} most={80} />),
    },
    {
      ...{ id: 'value', header: 'association', width: '8rem', align: 'right', sort: ({ value }) => value },
      cell: ({ value }) => (value === null ? 'undefined' : value.toFixed(2)),
    },
  ];
  return (
    <>
      <Figure
        title="Which dimensions go together"
        caption={`Corrected Cramér's V between dimensions, and the corrected correlation ratio with ${metric}: 0 is independent, 1 is one and the same. ${strong === 0 ? 'No pair' : strong === 1 ? 'One pair' : `${strong} pairs`} at 0.5 or more: knowing one says much about the other, so look at one of them first. Only near 1 are their slices the same cases.`}
        table={() => ({
          columns: ['dimension', 'with', 'association'],
          rows: pairs.map(({ a, b, value }) => [label(a), label(b), value]),
        })}
      >
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section className="wide-plot" tabIndex={0} aria-label="Matrix, which can be scrolled">
          <div style={{ minWidth: MARGIN_LEFT + CELL_WIDTH * (answer.dimensions.length + 1) }}>
            <PlotPicture
              alt={`Matrix of associations between ${answer.dimensions.length} dimensions; ${strong} pairs at 0.5 or more.`}
              height={110 + CELL * (answer.dimensions.length + 1)}
              options={options}
              onChoose={(pair) => onOpen(pair as Pair)}
            />
          </div>
        </section>
      </Figure>
      <h2 className="cells-title">Pairs, strongest first</h2>
      <DataTable
        label="Pairs of dimensions"
        rows={pairs}
        columns={columns}
        rowId={({ a, b }) => `${a} ${b}`}
        onOpen={onOpen}
        maxHeight={360}
      />
    </>
  );
}

function pairsOf({ pairs, withMetric }: ExploreAssociations): readonly Pair[] {
  const between = pairs.flatMap((line, a) => line.flatMap((value, b) => (b > a ? [{ a, b, value }] : [])));
  const own = withMetric.map((value, a): Pair => ({ a, b: null, value }));
  return [...own, ...between].sort((x, y) => (y.value ?? -1) - (x.value ?? -1));
}

function optionsOf(answer: ExploreAssociations, metric: string): Plot.PlotOptions {
  const short = (at: number) => shortened(at < 0 ? metric : (answer.dimensions[at]?.label ?? ''), 20);
  const places = answer.dimensions.map((_, i) => i);
  const cells = [
    ...places.map((a) => ({ a, b: null as number | null, x: -1, y: a, value: answer.withMetric[a] ?? null })),
    ...places.flatMap((a) =>
      places.flatMap((b) => (a === b ? [] : [{ a, b, x: b, y: a, value: answer.pairs[a]?.[b] ?? null }])),
    ),
  ];
  return {
    ...{ marginLeft: MARGIN_LEFT, marginTop: 96, padding: 0.05 },
    x: {
      domain: [-1, ...places],
      tickFormat: short,
      label: null,
      axis: 'top',
      tickRotate: -32,
      type: 'band',
    },
    y: { domain: places, tickFormat: short, label: null, type: 'band' },
    color: { type: 'identity' },
    marks: [
      Plot.cell(cells, {
        ...{ x: 'x', y: 'y', stroke: 'var(--line)' },
        fill: ({ value }: { readonly value: number | null }) =>
          `color-mix(in srgb, var(--after) ${Math.round((value ?? 0) * 50)}%, var(--surface))`,
      }),
      Plot.text(cells, {
        ...{ x: 'x', y: 'y', fill: 'var(--ink)' },
        text: ({ value }: { readonly value: number | null }) => (value === null ? '?' : value.toFixed(2)),
        fontWeight: 600,
      }),
      Plot.tip(
        cells,
        Plot.pointer({
          ...{ x: 'x', y: 'y', fill: 'var(--surface)', stroke: 'var(--line-strong)' },
          title: ({
            x,
            y,
            value,
          }: {
            readonly x: number;
            readonly y: number;
            readonly value: number | null;
          }) => `${short(y)} with ${short(x)}: ${value === null ? 'undefined' : value.toFixed(3)}`,
        }),
      ),
    ],
  };
}
