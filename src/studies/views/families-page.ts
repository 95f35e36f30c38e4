/** Words and rows of `slicewise families suggest`. */

import { type CsvTable, countOf, formatCount, type Page, percentText } from '../../reports/index.ts';
import type { FamiliesResult, SuggestedFamily } from '../families/families.ts';

const MEMBERS_SHOWN = 12;
const FAMILIES_SHOWN = 8;
const REASONS_SHOWN = 5;

/** The page. */
export function familiesPage(result: FamiliesResult): Page {
  const { families, by, segments, large, below, alone, without, notes } = result;
  const grouped = families.reduce((sum, { members }) => sum + members.length, 0);
  const found =
    families.length === 0
      ? 'no segments resemble each other enough'
      : `${countOf(families.length, 'family', 'families')} of ${countOf(grouped, 'segment')} of ${by}; ${formatCount(alone.length)} small ones stay alone`;
  return {
    answers: [
      { label: 'Proposed', text: found },
      {
        label: 'Of',
        text: `${countOf(segments, 'segment')}; ${formatCount(large)} with ${below} cases or more are large enough alone${without > 0 ? `; ${countOf(without, 'case')} without one` : ''}`,
      },
      {
        label: 'Next',
        text: 'read it, change what is wrong, then paste the block into slicewise.yaml, or use --write',
      },
    ],
    sections: families.map((family, i) => ({ ...sectionOf(family), isMore: i >= FAMILIES_SHOWN })),
    paste: yamlLines(result),
    tables: [],
    notes,
  };
}

function sectionOf({ name, members, cases, similarity, words, facts }: SuggestedFamily) {
  const more = members.length - MEMBERS_SHOWN;
  const why = [
    ...words.slice(0, REASONS_SHOWN).map(({ word, share, elsewhere }) => reason(word, share, elsewhere)),
    ...facts.slice(0, REASONS_SHOWN).map(({ fact, share, elsewhere }) => reason(fact, share, elsewhere)),
  ];
  return {
    title: name,
    lines: [
      {
        label: 'size',
        text: `${countOf(members.length, 'segment')}, ${countOf(cases, 'case')}, mean similarity ${similarity.toFixed(2)}`,
      },
      {
        label: 'members',
        text: `${members.slice(0, MEMBERS_SHOWN).join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`,
      },
      { label: 'why', text: why.length === 0 ? 'alike as a whole, no single word or fact' : why.join(', ') },
    ],
  };
}

function reason(what: string, share: number, elsewhere: number): string {
  return `${what} (in ${percentText(share, 0)}% of them, ${percentText(elsewhere, 0)}% of the others)`;
}

const PASTE_WIDTH = 78;
const INDENT = ' '.repeat(10);

/** The block to paste; JSON texts are YAML, whatever is in them. */
function yamlLines({ by, families }: FamiliesResult): readonly string[] {
  if (families.length === 0) return [];
  return [
    'slices:',
    `  - column: ${JSON.stringify(by)}`,
    '    families:',
    ...families.flatMap(({ name, members }) => [
      `      ${JSON.stringify(name)}: [`,
      ...listLines(members),
      '        ]',
    ]),
  ];
}

function listLines(members: readonly string[]): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const member of members) {
    const item = `${JSON.stringify(member)},`;
    if (line !== '' && INDENT.length + line.length + 1 + item.length > PASTE_WIDTH) {
      lines.push(`${INDENT}${line}`);
      line = '';
    }
    line = line === '' ? item : `${line} ${item}`;
  }
  return [...lines, `${INDENT}${line}`];
}

/** One row per member. */
export function familiesCsv({ families, alone }: FamiliesResult): CsvTable {
  return [
    ['family', 'member', 'similarity'],
    ...families.flatMap(({ name, members, similarity }) =>
      members.map((member) => [name, member, similarity]),
    ),
    ...alone.map((member) => [null, member, null]),
  ];
}
