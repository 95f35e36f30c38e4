/** Why a slice blocks or needs a person, and which cases it lost. */

import { type Report, type SliceReport, sliceLabel } from '../../gate/index.ts';
import { countOf } from '../format/numbers.ts';
import { scaleOf } from '../format/scale.ts';
import type { MetricSection } from '../format/sections.ts';
import { trainingOf } from '../format/training.ts';
import { visible } from '../format/visible.ts';
import { definitionOf, evidenceOf, floorOf, powerOf, verdictWord, waiverOf } from '../format/wording.ts';
import { lostCaseLines } from './lost-cases.ts';
import { paintOf, type Style } from './style.ts';
import { cellWidth, cutNames } from './width.ts';
import { wrap } from './wrap.ts';

const SHOWN_SLICES = 3;

/** Details of every gated slice that is not simply passing, worst first. */
export function detailLines(section: MetricSection, report: Report, style: Style): readonly string[] {
  const wanted = section.gated.filter(needsDetail);
  const shown = style.all ? wanted : wanted.slice(0, SHOWN_SLICES);
  const lines = shown.flatMap((slice) => ['', ...sliceLines(slice, report, style)]);
  const hidden = wanted.length - shown.length;
  if (hidden > 0) lines.push(style.dim(`reasons of ${countOf(hidden, 'more slice')} not shown: --all`));
  return lines;
}

/** Rows without cases are told by the finding about them. */
function needsDetail(slice: SliceReport): boolean {
  if (slice.verdict === null || slice.n === 0) return false;
  if (slice.verdict === 'UNTESTED') return slice.critical && slice.delta !== null;
  return slice.verdict !== 'PASS';
}

function sliceLines(slice: SliceReport, report: Report, style: Style): readonly string[] {
  const scale = scaleOf(slice.metric);
  const { width, glyphs } = style;
  const label = verdictWord(slice);
  const [name = ''] = cutNames([visible(sliceLabel(slice, false))], 40, glyphs.ellipsis);
  const flags = [
    ...(slice.critical ? ['critical'] : []),
    ...(slice.owner === null ? [] : [`owner ${visible(slice.owner)}`]),
  ];
  const head = `${name}${flags.length === 0 ? '' : ` (${flags.join(', ')})`}: ${visible(slice.reason)}`;
  const indent = cellWidth(label) + 1;
  const [first = '', ...rest] = wrap(head, { width, first: `${label} `, indent });
  const facts = [
    definitionOf(slice),
    evidenceOf(slice, report.policy.multiplicity),
    powerOf(slice, scale),
    floorOf(slice, scale),
    waiverOf(slice),
    trainingOf(slice),
    slice.sameCasesAs.length === 0 ? '' : `same cases as ${slice.sameCasesAs.join(', ')}`,
  ];
  const paint = label === 'waived' ? style.dim : paintOf(style, slice.verdict);
  return [
    paint(label) + first.slice(label.length),
    ...rest,
    ...facts
      .filter((fact) => fact !== '')
      .flatMap((fact) => wrap(visible(fact), { width, first: ' '.repeat(indent), indent })),
    ...lostCaseLines(slice, style, indent),
  ];
}
