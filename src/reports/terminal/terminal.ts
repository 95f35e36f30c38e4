/** The report for a terminal: the two answers first, then the evidence, worst first, then what to do next. */

import type { Report } from '../../gate/index.ts';
import { nomineeName, sectionsOf } from '../format/sections.ts';
import { trainingRows } from '../format/training.ts';
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

const LABEL = 12;
/** Training mixes that are shown unless everything is asked for. */
const SHOWN_MIXES = 15;

/** The whole report, one line feed after each line, no line wider than the terminal (of at least 60 cells). */
export function renderTerminal(report: Report, options: TerminalOptions): string {
  const style = styleOf(options);
  const lines = [
    ...answerLines(report, style),
    '',
    ...comparedLines(report).flatMap(({ label, text }) => labelled(label, text, style)),
    ...confirmationLines(report, style),
    ...sectionsOf(report).flatMap((section, index) => [
      '',
      ...metricLines(section, report, style, index === 0),
    ]),
    ...trainingLines(report, style),
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
    ...labelled('Believe it?', report.belief.text, style).map((line, index) =>
      index === 0 ? style.strong(line.slice(0, LABEL)) + line.slice(LABEL) : line,
    ),
  ];
}

const SETTLED = { confirmed: 'bad', cleared: 'good', open: 'warn' } as const;

function confirmationLines(report: Report, style: Style): readonly string[] {
  const { confirmation } = report;
  if (confirmation === null) return [];
  return [
    '',
    ...wrap(`Confirmation of stage one (run ${visible(confirmation.stageOneRunHash)})`, {
      width: style.width,
      first: '',
      indent: 2,
    }).map(style.strong),
    ...confirmation.nominees.flatMap((nominee) => {
      const [first = '', ...rest] = wrap(
        `${nominee.settled} ${visible(nomineeName(nominee.id, report))}: ${visible(nominee.reason)}`,
        {
          width: style.width,
          first: '  ',
          indent: 4,
        },
      );
      const end = 2 + nominee.settled.length;
      return [
        first.slice(0, 2) + style[SETTLED[nominee.settled]](first.slice(2, end)) + first.slice(end),
        ...rest,
      ];
    }),
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

/** Slices with their share of the training data, which is no cause by itself. */
function trainingLines(report: Report, style: Style): readonly string[] {
  const rows = trainingRows(report.slices);
  if (rows.length === 0) return [];
  const shown = style.all ? rows : rows.slice(0, SHOWN_MIXES);
  return [
    '',
    style.strong('Training mix of the gated slices, old -> new'),
    ...shown.flatMap(({ name, text }) =>
      wrap(visible(`${name}: ${text}`), { width: style.width, first: '- ', indent: 2 }),
    ),
    ...(rows.length > shown.length ? [style.dim(`and ${rows.length - shown.length} more: --all`)] : []),
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
