/** Labels and predictions as codes in the table `cases`, where the columns have few texts and no case has several trials. */

import type { Role } from '../../cases/index.ts';
import { cellText, isHashedText } from '../cell.ts';
import { codeSql, codeType, type Dictionary } from './dictionary.ts';
import type { Relation } from './relation.ts';

/** The columns `le`, `lb`, `lc` of `cases`: dictionary codes of the true label and the predictions; null: always 0. */
export interface AnswerColumns {
  readonly expected: Dictionary | null;
  /** Whether a run has a column of true labels. */
  readonly isExpectedIn: { readonly baseline: boolean; readonly candidate: boolean };
  readonly baseline: Dictionary | null;
  readonly candidate: Dictionary | null;
}

/** What `cases` can hold of the labels, or null where something needed has no dictionary, or nothing is mapped. */
export function answerColumns(
  relations: readonly Relation[],
  dictionaries: ReadonlyMap<string, Dictionary>,
): AnswerColumns | null {
  const candidate = relations.at(-1)!;
  const baseline = relations.length === 1 ? null : relations[0]!;
  if (relations.every(({ mapping }) => mapping.expected === undefined || mapping.predicted === undefined))
    return null;
  const dictionary = (relation: Relation | null, role: Role): Dictionary | null | undefined => {
    const name = relation?.mapping[role];
    if (name === undefined || !relation!.columns.has(name)) return null;
    return dictionaries.get(name);
  };
  const after = dictionary(candidate, 'expected');
  const before = dictionary(baseline, 'expected');
  const predicted = [dictionary(baseline, 'predicted'), dictionary(candidate, 'predicted')] as const;
  const needed = [after, before, ...predicted];
  if (needed.includes(undefined) || (after && before && after !== before)) return null;
  return {
    expected: after ?? before!,
    isExpectedIn: { baseline: before !== null, candidate: after !== null },
    baseline: predicted[0]!,
    candidate: predicted[1]!,
  };
}

/** The columns of a join of both runs, `b` and `c`, whose cells are coded as `d0`, `d1`, ... */
export function joinedAnswers(columns: AnswerColumns): readonly string[] {
  const { expected, isExpectedIn } = columns;
  const codeOf = (alias: string, dictionary: Dictionary | null): string =>
    dictionary === null ? '0' : `coalesce(${alias}.d${dictionary.index}, 0)`;
  return answerSql(columns, {
    before: codeOf('b', isExpectedIn.baseline ? expected : null),
    after: codeOf('c', isExpectedIn.candidate ? expected : null),
    baseline: codeOf('b', columns.baseline),
    candidate: codeOf('c', columns.candidate),
  });
}

/** The columns straight from rows that are the cases of both runs. */
export function scannedAnswers(columns: AnswerColumns, relations: readonly Relation[]): readonly string[] {
  const codeOf = (relation: Relation, role: Role, of: Dictionary | null): string => {
    const name = relation.mapping[role];
    return of === null || name === undefined ? '0' : codeSql(relation, name, of);
  };
  const candidate = relations.at(-1)!;
  return answerSql(columns, {
    before: '0',
    after: codeOf(candidate, 'expected', columns.expected),
    baseline: codeOf(relations[0]!, 'predicted', columns.baseline),
    candidate: codeOf(candidate, 'predicted', columns.candidate),
  });
}

interface CodesSql {
  readonly before: string;
  readonly after: string;
  readonly baseline: string;
  readonly candidate: string;
}

function answerSql(columns: AnswerColumns, codes: CodesSql): readonly string[] {
  const as = (sql: string, dictionary: Dictionary | null, name: string): string =>
    `CAST(${sql} AS ${dictionary === null ? 'UTINYINT' : codeType(dictionary)}) AS ${name}`;
  return [
    as(firstSql(codes, columns.expected), columns.expected, 'le'),
    as(codes.baseline, columns.baseline, 'lb'),
    as(codes.candidate, columns.candidate, 'lc'),
  ];
}

/** The candidate's text, else the baseline's; a hash only where there is no text. */
function firstSql({ after, before }: CodesSql, dictionary: Dictionary | null): string {
  const hashes = (dictionary?.values ?? []).flatMap((cell, i) =>
    isHashedText(cellText(cell)!) ? [i + 1] : [],
  );
  const any = `CASE WHEN ${after} <> 0 THEN ${after} ELSE ${before} END`;
  if (hashes.length === 0) return any;
  const isText = (code: string): string => `${code} NOT IN (0, ${hashes.join(', ')})`;
  return `CASE WHEN ${isText(after)} THEN ${after} WHEN ${isText(before)} THEN ${before} ELSE ${any} END`;
}
