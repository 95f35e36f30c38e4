/** One dimension of the cross-filter. */

import { memo } from 'react';
import { visible } from '../../../../src/reports/format/visible.ts';
import type { ExploreBars, ExploreDimension } from '../../../../src/studio/contract/index.ts';
import { countText } from '../../format/numbers.ts';
import { harmless } from '../../ui/foreign-name.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { BinColumns } from './BinColumns.tsx';
import { orderOf, type Reading } from './bar-data.ts';
import type { FilterState } from './use-filter.ts';
import { ValueRows } from './ValueRows.tsx';

export interface DimensionCardProps {
  readonly dimension: ExploreDimension;
  readonly bars: ExploreBars;
  /** Without any filter. */
  readonly base: ExploreBars;
  readonly chosen: readonly string[];
  readonly reading: Reading;
  readonly order: string;
  readonly choose: FilterState['choose'];
  readonly onEnlarge: (dimension: string) => void;
}

const KINDS: Readonly<Record<ExploreDimension['kind'], string>> = {
  category: '',
  number: 'ranges',
  length: 'characters',
  time: 'time',
  tag: 'tag',
  outcome: 'outcome',
  condition: 'condition',
};

export const DimensionCard = memo(function DimensionCard(props: DimensionCardProps) {
  const { dimension, bars, base, chosen, reading, order, choose, onEnlarge } = props;
  const { id, label, kind, values, definition, otherValues } = dimension;
  const places = orderOf(dimension, base, order, reading);
  const isOrdered = dimension.edges !== null || (kind === 'time' && values.length > 8);
  const ordered = isOrdered ? places.filter((place) => values[place]!.state === 'value') : [];
  const rows = isOrdered ? places.filter((place) => values[place]!.state !== 'value') : places;
  const name = harmless(label, 120);
  return (
    <section className={`panel dimension-card ${chosen.length > 0 ? 'filtered' : ''}`} aria-label={name}>
      <header className="dimension-head">
        <h2 title={visible(definition)}>
          <HostileText text={label} most={80} /> <span className="muted dimension-kind">{KINDS[kind]}</span>
        </h2>
        <div className="dimension-tools">
          {chosen.length === 0 ? null : (
            <button
              type="button"
              className="button quiet"
              aria-label={`Clear the filter of ${name}`}
              onClick={() => choose(id, [])}
            >
              Clear
            </button>
          )}
          <button
            type="button"
            className="button quiet"
            aria-label={`Enlarge ${name}`}
            onClick={() => onEnlarge(id)}
          >
            Enlarge
          </button>
        </div>
      </header>
      {ordered.length > 1 ? (
        <BinColumns {...{ dimension, bars, chosen, reading }} places={ordered} onChoose={choose} />
      ) : null}
      {rows.length > 0 || ordered.length === 1 ? (
        <ValueRows
          {...{ dimension, bars, chosen, reading }}
          places={ordered.length === 1 ? places : rows}
          onChoose={choose}
        />
      ) : null}
      {otherValues > 0 ? (
        <p className="muted dimension-note">{countText(otherValues)} rarer values share one row.</p>
      ) : null}
    </section>
  );
});
