/** The lost cases of a slice: ids, what went in and came out, and how often the case flipped before. */

import type { CaseReport, SliceReport } from '../../gate/index.ts';
import { formatCount } from '../format/numbers.ts';
import { visible } from '../format/visible.ts';
import { recordOf } from '../format/wording.ts';
import type { Style } from './style.ts';
import { cellWidth, cutEnd, cutNames, pad } from './width.ts';
import { wrap } from './wrap.ts';

const SHOWN_CASES = 10;
/** Shortest beginning that is left out where all inputs share it. */
const SHARED_MIN = 24;
/** Fewest cells of a text that says anything. */
const TEXT_MIN = 8;

/** One line per case where there is more to show than ids, else the ids in one paragraph. */
export function lostCaseLines(slice: SliceReport, style: Style, indent: number): readonly string[] {
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
  if (cases.every((lost) => textsOf(lost).length === 0 && recordOf(lost.record) === '')) {
    return wrap(`lost: ${ids.join(', ')}${tail}`, { width, first: ' '.repeat(indent), indent: indent + 2 });
  }
  const idWidth = Math.max(...ids.map(cellWidth));
  const blanks = ' '.repeat(indent);
  const room = width - indent - idWidth - 4;
  const same = sharedStart(cases.map(({ input }) => input));
  return [
    `${blanks}lost cases${tail === '' ? '' : ` (${tail.trim()})`}:`,
    ...cases.flatMap((lost, index) => {
      const [first = '', ...rest] = contentOf(withoutStart(lost, same, glyphs.ellipsis), room, style);
      const id = pad(ids[index]!, idWidth, 'left');
      return [
        `${blanks}  ${id}  ${first}`.trimEnd(),
        ...rest.map((line) => `${' '.repeat(indent + idWidth + 4)}${line}`),
      ];
    }),
  ];
}

/** Characters with which all inputs begin, up to a word; 0 where that is too little to leave out. */
function sharedStart(inputs: readonly (string | null)[]): number {
  const [first] = inputs;
  if (inputs.length < 2 || first == null) return 0;
  let length = first.length;
  for (const input of inputs) {
    let same = 0;
    while (input !== null && same < length && input[same] === first[same]) same += 1;
    length = same;
  }
  const start = first.slice(0, length).search(/\S+$/);
  return (start < 0 ? length : start) >= SHARED_MIN ? (start < 0 ? length : start) : 0;
}

function withoutStart(lost: CaseReport, start: number, mark: string): CaseReport {
  return start === 0 || lost.input === null ? lost : { ...lost, input: `${mark}${lost.input.slice(start)}` };
}

function textsOf({ input, baselineOutput, candidateOutput }: CaseReport): readonly string[] {
  return [input, baselineOutput, candidateOutput].filter((text) => text !== null);
}

/** Input and outputs in one line, the record in a second where both do not fit. */
function contentOf(lost: CaseReport, room: number, { glyphs }: Style): readonly string[] {
  const record = cutEnd(recordOf(lost.record), room, glyphs.ellipsis);
  const texts = oneLine(lost, room, glyphs.arrow, glyphs.ellipsis);
  const lines = [texts, record].filter((line) => line !== '');
  const both = lines.join('; ');
  return cellWidth(both) <= room ? [both] : lines;
}

/** Short texts keep their length; long ones share what is left. */
function oneLine(lost: CaseReport, room: number, arrow: string, mark: string): string {
  const texts = textsOf(lost).map((text) => visible(text.trim().replaceAll(/\s+/g, ' ')));
  if (texts.length === 0) return '';
  const joins = texts.map((_, index) =>
    index === 0 ? '' : index === 1 && lost.input !== null ? ' | ' : ` ${arrow} `,
  );
  const free = room - joins.reduce((sum, join) => sum + join.length, 0);
  const widths = shares(texts.map(cellWidth), Math.max(TEXT_MIN * texts.length, free));
  const line = texts.map((text, index) => joins[index]! + cutEnd(text, widths[index]!, mark)).join('');
  return cutEnd(line, room, mark);
}

/** Splits the room evenly, and what short texts do not need among the long ones. */
function shares(needs: readonly number[], room: number): readonly number[] {
  const order = needs.map((_, index) => index).sort((a, b) => needs[a]! - needs[b]!);
  const given = needs.map(() => 0);
  let left = room;
  for (const [rank, index] of order.entries()) {
    given[index] = Math.min(needs[index]!, Math.floor(left / (order.length - rank)));
    left -= given[index]!;
  }
  return given;
}
