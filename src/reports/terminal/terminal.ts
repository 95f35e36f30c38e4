/** The report for a terminal: the two answers first, then the evidence, worst first, then what to do next. */

import type { Report } from '../../gate/index.ts';
import { sectionsOf } from '../format/sections.ts';
import { visible } from '../format/visible.ts';
import { comparedLines } from '../format/wording.ts';
import { checkLines } from './checks.ts';
import { metricLines } from './metric.ts';
import { paintOf, type Style, styleOf } from './style.ts';
import { wrap } from './wrap.ts';

export interface TerminalOptions {
  /** Width of the terminal in cells; at least 60 are used. */
  readonly columns: number;
  readonly color: boolean;
  /** Draw with ASCII only; names keep their own characters. */
  readonly ascii: boolean;
  /** Every slice, reason and finding. */
  readonly all: boolean;
}

const LABEL = 10;

/** The whole report, one line feed after each line, no line wider than the terminal (of at least 60 cells). */
export function renderTerminal(report: Report, options: TerminalOptions): string {
  const style = styleOf(options);
  const lines = [
    ...answerLines(report, style),
    '',
    ...comparedLines(report).flatMap((line, index) =>
      labelled(index === 0 ? (report.baseline === null ? 'One run' : 'Compared') : '', line, style),
    ),
    ...sectionsOf(report).flatMap((section) => ['', ...metricLines(section, report, style)]),
    ...confirmationLines(report, style),
    ...checkLines(report, style),
    ...noteLines(report, style),
    ...nextLines(report, style),
  ];
  return `${lines.join('\n')}\n`;
}

function labelled(label: string, text: string, style: Style): readonly string[] {
  return wrap(visible(text), { width: style.width, first: label.padEnd(LABEL), indent: LABEL });
}

function answerLines(report: Report, style: Style): readonly string[] {
  const [ship = '', ...more] = labelled('Ship?', report.ship.text, style);
  const colon = ship.indexOf(':');
  const end = colon < 0 ? ship.length : colon;
  const verdict = paintOf(style, report.verdict)(ship.slice(LABEL, end));
  return [
    style.strong(ship.slice(0, LABEL)) + verdict + ship.slice(end),
    ...more,
    ...labelled('Believe?', report.belief.text, style).map((line, index) =>
      index === 0 ? style.strong(line.slice(0, LABEL)) + line.slice(LABEL) : line,
    ),
  ];
}

function confirmationLines(report: Report, style: Style): readonly string[] {
  const { confirmation } = report;
  if (confirmation === null) return [];
  return [
    '',
    style.strong('Confirmation of stage one'),
    ...confirmation.nominees.flatMap((nominee) =>
      wrap(`${nominee.settled}: ${visible(nominee.id)}, ${visible(nominee.reason)}`, {
        width: style.width,
        first: '  ',
        indent: 4,
      }),
    ),
  ];
}

function noteLines(report: Report, style: Style): readonly string[] {
  if (report.notes.length === 0) return [];
  return [
    '',
    style.strong('Notes'),
    ...report.notes.flatMap((note) => wrap(visible(note), { width: style.width, first: '- ', indent: 2 })),
  ];
}

function nextLines(report: Report, style: Style): readonly string[] {
  if (report.next.length === 0) return [];
  return [
    '',
    style.strong('Next'),
    ...report.next.flatMap((step, index) => [
      // A command stays on one line, so that it can be pasted.
      `${index + 1}. ${visible(step.command)}`,
      ...wrap(visible(step.settles), { width: style.width, first: '   ', indent: 3 }),
    ]),
  ];
}
