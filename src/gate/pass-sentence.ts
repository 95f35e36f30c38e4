/** Words what a passing release rests on: which losses were ruled on, and which ones somebody accepted. */

import { isRate, type Measure } from '../counts/index.ts';
import { counted, grouped } from './numbers.ts';
import { isWaivedSlice, type WaivedFinding } from './release-verdict.ts';
import type { ReportCounts, SliceReport } from './report.ts';
import { shortened } from './slice-name.ts';

export interface PassInput {
  /** Slices worst first. */
  readonly slices: readonly SliceReport[];
  readonly counts: ReportCounts;
  readonly waivedFindings: readonly WaivedFinding[];
  /** The block budget of losses: what an adjusted p must not exceed to confirm one. */
  readonly budget: number;
  readonly measureOf: (metric: string) => Measure;
  /** What happened to a slice, with its name. */
  readonly sentenceOf: (slice: SliceReport) => string;
}

/**
 * The sentence behind `PASS`. The slices that it counts add up: waived ones are named apart.
 *
 * @example `no confirmed or suspected loss of 5 points or more in 5 gated slices, 4 non-inferior, 1 undecided`
 */
export function passSentence(input: PassInput): string {
  const { slices, counts } = input;
  const deciding = slices.filter(
    ({ role, verdict }) => role === 'gated' && verdict !== 'LOW-N' && verdict !== 'DEBT',
  );
  const waived = deciding.filter((slice) => isWaivedSlice(slice) || slice.n === 0);
  const left = (total: number, grade: SliceReport['grade']): number =>
    total - waived.filter((slice) => slice.grade === grade).length;
  const gated = counts.gatedSlices - waived.length;
  const nonInferior = left(counts.nonInferior, 'non-inferior');
  const undecided = left(counts.undecided, 'undecided');
  const other = waived.length > 0 || input.waivedFindings.length > 0 ? 'other ' : '';
  const rest = deciding.filter((slice) => !waived.includes(slice));
  const parts = [
    `no ${other}confirmed or suspected loss${ofMargin(rest, input)} in ${counted(gated, 'gated slice')}`,
    ...(nonInferior > 0 ? [`${grouped(nonInferior)} non-inferior`] : []),
    ...(undecided > 0 ? [`${grouped(undecided)} undecided`] : []),
    ...(counts.debt > 0 ? [`${grouped(counts.debt)} in debt`] : []),
  ];
  return [...accepted(input), parts.join(', '), ...smaller(rest, input)].join('; ');
}

/** The waived slice that lost most, what else was waived, and who answers for it until when. */
function accepted({ slices, waivedFindings, sentenceOf }: PassInput): readonly string[] {
  const waived = slices.filter((slice) => slice.role === 'gated' && slice.n > 0 && isWaivedSlice(slice));
  const [worst, ...others] = waived;
  const by = (owner: string, expires: string): string => `waived by ${shortened(owner)} until ${expires}`;
  return [
    ...(worst?.waiver ? [`${sentenceOf(worst)}, ${by(worst.waiver.owner, worst.waiver.expires)}`] : []),
    ...(others.length === 0 ? [] : [`${counted(others.length, 'more slice')} waived`]),
    ...(waivedFindings[0] === undefined
      ? []
      : [
          `finding of ${waivedFindings[0].check} ${by(waivedFindings[0].owner, waivedFindings[0].expires)}${
            waivedFindings.length === 1 ? '' : `, and ${grouped(waivedFindings.length - 1)} more`
          }`,
        ]),
  ];
}

/** A loss counts from the margin on; where slices have different ones, that is said without a number. */
function ofMargin(slices: readonly SliceReport[], { measureOf }: PassInput): string {
  const [first] = slices;
  if (first === undefined) return '';
  const isOne = slices.every(({ margin, metric }) => margin === first.margin && metric === first.metric);
  if (!isOne) return ' of its margin or more';
  const isShare = isRate(measureOf(first.metric));
  const size = Number((isShare ? first.margin * 100 : first.margin).toPrecision(3));
  return ` of ${size}${isShare ? ` point${size === 1 ? '' : 's'}` : ''} or more`;
}

/** Losses that are proven and smaller than the margin: they pass, but they are losses. */
function smaller(slices: readonly SliceReport[], { budget, sentenceOf }: PassInput): readonly string[] {
  const proven = slices.filter(
    ({ adjustedPValue, delta, direction }) =>
      adjustedPValue !== null &&
      adjustedPValue <= budget &&
      (delta?.estimate ?? 0) * (direction === 'higher' ? -1 : 1) > 0,
  );
  const [first] = proven;
  if (first === undefined) return [];
  const more = proven.length === 1 ? '' : `, and ${counted(proven.length - 1, 'more slice')}`;
  return [`a smaller loss is confirmed: ${sentenceOf(first).replace(', undecided)', ')')}${more}`];
}
