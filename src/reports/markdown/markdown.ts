/** The report as GitHub Markdown for a pull request: the two answers, the gated slices, then the rest in folded blocks. */

import type { Finding, FindingKind } from '../../findings/index.ts';
import type { Report, SliceReport } from '../../gate/index.ts';
import { countOf, formatCount, formatP, formatShare } from '../format/numbers.ts';
import {
  formatDelta,
  formatDeltaRange,
  formatEstimate,
  formatRange,
  type Scale,
  scaleOf,
} from '../format/scale.ts';
import {
  type MetricSection,
  needsDimension,
  otherFindings,
  sectionsOf,
  sliceName,
} from '../format/sections.ts';
import {
  accountingLines,
  comparedLines,
  definitionOf,
  evidenceOf,
  floorOf,
  missingCases,
  powerOf,
  verdictWord,
  waiverOf,
} from '../format/wording.ts';
import { type Block, fitBlocks } from './budget.ts';
import { code, htmlCode, prose } from './escape.ts';

/** First line of every Markdown report: a bot finds its comment by it. */
export const MARKDOWN_MARKER = '<!-- slicewise -->';

/** GitHub refuses comments over 65,536 characters; this leaves room for what a bot adds. */
const COMMENT_CHARACTERS = 60_000;
const KINDS: readonly FindingKind[] = ['data', 'evaluation', 'model', 'instrument'];

/** The Markdown text, at most `maxCharacters` (default 60,000) characters, ended by a line feed. */
export function renderMarkdown(report: Report, options: { readonly maxCharacters?: number } = {}): string {
  const sections = sectionsOf(report);
  return fitBlocks(
    [
      answerBlock(report),
      ...sections.map((section) => gatedBlock(section, report)),
      ...detailBlocks(report),
      ...sections.flatMap((section) => [
        ...foldedSlices(
          `Not gated: fewer than ${report.policy.minCases} cases, or in no slice`,
          [...section.lowN, ...section.remainder],
          section,
          report,
        ),
        ...foldedSlices('Other dimensions, not gated', section.shown, section, report),
      ]),
      ...checkBlocks(report),
      ...policyBlock(report),
      ...nextBlock(report),
    ],
    options.maxCharacters ?? COMMENT_CHARACTERS,
  );
}

function answerBlock(report: Report): Block {
  return {
    rowsAre: 'lines of the answer',
    open: [MARKDOWN_MARKER],
    rows: [
      `**Ship?** ${prose(report.ship.text)}  `,
      `**Believe it?** ${prose(report.belief.text)}`,
      '',
      ...comparedLines(report).map((line) => `${prose(line)}  `),
    ],
    close: [],
  };
}

function gatedBlock(section: MetricSection, report: Report): Block {
  const scale = scaleOf(section.metric);
  const isSingle = report.baseline === null;
  const withDimension = needsDimension(section.gated);
  const rows = section.gated.map((slice) => sliceRow(slice, scale, isSingle, withDimension));
  const mean = section.overall === null ? [] : [meanRow(section, scale, isSingle)];
  return {
    rowsAre: 'rows of the gated slices',
    open: ['', `### ${prose(scale.name)}`, '', ...tableHead(isSingle)],
    // The mean stands right behind the worst rows, so that a cut never takes it away before good news.
    rows: rows.length > 20 ? [...mean, ...rows] : [...rows, ...mean],
    close: ['', ...accountingLines(section, report).map((line) => `Cases by ${prose(line)}  `)],
  };
}

function tableHead(isSingle: boolean): readonly string[] {
  const names = isSingle
    ? ['verdict', 'slice', 'n', 'value', '95% interval', 'sees drops from']
    : [
        'verdict',
        'slice',
        'n',
        'before',
        'after',
        'delta (95% interval)',
        'lost',
        'gained',
        'adjusted p',
        'sees drops from',
      ];
  return [
    `| ${names.join(' | ')} |`,
    `|${names.map((_, index) => (index < 2 ? ' :-- ' : ' --: ')).join('|')}|`,
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function sliceRow(
  slice: SliceReport,
  scale: Scale,
  isSingle: boolean,
  withDimension: boolean,
  key?: string,
): string {
  const word = verdictWord(slice);
  const verdict = ['BLOCK', 'REVIEW', 'INVALID', 'UNTESTED', 'STALE'].includes(word) ? `**${word}**` : word;
  const head = [verdict, code(sliceName(slice, withDimension)), formatCount(slice.n)];
  const sees =
    slice.minimumDetectableDrop === null ? '' : `${scale.size(slice.minimumDetectableDrop)}${scale.unit}`;
  if (isSingle) {
    return row([
      ...head,
      formatEstimate(scale, slice.candidate),
      formatRange(scale, slice.candidate),
      key ?? sees,
    ]);
  }
  return row([
    ...head,
    formatEstimate(scale, slice.baseline),
    formatEstimate(scale, slice.candidate),
    slice.delta === null
      ? '-'
      : `${formatDelta(scale, slice.delta)} (${formatDeltaRange(scale, slice.delta)})`,
    formatCount(slice.lost),
    formatCount(slice.gained),
    key ?? (slice.adjustedPValue === null ? '' : formatP(slice.adjustedPValue)),
    sees,
  ]);
}

function meanRow(section: MetricSection, scale: Scale, isSingle: boolean): string {
  const { overall } = section;
  if (overall === null) return '';
  const head = ['', '_mean, not gated_', formatCount(overall.n)];
  if (isSingle)
    return row([
      ...head,
      formatEstimate(scale, overall.candidate),
      formatRange(scale, overall.candidate),
      '',
    ]);
  return row([
    ...head,
    formatEstimate(scale, overall.baseline),
    formatEstimate(scale, overall.candidate),
    `${formatDelta(scale, overall.delta)} (${formatDeltaRange(scale, overall.delta)})`,
    formatCount(overall.lost),
    formatCount(overall.gained),
    '',
    overall.conclusion === null ? '' : overall.conclusion.toLowerCase(),
  ]);
}

function folded(
  title: string,
  rowsAre: string,
  rows: readonly string[],
  head: readonly string[] = [],
): readonly Block[] {
  if (rows.length === 0) return [];
  return [
    {
      rowsAre,
      open: ['', '<details>', `<summary>${title}</summary>`, '', ...head],
      rows,
      close: ['', '</details>'],
    },
  ];
}

function detailBlocks(report: Report): readonly Block[] {
  return report.slices
    .filter(
      (slice) =>
        slice.role === 'gated' && slice.verdict !== null && !['PASS', 'LOW-N'].includes(slice.verdict),
    )
    .filter((slice) => slice.delta !== null || slice.verdict === 'BLOCK')
    .flatMap((slice) => {
      const scale = scaleOf(slice.metric);
      const facts = [
        definitionOf(slice),
        evidenceOf(slice),
        powerOf(slice, scale),
        floorOf(slice, scale),
        waiverOf(slice),
      ];
      const same =
        slice.sameCasesAs.length === 0
          ? []
          : [`- same cases as ${slice.sameCasesAs.map((name) => code(name)).join(', ')}`];
      const cases = slice.cases.lost.slice(0, 10).map((lost) => {
        const input = lost.input === null ? '' : `: ${code(lost.input, 120)}`;
        const outputs = [lost.baselineOutput, lost.candidateOutput]
          .filter((text) => text !== null)
          .map((text) => code(text, 100));
        return `- lost ${code(lost.id)}${input}${outputs.length === 0 ? '' : `, ${outputs.join(' → ')}`}`;
      });
      const more = slice.cases.lost.length - cases.length + slice.cases.lostOmitted;
      return folded(
        `${verdictWord(slice)} ${htmlCode(slice.value)}: ${prose(slice.reason)}`,
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

function foldedSlices(
  title: string,
  slices: readonly SliceReport[],
  section: MetricSection,
  report: Report,
): readonly Block[] {
  const scale = scaleOf(section.metric);
  const isSingle = report.baseline === null;
  const rows = slices.map((slice) => {
    const needs = slice.role === 'gated' ? missingCases(slice, report.policy.minCases) : '';
    return sliceRow(slice, scale, isSingle, true, needs === '' ? '' : `needs ${needs}`);
  });
  return folded(
    `${title}: ${countOf(slices.length, 'slice')} of ${prose(scale.name)}`,
    'slices that are not gated',
    rows,
    tableHead(isSingle),
  );
}

function checkBlocks(report: Report): readonly Block[] {
  const line = (finding: Finding): string => {
    const remedy = finding.remedy === null ? '' : `; _to do:_ ${prose(finding.remedy)}`;
    const ids = finding.evidence.slice(0, 5).map((id) => code(id, 60));
    const evidence =
      ids.length === 0 ? '' : ` (${ids.join(', ')}${finding.evidenceTotal > ids.length ? ', ...' : ''})`;
    const state = finding.status === 'not checkable' ? 'not checkable' : (finding.verdict ?? 'note');
    return `- ${finding.kind}: **${state}** ${code(finding.check)}: ${prose(finding.reason)}${evidence}${remedy}`;
  };
  const ordered = KINDS.flatMap((kind) => otherFindings(report).filter((finding) => finding.kind === kind));
  const open = ordered.filter((finding) => finding.status === 'checked' && finding.verdict !== 'PASS');
  const rest = ordered.filter((finding) => !open.includes(finding));
  return [
    ...(open.length === 0
      ? []
      : [{ rowsAre: 'findings', open: ['', '### Checks', ''], rows: open.map(line), close: [] }]),
    ...folded(`${countOf(rest.length, 'check')} passed or not checkable`, 'checks', rest.map(line)),
  ];
}

function policyBlock(report: Report): readonly Block[] {
  const { policy } = report;
  const facts = [
    `margin ${policy.margin}, floor ${policy.floor ?? 'none'}, at least ${policy.minCases} cases`,
    `block budget ${formatShare(policy.blockBudget)}, review budget ${formatShare(policy.reviewBudget)}, ${policy.multiplicity}: ${policy.controls}`,
    ...report.notes,
  ];
  return folded('Policy and notes', 'notes', [
    ...facts.map((fact) => `- ${prose(fact)}`),
    `- run ${code(report.runHash)}, slicewise ${code(report.tool.version)}`,
  ]);
}

function nextBlock(report: Report): readonly Block[] {
  if (report.next.length === 0) return [];
  const rows = report.next.map(
    (step, index) => `${index + 1}. ${code(step.command, 2000)}: ${prose(step.settles)}`,
  );
  return [{ rowsAre: 'next steps', open: ['', '### Next', ''], rows, close: [] }];
}
