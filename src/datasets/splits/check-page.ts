/** Words and tables of `slicewise splits check`. */

import type { ShiftEvidence, ShiftsEvidence } from '../../evidence/index.ts';
import {
  type CsvTable,
  countOf,
  formatCount,
  formatP,
  type Page,
  type PageFormat,
  type PageTable,
  percentText,
  renderPage,
  type TerminalView,
} from '../../reports/index.ts';
import type { Estimate } from '../../stats/index.ts';
import type { SplitsCheckReport, TextComparison } from './check-request.ts';

/** The report as text in one format. */
export function renderSplitsCheck(
  report: SplitsCheckReport,
  format: PageFormat,
  view: Partial<TerminalView> = {},
): string {
  return renderPage(
    { page: () => checkPage(report), document: report, csv: () => checkCsv(report) },
    format,
    view,
  );
}

function checkPage(report: SplitsCheckReport): Page {
  const { shifts, untested, texts } = report;
  return {
    answers: [
      ...(shifts === null ? [] : shiftAnswers(report, shifts)),
      ...(untested.length === 0
        ? []
        : [
            {
              label: 'Untested',
              text: `${untested.join(', ')}: fewer than two splits, so nothing is known of the next`,
            },
          ]),
      ...(texts === null ? [] : textAnswers(texts)),
    ],
    tables: [
      ...(shifts === null
        ? []
        : shifts.shifts.filter(({ splits }) => splits.length > 0).map((one) => dropsTable(one, shifts))),
      ...(texts?.classifier == null ? [] : [featuresTable(texts.classifier)]),
    ],
    notes: [
      ...(shifts === null ? [] : shiftNotes(report, shifts)),
      ...(texts === null ? [] : textNotes(texts)),
      ...report.notes,
    ],
  };
}

function shiftAnswers(
  { cases, files }: SplitsCheckReport,
  { inDomain, shifts, floor }: ShiftsEvidence,
): Page['answers'] {
  return [
    { label: 'Cases', text: `${countOf(cases, 'case')} of ${files.join(', ')}` },
    { label: 'Domain', text: `in-domain ${rateText(inDomain)}` },
    ...shifts
      .filter(({ splits }) => splits.length >= 2)
      .map(({ shift, next, meanDrop, spread, splits }) => ({
        label: 'Next',
        text:
          `the next ${shift} drops by ${points(next.lower)} to ${points(next.upper)} points (95 % prediction interval from ${splits.length} splits; ` +
          `mean ${points(meanDrop)}, spread ${points(spread)}, worst ${points(splits[0]!.drop.estimate)} in ${splits[0]!.name})`,
      })),
    ...shifts
      .filter(({ splits }) => splits.some(({ isBelowFloor }) => isBelowFloor))
      .map(({ shift, splits }) => ({
        label: 'Warning',
        text: `${shift}: ${splits
          .filter(({ isBelowFloor }) => isBelowFloor)
          .map(({ name }) => name)
          .join(', ')} below the floor of ${percentText(floor!)} %`,
      })),
  ];
}

function shiftNotes(
  { unscored, untagged, minCases }: SplitsCheckReport,
  { shifts }: ShiftsEvidence,
): readonly string[] {
  const small = shifts.flatMap((one) => one.small);
  return [
    ...(small.length === 0
      ? []
      : [
          `left out with fewer than ${minCases} cases: ${small.map(({ name, cases }) => `${name} (${cases})`).join(', ')}`,
        ]),
    ...(unscored === 0 ? [] : [`${countOf(unscored, 'case')} have no verdict`]),
    ...(untagged === 0 ? [] : [`${countOf(untagged, 'case')} are in no split`]),
    ...shifts.flatMap(({ shift, coarser }) =>
      coarser === null
        ? []
        : [
            `${shift}: single drops are known to ±${points(coarser)} points only, more than the splits differ, so the next may lie farther than the interval says`,
          ],
    ),
    'the interval takes the splits as a sample of what may come; it knows nothing of kinds of shift that were never held out',
  ];
}

function dropsTable({ shift, splits }: ShiftEvidence, { inDomain }: ShiftsEvidence): PageTable {
  return {
    title: `${shift}: drop from in-domain (${rateText(inDomain)})`,
    columns: [
      { header: 'split', align: 'left' },
      ...['n', 'rate', '95% interval', 'drop', '95% interval'].map((header) => ({
        header,
        align: 'right' as const,
      })),
    ],
    rows: splits.map(({ name, rate, drop }) => [
      name,
      formatCount(rate.n),
      `${percentText(rate.estimate!)}%`,
      `${percentText(rate.lower!)}-${percentText(rate.upper!)}%`,
      points(drop.estimate),
      `${points(drop.lower)} to ${points(drop.upper)}`,
    ]),
    most: 20,
  };
}

function textAnswers({ classifier, train, test }: TextComparison): Page['answers'] {
  const sizes = {
    label: 'Texts',
    text: `${countOf(train, 'text')} in train, ${countOf(test, 'text')} in test`,
  };
  if (classifier === null) {
    return [sizes, { label: 'Apart', text: 'unknown: a side has fewer than ten texts' }];
  }
  const { estimate, lower, upper } = classifier.auc;
  return [
    sizes,
    {
      label: 'Apart',
      text: `${areaText(estimate)} (${areaText(lower)} to ${areaText(upper)}) of pairs, by a classifier that learnt from the other half; .50 is a coin`,
    },
  ];
}

function featuresTable({ features }: NonNullable<TextComparison['classifier']>): PageTable {
  return {
    title: 'what tells the two sets apart most',
    columns: [
      { header: 'words', align: 'left' },
      { header: 'points to', align: 'left' },
      { header: 'log-odds', align: 'right' },
    ],
    rows: features.map(({ feature, points: side, weight }) => [feature, side, weight.toFixed(2)]),
    most: 10,
  };
}

function textNotes(texts: TextComparison): readonly string[] {
  const { looked, train, test, withoutText, divergence } = texts;
  const without = withoutText.train + withoutText.test;
  return [
    ...(looked.train < train || looked.test < test
      ? [`${formatCount(looked.train)} and ${formatCount(looked.test)} texts were looked at, drawn at random`]
      : []),
    ...(without === 0 ? [] : [`${countOf(without, 'row')} without a text`]),
    'the words are those of a model of all texts; the share of pairs is that of a model of one half, judged by the other',
    ...shiftLines(texts),
    ...(divergence === null
      ? []
      : [
          `weak evidence, shown last: words diverge by ${divergence.bits.toFixed(3)} bits (Jensen-Shannon); ` +
            (divergence.permutations === 0
              ? 'too few texts to say what chance gives'
              : `texts dealt out at random give ${divergence.nullMedian.toFixed(3)}, 95 % of the time up to ${divergence.nullUpper.toFixed(3)} (p ${formatP(divergence.pValue)})`) +
            '. It says that the words differ, not that the system fails on them.',
        ]),
  ];
}

/** Labels and lengths: the size of the difference first, since with many cases every difference is significant. */
function shiftLines({ labels, lengths }: TextComparison): readonly string[] {
  return [
    ...(labels === null
      ? []
      : [
          `labels: Jensen-Shannon distance ${labels.distance.toFixed(3)} (0 the same shares, 1 no common label)` +
            `${labels.pValue === null ? '' : `, chi-square p ${formatP(labels.pValue)}`}; stability index ${labels.stability.value.toFixed(3)}, ` +
            `of which chance alone gives about ${labels.stability.floor.toFixed(3)}`,
        ]),
    ...(lengths?.wasserstein == null || lengths.pValue === null
      ? []
      : [
          `lengths: ${lengths.wasserstein.toFixed(1)} characters apart on average (Wasserstein), Kolmogorov-Smirnov p ${formatP(lengths.pValue)} (${lengths.method})`,
        ]),
  ];
}

function checkCsv({ shifts }: SplitsCheckReport): CsvTable {
  return [
    [
      'shift',
      'split',
      'cases',
      'rate',
      'rate_lower',
      'rate_upper',
      'drop',
      'drop_lower',
      'drop_upper',
      'next_lower',
      'next_upper',
    ],
    ...(shifts?.shifts ?? []).flatMap(({ shift, splits, next }) =>
      splits.map(({ name, rate, drop }) => [
        shift,
        name,
        rate.n,
        rate.estimate,
        rate.lower,
        rate.upper,
        drop.estimate,
        drop.lower,
        drop.upper,
        next.lower,
        next.upper,
      ]),
    ),
  ];
}

function rateText({ estimate, lower, upper, n }: Estimate): string {
  return `${percentText(estimate ?? 0)} % (${percentText(lower ?? 0)} to ${percentText(upper ?? 1)}) of ${countOf(n, 'case')}`;
}

function points(share: number | null): string {
  return share === null ? '-' : (share * 100).toFixed(1).replace(/^-0\.0$/, '0.0');
}

function areaText(area: number | null): string {
  return area === null ? '-' : area.toFixed(2).replace(/^0/, '');
}
