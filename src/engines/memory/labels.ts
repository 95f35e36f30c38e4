/** Counts true and predicted labels. */

import {
  type LabelAnswer,
  type LabelCells,
  type LabelCounts,
  type LabelPlan,
  type LabelSlice,
  NO_LABEL,
} from '../../counts/index.ts';
import { cellText, isHashedText } from '../cell.ts';
import { labelCodes, orderedCells } from '../label-codes.ts';
import type { Attributes } from './attributes.ts';
import { type CaseTable, roleColumn, rowsOfCase, type SideCases, sidesOf } from './case-table.ts';
import { membersOf } from './members.ts';
import { clusterCodes, clusterTexts } from './units.ts';

/** A case's answer in one run: a text, or a value of `NO_LABEL`. */
type Answer = LabelAnswer;

/** What was said of a case. */
export interface CaseAnswers {
  readonly expected: Answer;
  readonly baseline: Answer;
  readonly candidate: Answer;
}

/** See `Engine.labels`. */
export function labelCounts(table: CaseTable, attributes: Attributes, plan: LabelPlan): LabelCounts {
  const hasLists = sidesOf(table).some(({ rows: { mapping } }) =>
    [mapping.expected, mapping.predicted].some((name) => name !== undefined && table.listColumns.has(name)),
  );
  const answers = readAnswers(table, plan.maxLabels);
  if (answers === null)
    return { labels: [], tooMany: plan.maxLabels + 1, hasLists, severalTrials: 0, slices: [] };
  const { labels, codeOf } = labelCodes(answers.texts);
  const codesOf = (role: keyof CaseAnswers): Int32Array =>
    Int32Array.from(answers.cases, (found) => {
      const answer = found?.[role] ?? NO_LABEL.none;
      return typeof answer === 'string' ? codeOf(answer) : answer;
    });
  const codes: CaseCodes = {
    expected: codesOf('expected'),
    baseline: codesOf('baseline'),
    candidate: codesOf('candidate'),
    cluster: clustersOf(table),
  };
  const { cluster, ...answered } = codes;
  const columns = Object.values(answered);
  const combinations = combine(cluster === null ? columns : [...columns, cluster]);
  const slices = membersOf(table.ids.length, plan.groupings, attributes).map(({ key, cases }): LabelSlice => {
    const kept = cases.filter((i) => !table.edited[i]);
    return { ...key, cells: countCells(codes, combinations, kept), edited: cases.length - kept.length };
  });
  const severalTrials = table.ids.filter(
    (_, i) => !table.edited[i] && sidesOf(table).some((side) => rowsOfCase(side, i).length > 1),
  ).length;
  return { labels, tooMany: null, hasLists, severalTrials, slices };
}

/** Cases with one number have the same labels and cluster. */
interface Combinations {
  readonly numbers: Int32Array;
  /** By number, a case that has it. */
  readonly first: readonly number[];
}

function combine(columns: readonly Int32Array[]): Combinations {
  let numbers = new Int32Array(columns[0]!.length);
  let first: number[] = [];
  for (const column of columns) {
    const lowest = column.reduce((low, code) => Math.min(low, code), 0);
    const width = column.reduce((high, code) => Math.max(high, code), 0) - lowest + 1;
    const known = new Map<number, number>();
    first = [];
    numbers = numbers.map((number, i) => {
      const name = number * width + column[i]! - lowest;
      let next = known.get(name);
      if (next === undefined) {
        next = first.push(i) - 1;
        known.set(name, next);
      }
      return next;
    });
  }
  return { numbers, first };
}

function countCells(codes: CaseCodes, { numbers, first }: Combinations, kept: readonly number[]): LabelCells {
  const counts = new Map<number, number>();
  for (const i of kept) counts.set(numbers[i]!, (counts.get(numbers[i]!) ?? 0) + 1);
  const cases = [...counts.keys()].map((number) => first[number]!);
  const pick = (values: Int32Array): readonly number[] => cases.map((i) => values[i]!);
  return orderedCells({
    expected: pick(codes.expected),
    baseline: pick(codes.baseline),
    candidate: pick(codes.candidate),
    cases: [...counts.values()],
    cluster: codes.cluster && pick(codes.cluster),
  });
}

interface CaseCodes {
  readonly expected: Int32Array;
  readonly baseline: Int32Array;
  readonly candidate: Int32Array;
  readonly cluster: Int32Array | null;
}

/** The answers of all cases (null: edited) and the distinct texts among them; null where there are more than `most`. */
export function readAnswers(
  table: CaseTable,
  most: number,
): { readonly cases: readonly (CaseAnswers | null)[]; readonly texts: ReadonlySet<string> } | null {
  const texts = new Set<string>();
  const cases: (CaseAnswers | null)[] = [];
  for (let i = 0; i < table.ids.length; i++) {
    if (table.edited[i]) {
      cases.push(null);
      continue;
    }
    const found = {
      expected: trueLabel(table, i),
      baseline: prediction(table.baseline, i),
      candidate: prediction(table.candidate, i),
    };
    for (const answer of Object.values(found)) if (typeof answer === 'string') texts.add(answer);
    if (texts.size > most) return null;
    cases.push(found);
  }
  return { cases, texts };
}

/** The first text by trial, of the candidate before that of the baseline; a hash only where there is nothing else. */
function trueLabel({ baseline, candidate }: CaseTable, index: number): Answer {
  let hashed: string | null = null;
  for (const side of [candidate, baseline]) {
    const cells = side && roleColumn(side.rows, 'expected');
    if (!side || !cells) continue;
    for (const row of rowsOfCase(side, index)) {
      const text = cellText(cells[row]!);
      if (text !== null && !isHashedText(text)) return text === '' ? NO_LABEL.none : text;
      hashed ??= text;
    }
  }
  return hashed ?? NO_LABEL.none;
}

function prediction(side: SideCases | null, index: number): Answer {
  const row = side && rowsOfCase(side, index)[0];
  if (!side || row === null || row === undefined) return NO_LABEL.absent;
  if (side.rows.status[row] === 'error') return NO_LABEL.error;
  const text = cellText(roleColumn(side.rows, 'predicted')?.[row] ?? null);
  return text === null || text === '' ? NO_LABEL.none : text;
}

/** A number per cluster of the cases that are not edited, in the order in which they first occur. */
function clustersOf(table: CaseTable): Int32Array | null {
  const kept = [...table.ids.keys()].filter((i) => !table.edited[i]);
  const texts = clusterTexts(table, kept);
  if (texts === null) return null;
  const codes = clusterCodes(texts);
  const found = new Int32Array(table.ids.length);
  kept.forEach((i, at) => {
    found[i] = codes[at]!;
  });
  return found;
}
