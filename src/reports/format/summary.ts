/** Sentences about a whole metric or report: the mean, the rules, and what stays undecided. */

import type { Report, SliceReport } from '../../gate/index.ts';
import { countOf, formatCount, formatP } from './numbers.ts';
import { formatEstimate, formatRange, type Scale } from './scale.ts';
import { isMean, type MetricSection, testedSlices } from './sections.ts';
import { undecidedOf } from './undecided.ts';

/** What all cases together say, which decides nothing; empty where there is nothing to say. */
export function meanSentence({ overall }: MetricSection, scale: Scale): string {
  if (overall === null) return '';
  const parts: string[] = [];
  if (overall.conclusion !== null) {
    const { lost, gained, pValueTwoSided } = overall;
    const facts = [
      ...(lost + gained === 0 ? [] : [`${formatCount(lost)} lost`, `${formatCount(gained)} gained`]),
      ...(pValueTwoSided === null ? [] : [`two-sided p ${formatP(pValueTwoSided)}`]),
    ];
    parts.push(`${overall.conclusion}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`);
    if (overall.unpairedStandardError !== null) {
      parts.push(`standard error without pairing ${scale.size(overall.unpairedStandardError)}${scale.unit}`);
    }
  }
  if (overall.rerunBand !== null) {
    parts.push(`an unchanged rerun moves it by up to ${scale.size(overall.rerunBand)}${scale.unit}`);
  }
  if (overall.weighted !== null) {
    const { baseline, candidate } = overall.weighted;
    const before =
      baseline === null
        ? ''
        : `${formatEstimate(scale, baseline)} (${formatRange(scale, baseline)}) before, `;
    parts.push(
      `by case weights ${before}${formatEstimate(scale, candidate)} (${formatRange(scale, candidate)}) after`,
    );
  }
  const of = isMean(overall.metric) ? 'mean' : 'all cases';
  return parts.length === 0 ? '' : `${of}: ${parts.join('; ')}`;
}

/** How p-values were adjusted and for how many slices and looks, and which error that controls; empty without a test. */
export function ruleLines(report: Report): readonly string[] {
  const { policy, counts } = report;
  const tested = testedSlices(report);
  if (tested === 0) return [];
  const looks = counts.looks === null ? '' : `, ${countOf(counts.looks, 'look')} at this candidate`;
  return [
    `adj p: one-sided, ${policy.multiplicity} over ${countOf(tested, report.overall.length > 1 ? 'test' : 'slice')}${looks}`,
    policy.controls,
  ];
}

/** Undecided slices as a report tells them. */
export interface UndecidedList {
  /** Opens the list, without a colon at its end. */
  readonly title: string;
  readonly shown: readonly SliceReport[];
  /** Counts those that are not listed; empty where all are. */
  readonly more: string;
  /** Whether a longer list would show more. */
  readonly isCut: boolean;
}

/** The worst observed drops first, at most `limit` of them, then how many more there are; null where nothing is undecided. */
export function undecidedList(section: MetricSection, limit: number): UndecidedList | null {
  const { dropped, droppedTotal, rest } = undecidedOf(section);
  if (droppedTotal + rest === 0) return null;
  if (droppedTotal === 0) {
    const none = rest === 1 ? 'without' : 'none with';
    return {
      title: `${countOf(rest, 'slice')}, ${none} an observed drop of the margin`,
      shown: [],
      more: '',
      isCut: false,
    };
  }
  const shown = dropped.slice(0, limit);
  const hidden = droppedTotal - shown.length;
  const more = [
    ...(hidden > 0 ? [`${formatCount(hidden)} more like these`] : []),
    ...(rest > 0 ? [`${formatCount(rest)} more with a smaller drop or none`] : []),
  ].join(', ');
  return {
    title: 'a loss is neither shown nor ruled out',
    shown,
    more: more === '' ? '' : `and ${more}`,
    isCut: dropped.length > shown.length,
  };
}
