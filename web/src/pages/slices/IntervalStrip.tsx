/** One slice as one line of the forest plot: dots, intervals, zero, margin and floor on a scale that all rows share. */

import type { MetricReading, SliceRow } from '../../../../src/studio/contract/index.ts';
import { tickIn } from '../../format/units.ts';
import { placeOf, type StripOf, type StripScale } from './strip-scale.ts';

export interface StripProps {
  readonly row: SliceRow;
  readonly metric: MetricReading;
  readonly scale: StripScale;
  readonly of: StripOf;
  /** Cases of the largest slice: the size of a dot is the slice's share of it. */
  readonly largest: number;
}

const HEIGHT = 32;

/** Drawn in percent of its width, so that it fits every column; the numbers stand in the cells beside it. */
export function IntervalStrip({ row, metric, scale, of, largest }: StripProps) {
  const size = 2.5 + 3.5 * Math.sqrt(row.n / Math.max(1, largest));
  const isBad = row.verdict === 'BLOCK' || row.verdict === 'REVIEW';
  const tone = isBad ? 'bad' : row.role === 'gated' && row.verdict !== 'LOW-N' ? 'gated' : 'plain';
  return (
    <svg className={`strip ${tone}`} width="100%" height={HEIGHT} aria-hidden="true">
      {of === 'change' ? (
        <>
          <Upright scale={scale} value={0} kind="zero" />
          <Upright
            scale={scale}
            value={metric.direction === 'higher' ? -row.margin : row.margin}
            kind="margin"
          />
          <Interval
            scale={scale}
            y={HEIGHT / 2}
            size={size}
            kind="after"
            values={[row.deltaLower, row.delta, row.deltaUpper]}
          />
        </>
      ) : (
        <>
          {row.floor === null ? null : <Upright scale={scale} value={row.floor} kind="floor" />}
          <Interval
            scale={scale}
            y={HEIGHT * 0.3}
            size={size * 0.8}
            kind="before"
            values={[row.beforeLower, row.before, row.beforeUpper]}
          />
          <Interval
            scale={scale}
            y={row.before === null ? HEIGHT / 2 : HEIGHT * 0.68}
            size={size}
            kind="after"
            values={[row.afterLower, row.after, row.afterUpper]}
          />
        </>
      )}
    </svg>
  );
}

function Upright({
  scale,
  value,
  kind,
}: {
  readonly scale: StripScale;
  readonly value: number;
  readonly kind: 'zero' | 'margin' | 'floor';
}) {
  const { x, beyond } = placeOf(scale, value);
  if (beyond !== 0) return null;
  return <line className={kind} x1={`${x}%`} x2={`${x}%`} y1="0" y2="100%" />;
}

function Interval({
  scale,
  y,
  size,
  kind,
  values: [lower, value, upper],
}: {
  readonly scale: StripScale;
  readonly y: number;
  readonly size: number;
  readonly kind: 'before' | 'after';
  readonly values: readonly [number | null, number | null, number | null];
}) {
  if (value === null) return null;
  const dot = placeOf(scale, value);
  const from = lower === null ? null : placeOf(scale, lower);
  const to = upper === null ? null : placeOf(scale, upper);
  return (
    <g className={kind}>
      {from === null || to === null ? null : (
        <line className="interval-line" x1={`${from.x}%`} x2={`${to.x}%`} y1={y} y2={y} />
      )}
      {from?.beyond === -1 ? <path className="arrow" d={`M0 ${y} l6 -4 v8 z`} /> : null}
      {to?.beyond === 1 ? (
        <svg x="100%" style={{ overflow: 'visible' }} aria-hidden="true">
          <path className="arrow" d={`M0 ${y} l-6 -4 v8 z`} />
        </svg>
      ) : null}
      {dot.beyond === 0 ? <circle className="dot" cx={`${dot.x}%`} cy={y} r={size} /> : null}
    </g>
  );
}

/** The axis over the strips, in the head of their column. */
export function StripAxis({
  scale,
  metric,
  of,
}: {
  readonly scale: StripScale;
  readonly metric: MetricReading;
  readonly of: StripOf;
}) {
  const last = scale.ticks.length - 1;
  return (
    <span className="strip-axis">
      <span className="visually-hidden">
        {of === 'change' ? 'Change with its interval, drawn' : 'Before and after with intervals, drawn'}
      </span>
      {scale.ticks.map((tick, i) => (
        <span
          key={tick}
          aria-hidden="true"
          className={i === 0 ? 'first' : i === last ? 'last' : tick === 0 ? 'nought' : 'minor'}
          style={{ left: `${placeOf(scale, tick).x}%` }}
        >
          {tickIn(metric, tick, of === 'change' ? 'change' : 'value')}
        </span>
      ))}
    </span>
  );
}
