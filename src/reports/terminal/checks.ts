/** Findings by where to look first (data, evaluation, model, instrument), then what could not be checked. */

import type { Finding, FindingKind } from '../../findings/index.ts';
import type { Report } from '../../gate/index.ts';
import { countOf, formatCount } from '../format/numbers.ts';
import { quietChecks, sentenceOf, toldFindings } from '../format/sections.ts';
import { visible } from '../format/visible.ts';
import { paintOf, type Style } from './style.ts';
import { cutNames } from './width.ts';
import { wrap } from './wrap.ts';

const KINDS: readonly FindingKind[] = ['data', 'evaluation', 'model', 'instrument'];
const SHOWN_FINDINGS = 8;
/** Of one check that decides nothing. */
const SHOWN_NOTICES = 2;
const SHOWN_MISSING = 3;
/** Checks without a finding are named up to so many. */
const NAMED_QUIET = 10;
/** So many others are named; more are counted. */
const NAMED_MISSING = 4;
const LABEL_WIDTH = 12;

/** Lines of the section, empty where there are no findings. */
export function checkLines(report: Report, style: Style): readonly string[] {
  const findings = toldFindings(report);
  if (report.findings.length === 0) return [];
  const ran = findings.filter((finding) => finding.status === 'checked');
  const open = ran.filter((finding) => finding.verdict !== 'PASS');
  const quiet = quietChecks(report);
  const missing = findings.filter((finding) => finding.status === 'not checkable');
  const lines = ['', style.strong('Checks')];
  const ordered = KINDS.flatMap((kind) => open.filter((finding) => finding.kind === kind));
  const shown = style.all ? ordered : firstOfEach(ordered).slice(0, SHOWN_FINDINGS);
  for (const [index, finding] of shown.entries()) {
    const isFirst = shown[index - 1]?.kind !== finding.kind;
    lines.push(...findingLines(finding, isFirst ? finding.kind : '', style));
  }
  if (ordered.length > shown.length) {
    lines.push(style.dim(`${countOf(ordered.length - shown.length, 'more finding')} not shown: --all`));
  }
  const labelled = (label: string, text: string): readonly string[] =>
    wrap(text, { width: style.width, first: label.padEnd(LABEL_WIDTH), indent: LABEL_WIDTH });
  const named = style.all || quiet.length <= NAMED_QUIET;
  const quietText = named
    ? quiet.map(visible).join(', ')
    : `${countOf(quiet.length, 'check')} (--all names them)`;
  if (quiet.length > 0) lines.push(...labelled('no finding', quietText));
  const told = style.all ? missing : missing.slice(0, SHOWN_MISSING);
  for (const finding of told) {
    const text = `${visible(finding.check)}: ${visible(sentenceOf(finding))}`;
    lines.push(...labelled('not checked', text).map(style.dim));
  }
  if (missing.length > told.length) {
    const names = missing.slice(told.length).map(({ check }) => visible(check));
    const others = names.length <= NAMED_MISSING ? names.join(', ') : `${formatCount(names.length)} more`;
    lines.push(...labelled('', `and ${others} (--all says what to add)`).map(style.dim));
  }
  return lines;
}

/** Findings that decide, and the first notices of each check. */
function firstOfEach(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map<string, number>();
  return findings.filter(({ check, verdict }) => {
    const count = (seen.get(check) ?? 0) + 1;
    seen.set(check, count);
    return verdict !== null || count <= SHOWN_NOTICES;
  });
}

/** How often the check errs, and what it cannot see. */
function limitsText({ errorFamily, hides }: Finding): string {
  return `${errorFamily === null ? '' : `; errs: ${errorFamily}`}${hides === null ? '' : `; may hide: ${hides}`}`;
}

function findingLines(finding: Finding, label: string, style: Style): readonly string[] {
  const verdict = finding.verdict === null ? '' : `${finding.verdict} `;
  const ids = cutNames(finding.evidence.slice(0, 5).map(visible), 24, style.glyphs.ellipsis);
  const more = finding.evidenceTotal - ids.length;
  const evidence =
    ids.length === 0 ? '' : ` [${ids.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}]`;
  const remedy = finding.remedy === null ? '' : `; to do: ${visible(finding.remedy)}`;
  const text = `${verdict}${visible(finding.check)}: ${visible(finding.reason)}${evidence}${remedy}${style.all ? limitsText(finding) : ''}`;
  const [first = '', ...rest] = wrap(text, {
    width: style.width,
    first: label.padEnd(LABEL_WIDTH),
    indent: LABEL_WIDTH,
  });
  const word = verdict.trim();
  const painted =
    word === ''
      ? first
      : first.slice(0, LABEL_WIDTH) +
        paintOf(style, finding.verdict)(word) +
        first.slice(LABEL_WIDTH + word.length);
  return [painted, ...rest];
}
