/** Values of a dimension as rows that are switched on and off: bar of the cases, estimate with its interval. */

import { ToggleGroup } from 'radix-ui';
import { memo, useState } from 'react';
import { visible } from '../../../../src/reports/format/visible.ts';
import type { ExploreBars, ExploreDimension } from '../../../../src/studio/contract/index.ts';
import { countText } from '../../format/numbers.ts';
import { toneOfChange } from '../../format/tone.ts';
import { harmless } from '../../ui/foreign-name.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { barText, type Reading, restText, SHOWN } from './bar-data.ts';
import { IntervalMark } from './IntervalMark.tsx';

/** Rows that are shown at first. */
const AT_FIRST = 8;

export interface ValueRowsProps {
  readonly dimension: ExploreDimension;
  /** Places of the values that are rows, in their order. */
  readonly places: readonly number[];
  readonly bars: ExploreBars;
  /** Keys that are let through; empty where the dimension is not filtered. */
  readonly chosen: readonly string[];
  readonly reading: Reading;
  readonly onChoose: (dimension: string, keys: readonly string[]) => void;
}

export const ValueRows = memo(function ValueRows({
  dimension,
  places,
  bars,
  chosen,
  reading,
  onChoose,
}: ValueRowsProps) {
  const [all, setAll] = useState(false);
  const { values } = dimension;
  const isHidden = (place: number, i: number) =>
    !all && i >= AT_FIRST && !chosen.includes(values[place]!.key);
  const shown = places.filter((place, i) => !isHidden(place, i));
  const hidden = places.length - shown.length;
  const most = Math.max(1, ...places.map((place) => values[place]!.cases));
  return (
    <>
      <ToggleGroup.Root
        type="multiple"
        orientation="vertical"
        className="value-rows"
        aria-label={`Values of ${visible(dimension.label)}`}
        value={[...chosen]}
        onValueChange={(keys) => onChoose(dimension.id, keys)}
      >
        {shown.map((place) => (
          <ValueRow
            key={values[place]!.key}
            {...{ dimension, place, most, reading }}
            cases={bars.cases[place]!}
            lost={bars.lost[place]!}
            gained={bars.gained[place]!}
            estimate={bars.estimate[place]!}
            lower={bars.lower[place]!}
            upper={bars.upper[place]!}
            isMuted={chosen.length > 0 && !chosen.includes(values[place]!.key)}
          />
        ))}
      </ToggleGroup.Root>
      {hidden > 0 || all ? (
        <button
          type="button"
          className="button quiet more-values"
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all ? 'Show fewer' : `${countText(hidden)} more`}
        </button>
      ) : null}
    </>
  );
});

interface ValueRowProps {
  readonly dimension: ExploreDimension;
  readonly place: number;
  readonly most: number;
  readonly reading: Reading;
  readonly cases: number;
  readonly lost: number;
  readonly gained: number;
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly isMuted: boolean;
}

/** Only rows whose numbers changed are drawn again. */
const ValueRow = memo(function ValueRow(props: ValueRowProps) {
  const { dimension, place, most, reading, cases, lost, gained, estimate, lower, upper, isMuted } = props;
  const value = dimension.values[place]!;
  const one = {
    ...{ cases: [cases], lost: [lost], gained: [gained] },
    ...{ estimate: [estimate], lower: [lower], upper: [upper] },
  };
  const isOutcome = dimension.kind === 'outcome';
  const tone =
    reading.show === 'delta' ? toneOfChange({ lower, upper }, reading.metric.direction === 'higher') : '';
  return (
    <ToggleGroup.Item
      value={value.key}
      className={`value-row ${isOutcome ? 'plain' : ''} ${isMuted ? 'off' : ''}`}
      title={`${harmless(value.label, 200)}\n${barText(one, 0, reading)}`}
    >
      <span className="value-name">
        <i className="tick" aria-hidden="true" />
        <HostileText text={value.label === '' ? '(empty text)' : value.label} most={60} />
      </span>
      <span className="value-bar" aria-hidden="true">
        <i className="ghost" style={{ width: `${(value.cases / most) * 100}%` }} />
        <i className="fill" style={{ width: `${(cases / most) * 100}%` }} />
      </span>
      <span className="number">
        {countText(cases)}
        <span className="visually-hidden"> cases{isOutcome ? '' : `, ${SHOWN[reading.show]}`}</span>
      </span>
      {isOutcome ? null : (
        <>
          <IntervalMark {...{ estimate, lower, upper, scale: reading.scale, tone }} />
          <span className={`number ${tone}`}>
            {cases === 0 ? '–' : reading.scale.text(estimate)}
            <span className="visually-hidden">{restText(one, 0, reading)}</span>
          </span>
        </>
      )}
    </ToggleGroup.Item>
  );
});
