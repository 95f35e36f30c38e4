/** Reads `metrics`: short texts or maps. */

import { CLASS_SCORE_METRICS } from '../counts/index.ts';
import {
  hasBounds,
  METRIC_FORMS,
  type Measure,
  meanDirection,
  metricId,
  parseMetric,
} from './metric-text.ts';
import { nearestName } from './nearest-name.ts';
import { fieldName, type Path } from './path.ts';
import { type Reading, report } from './reading.ts';
import type { RawMetric, RawText } from './schema.ts';
import type { MetricConfig } from './types.ts';

/** One metric; null where it could not be read, with the problem reported. */
export function readMetric(reading: Reading, raw: RawMetric | RawText, path: Path): MetricConfig | null {
  const isMap = typeof raw === 'object';
  const measure = isMap ? measureOf(reading, raw, path) : fromText(reading, path);
  if (measure === null) return null;
  const { gate = true, margin = null, floor = null } = isMap ? raw : {};
  const metric = { id: metricId(measure), gate, margin, floor, measure };
  if (gate && margin === null && !hasBounds(measure)) {
    report(reading, path, needsMargin(metric.id), marginHint(measure));
  }
  return metric;
}

function needsMargin(id: string): string {
  return `gates ${id}, which has no natural bounds, so its margin must be given`;
}

function marginHint(measure: Measure): string {
  const bounds = measure.kind === 'mean' ? ', declare bounds: [LOWEST, HIGHEST]' : '';
  const unit = measure.kind === 'class' ? 'the unit of the costs' : "the column's unit";
  return `add margin: NUMBER (the smallest loss that matters, in ${unit})${bounds}, or gate: false to show it only`;
}

/** Reports every metric that is there for a second time. */
export function reportRepeatedMetrics(
  reading: Reading,
  metrics: readonly (MetricConfig | null)[],
  path: Path,
): void {
  metrics.forEach((metric, index) => {
    const first = metrics.findIndex((other) => other !== null && other.id === metric?.id);
    if (first >= 0 && first < index) {
      report(reading, [...path, index], `measures ${metric?.id}, as does ${fieldName([...path, first])}`);
    }
  });
}

function fromText(reading: Reading, path: Path): Measure | null {
  const text = reading.source.text(path);
  const measure = parseMetric(text);
  if (!('problem' in measure)) return measure;
  const near = nearestName(text, ['passRate', 'errorRate', 'flakiness', ...CLASS_SCORE_METRICS]);
  report(
    reading,
    path,
    `${JSON.stringify(text)} ${measure.problem}`,
    near === null ? undefined : `did you mean "${near}"?`,
  );
  return null;
}

const KINDS = [
  'metric',
  'mean',
  'quantile',
  'passAtK',
  'passHatK',
  'recall',
  'precision',
  'specificity',
  'fScore',
] as const;

function measureOf(reading: Reading, raw: RawMetric, path: Path): Measure | null {
  const present = KINDS.filter((kind) => raw[kind] !== undefined);
  if (present.length !== 1) {
    const what = present.length === 0 ? 'names no metric' : `names ${present.join(' and ')}, must be one`;
    report(
      reading,
      path,
      what,
      `write one of ${KINDS.map((kind) => `${kind}: ...`).join(', ')}; metric takes ${METRIC_FORMS}`,
    );
    return null;
  }
  const kind = present[0] as (typeof KINDS)[number];
  const measure = plainMeasure(reading, raw, kind, path);
  if (measure === null) return null;
  if (raw.beta !== undefined && kind !== 'fScore')
    report(reading, [...path, 'beta'], 'belongs to fScore only');
  if (raw.q !== undefined && kind !== 'quantile') report(reading, [...path, 'q'], 'belongs to quantile only');
  if (raw.bounds !== undefined && measure.kind !== 'mean')
    report(reading, [...path, 'bounds'], 'belong to a mean only');
  if (raw.direction !== undefined && measure.kind !== 'mean' && measure.kind !== 'quantile') {
    report(reading, [...path, 'direction'], `is fixed for ${metricId(measure)}`);
  }
  if (measure.kind === 'quantile') return { ...measure, direction: raw.direction ?? measure.direction };
  if (measure.kind !== 'mean') return measure;
  return { ...measure, direction: raw.direction ?? measure.direction, bounds: boundsOf(reading, raw, path) };
}

function plainMeasure(
  reading: Reading,
  raw: RawMetric,
  kind: (typeof KINDS)[number],
  path: Path,
): Measure | null {
  const text = () => reading.source.text([...path, kind]);
  switch (kind) {
    case 'metric':
      return fromText(reading, [...path, 'metric']);
    case 'mean':
      return { kind: 'mean', column: text(), direction: meanDirection(text()), bounds: null };
    case 'quantile':
      if (raw.q === undefined) {
        report(reading, path, 'has no q', 'add q: 0.95 for the 95th percentile');
        return null;
      }
      // A q out of range is reported with the shape.
      return raw.q > 0 && raw.q < 1
        ? { kind: 'quantile', column: text(), q: raw.q, direction: 'lower' }
        : null;
    case 'recall':
    case 'precision':
    case 'specificity':
    case 'fScore':
      return { kind: 'class', of: kind, label: text(), beta: kind === 'fScore' ? (raw.beta ?? 1) : 1 };
    case 'passAtK':
    case 'passHatK':
      return { kind, k: raw[kind] as number };
  }
}

function boundsOf(reading: Reading, raw: RawMetric, path: Path): readonly [number, number] | null {
  if (raw.bounds === undefined) return null;
  const [low, high] = raw.bounds;
  if (low >= high)
    report(reading, [...path, 'bounds'], `are [${low}, ${high}], the first must be below the second`);
  return [low, high];
}
