/** The slices of one metric: gated ones as a table, the undecided, the reasons of those that do not pass, then the rest. */

import { type Report, type SliceReport, sliceLabel, withoutRepeats } from '../../gate/index.ts';
import { countOf, formatCount } from '../format/numbers.ts';
import { scaleOf } from '../format/scale.ts';
import { type MetricSection, meanOf, needsDimension, sliceName, titleOf } from '../format/sections.ts';
import { meanSentence, undecidedList } from '../format/summary.ts';
import { trainingOf } from '../format/training.ts';
import {
  accountingLines,
  definitionOf,
  evidenceOf,
  floorOf,
  missingCases,
  powerOf,
  recordOf,
  verdictWord,
  waiverOf,
} from '../format/wording.ts';
import type { Block } from './budget.ts';
import { code, htmlCode, prose } from './escape.ts';
import { folded } from './folded.ts';
import { meanRow, sliceRow, tableHead } from './rows.ts';

/** Rows that stand open; the others are folded. */
const OPEN_ROWS = 20;
/** Too few to be worth folding. */
const FEW = 5;
const SHOWN_UNDECIDED = 10;
const SHOWN_CASES = 10;

/** The table of the gated slices, worst first, with the row of all cases, and what that row says. */
export function gatedBlocks(section: MetricSection, report: Report): readonly Block[] {
  const scale = scaleOf(section.metric);
  const isSingle = report.baseline === null;
  const withDimension = needsDimension(section.gated);
  const rows = withoutRepeats(section.gated).map((slice) => sliceRow(slice, scale, isSingle, withDimension));
  const overall = meanOf(section);
  const mean = overall === null ? [] : [meanRow(overall, scale, isSingle)];
  const sentence = meanSentence(section, scale);
  const open = rows.length > OPEN_ROWS + FEW ? OPEN_ROWS : rows.length;
  const hidden = rows.slice(open);
  return [
    {
      rowsAre: 'rows of the gated slices',
      open: ['', `### ${prose(titleOf(section))}`, '', ...tableHead(isSingle)],
      rows: [...rows.slice(0, open), ...mean],
      close: [
        '',
        ...(sentence === '' ? [] : [`${prose(sentence)}  `]),
        ...accountingLines(section, report).map((line) => `Cases by ${prose(line)}  `),
      ],
    },
    ...folded(
      `${countOf(hidden.length, 'more slice')} of ${prose(scale.name)}`,
      'rows of the gated slices',
      hidden,
      tableHead(isSingle),
    ),
  ];
}

/** The undecided slices that dropped by the margin or more, worst first, and how many more there are. */
export function undecidedBlocks(section: MetricSection, report: Report): readonly Block[] {
  const list = report.baseline === null ? null : undecidedList(section, SHOWN_UNDECIDED);
  if (list === null) return [];
  const scale = scaleOf(section.metric);
  const withDimension = needsDimension(section.gated);
  const rows = [
    ...list.shown.map(
      (slice) => `- ${code(sliceName(slice, withDimension))} ${prose(powerOf(slice, scale))}`,
    ),
    ...(list.more === '' ? [] : [`- ${prose(list.more)}`]),
  ];
  const title = `**Undecided**: ${prose(list.title)}`;
  return [
    rows.length === 0
      ? { rowsAre: 'undecided slices', open: [''], rows: [title], close: [] }
      : { rowsAre: 'undecided slices', open: ['', title, ''], rows, close: [] },
  ];
}

/** Why slices block or need a person, and which cases they lost. */
export function detailBlocks(report: Report): readonly Block[] {
  return report.slices
    .filter(
      (slice) =>
        slice.role === 'gated' && slice.verdict !== null && !['PASS', 'LOW-N'].includes(slice.verdict),
    )
    .filter((slice) => slice.n > 0 && (slice.delta !== null || slice.verdict === 'BLOCK'))
    .flatMap((slice) => {
      const scale = scaleOf(slice.metric);
      const facts = [
        definitionOf(slice),
        evidenceOf(slice, report.policy.multiplicity),
        powerOf(slice, scale),
        floorOf(slice, scale),
        waiverOf(slice),
        trainingOf(slice),
      ];
      const same =
        slice.sameCasesAs.length === 0
          ? []
          : [`- same cases as ${slice.sameCasesAs.map((name) => code(name)).join(', ')}`];
      const cases = slice.cases.lost.slice(0, SHOWN_CASES).map((lost) => {
        const input = lost.input === null ? '' : `: ${code(lost.input, 120)}`;
        const outputs = [lost.baselineOutput, lost.candidateOutput]
          .filter((text) => text !== null)
          .map((text) => code(text, 100));
        const record = recordOf(lost.record);
        return `- lost ${code(lost.id)}${input}${outputs.length === 0 ? '' : `, ${outputs.join(' → ')}`}${record === '' ? '' : `; ${record}`}`;
      });
      const more = slice.cases.lost.length - cases.length + slice.cases.lostOmitted;
      return folded(
        `${verdictWord(slice)} ${htmlCode(sliceLabel(slice, false))}: ${prose(slice.reason)}`,
        'lines about single slices',
        [
          ...facts.filter((fact) => fact !== '').map((fact) => `- ${prose(fact)}`),
          ...same,
          ...cases,
          ...(more > 0 && cases.length > 0 ? [`- and ${formatCount(more)} more lost`] : []),
        ],
      );
    });
}

/** Slices that decide nothing, behind a title. */
export function foldedSlices(
  title: string,
  slices: readonly SliceReport[],
  section: MetricSection,
  report: Report,
): readonly Block[] {
  const scale = scaleOf(section.metric);
  const isSingle = report.baseline === null;
  const withDimension = needsDimension(slices) || slices.some(({ role }) => role !== 'gated');
  const rows = slices.map((slice) => {
    const needs = slice.role === 'gated' ? missingCases(slice, report.policy.minCases) : '';
    return sliceRow(slice, scale, isSingle, withDimension, needs === '' ? '' : `needs ${needs}`);
  });
  return folded(
    `${title}: ${countOf(slices.length, 'slice')} of ${prose(scale.name)}`,
    'slices that are not gated',
    rows,
    tableHead(isSingle),
  );
}
