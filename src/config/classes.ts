/** The section `classes`: how the classes of a classification are judged, what mistakes cost, which labels belong together. */

import type { z as Zod } from 'zod';
import { CLASSES_LIMITS } from './limits.ts';
import { type Reading, report, reportRepeats, textsAt } from './reading.ts';
import { numberShape, textShape } from './schema-parts.ts';
import type { ClassCosts, ClassesConfig, ErrorCosts } from './types.ts';

type Z = typeof Zod;
type RawClasses = NonNullable<Zod.infer<ReturnType<typeof classesShape>>>;
type RawErrorCosts = Exclude<NonNullable<RawClasses['costs']>, readonly unknown[]>;

/** The lowest recall of a class that needs no block: what holds where `classes.floor` is not set. */
export const DEFAULT_CLASS_FLOOR = 0.2;

/** What holds where the section says nothing. */
export const DEFAULT_CLASSES: ClassesConfig = {
  floor: null,
  positive: null,
  abstain: [],
  average0: 'skip',
  costs: null,
  map: null,
};

/** The shape of the section. */
export function classesShape(z: Z) {
  const text = textShape(z);
  const cost = numberShape(z, CLASSES_LIMITS.cost);
  const errors = {
    miss: cost.describe('Cost of a case of the positive class that is not answered with it.'),
    falseAlarm: cost.describe('Cost of another case that is answered with the positive class.'),
    noAnswer: cost
      .optional()
      .describe('Cost of a case without an answer; unless told, that of the mistake that it stands for.'),
  };
  const rows = z
    .array(z.strictObject({ expected: text.optional(), predicted: text.optional(), cost }))
    .min(1);
  return z
    .strictObject({
      floor: numberShape(z, CLASSES_LIMITS.floor)
        .nullish()
        .describe(`Lowest acceptable recall of every class; ${DEFAULT_CLASS_FLOOR} unless told.`),
      positive: text.nullish().describe('The label that F and costs of a two-class task are about.'),
      abstain: z
        .union([text, z.array(text)])
        .nullish()
        .describe('Answers that mean "I do not know"; they count as no answer.'),
      average0: z
        .enum(['skip', 'zero', 'one'])
        .optional()
        .describe('What a class counts as in averages whose rate is 0/0; skip unless told.'),
      costs: z
        .union([
          z.strictObject({
            miss: errors.miss.optional(),
            falseAlarm: errors.falseAlarm.optional(),
            noAnswer: errors.noAnswer,
            slices: z
              .array(z.strictObject({ column: text, value: text, ...errors }))
              .optional()
              .describe('Other costs of a miss and a false alarm in single slices.'),
            matrix: rows
              .optional()
              .describe('Cost by pair of labels; a label that is left out stands for any.'),
            otherwise: cost.optional().describe('Cost of a mistake without a row; 1 unless told.'),
          }),
          rows.describe('The rows of a cost matrix; a mistake without a row costs 1.'),
        ])
        .nullish()
        .describe('What mistakes cost, in any unit.'),
      map: z
        .union([text.describe('A CSV file with label and parent.'), z.record(z.string(), text)])
        .nullish()
        .describe('Label to parent; a parent may have a parent of its own.'),
    })
    .nullish()
    .describe('How the classes of a classification are judged.');
}

/** Reads the section; a cycle in the map and costs without a positive label are reported. */
export function readClasses(reading: Reading, raw: RawClasses): ClassesConfig {
  const text = (value: unknown, path: readonly (string | number)[]): string | null =>
    value === null || value === undefined ? null : reading.source.text(['classes', ...path]);
  const positive = text(raw.positive, ['positive']);
  const costs = raw.costs === null || raw.costs === undefined ? null : readCosts(reading, raw.costs);
  if (costs?.kind === 'errors' && positive === null) {
    report(
      reading,
      ['classes', 'costs'],
      'names a miss and a false alarm, but no label is the positive one',
      'add classes.positive: LABEL, or give rows with expected, predicted and cost',
    );
  }
  return {
    floor: raw.floor ?? null,
    positive,
    abstain: readAbstain(reading, raw.abstain),
    average0: raw.average0 ?? 'skip',
    costs,
    map: readMap(reading, raw.map),
  };
}

function readAbstain(reading: Reading, raw: RawClasses['abstain']): readonly string[] {
  if (raw === null || raw === undefined) return [];
  if (!Array.isArray(raw)) return [reading.source.text(['classes', 'abstain'])];
  const texts = textsAt(reading, raw, ['classes', 'abstain']);
  reportRepeats(reading, texts, ['classes', 'abstain']);
  return texts;
}

function readCosts(reading: Reading, raw: NonNullable<RawClasses['costs']>): ClassCosts | null {
  if (Array.isArray(raw))
    return { kind: 'matrix', rows: readRows(reading, raw, ['classes', 'costs']), otherwise: 1 };
  const { matrix, otherwise, slices, miss, falseAlarm, noAnswer } = raw as RawErrorCosts;
  const path = ['classes', 'costs'];
  if (matrix !== undefined) {
    const other = ['miss', 'falseAlarm', 'noAnswer', 'slices'].filter((key) => key in raw);
    if (other.length > 0) report(reading, [...path, other[0]!], 'and matrix are both given, must be one');
    return {
      kind: 'matrix',
      rows: readRows(reading, matrix, [...path, 'matrix']),
      otherwise: otherwise ?? 1,
    };
  }
  if (otherwise !== undefined) report(reading, [...path, 'otherwise'], 'is given without a matrix');
  if (miss === undefined || falseAlarm === undefined) {
    const hint = 'costs: {miss: 100, falseAlarm: 1}, or rows: [{expected: A, predicted: B, cost: 5}]';
    report(reading, path, `names no cost of a ${miss === undefined ? 'miss' : 'falseAlarm'}`, hint);
    return null;
  }
  return {
    kind: 'errors',
    ...errorCosts({ miss, falseAlarm, noAnswer }),
    slices: (slices ?? []).map((slice, at) => ({
      column: reading.source.text([...path, 'slices', at, 'column']),
      value: reading.source.text([...path, 'slices', at, 'value']),
      ...errorCosts(slice),
    })),
  };
}

function errorCosts(raw: {
  readonly miss: number;
  readonly falseAlarm: number;
  readonly noAnswer?: number | undefined;
}): ErrorCosts {
  return { miss: raw.miss, falseAlarm: raw.falseAlarm, noAnswer: raw.noAnswer ?? null };
}

/** A name as YAML may read it. */
type RawText = string | number | boolean;

type CostRows = readonly {
  readonly expected?: RawText | undefined;
  readonly predicted?: RawText | undefined;
  readonly cost: number;
}[];

function readRows(
  reading: Reading,
  rows: CostRows,
  path: readonly string[],
): Extract<ClassCosts, { readonly kind: 'matrix' }>['rows'] {
  const read = rows.map((row, at) => ({
    expected: row.expected === undefined ? null : reading.source.text([...path, at, 'expected']),
    predicted: row.predicted === undefined ? null : reading.source.text([...path, at, 'predicted']),
    cost: row.cost,
  }));
  read.forEach((row, at) => {
    const first = read.findIndex(
      (other) => other.expected === row.expected && other.predicted === row.predicted,
    );
    if (first < at) report(reading, [...path, at], `names the same pair of labels as row ${first + 1}`);
  });
  return read;
}

function readMap(reading: Reading, raw: RawClasses['map']): ClassesConfig['map'] {
  if (raw === null || raw === undefined) return null;
  if (typeof raw !== 'object') return { file: reading.source.text(['classes', 'map']) };
  const parents = new Map(
    Object.keys(raw).map((label) => [label, reading.source.text(['classes', 'map', label])] as const),
  );
  for (const label of parents.keys()) {
    const seen = new Set([label]);
    for (let parent = parents.get(label); parent !== undefined; parent = parents.get(parent)) {
      if (parent === label)
        report(reading, ['classes', 'map', label], 'is its own parent, directly or by others');
      if (seen.has(parent)) break;
      seen.add(parent);
    }
  }
  return { parents };
}
