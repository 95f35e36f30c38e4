/** What a GitHub workflow shows: annotation lines for standard output and a step summary in Markdown. */

import type { Verdict } from '../findings/index.ts';
import { type Report, sliceLabel } from '../gate/index.ts';
import { formatDelta, formatDeltaRange, scaleOf } from './format/scale.ts';
import { isAbsent, otherFindings, sentenceOf } from './format/sections.ts';
import { visible } from './format/visible.ts';
import { verdictWord } from './format/wording.ts';
import { renderMarkdown } from './markdown/markdown.ts';

type Level = 'error' | 'warning';

interface Annotation {
  readonly level: Level;
  readonly title: string;
  readonly message: string;
}

/** GitHub shows at most ten annotations of a kind per step. */
const PER_LEVEL = 10;
/** GitHub refuses step summaries of 1 MiB and more; bytes. */
const SUMMARY_BYTES = 1024 * 1024;

const LEVELS: Readonly<Partial<Record<Verdict, Level>>> = {
  BLOCK: 'error',
  INVALID: 'error',
  UNTESTED: 'warning',
  STALE: 'warning',
  REVIEW: 'warning',
};

/**
 * `::error` and `::warning` lines, worst first, at most ten of each; the first is the answer itself, and where more would
 * follow the tenth says how many. A release that passes without a remark gives no lines.
 */
export function renderAnnotations(report: Report): string {
  const file = report.policy.configFile;
  const all = annotationsOf(report);
  return (['error', 'warning'] as const)
    .flatMap((level) => {
      const own = all.filter((annotation) => annotation.level === level);
      if (own.length <= PER_LEVEL) return own;
      const rest = own.length - PER_LEVEL + 1;
      const more = { level, title: 'slicewise', message: `${rest} more of this kind; see the report` };
      return [...own.slice(0, PER_LEVEL - 1), more];
    })
    .map(({ level, title, message }) => {
      const where = file === null ? '' : `file=${escapeProperty(file)},`;
      return `::${level} ${where}title=${escapeProperty(title)}::${escapeData(message)}\n`;
    })
    .join('');
}

/** The Markdown report for the file that GITHUB_STEP_SUMMARY names, below 1 MiB. */
export function renderStepSummary(report: Report): string {
  // A character takes at most four bytes here (surrogate pairs count as two characters and take four bytes).
  return renderMarkdown(report, { maxCharacters: Math.floor(SUMMARY_BYTES / 4) });
}

function annotationsOf(report: Report): readonly Annotation[] {
  const level = LEVELS[report.verdict];
  const answer: readonly Annotation[] =
    level === undefined ? [] : [{ level, title: 'slicewise', message: report.ship.text }];
  const slices = report.slices.flatMap((slice): readonly Annotation[] => {
    const own = slice.verdict === null ? undefined : LEVELS[slice.verdict];
    if (slice.role !== 'gated' || isAbsent(slice) || own === undefined || verdictWord(slice) === 'waived')
      return [];
    if (slice.verdict === 'UNTESTED' && slice.delta === null) return [];
    const scale = scaleOf(slice.metric);
    const change =
      slice.delta === null
        ? `n ${slice.n}`
        : `${formatDelta(scale, slice.delta)}${scale.unit}, 95% interval ${formatDeltaRange(scale, slice.delta)}, n ${slice.n}`;
    const title = `${slice.verdict} ${sliceLabel(slice, false)}`;
    return [{ level: own, title, message: `${slice.reason} (${change})` }];
  });
  const findings = otherFindings(report).flatMap((finding): readonly Annotation[] => {
    const own = finding.verdict === null ? undefined : LEVELS[finding.verdict];
    if (own === undefined) return [];
    return [{ level: own, title: `${finding.verdict} ${finding.check}`, message: sentenceOf(finding) }];
  });
  return [...answer, ...slices, ...findings];
}

/** @example escapeData('50%\n') // '50%25\\n' (line breaks are spelled out before, so none is left to steer the runner) */
function escapeData(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
