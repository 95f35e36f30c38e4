/** Words and rows of `slicewise discover`. */

import {
  countOf,
  formatCount,
  formatP,
  formatShare,
  type Page,
  type PageSection,
  percentText,
  type Scale,
  scaleOf,
} from '../../reports/index.ts';
import type { DiscoveredSliceReport, DiscoverResult, ModeReport } from '../discover/result.ts';
import { discoverTables } from './discover-tables.ts';

const MODE_LABELS: Readonly<Record<ModeReport['mode'], string>> = {
  worst: 'Worst',
  regressed: 'Regressed',
  improved: 'Improved',
};

const MODE_NAMES: Readonly<Record<ModeReport['mode'], string>> = {
  worst: 'worst now',
  regressed: 'most regressed',
  improved: 'most improved',
};

/** Slices of each mode that a screenful tells of. */
const SECTIONS_SHOWN = 4;
const IDS_SHOWN = 6;
const NEAR_SHOWN = 3;
const WORDS_SHOWN = 8;

/** The page. */
export function discoverPage(result: DiscoverResult): Page {
  const { slices } = result;
  const confirmed = slices.filter(({ state }) => state === 'confirmed');
  return {
    answers: [
      { label: 'Found', text: foundLine(result, confirmed) },
      { label: 'Searched', text: searchedLine(result) },
      ...result.modes.map((mode) => ({ label: MODE_LABELS[mode.mode], text: testedLine(mode, result) })),
      { label: 'Trust', text: trustLine(result) },
    ],
    sections: confirmed.map((slice, i) => ({
      ...sectionOf(slice, i + 1, result),
      isMore: confirmed.slice(0, i).filter(({ mode }) => mode === slice.mode).length >= SECTIONS_SHOWN,
    })),
    tables: discoverTables(result),
    notes: [...explanations(result, confirmed), ...result.notes],
  };
}

function foundLine(
  { overall, metric, cases, runs, modes }: DiscoverResult,
  confirmed: readonly DiscoveredSliceReport[],
) {
  const scale = scaleOf(metric);
  const rate = overall.rate === null ? 'no value' : scale.value(overall.rate);
  const before = overall.before === null ? '' : `, ${scale.value(overall.before)} before`;
  const folded = modes.reduce((sum, mode) => sum + mode.confirmed, 0) - confirmed.length;
  const found =
    confirmed.length === 0
      ? 'no slice is confirmed'
      : `${countOf(confirmed.length, 'confirmed slice')}${folded > 0 ? ` (and ${folded} more that say the same, under them)` : ''}`;
  return `${found} in ${countOf(cases, 'case')} of ${runs}; ${scale.name} of all ${rate}${before}`;
}

function searchedLine({ columns, modes, settings }: DiscoverResult): string {
  const levels = modes[0]?.levels ?? [];
  const perLevel = levels.map(({ counted, pruned }) => formatCount(counted + pruned)).join(' + ');
  const size = `slices of at least ${countOf(settings.minCases, 'case')}, up to ${countOf(settings.level, 'condition')}`;
  const what = perLevel === '' ? 'nothing to enumerate' : `${perLevel} enumerated by level`;
  return `${countOf(columns, 'dimension')}; ${size}; ${what}`;
}

function testedLine(
  { candidates, singles, confirmed, searchedCases, heldOutCases, alpha }: ModeReport,
  { settings }: DiscoverResult,
) {
  const where =
    heldOutCases === null
      ? `on all ${countOf(searchedCases, 'case')}`
      : `found on ${formatCount(searchedCases)}, held out ${countOf(heldOutCases, 'case')}`;
  return `${where}; ${countOf(candidates, heldOutCases === null ? 'slice' : 'candidate')}${singles === 0 ? '' : ` and ${countOf(singles, 'single value')}`} tested, ${formatCount(confirmed)} confirmed at ${formatShare(alpha)} (${settings.correction})`;
}

function trustLine({ settings }: DiscoverResult): string {
  const rate = settings.correction === 'bh' || settings.correction === 'by';
  return rate
    ? `of confirmed slices ${percentText(settings.alpha, 0)}% may be chance; exploratory: a found slice never gates by itself`
    : `chance confirms any slice at all in at most ${percentText(settings.alpha, 0)}% of searches; exploratory: a found slice never gates by itself`;
}

function sectionOf(
  slice: DiscoveredSliceReport,
  number: number,
  { metric, overall }: DiscoverResult,
): PageSection {
  const scale = scaleOf(metric);
  const line = (label: string, text: string | null) => (text === null ? [] : [{ label, text }]);
  return {
    title: `${number}. ${slice.name}`,
    lines: [
      ...line(MODE_NAMES[slice.mode].split(' ').at(-1)!, rateLine(slice, scale)),
      ...line('size', sizeLine(slice, scale, overall.errors)),
      ...line('proof', proofLine(slice)),
      ...line('carried by', carriedLine(slice, scale)),
      ...line('mix', mixLine(slice, scale)),
      ...line('words', wordsLine(slice)),
      ...line('cases', casesLine(slice)),
      ...line('near', nearLine(slice)),
      ...line('where', slice.predicate),
      ...line('sql', slice.sql),
      ...line('defined', definedLine(slice)),
      ...line('under it', foldedLine(slice)),
    ],
  };
}

function rateLine(
  { rate, rest, before, difference, shownCases, shownOn }: DiscoveredSliceReport,
  scale: Scale,
) {
  const value = (number: number | null) => (number === null ? '-' : scale.value(number));
  const against = rest !== null ? `${value(rest.estimate)} of the others` : `${value(before)} before`;
  const range =
    difference.lower === null || difference.upper === null
      ? ''
      : `, ${scale.delta(difference.lower)} to ${scale.delta(difference.upper)}`;
  const gap =
    difference.estimate === null ? '' : `: ${scale.delta(difference.estimate)}${scale.unit}${range}`;
  const own =
    rate.lower === null || rate.upper === null ? '' : ` (${value(rate.lower)} to ${value(rate.upper)})`;
  const where = shownOn === 'all cases' ? 'all cases' : 'held-out cases';
  return `${value(rate.estimate)}${own} against ${against}${gap}; ${formatCount(shownCases)} ${where}`;
}

function sizeLine(
  { cases, share, errorsTooMany, errorShare, mode }: DiscoveredSliceReport,
  scale: Scale,
  errors: number,
) {
  const isCount = scale.unit !== '';
  const many = Math.abs(errorsTooMany);
  const amount = isCount ? formatCount(Math.round(many)) : many.toPrecision(4);
  const what =
    mode === 'worst'
      ? `${amount} ${isCount ? 'errors' : 'of loss'} too many`
      : `${amount} ${isCount ? 'errors' : 'of loss'} ${errorsTooMany > 0 ? 'more' : 'fewer'} than before`;
  const all =
    errorShare === null || errors === 0
      ? ''
      : `; ${percentText(errorShare)}% of all ${mode === 'worst' ? 'errors' : mode === 'regressed' ? 'losses' : 'gains'}`;
  return `n = ${formatCount(cases)}, ${percentText(share)}% of the cases; ${what}${all}`;
}

function proofLine({
  adjustedP,
  p,
  method,
  confirmedBy,
  found,
  beyondParents,
  mode,
}: DiscoveredSliceReport): string {
  const parents =
    beyondParents === null
      ? ''
      : beyondParents
        ? '; worse than each of its parts'
        : '; not proved worse than each of its parts';
  // Changes are held against the change of the other cases too; the p-value is the larger of the two.
  const beyond = mode === 'worst' ? '' : ' and against the others';
  const own = found === null || p === null ? '' : `, held out alone ${formatP(p)}`;
  return `adjusted p ${formatP(adjustedP)} (${method}${beyond}${own}), by ${confirmedBy ?? '-'}${parents}`;
}

function carriedLine({ conditions }: DiscoveredSliceReport, scale: Scale): string | null {
  if (conditions.length < 2) return null;
  return conditions.map(({ name, contribution }) => `${name} ${scale.delta(contribution ?? 0)}`).join(', ');
}

function mixLine({ mix }: DiscoveredSliceReport, scale: Scale): string | null {
  if (mix === null || mix.shareBefore === mix.shareAfter) return null;
  const share = `share ${percentText(mix.shareBefore)}% to ${percentText(mix.shareAfter)}%`;
  return `to the change of all cases it adds ${scale.delta(mix.inside)} by its rate and ${scale.delta(mix.mix)} by its share (${share})`;
}

function wordsLine({ words, lost }: DiscoveredSliceReport): string | null {
  if (words === null || words.length === 0) return null;
  const list = words.slice(0, WORDS_SHOWN).map(({ token }) => token);
  return `more often in cases that ${lost?.what === 'failed' ? 'failed' : `were ${lost?.what ?? 'lost'}`}: ${list.join(', ')}`;
}

function casesLine({ lost }: DiscoveredSliceReport): string | null {
  if (lost === null || lost.total === 0) return null;
  const ids = lost.cases.slice(0, IDS_SHOWN).map(({ id }) => cutId(id));
  const more = lost.total - ids.length;
  const list =
    ids.length === 0 ? '' : `: ${ids.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`;
  return `${formatCount(lost.total)} ${lost.what}${list}`;
}

function nearLine({ lost }: DiscoveredSliceReport): string | null {
  const pairs = (lost?.cases ?? []).flatMap(({ id, nearestPassing }) =>
    nearestPassing === null
      ? []
      : [`${cutId(id)} > ${cutId(nearestPassing.id)} (${nearestPassing.distance.toFixed(2)})`],
  );
  return pairs.length === 0
    ? null
    : `nearest case that passes, by its words: ${pairs.slice(0, NEAR_SHOWN).join(', ')}`;
}

const LONGEST_ID = 40;

function cutId(id: string): string {
  const characters = [...id];
  return characters.length <= LONGEST_ID ? id : `${characters.slice(0, LONGEST_ID - 1).join('')}…`;
}

/** A plain column needs no words. */
const PLAIN = 'column of the results';

function definedLine({ conditions }: DiscoveredSliceReport): string | null {
  const told = conditions.filter(({ definition }) => definition !== PLAIN);
  return told.length === 0
    ? null
    : told.map(({ column, definition }) => `${column}: ${definition}`).join('; ');
}

function foldedLine({ folded }: DiscoveredSliceReport): string | null {
  if (folded.length === 0) return null;
  const first = folded.slice(0, 4).map(({ name, overlap }) => `${name} (${percentText(overlap, 0)}% shared)`);
  const more = folded.length - first.length;
  return `${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function explanations(
  { slices, settings, modes, lengths, metric }: DiscoverResult,
  confirmed: readonly DiscoveredSliceReport[],
): string[] {
  const scale = scaleOf(metric);
  const breaks = lengths.filter((curve) => curve.confirmed && curve.between !== null);
  return [
    ...breaks.map(
      ({ column, slice, between, rateBefore, rateBeyond, earliest, latest, adjustedP }) =>
        `change point (${slice}): ${scale.name} goes from ${scale.value(rateBefore ?? 0)} to ${scale.value(rateBeyond ?? 0)} between ${between![0]} and ${between![1]} ${column} (${earliest === latest ? '' : `the latter may start anywhere from ${earliest ?? '-'} to ${latest ?? '-'}; `}adjusted p ${formatP(adjustedP)})`,
    ),
    ...(confirmed.length === 0
      ? []
      : [
          'carried by: what each condition adds, on average over all orders; a confirmed slice is a lead to look at, not a cause',
        ]),
    ...(slices.some(({ state }) => state !== 'confirmed')
      ? ['slices that are not confirmed are chance until fresh cases prove them']
      : []),
    ...(settings.search === 'halves' && modes.some(({ tested }) => tested > 0)
      ? [
          'half of the error budget confirms slices of the first half on the second, half of it tests every single value on all cases',
        ]
      : []),
    ...(confirmed.length > 0
      ? [
          'slicewise discover --adopt writes confirmed slices into slicewise.yaml; they gate from the next data on',
        ]
      : []),
  ];
}
