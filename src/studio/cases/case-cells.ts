/** The cells of a row for the screen: what each is, and every different text once. */

import { type ColumnMapping, parseDecimal, ROLES } from '../../cases/index.ts';
import type { CaseRow } from '../../counts/index.ts';
import type { CaseCell, CaseTrial, CutText } from '../contract/index.ts';
import { stepsOf } from '../traces/read-steps.ts';
import { WEB_ADDRESS } from '../traces/trace-link.ts';

/** Characters of a text that come with a case; more are asked for. */
export const LONGEST_TEXT = 20_000;

/** Characters of all texts of an answer; what comes after is cut to `SHORT`. */
const MOST_CHARACTERS = 1_000_000;
const SHORT = 200;

/** Columns in which a judge says why. */
const JUDGE =
  /(?:^|[._-])(?:explanation|rationale|reasoning|justification|critique|feedback|comment|reason)s?$|^(?:comment|reason)\./i;
const NOT_JUDGE = /stop|finish/i;

/** Columns that hold messages or calls. */
const TRACE = /^(?:messages|output_messages|tool_calls|trajectory|transcript|conversation|steps)$/i;

/** Texts by number, each once. */
export interface TextTable {
  add(text: string): number;
  readonly texts: readonly CutText[];
}

/** Gathers texts and keeps the whole within bounds. */
export function textTable(): TextTable {
  const places = new Map<string, number>();
  const texts: CutText[] = [];
  let spent = 0;
  return {
    texts,
    add(text) {
      const known = places.get(text);
      if (known !== undefined) return known;
      const cut = cutAt(text, spent > MOST_CHARACTERS ? SHORT : LONGEST_TEXT);
      spent += cut.length;
      places.set(text, texts.length);
      return texts.push({ text: cut, length: text.length }) - 1;
    },
  };
}

/** The beginning of a text, never torn within a character. */
export function cutAt(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** A row for the screen. */
export function trialOf(row: CaseRow, mapping: ColumnMapping, table: TextTable): CaseTrial {
  const roles = new Map(
    ROLES.flatMap((role) => (mapping[role] === undefined ? [] : [[mapping[role], role] as const])),
  );
  const cells = row.cells.map(([column, cell]): CaseCell => {
    const role = roles.get(column) ?? null;
    if (typeof cell !== 'string') return { column, role, kind: 'tags', text: null, tags: cell.slice(0, 200) };
    return { column, role, kind: kindOf(column, role, cell), text: table.add(cell), tags: [] };
  });
  return { trial: row.trial, status: row.status, passed: row.passed, cells };
}

function kindOf(column: string, role: string | null, text: string): CaseCell['kind'] {
  if (WEB_ADDRESS.test(text)) return 'link';
  if (role === null && TRACE.test(column) && stepsOf(text) !== null) return 'trace';
  if (role === null && JUDGE.test(column) && !NOT_JUDGE.test(column)) return 'judge';
  return parseDecimal(text) !== null ? 'number' : 'text';
}

/** Texts of a row by column; lists have none. */
export function rowTexts({ cells }: CaseRow): ReadonlyMap<string, string> {
  return new Map(
    cells.flatMap(([column, cell]) => (typeof cell === 'string' ? [[column, cell] as const] : [])),
  );
}
