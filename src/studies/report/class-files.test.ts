/** Costs and label maps as people write them, and every way in which they are wrong. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readCostFile, readCostFlag, readLabelMap } from './class-files.ts';

function folder(name: string, text: string): string {
  const cwd = mkdtempSync(join(tmpdir(), 'slicewise-classes-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  writeFileSync(join(cwd, name), text);
  return cwd;
}

describe('--cost', () => {
  test('names a miss and a false alarm, and may name no answer', () => {
    expect(readCostFlag('miss=100, false-alarm=1,no-answer=.5')).toEqual({
      kind: 'errors',
      miss: 100,
      falseAlarm: 1,
      noAnswer: 0.5,
      slices: [],
    });
  });

  test.each([
    ['miss=100', 'names no cost of a false alarm'],
    ['miss=-1,false-alarm=1', 'must be a number of at least 0'],
    ['mis=1,false-alarm=1', 'must be miss, false-alarm and no-answer'],
    ['miss=1,miss=2,false-alarm=1', 'each once'],
    ['miss=NaN,false-alarm=1', 'must be a number'],
  ])('%s: %s', (text, message) => {
    expect(() => readCostFlag(text)).toThrow(message);
  });
});

describe('files of costs', () => {
  test('have a row for each pair of labels; an empty label is any', async () => {
    const cwd = folder('costs.csv', 'expected,predicted,cost\nfraud,ok,100\n,review,2\n');
    expect(await readCostFile('costs.csv', cwd)).toEqual({
      kind: 'matrix',
      otherwise: 1,
      rows: [
        { expected: 'fraud', predicted: 'ok', cost: 100 },
        { expected: null, predicted: 'review', cost: 2 },
      ],
    });
  });

  test('say all that is wrong with them at once, with lines', async () => {
    const cwd = folder('costs.csv', 'expected,predicted,cost\na,b,x\na,c,1\na,c,2\n');
    await expect(readCostFile('costs.csv', cwd)).rejects.toThrow(/costs\.csv:2[\s\S]*costs\.csv:4/);
    const other = folder('costs.csv', 'a,b\n1,2\n');
    await expect(readCostFile('costs.csv', other)).rejects.toThrow('expected and predicted and cost');
  });
});

describe('label maps', () => {
  test.each([
    ['map.json', '{"a": "x", "b": "x", "x": "top"}'],
    ['map.csv', 'label,parent\na,x\nb,x\nx,top\ntop,\n'],
    ['map.jsonl', '{"label":"a","parent":"x"}\n{"label":"b","parent":"x"}\n{"label":"x","parent":"top"}\n'],
  ])('are read from %s', async (name, text) => {
    expect([...(await readLabelMap(name, folder(name, text)))]).toEqual([
      ['a', 'x'],
      ['b', 'x'],
      ['x', 'top'],
    ]);
  });

  test.each([
    ['map.json', '{"a": "b", "b": "a"}', 'is its own parent'],
    ['map.json', '{"a": 1}', 'must be a text'],
    ['map.csv', 'label,parent\na,x\na,y\n', 'has two parents'],
    ['map.csv', 'name,of\na,x\n', 'needs the columns label and parent'],
  ])('%s with %s: %s', async (name, text, message) => {
    await expect(readLabelMap(name, folder(name, text))).rejects.toThrow(message);
  });
});
