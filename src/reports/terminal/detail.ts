/** Why a slice blocks or needs a person, and which cases it lost. */

import { type CaseReport, type SliceReport, withoutRepeats } from '../../gate/index.ts';
import { countOf, formatCount } from '../format/numbers.ts';
import { scaleOf } from '../format/scale.ts';
import type { MetricSection } from '../format/sections.ts';
import { visible } from '../format/visible.ts';
import { definitionOf, evidenceOf, floorOf, powerOf, verdictWord, waiverOf } from '../format/wording.ts';
import { paintOf, type Style } from './style.ts';
import { cellWidth, cutEnd, cutNames, pad } from './width.ts';
import { wrap } from './wrap.ts';

const SHOWN_SLICES = 3;
const SHOWN_CASES = 10;

/** Details of every gated slice that is not simply passing, worst first. */
export function detailLines(section: MetricSection, style: Style): readonly string[] {
  const wanted = withoutRepeats(section.gated.filter(needsDetail));
  const shown = style.all ? wanted : wanted.slice(0, SHOWN_SLICES);
  const lines = shown.flatMap((slice) => ['', ...sliceLines(slice, style)]);
  const hidden = wanted.length - shown.length;
  if (hidden > 0) lines.push(style.dim(`reasons of ${countOf(hidden, 'more slice')} not shown: --all`));
  return lines;
}

function needsDetail(slice: SliceReport): boolean {
  if (slice.verdict === null) return false;
  if (slice.verdict === 'UNTESTED') return slice.critical && slice.delta !== null;
  return slice.verdict !== 'PASS';
}

function sliceLines(slice: SliceReport, style: Style): readonly string[] {
  const scale = scaleOf(slice.metric);
  const { width, glyphs } = style;
  const label = verdictWord(slice);
  const [name = ''] = cutNames([visible(slice.value)], 40, glyphs.ellipsis);
  const flags = [
    ...(slice.critical ? ['critical'] : []),
    ...(slice.grade === null ? [] : [slice.grade]),
    ...(slice.owner === null ? [] : [`owner ${visible(slice.owner)}`]),
  ];
  const head = `${name}${flags.length === 0 ? '' : ` (${flags.join(', ')})`}: ${visible(slice.reason)}`;
  const indent = cellWidth(label) + 1;
  const [first = '', ...rest] = wrap(head, { width, first: `${label} `, indent });
  const facts = [
    definitionOf(slice),
    evidenceOf(slice),
    powerOf(slice, scale),
    floorOf(slice, scale),
    waiverOf(slice),
  ];
  const same = slice.sameCasesAs.length === 0 ? '' : `same cases as ${slice.sameCasesAs.join(', ')}`;
  const paint = label === 'waived' ? style.dim : paintOf(style, slice.verdict);
  return [
    paint(label) + first.slice(label.length),
    ...rest,
    ...[...facts, same]
      .filter((fact) => fact !== '')
      .flatMap((fact) => wrap(visible(fact), { width, first: ' '.repeat(indent), indent })),
    ...caseLines(slice, style, indent),
  ];
}

function caseLines(slice: SliceReport, style: Style, indent: number): readonly string[] {
  const { width, glyphs } = style;
  const cases = slice.cases.lost.slice(0, SHOWN_CASES);
  if (cases.length === 0) return [];
  const more = slice.cases.lost.length - cases.length + slice.cases.lostOmitted;
  const tail = more > 0 ? ` and ${formatCount(more)} more` : '';
  const ids = cutNames(
    cases.map(({ id }) => visible(id)),
    24,
    glyphs.ellipsis,
  );
  if (cases.every((lost) => oneLine(lost, glyphs.arrow) === '')) {
    return wrap(`lost: ${ids.join(', ')}${tail}`, { width, first: ' '.repeat(indent), indent: indent + 2 });
  }
  const idWidth = Math.max(...ids.map(cellWidth));
  const blanks = ' '.repeat(indent);
  const room = width - indent - idWidth - 4;
  return [
    `${blanks}lost cases${tail === '' ? '' : ` (${tail.trim()})`}:`,
    ...cases.map((lost, index) =>
      `${blanks}  ${pad(ids[index]!, idWidth, 'left')}  ${cutEnd(oneLine(lost, glyphs.arrow, room), room, glyphs.ellipsis)}`.trimEnd(),
    ),
  ];
}

/** Input and both outputs in one line, each cut to its share of the room. */
function oneLine(lost: CaseReport, arrow: string, room = 60): string {
  const outputs = [lost.baselineOutput, lost.candidateOutput].filter((text) => text !== null);
  const parts = [...(lost.input === null ? [] : [lost.input]), ...outputs].map((text) =>
    visible(text.trim()),
  );
  if (parts.length === 0) return '';
  const share = Math.max(8, Math.floor((room - 5 * (parts.length - 1)) / parts.length));
  const cut = parts.map((text) => cutEnd(text, share, arrow === '->' ? '~' : '…'));
  const input = lost.input === null ? '' : `${cut[0]}${outputs.length === 0 ? '' : ' | '}`;
  return input + cut.slice(lost.input === null ? 0 : 1).join(` ${arrow} `);
}
