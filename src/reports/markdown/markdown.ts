/** The report as GitHub Markdown for a pull request: the two answers, the gated slices, then the rest in folded blocks. */

import type { Finding, FindingKind } from '../../findings/index.ts';
import type { Report } from '../../gate/index.ts';
import { countOf, formatCount, formatShare } from '../format/numbers.ts';
import { nomineeName, quietChecks, sectionsOf, sentenceOf, toldFindings } from '../format/sections.ts';
import { ruleLines } from '../format/summary.ts';
import { trainingRows } from '../format/training.ts';
import { comparedLines, fewerThan } from '../format/wording.ts';
import { type Block, fitBlocks } from './budget.ts';
import { code, prose } from './escape.ts';
import { folded } from './folded.ts';
import { detailBlocks, foldedSlices, gatedBlocks, undecidedBlocks } from './slices.ts';

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
      ...confirmationBlock(report),
      ...sections.flatMap((section) => gatedBlocks(section, report)),
      ...detailBlocks(report),
      ...sections.flatMap((section) => undecidedBlocks(section, report)),
      ...sections.flatMap((section) => [
        ...foldedSlices(
          `Not gated: fewer than ${fewerThan(section.lowN, report.policy.minCases)}, or in no slice`,
          [...section.lowN, ...section.remainder],
          section,
          report,
        ),
        ...foldedSlices('Other dimensions, not gated', section.shown, section, report),
      ]),
      ...folded(
        'Training mix of the gated slices, old -> new',
        'training mixes',
        trainingRows(report.slices).map(({ name, text }) => `- ${code(name)} ${prose(text)}`),
      ),
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
      ...comparedLines(report).map(({ label, text }) => `${label}: ${prose(text)}  `),
    ],
    close: [],
  };
}

function confirmationBlock(report: Report): readonly Block[] {
  const { confirmation } = report;
  if (confirmation === null) return [];
  return [
    {
      rowsAre: 'nominees of stage one',
      open: ['', `### Confirmation of stage one (run ${code(confirmation.stageOneRunHash)})`, ''],
      rows: confirmation.nominees.map(
        ({ id, settled, reason }) => `- **${settled}** ${code(nomineeName(id, report))}: ${prose(reason)}`,
      ),
      close: [],
    },
  ];
}

function checkBlocks(report: Report): readonly Block[] {
  const line = (finding: Finding): string => {
    const remedy = finding.remedy === null ? '' : `; _to do:_ ${prose(finding.remedy)}`;
    const ids = finding.evidence.slice(0, 5).map((id) => code(id, 60));
    const evidence =
      ids.length === 0 ? '' : ` (${ids.join(', ')}${finding.evidenceTotal > ids.length ? ', ...' : ''})`;
    return `- ${finding.kind}: **${finding.verdict ?? 'note'}** ${code(finding.check)}: ${prose(finding.reason)}${evidence}${remedy}`;
  };
  const ordered = KINDS.flatMap((kind) => toldFindings(report).filter((finding) => finding.kind === kind));
  const open = ordered.filter((finding) => finding.status === 'checked' && finding.verdict !== 'PASS');
  const missing = ordered.filter(({ status }) => status === 'not checkable');
  const quiet = quietChecks(report);
  return [
    ...(open.length === 0
      ? []
      : [{ rowsAre: 'findings', open: ['', '### Checks', ''], rows: open.map(line), close: [] }]),
    ...folded(
      `${countOf(quiet.length, 'check')} without a finding, ${formatCount(missing.length)} not checkable`,
      'checks',
      [
        ...(quiet.length === 0 ? [] : [`- no finding: ${quiet.map((check) => code(check)).join(', ')}`]),
        ...missing.map((finding) => `- not checkable: ${code(finding.check)}, ${prose(sentenceOf(finding))}`),
      ],
    ),
  ];
}

function policyBlock(report: Report): readonly Block[] {
  const { policy } = report;
  const facts = [
    `margin ${policy.margin}, floor ${policy.floor ?? 'none'}, at least ${policy.minCases} cases`,
    `block budget ${formatShare(policy.blockBudget)}, review budget ${formatShare(policy.reviewBudget)}`,
    ...ruleLines(report),
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
