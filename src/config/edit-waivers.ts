/** Adds an entry to the text of a waiver file and leaves everything else as it stands, comments included. */

import type { Document } from 'yaml';
import { ConfigError } from '../errors.ts';
import { typedProblems } from '../text/index.ts';
import { loadWaivers, type Waiver } from './waivers.ts';
import { writtenYaml } from './written-yaml.ts';

/** An entry as a person writes it. */
export type NewWaiver = Omit<Waiver, 'line'>;

/** The new text; `known` where the file has the same exception already and was not changed. */
export interface AddedWaiver {
  readonly text: string;
  readonly known: boolean;
}

/**
 * Appends an entry. One about the same slice or check and run takes the place of nothing: with the same words it is known.
 *
 * @throws ConfigError where the file has errors, the entry would be one or has characters that no file should hold, or another entry stands for the same run already
 */
export async function addWaiver(file: string, text: string, entry: NewWaiver): Promise<AddedWaiver> {
  const { entries } = await loadWaivers(file, text);
  const { reason, owner, reviewer } = entry;
  const unfit = typedProblems([
    { what: 'the reason', text: reason, lines: true },
    { what: 'the owner', text: owner },
    { what: 'the reviewer', text: reviewer ?? '' },
  ]);
  if (unfit.length > 0) throw new ConfigError(unfit);
  const same = entries.find((one) => SUBJECT.every((key) => one[key] === entry[key]));
  if (same !== undefined) {
    if (WORDS.every((key) => same[key] === entry[key])) return { text, known: true };
    throw new ConfigError({
      message: `${entry.kind} for ${JSON.stringify(entry.slice ?? entry.check)} stands there already: ${same.owner}, until ${same.expires}`,
      hint: 'edit that entry, or take it away first',
      where: { file, line: same.line, column: 1 },
    });
  }
  for (const edited of [appended(text, await waiverText(entry)), await rewritten(text, entry)]) {
    if (edited !== null && (await isAdded(file, edited, entries, entry)))
      return { text: edited, known: false };
  }
  // The file is sound and so is its form: what is wrong is in the entry, and reading it alone says what.
  await loadWaivers(file, await waiverText(entry));
  throw new ConfigError({
    message: 'the entry cannot be added to this file without changing other entries',
    hint: 'add it by hand',
    where: { file },
  });
}

/** One entry as it stands in a file, ending with a line break. What data put into the name of a slice is spelled by escapes. */
export async function waiverText(entry: NewWaiver): Promise<string> {
  const { Document } = await import('yaml');
  return writtenYaml(new Document([fieldsOf(entry)]), '');
}

const SUBJECT = ['kind', 'slice', 'check', 'runHash'] as const;
const WORDS = ['reason', 'owner', 'reviewer', 'expires'] as const;

function fieldsOf(entry: NewWaiver): Readonly<Record<string, string>> {
  const { kind, ...rest } = entry;
  const given = Object.entries(rest).flatMap(([key, value]) => (value === null ? [] : [[key, value]]));
  return Object.fromEntries(kind === 'debt' ? [['kind', 'debt'], ...given] : given);
}

/** The text with the entry behind it, indented as the other entries are; null for lists that are written in brackets. */
function appended(text: string, entry: string): string | null {
  const items = [...text.matchAll(/^( *)-(?=\s)/gm)].map((match) => match[1]!.length);
  if (items.length === 0 && /[^\s#]/.test(text.replace(/#.*$/gm, ''))) return null;
  const indent = ' '.repeat(items.length === 0 ? 0 : Math.min(...items));
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  const before = text === '' || text.endsWith('\n') ? text : `${text}${ending}`;
  const lines = entry.trimEnd().split('\n');
  return before + lines.map((line) => (line === '' ? ending : `${indent}${line}${ending}`)).join('');
}

async function rewritten(text: string, entry: NewWaiver): Promise<string | null> {
  const { isSeq, parseDocument } = await import('yaml');
  const document = parseDocument(text, { keepSourceTokens: true });
  if (document.contents !== null && !isSeq(document.contents)) return null;
  const node = document.createNode([fieldsOf(entry)]);
  if (document.contents === null) document.contents = node as never;
  else document.contents.items.push(...(node as typeof document.contents).items);
  return writtenYaml(document as Document, text);
}

/** Whether the new text says what the old one said, and the entry, and nothing else. */
async function isAdded(
  file: string,
  text: string,
  before: readonly Waiver[],
  entry: NewWaiver,
): Promise<boolean> {
  const read = await loadWaivers(file, text).catch(() => null);
  if (read === null || read.entries.length !== before.length + 1) return false;
  const plain = ({ line: _, ...rest }: Waiver): NewWaiver => rest;
  const said = read.entries.map((one) => JSON.stringify(sorted(plain(one))));
  return [...before.map(plain), entry].every((one, at) => JSON.stringify(sorted(one)) === said[at]);
}

function sorted(entry: NewWaiver): readonly unknown[] {
  return Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1));
}
