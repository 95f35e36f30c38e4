/** All dimensions at once: what is chosen in one is seen in all others. */

import { useCallback, useMemo, useRef, useState } from 'react';
import { visible } from '../../../../src/reports/format/visible.ts';
import type {
  ExploreCounts,
  ExploreDimensions,
  ExploreScope,
  ExploreShow,
} from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { Segmented, Select } from '../../ui/controls.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { Failed, Loading } from '../../ui/states.tsx';
import { useView } from '../../view.ts';
import type { Reading } from './bar-data.ts';
import { CardColumns, cardSize } from './CardColumns.tsx';
import { DimensionCard } from './DimensionCard.tsx';
import { DimensionFigure } from './DimensionFigure.tsx';
import { EXPLORE_VIEW } from './explore-view.ts';
import { figureScale } from './figure-scale.ts';
import { choiceText, Selection } from './Selection.tsx';
import type { FilterState } from './use-filter.ts';

export interface ExploreTabProps {
  readonly dimensions: ExploreDimensions;
  /** What every question is about. */
  readonly scope: ExploreScope;
  readonly show: ExploreShow;
  readonly state: FilterState;
}

const NOTHING: readonly never[] = [];

export function CrossFilter({ dimensions: wanted, scope, show, state }: ExploreTabProps) {
  const [view, change] = useView(EXPLORE_VIEW);
  const { filter, choose, replace } = state;
  const base = useStudio('explore-counts', { ...scope, filter: NOTHING, show });
  const counts = useStudio('explore-counts', { ...scope, filter, show });
  const [large, setLarge] = useState('');
  const { metric, paired } = wanted;
  const shown = useFitting(wanted, base.data, counts.data);
  const reading = useMemo((): Reading | null => {
    if (shown === null) return null;
    const { all, bars } = shown.base;
    const overall = (show === 'before' ? all.before : all.after)?.estimate ?? null;
    const own = bars.filter((_, i) => shown.dimensions.dimensions[i]?.kind !== 'outcome');
    return { metric, show, paired, scale: figureScale(own, show, metric, overall) };
  }, [shown, show, metric, paired]);
  const chosen = useMemo(() => new Map(filter.map(({ dimension, values }) => [dimension, values])), [filter]);
  const enlarge = useCallback((id: string) => setLarge(id), []);
  const failed = counts.error ?? base.error;
  if (failed !== null) {
    return (
      <>
        <Failed error={failed} retry={() => void counts.refetch()} />
        {filter.length === 0 ? null : (
          <button type="button" className="button" onClick={() => replace([])}>
            Clear all filters
          </button>
        )}
      </>
    );
  }
  if (shown === null || reading === null) return <Loading height={900} what="Counting" />;
  const { dimensions } = shown;
  const at = dimensions.dimensions.findIndex(({ id }) => id === large);
  return (
    <>
      <Selection {...{ dimensions, counts: shown.counts, filter, choose }} onClear={() => replace([])} />
      <div className="explore-tools">
        {paired ? (
          <Segmented
            label="What the intervals show"
            value={show}
            choices={[
              { value: 'delta', label: 'Change' },
              { value: 'before', label: 'Before' },
              { value: 'after', label: 'After' },
            ]}
            onChange={(next) => change({ show: next === 'delta' ? '' : next })}
          />
        ) : null}
        <Select
          label="Order of values"
          hideLabel
          value={view.order === 'worst' ? 'worst' : 'cases'}
          choices={[
            { value: 'cases', label: 'Most cases first' },
            { value: 'worst', label: 'Worst first' },
          ]}
          onChange={(order) => change({ order })}
        />
        <p className="muted explore-key">
          <i className="key-ghost" aria-hidden="true" /> all cases{' '}
          <i className="key-fill" aria-hidden="true" /> under the filters of the other charts. Intervals from{' '}
          {reading.scale.text(reading.scale.low)} to {reading.scale.text(reading.scale.high)}, line at{' '}
          {reading.scale.mark === null ? 'none' : reading.scale.text(reading.scale.mark)}.
        </p>
      </div>
      <CardColumns
        sizes={[...dimensions.dimensions.map((one) => cardSize(one)), ...dimensions.pending.map(() => 5)]}
      >
        {[
          ...dimensions.dimensions.map((dimension, i) => (
            <DimensionCard
              key={dimension.id}
              {...{ dimension, reading, choose }}
              bars={shown.counts.bars[i]!}
              base={shown.base.bars[i]!}
              chosen={chosen.get(dimension.id) ?? NOTHING}
              order={view.order}
              onEnlarge={enlarge}
            />
          )),
          ...dimensions.pending.map((name) => (
            <section key={`pending ${name}`} className="panel dimension-card" aria-label={visible(name)}>
              <h2>
                <HostileText text={name} most={80} />
              </h2>
              <Loading height={110} what="Reading" />
            </section>
          )),
        ]}
      </CardColumns>
      <Statements dimensions={dimensions} />
      <DimensionFigure
        dimension={dimensions.dimensions[at] ?? null}
        bars={shown.counts.bars[at] ?? null}
        reading={reading}
        filtered={
          filter.length === 0
            ? 'All cases.'
            : `Under: ${filter
                .filter(({ dimension }) => dimension !== large)
                .map((choice) => choiceText(dimensions, choice))
                .join('; ')}`
        }
        onClose={() => setLarge('')}
      />
    </>
  );
}

interface Fitting {
  readonly dimensions: ExploreDimensions;
  readonly base: ExploreCounts;
  readonly counts: ExploreCounts;
}

/** Bars belong to their dimensions: while new ones are counted, the old ones stay with theirs. */
function useFitting(
  dimensions: ExploreDimensions,
  base: ExploreCounts | undefined,
  counts: ExploreCounts | undefined,
): Fitting | null {
  const last = useRef<Fitting | null>(null);
  const size = dimensions.dimensions.length;
  const fits = base?.bars.length === size && counts?.bars.length === size;
  const { current } = last;
  const isSame = current?.dimensions === dimensions && current.base === base && current.counts === counts;
  if (fits && !isSame) last.current = { dimensions, base, counts };
  return last.current;
}

/** Who is not counted, how numbers were made, and which columns have no chart. */
export function Statements({ dimensions }: { readonly dimensions: ExploreDimensions }) {
  const { leftOut, notes, notCrossed, cases } = dimensions;
  const missing = leftOut.reduce((sum, line) => sum + line.cases, 0);
  return (
    <footer className="statements muted">
      <p>
        {missing === 0 ? (
          `All ${countOf(cases, 'case')} of the comparison are counted.`
        ) : (
          <>
            {countOf(cases, 'case')} counted, {countText(missing)} left out:{' '}
            {leftOut.map((line) => `${countText(line.cases)} ${line.reason}`).join('; ')}.
          </>
        )}{' '}
        {dimensions.level * 100}% intervals. {notes.join(' ')}
      </p>
      {notCrossed.length === 0 ? null : (
        <details>
          <summary>{countOf(notCrossed.length, 'column')} without a chart</summary>
          <ul>
            {notCrossed.map(({ column, reason }) => (
              <li key={column}>
                <code>
                  <HostileText text={column} most={80} />
                </code>
                : <HostileText text={reason} most={200} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </footer>
  );
}
