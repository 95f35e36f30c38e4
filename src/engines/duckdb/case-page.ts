/** What a page of cases shows beside numbers: ids, attributes and the beginnings of inputs, read for its cases alone. */

import { rowNumber } from '../../cases/index.ts';
import { type ListedCase, SNIPPET_LENGTH } from '../../counts/index.ts';
import type { CaseAttribute } from '../../slices/index.ts';
import { listLiteral } from '../sql/literal.ts';
import { isHashed } from '../sql/values.ts';
import { attributeOfCode } from './attributes.ts';
import type { CaseTable } from './case-table.ts';
import type { DatabaseValue } from './database.ts';
import { cellSql, type Relation, roleSql, unionSql } from './relation.ts';

type Attributes = ListedCase['attributes'];

/** Arrays by the position on the page; `attributes` by column, then by position. */
export interface PageTexts {
  readonly ids: readonly string[];
  /** Numbers of the pairs of outcomes. */
  readonly outcomes: readonly number[];
  readonly attributes: readonly Attributes[];
  readonly inputs: readonly ListedCase['input'][];
}

/** @param page numbers of cases; not empty */
export async function readPage(
  table: CaseTable,
  page: Uint32Array,
  columns: readonly string[],
): Promise<PageTexts> {
  const { database, dictionaries } = table;
  const coded = columns.flatMap((column) => dictionaries.get(column) ?? []);
  const codes = coded.map(({ index }) => `c.d${index}`);
  const rows = await database.rows(
    `SELECT ${['c.n', 'c.id', 'c.o', ...codes].join(', ')} FROM cases AS c WHERE c.n IN (${page.join(', ')})`,
  );
  const byNumber = new Map(rows.map((row) => [row[0] as number, row.slice(1)]));
  const found = Array.from(page, (n) => byNumber.get(n)!);
  const ids = found.map(([id]) => id as string);
  const read = await readAttributes(
    table,
    ids,
    columns.filter((column) => isRead(table, column)),
  );
  const attributes = columns.map((column): Attributes => {
    const dictionary = dictionaries.get(column);
    if (dictionary !== undefined) {
      const at = 2 + coded.indexOf(dictionary);
      return found.map((row) => listed(attributeOfCode(dictionary, row[at] as number)));
    }
    if (table.idColumns.has(column)) return ids.map((id) => ({ changed: false, cell: id }));
    return ids.map((id) => read.get(id)?.get(column) ?? { changed: false, cell: null });
  });
  const outcomes = found.map(([, o]) => o as number);
  const edited = new Set(ids.filter((_, at) => table.outcomes[outcomes[at]!]!.edited));
  const inputs = await readInputs(table, ids, edited);
  return { ids, outcomes, attributes, inputs: ids.map((id) => inputs.get(id) ?? null) };
}

function listed(attribute: CaseAttribute): Attributes[number] {
  return {
    changed: attribute.state === 'changed',
    cell: attribute.state === 'value' ? attribute.cell : null,
  };
}

/** Whether a column's attribute is neither coded nor the id, and in some run. */
function isRead({ dictionaries, idColumns, relations }: CaseTable, column: string): boolean {
  if (dictionaries.has(column) || idColumns.has(column)) return false;
  return relations.some(({ columns }) => columns.has(column));
}

/** The attributes of some cases, worked out from their rows. */
async function readAttributes(
  { database, relations, lists, settled }: CaseTable,
  ids: readonly string[],
  columns: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, Attributes[number]>>> {
  if (columns.length === 0) return new Map();
  const rows = unionSql(
    relations.map((relation) => ofCases(relation, ids)),
    (relation) => ({
      id: relation.caseId,
      ...Object.fromEntries(columns.map((column, i) => [`v${i}`, cellSql(relation, column, lists)])),
    }),
  );
  const cells = columns.map((column, i) => {
    const changed = `max(v${i}) <> min(v${i})`;
    if (!settled.has(column)) return `min(v${i}), ${changed}`;
    const [low, high] = ['min', 'max'].map((of) => `${of}(v${i}) FILTER (side = 0)`);
    const decided = `coalesce(${low} = ${high}, FALSE)`;
    return `CASE WHEN ${decided} THEN ${low} ELSE min(v${i}) END, ${changed} AND NOT ${decided}`;
  });
  const found = await database.rows(`SELECT id, ${cells.join(', ')} FROM (${rows}) GROUP BY id`);
  return new Map(
    found.map(([id, ...own]) => [
      id as string,
      new Map(columns.map((column, i) => [column, cellOf(own[2 * i]!, own[2 * i + 1]!)])),
    ]),
  );
}

/**
 * The inputs of some cases, as `flips` gives them. A case that is not edited asks the same in both runs, so that the texts of one
 * run are enough unless it lacks some.
 */
async function readInputs(
  { database, relations, lists }: CaseTable,
  ids: readonly string[],
  edited: ReadonlySet<string>,
): Promise<ReadonlyMap<string, ListedCase['input']>> {
  const inputs = new Map<string, ListedCase['input']>();
  const read = async (
    from: readonly Relation[],
    wanted: readonly string[],
    isAll: boolean,
  ): Promise<void> => {
    const mapped = from.filter((relation) => roleSql(relation, 'input', lists) !== null);
    if (mapped.length === 0 || wanted.length === 0) return;
    const rows = unionSql(
      mapped.map((relation) => ofCases(relation, wanted)),
      (relation) => ({ id: relation.caseId, input: roleSql(relation, 'input', lists)! }),
    );
    const text = `coalesce(min(input) FILTER (NOT ${isHashed('input')}), min(input))`;
    const found = await database.rows(
      `SELECT id, left(${text}, ${SNIPPET_LENGTH + 1}), bool_or(${isHashed('input')}) FROM (${rows}) WHERE input IS NOT NULL GROUP BY id`,
    );
    for (const [id, input, anyHashed] of found) {
      if (isAll || anyHashed === false) inputs.set(id as string, snippetOf(input as string));
    }
  };
  const [last] = relations.slice(-1);
  if (relations.every(({ from }) => from === last!.from)) await read([last!], ids, true);
  else {
    await read(
      [last!],
      ids.filter((id) => !edited.has(id)),
      false,
    );
    await read(
      relations,
      ids.filter((id) => !inputs.has(id)),
      true,
    );
  }
  return inputs;
}

function cellOf(cell: DatabaseValue, differs: DatabaseValue): Attributes[number] {
  return {
    changed: differs === true,
    cell: differs === true ? null : (cell as string | readonly string[] | null),
  };
}

function snippetOf(text: string): ListedCase['input'] {
  const characters = [...text];
  if (characters.length <= SNIPPET_LENGTH) return { text, isCut: false };
  return { text: characters.slice(0, SNIPPET_LENGTH).join(''), isCut: true };
}

/** The rows of some cases. */
function ofCases(relation: Relation, ids: readonly string[]): Relation {
  const { number, caseId, from } = relation;
  const isOne =
    number === null
      ? `${caseId} IN (SELECT unnest(${listLiteral(ids)}))`
      : `${number} IN (${ids.map(rowNumber).join(', ')})`;
  return { ...relation, from: `${from} AND ${isOne}` };
}
