/** Ranges in order as columns: drag over them, or move the two ends of the slider below. */

import { memo, type PointerEvent, useRef } from 'react';
import { visible } from '../../../../src/reports/format/visible.ts';
import type { ExploreBars, ExploreDimension } from '../../../../src/studio/contract/index.ts';
import { toneOfChange } from '../../format/tone.ts';
import { Slider } from '../../ui/controls.tsx';
import { harmless } from '../../ui/foreign-name.ts';
import { barText, type Reading } from './bar-data.ts';
import { placeOf } from './figure-scale.ts';

export interface BinColumnsProps {
  readonly dimension: ExploreDimension;
  /** Places of the values that are columns: those that have an order. */
  readonly places: readonly number[];
  readonly bars: ExploreBars;
  readonly chosen: readonly string[];
  readonly reading: Reading;
  readonly onChoose: (
    dimension: string,
    keys: readonly string[],
    how?: { readonly dragging?: boolean },
  ) => void;
}

export const BinColumns = memo(function BinColumns(props: BinColumnsProps) {
  const { dimension, places, bars, chosen, reading, onChoose } = props;
  const { values } = dimension;
  const columns = useRef<HTMLDivElement>(null);
  const drag = useRef<{ readonly from: number; to: number } | null>(null);
  const others = chosen.filter((key) => !places.some((place) => values[place]!.key === key));
  const marked = places.map((place) => chosen.length === 0 || chosen.includes(values[place]!.key));
  const first = Math.max(0, marked.indexOf(true));
  const last = Math.max(first, marked.lastIndexOf(true));
  const most = Math.max(1, ...places.map((place) => values[place]!.cases));
  const range = (a: number, b: number, dragging: boolean) => {
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    const isAll = from === 0 && to === places.length - 1;
    const keys = isAll ? [] : places.slice(from, to + 1).map((place) => values[place]!.key);
    onChoose(dimension.id, isAll && others.length === 0 ? [] : [...keys, ...others], { dragging });
  };
  const columnAt = (event: PointerEvent) => {
    const { left, width } = columns.current!.getBoundingClientRect();
    const at = Math.floor(((event.clientX - left) / width) * places.length);
    return Math.max(0, Math.min(places.length - 1, at));
  };
  const label = (at: number) => harmless(values[places[at]!]?.label ?? '', 60);
  return (
    <div className="bins">
      <div
        ref={columns}
        className="bin-columns"
        aria-hidden="true"
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          const at = columnAt(event);
          drag.current = { from: at, to: at };
        }}
        onPointerMove={(event) => {
          const at = columnAt(event);
          if (drag.current === null || at === drag.current.to) return;
          drag.current.to = at;
          range(drag.current.from, at, true);
        }}
        onPointerUp={() => {
          if (drag.current === null) return;
          const { from, to } = drag.current;
          drag.current = null;
          const isOnly = from === to && chosen.length > 0 && first === from && last === to;
          if (isOnly) onChoose(dimension.id, others);
          else range(from, to, false);
        }}
        onPointerCancel={() => {
          drag.current = null;
        }}
      >
        {places.map((place, at) => (
          <BinColumn
            key={values[place]!.key}
            name={label(at)}
            text={barText(bars, place, reading)}
            ghost={values[place]!.cases / most}
            fill={bars.cases[place]! / most}
            estimate={bars.estimate[place]!}
            lower={bars.lower[place]!}
            upper={bars.upper[place]!}
            isMuted={!marked[at]}
            reading={reading}
          />
        ))}
      </div>
      <div className="bin-ends muted" aria-hidden="true">
        <span>{label(0)}</span>
        <span>{label(places.length - 1)}</span>
      </div>
      <Slider
        label={`${visible(dimension.label)}, range`}
        value={[first, last]}
        min={0}
        max={Math.max(1, places.length - 1)}
        step={1}
        format={label}
        onChange={([from = 0, to = 0]) => range(from, to, true)}
      />
    </div>
  );
});

interface BinColumnProps {
  readonly name: string;
  readonly text: string;
  readonly ghost: number;
  readonly fill: number;
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly isMuted: boolean;
  readonly reading: Reading;
}

const BinColumn = memo(function BinColumn(props: BinColumnProps) {
  const { name, text, ghost, fill, estimate, lower, upper, isMuted, reading } = props;
  const { scale, show, metric } = reading;
  const tone = show === 'delta' ? toneOfChange({ lower, upper }, metric.direction === 'higher') : '';
  const zero = scale.mark === null ? null : placeOf(scale, scale.mark);
  return (
    <span className={`bin ${isMuted ? 'off' : ''}`} title={`${name}\n${text}`}>
      <span className="bin-bar">
        <i className="ghost" style={{ height: `${ghost * 100}%` }} />
        <i className="fill" style={{ height: `${fill * 100}%` }} />
      </span>
      <span className={`bin-mark ${tone}`}>
        {zero === null ? null : <i className="zero" style={{ bottom: `${zero}%` }} />}
        {estimate === null || lower === null || upper === null ? null : (
          <i
            className="reach"
            style={{
              bottom: `${placeOf(scale, lower)}%`,
              height: `${placeOf(scale, upper) - placeOf(scale, lower)}%`,
            }}
          />
        )}
        {estimate === null ? null : <i className="at" style={{ bottom: `${placeOf(scale, estimate)}%` }} />}
      </span>
    </span>
  );
});
