/** A case as Markdown, for issues and pull requests. */

import type { CaseAnswer } from '../../../../src/studio/contract/index.ts';
import { legible } from '../../ui/legible.ts';
import { classWord } from './case-class.tsx';
import { type FoundText, outcomeOf, roleText, type TrialPair } from './trial-pairs.ts';

/** Characters of each text. */
const MOST = 4_000;

/** Texts stand in fences that they cannot close; control characters are spelled out. */
export function caseMarkdown(answer: CaseAnswer, { label, before, after }: TrialPair): string {
  const { texts, hasBaseline, metric } = answer;
  const parts: (string | null)[] = [
    `### Case ${inline(answer.id.text)}: ${classWord(answer.class, hasBaseline)}`,
    `${metric.name} ${hasBaseline ? `${valueText(answer.before)} → ` : ''}${valueText(answer.after)}${label === '' ? '' : `, trial ${inline(label)}`}`,
    section('Input', roleText(after, 'input', texts) ?? roleText(before, 'input', texts)),
    section('Expected', roleText(after, 'expected', texts) ?? roleText(before, 'expected', texts)),
  ];
  for (const [title, trial] of [
    ['Before', before],
    ['After', after],
  ] as const) {
    if (trial === null && title === 'Before' && !hasBaseline) continue;
    const said = roleText(trial, 'output', texts) ?? roleText(trial, 'predicted', texts);
    const error = trial?.status === 'error' ? roleText(trial, 'error', texts) : null;
    const heading = `${title}: ${outcomeOf(trial).word}`;
    parts.push(section(heading, said) ?? `**${heading}**`, section(`${title}, error`, error));
    const judged = trial?.cells.filter(({ kind, text }) => kind === 'judge' && text !== null) ?? [];
    for (const { column, text } of judged) {
      parts.push(section(`${title}, ${column}`, { column, ...texts[text!]! }));
    }
  }
  return `${parts.filter((part) => part !== null).join('\n\n')}\n`;
}

function valueText(value: number | null): string {
  return value === null ? 'none' : String(Number(value.toPrecision(4)));
}

function section(title: string, found: FoundText | null): string | null {
  if (found === null || found.text === '') return null;
  const text = legible(found.text.slice(0, MOST).toWellFormed());
  const left = found.length - Math.min(MOST, found.text.length);
  return `**${escaped(title)}**\n\n${fenced(text)}${left > 0 ? `\n\n(${left} more characters)` : ''}`;
}

/** A fence that is longer than any run of backticks inside. */
function fenced(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
}

/** A name as code, on one line. */
function inline(text: string): string {
  const shown = legible(text.slice(0, 200).toWellFormed()).replaceAll(/\s+/g, ' ');
  const longest = Math.max(0, ...Array.from(shown.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${shown}${fence}` : `${fence} ${shown} ${fence}`;
}

function escaped(text: string): string {
  return legible(text.slice(0, 200))
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]<>#|]/g, (sign) => `\\${sign}`);
}
