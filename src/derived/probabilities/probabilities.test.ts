import { describe, expect, test } from 'vitest';
import type { Cell, ColumnMapping, ResultChunk } from '../../cases/index.ts';
import { probabilityColumnNames, probabilityColumns } from '../../cases/index.ts';
import { deriveRows, fitDerived } from '../index.ts';
import { probabilityLabels } from './labels.ts';
import { labelSigns, readProbabilities } from './read-row.ts';

type Row = Readonly<Record<string, Cell>>;

function chunkOf(rows: readonly Row[]): ResultChunk {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return {
    file: 'test.jsonl',
    lines: rows.map((_, i) => i + 1),
    caseId: rows.map((_, i) => `c${i}`),
    trial: rows.map(() => ''),
    status: rows.map(() => 'scored'),
    passed: rows.map(() => 1),
    attributes: new Map(columns.map((column) => [column, rows.map((row) => row[column] ?? null)])),
  };
}

/** The cells of the four scores of every row. */
async function scoresOf(
  rows: readonly Row[],
  mapping: ColumnMapping = { probabilities: 'p', expected: 'label' },
) {
  const names = ['derived.brier', 'derived.log_loss', 'derived.confidence', 'derived.true_rank'];
  const chunks = [chunkOf(rows)];
  const model = await fitDerived([{ chunks, mapping }], names, { seed: 1, k: null });
  let derived: ResultChunk | undefined;
  for await (const chunk of deriveRows(chunks, mapping, 'candidate', names, { model })) derived = chunk;
  return rows.map((_, row) =>
    names.map((name) => {
      const cell = derived!.attributes.get(name)![row]!;
      return cell === null ? null : Number(Number(cell).toFixed(4));
    }),
  );
}

describe('forms of probabilities', () => {
  const two = [
    ['single numbers', { label: '1', p: '0.8' }, { label: '0', p: '0.8' }],
    ['lists in label order', { label: '1', p: '[0.2, 0.8]' }, { label: '0', p: '[0.2, 0.8]' }],
    [
      'objects by label',
      { label: '1', p: '{"1": 0.8, "0": 0.2}' },
      { label: '0', p: '{"0": 0.2, "1": 0.8}' },
    ],
    ['objects with one of two labels', { label: '1', p: '{"1": 0.8}' }, { label: '0', p: '{"1": 0.8}' }],
    [
      'columns by label',
      { label: '1', 'p.1': '0.8', 'p.0': '0.2' },
      { label: '0', 'p.1': '0.8', 'p.0': '0.2' },
    ],
  ] as const;

  test.each(two)('%s of two labels', async (_form, ...rows) => {
    expect(await scoresOf(rows)).toEqual([
      [0.04, 0.2231, 0.8, 1],
      [0.64, 1.6094, 0.8, 2],
    ]);
  });

  const three = [
    [
      'lists',
      { label: 'b', p: '[0.2, 0.5, 0.3]' },
      { label: 'a', p: '[0.2, 0.5, 0.3]' },
      { label: 'c', p: null },
    ],
    [
      'objects',
      { label: 'b', p: '{"a":0.2,"b":0.5,"c":0.3}' },
      { label: 'a', p: '{"a":0.2,"b":0.5,"c":0.3}' },
      { label: 'c', p: '' },
    ],
  ] as const;

  test.each(three)('%s of three labels, and a row without', async (_form, ...rows) => {
    expect(await scoresOf(rows)).toEqual([
      [0.38, Number(Math.LN2.toFixed(4)), 0.5, 1],
      [0.98, 1.6094, 0.5, 3],
      [null, null, null, null],
    ]);
  });

  test('the predicted label decides whose probability the confidence is', async () => {
    const mapping = { probabilities: 'p', expected: 'label', predicted: 'answer' };
    const rows = [{ label: 'a', answer: 'b', p: '{"a":0.7,"b":0.3}' }];
    expect(await scoresOf(rows, mapping)).toEqual([[0.09, 0.3567, 0.3, 1]]);
  });

  test('whole numbers are places in a list, also where no case has some of them', async () => {
    const rows = [
      { label: '2', p: '[0.1,0.2,0.3,0.4]' },
      { label: '0', p: '[0.1,0.2,0.3,0.4]' },
    ];
    expect((await scoresOf(rows)).map(([, , , rank]) => rank)).toEqual([2, 4]);
    const tens = Array.from({ length: 11 }, (_, i) => ({
      label: String(i),
      p: JSON.stringify(Array.from({ length: 11 }, (_one, j) => (j === 10 ? 1 : 0))),
    }));
    expect((await scoresOf(tens)).map(([, , , rank]) => rank)).toEqual([...Array(10).fill(11), 1]);
  });

  test('a true label without any probability has a clipped loss', async () => {
    const rows = [{ label: 'c', p: '{"a":0.5,"b":0.5}' }];
    expect(await scoresOf(rows)).toEqual([[1.5, 36.0437, 0.5, 3]]);
  });
});

describe('what cannot be used', () => {
  const labels = probabilityLabels(new Set(['ham', 'spam']), 'p');
  const read = (cell: Cell, of = labels) => {
    const found = readProbabilities({ kind: 'cell', column: 'p', byLabel: new Map() }, of, () => cell);
    return found.kind === 'bad' ? found.fault : found.kind === 'read' ? [...found.vector] : found.kind;
  };

  test.each([
    ['{"ham":0.5,"spam":0.4}', 'do not sum to 1 (within 0.001)'],
    ['{"ham":1.2,"spam":-0.2}', 'are not all from 0 to 1'],
    ['{"ham":null,"spam":1}', 'hold something that is no number'],
    ['{"ham":"1","spam":0}', 'hold something that is no number'],
    ['[0.2,0.3,0.5]', 'are 3 numbers, but there are 2 labels'],
    ['{"ham":0.5,', 'are neither numbers nor JSON of numbers'],
    ["{'ham': 0.5}", 'are neither numbers nor JSON of numbers'],
    ['0.7', 'are one number, and it is not said of which label'],
    ['', 'absent'],
    [null, 'absent'],
  ])('%s', (cell, fault) => {
    expect(read(cell)).toBe(fault);
  });

  test.each(['nan', 'NaN', 'inf', 'high', '1e999'])('%s is no number', (cell) => {
    expect(read(cell, probabilityLabels(new Set(['0', '1']), 'p'))).toBe('hold something that is no number');
  });

  test('sums within the tolerance are divided by themselves, and nothing beyond', () => {
    expect(read('{"ham":0.5005,"spam":0.5}')).toEqual([0.5005 / 1.0005, 0.5 / 1.0005]);
    expect(read('{"ham":0.502,"spam":0.5}')).toContain('do not sum');
    // What rounding of 32-bit numbers leaves.
    expect(read('{"ham":1.0000001,"spam":0}')).toEqual([1, 0]);
  });

  test('one number for three labels', () => {
    expect(read('0.7', probabilityLabels(new Set(['a', 'b', 'c']), 'p'))).toBe(
      'are one number, but there are 3 labels',
    );
  });
});

describe('the positive label', () => {
  const positiveOf = (labels: readonly string[], column: string, said: string | null = null) => {
    const found = probabilityLabels(new Set(labels), column, 0, said);
    return found.isPositiveSure ? (found.labels[found.positive!] ?? 'the other one') : null;
  };

  test.each([
    [['ham', 'spam'], 'p_spam', 'spam'],
    [['ham', 'spam'], 'probability_of_ham_before', 'ham'],
    [['not spam', 'spam'], 'P(spam)', null],
    [['0', '1'], 'p', '1'],
    [['true', 'false'], 'score', 'true'],
    [['no', 'maybe'], 'p', 'maybe'],
    [['ham', 'spam'], 'p', null],
    [['1'], 'p', '1'],
    [['0'], 'p', 'the other one'],
    [['ham'], 'p', null],
  ])('of %j in the column %s is %s', (labels, column, positive) => {
    expect(positiveOf(labels, column)).toBe(positive);
  });

  test('is what the configuration says before all else', () => {
    expect(positiveOf(['0', '1'], 'p', '0')).toBe('0');
    expect(positiveOf(['ham'], 'p', 'spam')).toBe('the other one');
  });

  test('hashes of recorded labels are found again', () => {
    const spam = 'sha256:4e388ab32b10dc8dbc7e28144f552830adc74787c1e2c0824032078a79f227fb';
    const { indexOf, labels } = probabilityLabels(new Set(['ham', 'spam', spam]), null);
    expect(labels).toEqual(['ham', 'spam']);
    expect(indexOf(spam)).toBe(1);
  });
});

test.each([
  [{ probabilities: 'q' }, ['q', 'probs.a'], 'cell'],
  [{ probabilities: 'q' }, ['q.a', 'q.b'], 'columns'],
  [{}, ['class_probabilities.a'], 'columns'],
  [{}, ['scores.a', 'p'], null],
])('with the mapping %j, the columns %j hold %s', (mapping, columns, kind) => {
  expect(probabilityColumns(mapping, columns)?.kind ?? null).toBe(kind);
});

describe('objects that were read as columns, beside rows with a list', () => {
  const where = probabilityColumns({ probabilities: 'p' }, ['id', 'p', 'p.ham', 'p.spam'])!;
  const labels = probabilityLabels(new Set(['ham', 'spam']), 'p');
  const read = (row: Readonly<Record<string, string>>) => {
    const found = readProbabilities(where, labels, (column) => row[column] ?? null);
    return found.kind === 'read' ? [...found.vector] : found.kind;
  };

  test('each row is read as it is written', () => {
    expect(read({ p: '[0.2,0.8]' })).toEqual([0.2, 0.8]);
    expect(read({ 'p.ham': '0.25', 'p.spam': '0.75' })).toEqual([0.25, 0.75]);
    expect(read({ p: 'x', 'p.ham': '0.25', 'p.spam': '0.75' })).toBe('bad');
    expect(read({ id: '1' })).toBe('absent');
  });

  test('the columns count as columns of probabilities, and their names as labels', () => {
    expect(probabilityColumnNames(where)).toEqual(['p', 'p.ham', 'p.spam']);
    expect(labelSigns(where, (column) => (column === 'p.ham' ? '1' : null)).names).toEqual(['ham']);
  });
});
