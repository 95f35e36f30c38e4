/** Gives every row the tags that the rules find in it. */

import type { Cell, ColumnMapping, ResultChunk } from '../../cases/index.ts';
import type { TagCondition, TagRules } from '../../config/index.ts';
import { textOfCell } from '../../derived/index.ts';
import { type CaseAttribute, compilePattern, evaluate, type Pattern } from '../../slices/index.ts';
import { words } from '../../text/index.ts';

/** One row as the rules see it. */
interface Row {
  readonly text: string | null;
  /** Cut at first use, as rules without words need none. */
  readonly words: () => readonly string[];
  readonly attribute: (column: string) => CaseAttribute;
}

/** The tags of each row of a chunk. */
export type Tagger = (chunk: ResultChunk) => readonly Cell[];

/**
 * A tagger for the rules. With `match: first` a cell is the tag of the first rule that matches, `otherwise`, or missing; with
 * `match: all` it is the list of the tags of all rules that match in the order of the file, `[otherwise]`, or an empty list. A row
 * whose text is missing or only a hash is matched by predicates alone.
 */
export function createTagger(rules: TagRules, mapping: ColumnMapping): Tagger {
  const tests = rules.rules.map(({ tag, condition }) => ({ tag, holds: testOf(condition) }));
  const column = rules.column ?? mapping.input;
  return ({ lines, attributes }) =>
    lines.map((_, index): Cell => {
      const row = rowOf(attributes, column, index);
      if (rules.match === 'first') return tests.find(({ holds }) => holds(row))?.tag ?? rules.otherwise;
      const tags = [...new Set(tests.filter(({ holds }) => holds(row)).map(({ tag }) => tag))];
      return tags.length === 0 && rules.otherwise !== null ? [rules.otherwise] : tags;
    });
}

function testOf(condition: TagCondition): (row: Row) => boolean {
  switch (condition.kind) {
    case 'words': {
      const phrases = Map.groupBy(condition.phrases, ([first]) => first ?? '');
      return (row) => row.text !== null && hasPhrase(row.words(), phrases);
    }
    case 'pattern': {
      // The reader of the rules accepted it.
      const pattern = compilePattern(condition.pattern) as Pattern;
      return (row) => row.text !== null && pattern.matches(row.text);
    }
    case 'where':
      return (row) => evaluate(condition.where, row.attribute) === true;
  }
}

function rowOf(attributes: ResultChunk['attributes'], column: string | undefined, index: number): Row {
  const text = textOfCell(column === undefined ? null : attributes.get(column)?.[index])?.text ?? null;
  let cut: readonly string[] | null = null;
  return {
    text,
    words: () => {
      cut ??= words(text ?? '');
      return cut;
    },
    attribute: (name) => {
      const cell = attributes.get(name)?.[index] ?? null;
      return cell === null ? { state: 'missing' } : { state: 'value', cell };
    },
  };
}

function hasPhrase(
  found: readonly string[],
  phrases: ReadonlyMap<string, readonly (readonly string[])[]>,
): boolean {
  return found.some((word, at) =>
    phrases.get(word)?.some((phrase) => phrase.every((part, offset) => found[at + offset] === part)),
  );
}
