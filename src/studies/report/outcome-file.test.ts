/** Maps from labels to outcomes as people write them, and every way in which they are wrong. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readOutcomes } from './outcome-file.ts';

function read(name: string, text: string) {
  const cwd = mkdtempSync(join(tmpdir(), 'slicewise-outcomes-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  writeFileSync(join(cwd, name), text);
  return readOutcomes(name, cwd);
}

describe('outcomes of labels', () => {
  test.each([
    ['map.csv', 'label,outcome,run\nrefund,A,\nother,B,\nother,A,new\nmoney,A,candidate\n'],
    [
      'map.jsonl',
      '{"label":"refund","outcome":"A"}\n{"label":"other","outcome":"B"}\n{"label":"other","outcome":"A","run":"after"}\n{"label":"money","outcome":"A","run":"candidate"}\n',
    ],
    ['map.json', '{"refund": "A", "other": "B", "candidate": {"other": "A", "money": "A"}}'],
  ])('are read from %s: one side overrules all, and an outcome is its own', async (name, text) => {
    const { expected, baseline, candidate } = await read(name, text);
    const all = { A: 'A', B: 'B', refund: 'A', other: 'B' };
    expect(Object.fromEntries(expected)).toEqual(all);
    expect(Object.fromEntries(baseline)).toEqual(all);
    expect(Object.fromEntries(candidate)).toEqual({ ...all, other: 'A', money: 'A' });
  });

  test.each([
    ['map.csv', 'label,outcome\na,X\na,Y\n', 'has two outcomes'],
    ['map.csv', 'label,outcome\na,\n', 'must be a text'],
    ['map.csv', 'label,outcome\n,X\n', 'the label is missing'],
    ['map.csv', 'label,outcome,run\na,X,mine\n', 'must be expected, baseline or candidate'],
    ['map.csv', 'label,parent\na,X\n', 'needs the columns label and outcome'],
    ['map.json', '{"a": 1}', 'must be a text'],
    ['map.json', '{}', 'no label has an outcome'],
  ])('%s with %j: %s', async (name, text, message) => {
    await expect(read(name, text)).rejects.toThrow(message);
  });
});
