/** What of a gate's report MLflow can hold: numbers per slice as metrics, the verdict as tags. */

import { createHash } from 'node:crypto';
import type { OverallReport, Report, SliceReport } from '../../../gate/index.ts';
import { withoutControls } from '../../../reports/index.ts';

/** One number under a name that MLflow and a file system accept. */
export interface LoggedMetric {
  readonly key: string;
  readonly value: number;
}

/** Everything that is written beside the report itself. */
export interface GateFigures {
  readonly metrics: readonly LoggedMetric[];
  /** The verdict is last, so that a run without it was not written to the end. */
  readonly tags: readonly (readonly [key: string, value: string])[];
}

const LONGEST_PART = 60;
const LONGEST_TAG = 500;

/** The figures of a report: all compared cases, and every slice that is gated. */
export function gateFigures(report: Report): GateFigures {
  const gated = report.slices.filter(({ role }) => role === 'gated');
  const blocked = gated.filter(({ verdict }) => verdict === 'BLOCK');
  return {
    metrics: [
      ...report.overall.flatMap((row) => rowMetrics(`slicewise/overall/${namePart(row.metric)}`, row)),
      ...gated.flatMap((slice) => [
        ...rowMetrics(
          `slicewise/slice/${[slice.metric, slice.dimension, slice.value].map(namePart).join('/')}`,
          slice,
        ),
      ]),
      { key: 'slicewise/gated_slices', value: gated.length },
      { key: 'slicewise/blocked_slices', value: blocked.length },
      { key: 'slicewise/compared_cases', value: report.counts.paired },
    ],
    tags: [
      ['slicewise.version', report.tool.version],
      ['slicewise.run_hash', report.runHash],
      ['slicewise.candidate', report.candidate.fingerprint],
      ...(report.baseline === null ? [] : [['slicewise.baseline', report.baseline.fingerprint] as const]),
      ['slicewise.ship', tagText(report.ship.text)],
      ['slicewise.belief', tagText(report.belief.text)],
      [
        'slicewise.blocked',
        tagText(blocked.map(({ dimension, value }) => `${dimension}=${value}`).join('; ')),
      ],
      ['slicewise.exit_code', String(report.exitCode)],
      ['slicewise.verdict', report.verdict],
    ],
  };
}

function rowMetrics(
  prefix: string,
  row: Pick<SliceReport | OverallReport, 'n' | 'baseline' | 'candidate' | 'delta' | 'lost' | 'gained'> & {
    readonly adjustedPValue?: number | null;
  },
): readonly LoggedMetric[] {
  const values: readonly (readonly [string, number | null | undefined])[] = [
    ['n', row.n],
    ['before', row.baseline?.estimate],
    ['after', row.candidate?.estimate],
    ['delta', row.delta?.estimate],
    ['delta_lower', row.delta?.lower],
    ['delta_upper', row.delta?.upper],
    ['lost', row.lost],
    ['gained', row.gained],
    ['adjusted_p', row.adjustedPValue],
  ];
  return values.flatMap(([name, value]) =>
    typeof value === 'number' && Number.isFinite(value) ? [{ key: `${prefix}/${name}`, value }] : [],
  );
}

/**
 * A part of a metric's name: letters, digits, `_` and `-` stay; where anything else stood or the text is long, a digest of
 * the exact text follows, so that two slices never share a name and no slice names a folder.
 *
 * @example namePart('refund_flow') // 'refund_flow'
 */
export function namePart(text: string): string {
  const plain = text.replace(/[^A-Za-z0-9_-]/g, '_');
  if (plain === text && text !== '' && text.length <= LONGEST_PART) return text;
  return `${plain.slice(0, LONGEST_PART)}-${createHash('sha256').update(text).digest('hex').slice(0, 10)}`;
}

/** One line, cut where MLflow would refuse it. */
function tagText(text: string): string {
  const line = withoutControls(text).replace(/\s+/g, ' ');
  return line.length <= LONGEST_TAG ? line : `${line.slice(0, LONGEST_TAG - 1)}…`;
}
